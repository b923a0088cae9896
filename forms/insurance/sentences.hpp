#pragma once
#include "forms/insurance/rows.hpp"

/// How the sentences of a rule set are put together, so that no row can forget what every sentence
/// must say.
namespace intake::forms::insurance {

/// The row's sentence; for `not_accepted` followed by the way on; always followed by what it is not
/// (a promise of coverage or cost). Texts that the set lacks are our own.
sentence_text patient_sentence(set_meta const& meta, outcome result, sentence_text const& row);

/// The same for a visit: after the first payer's sentence comes the one about who pays first.
sentence_text visit_sentence(set_meta const& meta, outcome result, sentence_text const& row,
                             sentence_text const& order);

/// For a set without a catch-all row.
sentence_text const& unknown_plan_sentence();

/// What no sentence is: a promise of coverage or cost; the set's text, or ours.
sentence_text const& not_a_promise_sentence(set_meta const& meta);

/// The set's text for "we must find out who pays first", or ours.
sentence_text const& ask_who_pays_sentence(set_meta const& meta);

}  // namespace intake::forms::insurance

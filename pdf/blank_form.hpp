#pragma once
#include "pdf/form_copy.hpp"

namespace intake::pdf {

/// A form to be filled in with a pen: every question that is not hidden, in form order, with room
/// for an answer, below room for the patient's name and date of birth. A question that depends on
/// another says so by its place only; on paper all are asked. The QR code holds the form's
/// canonical address with its version. Of `about` the letterhead, languages, words, purpose and
/// date are used, and the patient's name and birth date, where `about` says whose the sheet is:
/// else there is room for a pen.
document blank_form(forms::questionnaire const& form, copy_facts const& about);

/// The same of one group alone, say an agreement to be signed. Nothing is drawn of a form that has
/// no such group.
document blank_group(forms::questionnaire const& form, forms::item const& group,
                     copy_facts const& about);

/// Several of them as one file, each on a new sheet under a bookmark, with its own page numbers:
/// sheets that come apart say by themselves what they are, whose and which edition.
document blank_packet(std::span<forms::questionnaire const* const> forms, copy_facts const& about);

}  // namespace intake::pdf

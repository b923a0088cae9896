#pragma once
#include "service/config.hpp"
#include "service/form_store.hpp"
#include "service/texts/texts.hpp"

#include <vector>

namespace intake::service {

/// How far a language is from being offered to patients.
struct language_state {
  language spoken = language::en;
  /// Translations in the clinic's forms and plan that nobody has signed for.
  std::size_t unreviewed_in_forms = 0;
  /// Somebody has signed for the pages' own sentences (`language.reviewed_by`).
  bool pages_reviewed = false;
  bool reviewed() const { return unreviewed_in_forms == 0 && pages_reviewed; }
};

/// English first, which is what the translations are made from.
std::vector<language_state> language_states(form_store const&, texts const&);

/// The languages that patients may choose: in an evaluation all, in production those of which every
/// text was reviewed. English always is.
std::vector<language> offered_languages(config const&, form_store const&, texts const&);

}  // namespace intake::service

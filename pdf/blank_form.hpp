#pragma once
#include "pdf/form_copy.hpp"

namespace intake::pdf {

/// A form to be filled in with a pen: every question that is not hidden, in form order, with room
/// for an answer. A question that depends on another says so by its place only; on paper all are
/// asked. The QR code holds the form's canonical address with its version. Of `about` the
/// letterhead, languages, words, purpose and date are used.
document blank_form(forms::questionnaire const& form, copy_facts const& about);

}  // namespace intake::pdf

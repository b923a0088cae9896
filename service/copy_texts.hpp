#pragma once
#include "pdf/copy_words.hpp"
#include "service/texts/texts.hpp"

namespace intake::service {

/// The words of a copy in a language, for patients and for paper forms. Staff's copies are in
/// English, with the words that `pdf` has itself; the English texts are the same (a test holds it).
pdf::copy_words copy_words_in(texts const&, language);

}  // namespace intake::service

#pragma once
#include "forms/item.hpp"
#include "forms/values.hpp"
#include "service/texts/texts.hpp"

#include <string>

namespace intake::service::patients {

/// "Attached: front.jpg, 312 KB"; null: a file of which nothing more is known.
std::string attached_words(texts const&, language, forms::attachment const*);

/// What a field for files says that it takes, as HTML's `accept` has it.
std::string accepted_types(forms::item const&);

}  // namespace intake::service::patients

#include "forms/localized_text.hpp"

#include <algorithm>

namespace intake::forms {
namespace {

std::string_view primary_subtag(std::string_view language) {
  return language.substr(0, language.find('-'));
}

}  // namespace

translation const* localized_text::translation_in(std::string_view language) const {
  auto const exact = std::ranges::find(translations, language, &translation::language);
  if (exact != translations.end()) return &*exact;
  auto const near = std::ranges::find_if(translations, [&](translation const& one) {
    return primary_subtag(one.language) == primary_subtag(language);
  });
  return near == translations.end() ? nullptr : &*near;
}

std::string_view localized_text::in(std::string_view language) const {
  auto const* found = translation_in(language);
  return found == nullptr ? std::string_view{text} : std::string_view{found->text};
}

}  // namespace intake::forms

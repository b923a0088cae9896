#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace intake::forms {

/// One translation of a text (http://hl7.org/fhir/StructureDefinition/translation).
struct translation {
  /// BCP 47: "es", "ht", "es-MX".
  std::string language;
  std::string text;
  /// Our extension: who reviewed it, empty while nobody has.
  std::string reviewed_by;
  std::string reviewed_on;
};

/// A text of a form in the form's own language, with its translations.
struct localized_text {
  std::string text;
  /// rendering-markdown, where the form gives one.
  std::string markdown;
  std::vector<translation> translations;

  /// The translation for a language: exact, then the primary subtag ("es" for "es-MX"), else
  /// `text`.
  std::string_view in(std::string_view language) const;
  /// The translation itself; null where there is none.
  translation const* translation_in(std::string_view language) const;
  bool empty() const { return text.empty(); }
};

}  // namespace intake::forms

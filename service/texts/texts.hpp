#pragma once
#include <array>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace intake::service {

/// The languages of the patient's pages, by their BCP 47 tags; forms and messages exist in each.
enum class language { en, es, ht };

inline constexpr std::array all_languages{language::en, language::es, language::ht};

/// "en", "es", "ht".
std::string_view tag(language);
/// What people who speak it call it.
std::string_view own_name(language);
std::optional<language> parse_language(std::string_view tag);

/// Every sentence of the pages that does not come from a form, from service/texts/{en,es,ht}.toml,
/// key `area.name`.
class texts {
 public:
  using arguments = std::span<std::pair<std::string_view, std::string_view> const>;

  /// Throws when a language lacks a key that another has: such a program is not built, see
  /// tests/tidy.
  texts();

  /// The sentence with its `{named}` arguments put in. Throws std::logic_error on an unknown key.
  std::string say(language, std::string_view key, arguments = {}) const;
  std::string say(
      language l, std::string_view key,
      std::initializer_list<std::pair<std::string_view, std::string_view>> named) const {
    return say(l, key, arguments(named.begin(), named.size()));
  }

 private:
  std::array<std::map<std::string, std::string, std::less<>>, all_languages.size()> sentences_;
};

}  // namespace intake::service

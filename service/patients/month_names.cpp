#include "service/patients/month_names.hpp"

#include <algorithm>
#include <array>

namespace intake::service::patients {
namespace {

struct month_row {
  int number;
  std::array<std::string_view, 4> names;
};

// Without accents, as `plain_letters` writes them.
constexpr month_row months[] = {
    {1, {"january", "enero", "janvye", ""}},
    {2, {"february", "febrero", "fevriye", ""}},
    {3, {"march", "marzo", "mas", ""}},
    {4, {"april", "abril", "avril", ""}},
    {5, {"may", "mayo", "me", ""}},
    {6, {"june", "junio", "jen", ""}},
    {7, {"july", "julio", "jiye", ""}},
    {8, {"august", "agosto", "out", ""}},
    {9, {"september", "septiembre", "septanm", "setiembre"}},
    {10, {"october", "octubre", "oktob", ""}},
    {11, {"november", "noviembre", "novanm", ""}},
    {12, {"december", "diciembre", "desanm", ""}},
};

constexpr std::size_t letters_min = 3;

/// Small ASCII letters only; è and ò, which Haitian months have, lose their accents, and so does é,
/// which French puts there.
std::string plain_letters(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char const c = text[i];
    if (c >= 'A' && c <= 'Z') plain += static_cast<char>(c - 'A' + 'a');
    if (c >= 'a' && c <= 'z') plain += c;
    if (c != '\xC3' || i + 1 == text.size()) continue;
    char const accented = text[++i];
    if (accented == '\xA8' || accented == '\x88' || accented == '\xA9' || accented == '\x89')
      plain += 'e';
    if (accented == '\xB2' || accented == '\x92') plain += 'o';
  }
  return plain;
}

}  // namespace

std::string month_number(std::string_view typed) {
  auto const letters = plain_letters(typed);
  int found = 0;
  for (auto const& row : months) {
    bool const is_it = std::ranges::any_of(row.names, [&](std::string_view name) {
      return !name.empty() &&
             (letters == name || (letters.size() >= letters_min && name.starts_with(letters)));
    });
    if (!is_it) continue;
    if (found != 0) return std::string(typed);
    found = row.number;
  }
  return found == 0 ? std::string(typed) : std::to_string(found);
}

std::vector<form_field> with_month_numbers(std::vector<form_field> fields) {
  for (auto& [name, value] : fields) {
    if (name.ends_with(":month")) value = month_number(value);
  }
  return fields;
}

}  // namespace intake::service::patients

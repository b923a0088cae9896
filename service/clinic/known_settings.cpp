#include "service/clinic/known_settings.hpp"

#include "forms/utf8.hpp"
#include "service/clinic/svg_check.hpp"
#include "service/whole_number.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

namespace intake::service::clinic {
namespace {

constexpr std::size_t name_letters_max = 100;
constexpr std::size_t phone_letters_max = 40;
constexpr std::size_t phone_digits_min = 7;
constexpr std::size_t greeting_letters_max = 500;

bool is_plain_line(std::string_view text) {
  return forms::is_utf8(text) && std::ranges::none_of(text, [](char c) {
           return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
         });
}

std::string why_unfit_name(std::string_view name) {
  if (name.empty()) return "Write the clinic's name.";
  if (!is_plain_line(name)) return "The name is one line of text.";
  auto const letters = forms::count_code_points(name);
  if (letters <= name_letters_max) return {};
  return fmt::format("The name has {} letters; at most {} fit on a page.", letters,
                     name_letters_max);
}

std::string why_unfit_phone(std::string_view phone) {
  auto const digits = std::ranges::count_if(phone, [](char c) { return c >= '0' && c <= '9'; });
  bool const is_known = std::ranges::all_of(phone, [](char c) {
    return (c >= '0' && c <= '9') ||
           std::string_view("+-(). ext").find(c) != std::string_view::npos;
  });
  bool const is_number = is_known && digits >= static_cast<std::ptrdiff_t>(phone_digits_min) &&
                         phone.size() <= phone_letters_max;
  return is_number ? "" : "Write a telephone number with its area code, as (305) 555-2368.";
}

std::string sentence(std::string_view what, std::string const& why) {
  return why.empty() ? std::string() : fmt::format("The {} {}.", what, why);
}

std::string why_unfit_shade(std::string_view colour) {
  return sentence("colour", why_unfit_colour(colour));
}

std::string why_unfit_picture(std::string_view bytes) {
  if (bytes.empty()) return {};
  auto why = why_unfit_logo(bytes);
  bool const is_svg = why.empty() && logo_of(std::string(bytes)).name == "logo.svg";
  return sentence("logo", is_svg ? why_unfit_svg(bytes) : why);
}

std::string why_unfit_greeting(std::string_view text) {
  if (!is_plain_line(text)) return "The greeting is plain text.";
  auto const letters = forms::count_code_points(text);
  if (letters <= greeting_letters_max) return {};
  return fmt::format("The greeting has {} letters; patients read at most {}.", letters,
                     greeting_letters_max);
}

/// The same limits as the configuration's.
template <int min, int max>
std::string why_unfit_years(std::string_view text) {
  auto const years = whole_number<int>(text);
  if (years && *years >= min && *years <= max) return {};
  return fmt::format("Write a number of years from {} to {}.", min, max);
}

template <auto member>
std::string read_text(config const& settings, values const&) {
  return settings.*member;
}

template <auto member>
void set_text(effective& made, std::string const& value) {
  made.settings.*member = value;
}

template <auto member>
std::string read_years(config const& settings, values const&) {
  return std::to_string(settings.*member);
}

template <auto member>
void set_years(effective& made, std::string const& value) {
  made.settings.*member = whole_number<int>(value).value_or(made.settings.*member);
}

template <language spoken>
std::string read_greeting(config const&, values const& set) {
  return set.greeting(spoken);
}

template <language spoken>
void set_greeting(effective& made, std::string const& value) {
  made.set.greetings[static_cast<std::size_t>(spoken)] = value;
}

std::string read_logo(config const& settings, values const& set) {
  auto const* const own = set.find("clinic.logo");
  bool const is_there = own != nullptr ? !own->value->empty() : !settings.clinic_logo_file.empty();
  return is_there ? "set" : "";
}

void set_logo(effective& made, std::string const& bytes) {
  made.has_own_logo = true;
  if (!bytes.empty()) made.logo = logo_of(bytes);
}

constexpr std::string_view greeting_hint =
    "Patients read it at the start of a visit. One paragraph of plain text, at most 500 letters; "
    "empty: nothing.";
constexpr std::string_view greeting_fallback =
    "Empty: these patients read the English one, if there is one. At most 500 letters.";

using enum entry_field;

constexpr known_setting table[] = {
    {"clinic.name", "Name", "On every page and every copy.", "[clinic] name", line, why_unfit_name,
     read_text<&config::clinic_name>, set_text<&config::clinic_name>},
    {"clinic.phone", "Telephone", "On every page: whom patients call.", "[clinic] phone", line,
     why_unfit_phone, read_text<&config::clinic_phone>, set_text<&config::clinic_phone>},
    {"clinic.colour", "Colour",
     "Of links, buttons and lines, written as #0b5a5e, dark enough to be read on white. Empty: the "
     "program's own.",
     "[clinic] colour", colour, why_unfit_shade, read_text<&config::clinic_colour>,
     set_text<&config::clinic_colour>},
    {"clinic.logo", "Logo",
     "SVG or PNG, at most 16 KiB. An SVG holds shapes alone: no script, nothing from elsewhere.",
     "[clinic] logo_file", picture, why_unfit_picture, read_logo, set_logo},
    {"greeting.en", "Greeting in English", greeting_hint, "", paragraph, why_unfit_greeting,
     read_greeting<language::en>, set_greeting<language::en>, "en"},
    {"greeting.es", "Greeting in Spanish", greeting_fallback, "", paragraph, why_unfit_greeting,
     read_greeting<language::es>, set_greeting<language::es>, "es"},
    {"greeting.ht", "Greeting in Haitian Creole", greeting_fallback, "", paragraph,
     why_unfit_greeting, read_greeting<language::ht>, set_greeting<language::ht>, "ht"},
    {"retention.years", "Years that records are kept",
     "From a patient's last contact, 5 to 50. Florida asks five.", "[retention] years", number,
     why_unfit_years<5, 50>, read_years<&config::retention_years>,
     set_years<&config::retention_years>, "", true},
    {"retention.minors_until_age", "Age until which minors' records are kept",
     "Of who was a child at the last contact, if that is later: 18 to 60.",
     "[retention] minors_until_age", number, why_unfit_years<18, 60>,
     read_years<&config::retention_minors_until_age>,
     set_years<&config::retention_minors_until_age>, "", true},
};

}  // namespace

std::span<known_setting const> known_settings() {
  return table;
}

known_setting const* find_setting(std::string_view key) {
  auto const found = std::ranges::find(table, key, &known_setting::key);
  return found == std::end(table) ? nullptr : found;
}

}  // namespace intake::service::clinic

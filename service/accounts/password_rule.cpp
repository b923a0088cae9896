#include "service/accounts/password_rule.hpp"

#include "certs/password.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace intake::service::accounts {
namespace {

// Words that people make passwords of, in the spelling that `folded` leaves; longest parts first is
// not needed, because every split is tried. Put together for this program.
constexpr std::string_view words[] = {
    "abc",      "access",     "admin",     "administrator", "america",   "andrew",     "angel",
    "anthony",  "apple",      "arsenal",   "asdf",          "ashley",    "autumn",     "baby",
    "back",     "ball",       "banana",    "base",          "baseball",  "basketball", "batman",
    "billing",  "bitch",      "blue",      "buster",        "butterfly", "change",     "charlie",
    "cheese",   "chelsea",    "chocolate", "clinic",        "computer",  "cookie",     "cowboys",
    "daniel",   "default",    "desk",      "doctor",        "dolphin",   "dragon",     "enter",
    "eagles",   "family",     "flower",    "florida",       "football",  "forever",    "friend",
    "friends",  "front",      "fuck",      "gator",         "gators",    "george",     "ginger",
    "girl",     "good",       "guest",     "hannah",        "harley",    "hello",      "hockey",
    "home",     "hospital",   "hunter",    "iloveu",        "iloveyou",  "intake",     "internet",
    "is",       "it",         "jennifer",  "jessica",       "jesus",     "jordan",     "jordana",
    "joshua",   "killer",     "letmein",   "liverpool",     "login",     "london",     "love",
    "lovely",   "manager",    "master",    "matrix",        "matthew",   "me",         "medical",
    "merlin",   "miami",      "michael",   "michelle",      "money",     "monkey",     "mustang",
    "my",       "new",        "nicole",    "nothing",       "nurse",     "office",     "orange",
    "orlando",  "pain",       "pass",      "passcode",      "password",  "patient",    "patients",
    "pepper",   "please",     "pokemon",   "princess",      "purple",    "qazwsx",     "qwer",
    "qwert",    "qwerty",     "rainbow",   "ranger",        "reception", "robert",     "root",
    "samantha", "school",     "secret",    "security",      "service",   "shadow",     "soccer",
    "spring",   "star",       "starwars",  "staff",         "summer",    "sunshine",   "superman",
    "taylor",   "tampa",      "test",      "thankyou",      "the",       "thomas",     "tigger",
    "to",       "trust",      "trustno",   "user",          "welcome",   "whatever",   "william",
    "winter",   "word",       "work",      "yankees",       "you",       "your",       "zaq",
    "monday",   "january",    "february",  "march",         "april",     "may",        "june",
    "july",     "august",     "september", "october",       "november",  "december",   "tuesday",
    "clave",    "contrasena", "hola",      "amor",          "tequiero",  "bonjour",    "bienvenue"};

constexpr std::string_view key_rows[] = {"1234567890",
                                         "qwertyuiop",
                                         "asdfghjkl",
                                         "zxcvbnm",
                                         "abcdefghijklmnopqrstuvwxyz",
                                         "qazwsxedcrfvtgbyhnujmikolp"};

std::size_t characters_in(std::string_view utf8) {
  return static_cast<std::size_t>(std::ranges::count_if(
      utf8, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
}

std::string lower(std::string_view text) {
  std::string made(text);
  for (auto& c : made) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return made;
}

/// "P@ssw0rd2026!" becomes "password": what hangs on the ends goes, signs that stand for letters
/// become them, what is between words goes.
std::string folded(std::string_view lower_case) {
  constexpr std::string_view signs = "@430!157$";
  constexpr std::string_view letters = "aaeoiists";
  while (!lower_case.empty() && !is_letter(lower_case.back())) lower_case.remove_suffix(1);
  while (!lower_case.empty() && !is_letter(lower_case.front()) && lower_case.front() != '@' &&
         lower_case.front() != '$') {
    lower_case.remove_prefix(1);
  }
  std::string made;
  for (std::size_t i = 0; i < lower_case.size(); ++i) {
    if (lower_case.substr(i).starts_with("ñ")) {
      made += 'n';
      ++i;
      continue;
    }
    char const c = lower_case[i];
    auto const at = signs.find(c);
    if (is_letter(c)) made += c;
    if (at != signs.npos) made += letters[at];
  }
  return made;
}

/// Whether the whole text is words of the list, one after another.
bool is_made_of_words(std::string_view text) {
  std::string reached(text.size() + 1, '\0');
  reached[0] = 1;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (reached[at] == 0) continue;
    for (auto const word : words) {
      if (text.substr(at).starts_with(word)) reached[at + word.size()] = 1;
    }
  }
  return reached[text.size()] != 0;
}

bool are_neighbours(char a, char b) {
  if (a == b) return true;
  return std::ranges::any_of(key_rows, [&](std::string_view row) {
    auto const one = row.find(a);
    auto const other = row.find(b);
    return one != row.npos && other != row.npos && (one + 1 == other || other + 1 == one);
  });
}

/// Nearly every character is the next key or letter of the one before.
bool is_run(std::string_view text) {
  std::size_t breaks = 0;
  for (std::size_t at = 1; at < text.size(); ++at) {
    if (!are_neighbours(text[at - 1], text[at])) ++breaks;
  }
  return breaks * 4 < text.size();
}

/// A few characters again and again.
bool repeats(std::string_view text) {
  for (std::size_t period = 1; period <= 4 && period * 2 <= text.size(); ++period) {
    if (text.substr(period) == text.substr(0, text.size() - period)) return true;
  }
  return false;
}

bool is_personal(std::string_view lower_case, std::string_view user_name) {
  auto const name = lower(user_name);
  auto const at = name.size() < 3 ? std::string::npos : lower_case.find(name);
  if (at == std::string::npos) return false;
  return lower_case.size() - name.size() < password_characters_beside_factor_min;
}

}  // namespace

bool is_common_password(std::string_view password) {
  auto const text = lower(password);
  if (std::ranges::none_of(text, is_letter)) return true;
  return is_run(text) || repeats(text) || is_made_of_words(folded(text));
}

password_fault fault_of(std::string_view password, std::string_view user_name, beside factor) {
  auto const characters = characters_in(password);
  if (characters < password_characters_beside_factor_min) return password_fault::too_short;
  if (password.size() > certs::password_bytes_max) return password_fault::too_long;
  if (is_common_password(password)) return password_fault::common;
  if (is_personal(lower(password), user_name)) return password_fault::personal;
  bool const alone = factor == beside::nothing;
  if (alone && characters < password_characters_min) return password_fault::too_short_alone;
  return password_fault::none;
}

db::password_length length_of(std::string_view password) {
  return characters_in(password) < password_characters_min
             ? db::password_length::short_beside_second_factor
             : db::password_length::full;
}

std::string_view sentence(password_fault fault) {
  constexpr std::array<std::string_view, 6> sentences{
      "",
      "A password has at least 15 characters, or 8 beside a second factor. Several words are "
      "easiest to remember.",
      "Without a second factor a password has at least 15 characters. Several words are easiest to "
      "remember.",
      "A password has at most 1,024 bytes.",
      "That password is one that attackers try first. Choose other words.",
      "That password is hardly more than the user name. Choose other words."};
  return sentences[static_cast<std::size_t>(fault)];
}

}  // namespace intake::service::accounts

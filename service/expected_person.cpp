#include "service/expected_person.hpp"

#include "certs/blind_index.hpp"
#include "certs/name_fold.hpp"
#include "forms/json_writer.hpp"
#include "forms/white_space.hpp"

#include <algorithm>

namespace intake::service {
namespace {

constexpr std::size_t name_bytes_max = 200;
constexpr std::size_t text_bytes_max = 500;

struct field {
  std::string_view name;
  std::string expected_person::*member;
  std::size_t bytes_max = text_bytes_max;
};

constexpr field fields[] = {
    {"family", &expected_person::family, name_bytes_max},
    {"given", &expected_person::given, name_bytes_max},
    {"born", &expected_person::birth_date},
    {"phone", &expected_person::phone},
    {"mail", &expected_person::mail},
    {"visit", &expected_person::visit_kind},
    {"reason", &expected_person::reason},
    {"language", &expected_person::language},
};

std::string_view cut(std::string_view text, std::size_t bytes_max) {
  if (text.size() <= bytes_max) return text;
  while (bytes_max > 0 && (static_cast<unsigned char>(text[bytes_max]) & 0xc0) == 0x80) --bytes_max;
  return text.substr(0, bytes_max);
}

bool begins(std::vector<std::string> const& shorter, std::vector<std::string> const& longer) {
  return shorter.size() <= longer.size() &&
         std::equal(shorter.begin(), shorter.end(), longer.begin());
}

}  // namespace

std::string write_person(expected_person const& person) {
  std::string text;
  forms::json_writer out(text);
  out.begin_object();
  for (auto const& each : fields) {
    auto const value = cut(person.*each.member, each.bytes_max);
    if (!value.empty()) out.member(each.name, value);
  }
  out.end_object();
  return text;
}

std::optional<expected_person> read_person(std::string_view text) {
  auto const document = forms::read_json(std::string(text), {.bytes_max = 16384, .depth_max = 2});
  if (!document || !document->root().is(forms::json_kind::object)) return std::nullopt;
  return read_person(document->root());
}

expected_person read_person(forms::json_value const& object) {
  expected_person person;
  for (auto const& each : fields) person.*each.member = object.text_of(each.name);
  return person;
}

expected_person person_of(std::string_view typed_name) {
  expected_person person;
  auto const name = forms::without_unseen_ends(typed_name);
  auto const comma = name.find(',');
  auto const space = name.rfind(' ');
  if (comma != name.npos) {
    person.family = forms::without_unseen_ends(name.substr(0, comma));
    person.given = forms::without_unseen_ends(name.substr(comma + 1));
  } else if (space != name.npos) {
    person.family = name.substr(space + 1);
    person.given = forms::without_unseen_ends(name.substr(0, space));
  } else {
    person.family = name;
  }
  return person;
}

std::string name_of(expected_person const& person) {
  if (person.family.empty() || person.given.empty()) return person.family + person.given;
  return person.family + ", " + person.given;
}

std::optional<certs::hash256> person_token(certs::keyring const& keys,
                                           expected_person const& person) {
  auto const token = certs::surname_birth_date_token(keys, person.family, person.birth_date);
  certs::hash256 value{};
  if (!token || token->value.size() != value.size()) return std::nullopt;
  std::ranges::copy(token->value, value.begin());
  return value;
}

bool are_two_people(expected_person const& before, expected_person const& now) {
  bool const dates_known = !before.birth_date.empty() && !now.birth_date.empty();
  if (dates_known && before.birth_date != now.birth_date) return true;
  return certs::fold_name(before.family) != certs::fold_name(now.family) &&
         certs::fold_name(before.given) != certs::fold_name(now.given);
}

bool may_be_same(expected_person const& expected, summary const& sent) {
  auto const family = certs::fold_name(expected.family);
  if (family.empty() || family != certs::fold_name(sent.family)) return false;
  if (expected.birth_date.empty() || expected.birth_date != sent.birth_date) return false;
  auto const mine = certs::fold_words(expected.given);
  auto const theirs = certs::fold_words(sent.given);
  return begins(mine, theirs) || begins(theirs, mine);
}

}  // namespace intake::service

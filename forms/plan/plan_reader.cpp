#include "forms/plan/plan_reader.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace intake::forms {
namespace {

constexpr int number_max = 100'000;

bool offers(item const& question, std::string_view code) {
  if (question.type == item_type::boolean) return code == "true" || code == "false";
  return std::ranges::any_of(options_of(question), [&](answer_option const& option) {
    auto const* coded = std::get_if<coding>(&option.value);
    return coded != nullptr && coded->code == code;
  });
}

std::string below(std::string const& where, std::string_view name) {
  return where.empty() ? std::string{name} : fmt::format("{}.{}", where, name);
}

}  // namespace

void plan_reader::fail(json_value const& at, std::string where, std::string_view code,
                       std::string message, std::string hint) {
  if (fault_) return;
  fault_ = parse_error::at(std::move(where), document_.line_of(at), code, std::move(message),
                           std::move(hint));
}

void plan_reader::only(json_value const& object, std::string const& where, member_list members) {
  if (!object.is(json_kind::object)) {
    fail(object, where, "wrong-type", "This must be an object.");
    return;
  }
  for (auto const& member : object) {
    if (std::ranges::find(members, member.key()) != members.end()) continue;
    fail(member, where, "unknown-member", fmt::format("\"{}\" means nothing here.", member.key()),
         fmt::format("Known are: {}.", fmt::join(members, ", ")));
  }
}

std::string plan_reader::text(json_value const& object, std::string const& where,
                              std::string_view name) {
  auto const found = object.text_of(name);
  if (found.empty()) {
    fail(object, where, "missing-text", fmt::format("\"{}\" is missing or no text.", name));
  }
  return std::string{found};
}

int plan_reader::number(json_value const& object, std::string const& where, std::string_view name) {
  auto const* found = object.find(name);
  if (found == nullptr) return 0;
  auto const text = found->is(json_kind::number) ? found->text() : std::string_view{};
  int value = -1;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  bool const whole = error == std::errc{} && end == text.data() + text.size();
  if (whole && value >= 0 && value <= number_max) return value;
  fail(*found, below(where, name), "bad-number",
       fmt::format("This must be a whole number from 0 to {}.", number_max));
  return 0;
}

bool plan_reader::flag(json_value const& object, std::string const& where, std::string_view name) {
  auto const* found = object.find(name);
  if (found == nullptr) return false;
  if (!found->is(json_kind::boolean)) {
    fail(*found, below(where, name), "wrong-type", "This must be true or false.");
  }
  return found->is_true();
}

std::vector<std::string> plan_reader::texts(json_value const& object, std::string const& where,
                                            std::string_view name) {
  std::vector<std::string> found;
  auto const* list = object.find(name);
  if (list == nullptr) return found;
  if (!list->is(json_kind::array))
    fail(*list, below(where, name), "wrong-type", "This must be a list.");
  for (auto const& one : *list) {
    if (!one.is(json_kind::string)) {
      fail(one, below(where, name), "wrong-type", "This list holds texts only.");
    }
    found.emplace_back(one.text());
  }
  return found;
}

localized_text plan_reader::localized(json_value const& object, std::string const& where,
                                      std::string_view name) {
  localized_text made;
  auto const* found = object.find(name, json_kind::object);
  if (found == nullptr) {
    fail(object, where, "missing-text", fmt::format("\"{}\" is missing.", name));
    return made;
  }
  auto const at = below(where, name);
  only(*found, at, {"en", "es", "ht", "status", "reviewed_by", "reviewed_on"});
  made.text = text(*found, at, "en");
  for (std::string_view const language : {"es", "ht"}) {
    made.translations.push_back({std::string{language}, text(*found, at, language),
                                 std::string{found->text_of("reviewed_by")},
                                 std::string{found->text_of("reviewed_on")}});
  }
  auto const status = text(*found, at, "status");
  bool const signed_for = !found->text_of("reviewed_by").empty();
  if (status != (signed_for ? "reviewed" : "unreviewed")) {
    fail(*found, at, "bad-status",
         "The status is \"reviewed\" with reviewed_by, or \"unreviewed\" without.");
  }
  return made;
}

void plan_reader::require_answerable(json_value const& at, std::string const& where,
                                     answer_condition const& condition) {
  std::vector<item const*> asked;
  for (auto const& form : known_.forms()) {
    if (auto const* item = form->find(condition.question)) asked.push_back(item);
  }
  if (asked.empty()) {
    fail(at, where, "unknown-question", fmt::format("No form asks \"{}\".", condition.question));
    return;
  }
  for (auto const& code : condition.any_of) {
    if (std::ranges::any_of(asked, [&](item const* one) { return offers(*one, code); })) continue;
    fail(at, where, "unknown-answer",
         fmt::format("\"{}\" has no answer \"{}\".", condition.question, code));
  }
}

std::vector<answer_condition> plan_reader::conditions(json_value const& object,
                                                      std::string const& where,
                                                      std::string_view name) {
  std::vector<answer_condition> found;
  if (object.find(name) == nullptr) return found;
  each(object, where, name, [&](json_value const& one, std::string const& at) {
    only(one, at, {"question", "any_of"});
    answer_condition condition{text(one, at, "question"), texts(one, at, "any_of")};
    if (condition.any_of.empty()) {
      fail(one, at, "missing-answers", "\"any_of\" names no answer: this could never hold.");
    }
    require_answerable(one, at, condition);
    found.push_back(std::move(condition));
  });
  return found;
}

void plan_reader::each(json_value const& object, std::string const& where, std::string_view name,
                       std::function<void(json_value const&, std::string const&)> const& read) {
  auto const* list = object.find(name, json_kind::array);
  if (list == nullptr) {
    fail(object, where, "missing-list", fmt::format("The list \"{}\" is missing.", name));
    return;
  }
  std::size_t index = 0;
  for (auto const& one : *list) read(one, fmt::format("{}[{}]", below(where, name), index++));
}

}  // namespace intake::forms

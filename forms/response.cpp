#include "forms/response.hpp"

#include "forms/calendar.hpp"
#include "forms/extension_urls.hpp"
#include "forms/place.hpp"
#include "forms/value_reader.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <ranges>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

namespace intake::forms {
namespace {

constexpr std::array<std::string_view, 19> envelope_members{
    "resourceType", "id",         "meta",    "language", "text",          "contained",
    "extension",    "identifier", "basedOn", "partOf",   "status",        "subject",
    "encounter",    "authored",   "author",  "source",   "questionnaire", "item",
    "implicitRules"};
constexpr std::array<std::string_view, 7> item_members{"linkId", "definition", "text",     "answer",
                                                       "item",   "id",         "extension"};
constexpr std::array<std::string_view, 4> answer_members{"id", "extension", "item",
                                                         "fhir_comments"};

struct member_kind {
  std::string_view name;
  json_kind kind;
  std::string_view word;
};
/// Members of the envelope that are carried along unread.
constexpr std::array<member_kind, 10> carried_members{{{"meta", json_kind::object, "object"},
                                                       {"text", json_kind::object, "object"},
                                                       {"contained", json_kind::array, "array"},
                                                       {"extension", json_kind::array, "array"},
                                                       {"basedOn", json_kind::array, "array"},
                                                       {"partOf", json_kind::array, "array"},
                                                       {"subject", json_kind::object, "object"},
                                                       {"encounter", json_kind::object, "object"},
                                                       {"author", json_kind::object, "object"},
                                                       {"source", json_kind::object, "object"}}};

/// BCP 47 as far as its shape goes: letters, then parts of letters and digits.
bool is_language_tag(std::string_view tag) {
  constexpr std::size_t part_max = 8;
  bool first = true;
  for (auto const each : std::views::split(tag, '-')) {
    std::string_view const part{each.begin(), each.end()};
    auto const fits = [first](char c) {
      bool const letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      return letter || (!first && c >= '0' && c <= '9');
    };
    if (part.empty() || part.size() > part_max || !std::ranges::all_of(part, fits)) return false;
    first = false;
  }
  return !first;
}

bool is_modifier(json_value const& member) {
  return member.key() == "modifierExtension" || member.key() == "implicitRules";
}

/// Members that FHIR's own JSON allows beside any named one.
bool is_aside(std::string_view member) {
  return member.starts_with('_') || member == "fhir_comments";
}

class response_reader {
 public:
  response_reader(questionnaire const& form, origin_claims claims)
      : form_{form}, log_{form}, claims_{claims} {}

  response run(json_value const& resource) {
    response result;
    result.envelope = read_envelope_members(resource);
    if (auto const* list = items_of(resource, nullptr)) {
      read_items(*list, no_item, nullptr, result.answers.items);
    }
    result.problems = std::move(log_).take();
    sort_in_form_order(result.problems);
    return result;
  }

 private:
  std::string text(json_value const& object, std::string_view name, problem_code malformed) {
    auto const* member = object.find(name);
    if (member == nullptr) return {};
    if (!member->is(json_kind::string)) {
      log_.add(problem_code::wrong_json_type, nullptr, {{"expected", "string"}}, dotted(name));
      return {};
    }
    if (member->text().empty()) log_.add(malformed, nullptr, {}, dotted(name));
    return std::string{member->text()};
  }

  static std::string dotted(std::string_view name) { return fmt::format(".{}", name); }

  void read_identifier(json_value const& resource, response_envelope& into) {
    auto const* identifier = resource.find("identifier");
    if (identifier == nullptr) return;
    into.identifier_system = identifier->text_of("system");
    into.identifier_value = identifier->text_of("value");
    if (into.identifier_value.empty()) {
      log_.add(problem_code::identifier_malformed, nullptr, {}, ".identifier");
    }
  }

  void read_status(json_value const& resource, response_envelope& into) {
    auto const code = text(resource, "status", problem_code::status_unknown);
    if (resource.find("status") == nullptr) log_.add(problem_code::status_missing, nullptr);
    if (code.empty()) return;
    auto const known = from_code<response_status>(code);
    if (!known) log_.add(problem_code::status_unknown, nullptr, {}, ".status");
    into.status = known.value_or(response_status::completed);
  }

  response_envelope read_envelope_members(json_value const& resource) {
    response_envelope result;
    check_members(resource, envelope_members, nullptr);
    result.questionnaire = text(resource, "questionnaire", problem_code::questionnaire_missing);
    read_status(resource, result);
    result.authored = text(resource, "authored", problem_code::authored_malformed);
    bool const dated =
        result.authored.empty() || read_date_time(result.authored).fault == calendar_fault::none;
    if (!dated) log_.add(problem_code::authored_malformed, nullptr, {}, ".authored");
    read_identifier(resource, result);
    result.language = text(resource, "language", problem_code::language_malformed);
    if (!result.language.empty() && !is_language_tag(result.language)) {
      log_.add(problem_code::language_malformed, nullptr, {}, ".language");
    }
    check_carried(resource);
    return result;
  }

  void check_carried(json_value const& resource) {
    for (auto const& [name, kind, word] : carried_members) {
      auto const* member = resource.find(name);
      if (member == nullptr) continue;
      bool const of_objects =
          kind != json_kind::array || std::ranges::all_of(*member, [](json_value const& one) {
            return one.is(json_kind::object);
          });
      if (!member->is(kind)) {
        log_.add(problem_code::wrong_json_type, nullptr, {{"expected", std::string{word}}},
                 dotted(name));
      } else if (!of_objects) {
        log_.add(problem_code::wrong_json_type, nullptr, {{"expected", "object"}}, dotted(name));
      } else if (kind == json_kind::array && member->children().empty()) {
        log_.add(problem_code::empty_list, nullptr, {}, dotted(name));
      }
    }
  }

  template <std::size_t N>
  void check_members(json_value const& object, std::array<std::string_view, N> const& known,
                     place const* at) {
    for (auto const& member : object) {
      if (is_modifier(member)) {
        log_.add(problem_code::unknown_modifier, at, {}, dotted(member.key()));
      } else if (!is_aside(member.key()) && std::ranges::find(known, member.key()) == known.end()) {
        log_.add(problem_code::unknown_member, at);
      }
    }
  }

  /// item[] of a resource, an item or an answer; null where there is none or it is no array.
  json_value const* items_of(json_value const& object, place const* at) {
    return list_of(object, "item", at);
  }

  json_value const* list_of(json_value const& object, std::string_view name, place const* at) {
    auto const* list = object.find(name);
    if (list == nullptr) return nullptr;
    if (!list->is(json_kind::array)) {
      log_.add(problem_code::wrong_json_type, at, {{"expected", "array"}}, dotted(name));
      return nullptr;
    }
    if (list->children().empty()) log_.add(problem_code::empty_list, at, {}, dotted(name));
    return list;
  }

  void read_items(json_value const& list, item_index parent, place const* outer,
                  std::vector<answered_item>& into) {
    into.reserve(list.children().size());
    item_index expected =
        form_.children_of(parent).empty() ? no_item : form_.children_of(parent).front();
    std::uint32_t position = 0;
    std::unordered_map<item_index, std::uint32_t> seen;
    for (auto const& json : list) {
      if (log_.full()) break;
      place at{outer, no_item, 0, position++};
      auto const* definition = definition_of(json, parent, at, expected);
      if (definition == nullptr) continue;
      expected = definition->end;
      at.item = definition->index;
      if (definition->type == item_type::group) at.repetition = seen[definition->index]++;
      auto& occurrence = into.emplace_back();
      occurrence.item = definition->index;
      occurrence.position = at.item_position;
      read_item(json, *definition, at, occurrence);
    }
    // Once, at the end: a hostile order must not cost more than a sort.
    if (!std::ranges::is_sorted(into, {}, &answered_item::item)) {
      std::ranges::stable_sort(into, {}, &answered_item::item);
    }
  }

  /// The form's item for a response's item; reports and returns null where there is none here.
  item const* definition_of(json_value const& json, item_index parent, place& at,
                            item_index expected) {
    if (!json.is(json_kind::object)) {
      log_.add(problem_code::wrong_json_type, &at, {{"expected", "object"}});
      return nullptr;
    }
    auto const link_id = json.text_of("linkId");
    if (link_id.empty()) {
      log_.add(problem_code::link_id_missing, &at);
      return nullptr;
    }
    // Responses mostly follow the form: the next item is the likely one.
    bool const next = expected < form_.items().size() && form_.at(expected).link_id == link_id;
    auto const* definition = next ? &form_.at(expected) : form_.find(link_id);
    if (definition == nullptr) {
      log_.add(problem_code::unknown_item, &at);
    } else if (definition->parent != parent) {
      definition = renamed_child(parent, link_id);
      if (definition == nullptr) log_.add(problem_code::misplaced_item, &at);
    }
    return definition;
  }

  /// A child whose linkId another item of the form has too: its place tells which is meant.
  item const* renamed_child(item_index parent, std::string_view link_id) const {
    for (auto const index : form_.children_of(parent)) {
      if (form_.at(index).written_link_id == link_id) return &form_.at(index);
    }
    return nullptr;
  }

  void read_item(json_value const& json, item const& definition, place const& at,
                 answered_item& into) {
    check_members(json, item_members, &at);
    auto const* answers = list_of(json, "answer", &at);
    auto const* nested = items_of(json, &at);
    if (is_question(definition)) {
      if (nested != nullptr) log_.add(problem_code::question_with_items, &at);
      if (answers != nullptr) read_answers(*answers, definition, at, into);
      return;
    }
    if (nested != nullptr) read_items(*nested, definition.index, &at, into.items);
    if (answers != nullptr) {
      bool const group = definition.type == item_type::group;
      log_.add(group ? problem_code::group_with_answers : problem_code::display_with_answers, &at,
               {}, ".answer");
    }
  }

  void read_answers(json_value const& list, item const& definition, place at, answered_item& into) {
    into.answers.reserve(list.children().size());
    for (auto const& json : list) {
      if (log_.full()) return;
      at.answer_position = static_cast<std::uint32_t>(into.answers.size());
      at.repetition = at.answer_position;
      auto& given = into.answers.emplace_back();
      given.position = at.answer_position;
      read_answer(json, definition, at, given);
    }
  }

  void read_answer(json_value const& json, item const& definition, place const& at, answer& into) {
    if (!json.is(json_kind::object)) {
      into.value = unreadable_value{};
      log_.add(problem_code::wrong_json_type, &at, {{"expected", "object"}});
      return;
    }
    for (auto const& member : json) {
      if (member.key().starts_with("value")) {
        read_answer_value(member, definition, at, into);
      } else if (is_modifier(member)) {
        log_.add(problem_code::unknown_modifier, &at, {}, dotted(member.key()));
      } else if (!is_aside(member.key()) &&
                 std::ranges::find(answer_members, member.key()) == answer_members.end()) {
        log_.add(problem_code::unknown_member, &at);
      }
    }
    if (claims_ == origin_claims::believed) into.origin = origin_of(json);
    if (auto const* nested = items_of(json, &at)) {
      read_items(*nested, definition.index, &at, into.items);
    }
    if (!has_value(into.value)) {
      into.value = unreadable_value{};
      log_.add(problem_code::empty_answer, &at);
    }
  }

  void read_answer_value(json_value const& member, item const& definition, place const& at,
                         answer& into) {
    if (has_value(into.value)) {
      log_.add(problem_code::several_values, &at);
      return;
    }
    auto const kind = kind_of_member(member.key(), "value");
    if (!kind || !accepts(definition, *kind)) {
      into.value = unreadable_value{};
      log_.add(problem_code::wrong_value_type, &at, {{"expected", accepted_members(definition)}});
      return;
    }
    auto reading = read_value(*kind, member);
    into.value = std::move(reading.value);
    if (reading.fault) {
      problem_log::arguments arguments;
      if (!reading.expected.empty()) arguments = {{"expected", std::string{reading.expected}}};
      log_.add(*reading.fault, &at, std::move(arguments));
    }
  }

  static answer_origin origin_of(json_value const& json) {
    auto const* extensions = json.find("extension", json_kind::array);
    if (extensions == nullptr) return answer_origin::patient;
    for (auto const& one : *extensions) {
      if (one.text_of("url") != extension::answer_origin) continue;
      for (auto const origin :
           {answer_origin::prefilled, answer_origin::staff, answer_origin::calculated}) {
        if (one.text_of("valueCode") == code_of(origin)) return origin;
      }
    }
    return answer_origin::patient;
  }

  questionnaire const& form_;
  problem_log log_;
  origin_claims claims_;
};

}  // namespace

parsed<response_envelope> read_envelope(json_document const& document, json_value const& resource) {
  if (resource.text_of("resourceType") != "QuestionnaireResponse") {
    return parse_error::at({}, document.line_of(resource), "not-a-response",
                           "This is not a QuestionnaireResponse.");
  }
  response_envelope result;
  result.questionnaire = resource.text_of("questionnaire");
  result.status =
      from_code<response_status>(resource.text_of("status")).value_or(response_status::completed);
  result.authored = resource.text_of("authored");
  if (auto const* identifier = resource.find("identifier", json_kind::object)) {
    result.identifier_system = identifier->text_of("system");
    result.identifier_value = identifier->text_of("value");
  }
  result.language = resource.text_of("language");
  return result;
}

response read_response(questionnaire const& form, json_value const& resource,
                       origin_claims claims) {
  return response_reader{form, claims}.run(resource);
}

}  // namespace intake::forms

#include "forms/plan/packets.hpp"

#include "forms/plan/plan_reader.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace intake::forms {
namespace {

void require_form(plan_reader& reader, json_value const& at, std::string const& where,
                  std::string_view id) {
  if (id.empty() || reader.known().find_by_id(id) != nullptr) return;
  reader.fail(at, where, "unknown-form", fmt::format("There is no form \"{}\".", id),
              "The name is the id of a Questionnaire in the same folder.");
}

packet_entry read_entry(plan_reader& reader, json_value const& json, std::string const& where) {
  reader.only(json, where,
              {"form", "languages", "otherwise", "only_if", "answered_by", "age_min",
               "expires_days", "may_wait"});
  packet_entry entry;
  entry.form = reader.text(json, where, "form");
  entry.languages = reader.texts(json, where, "languages");
  entry.otherwise = json.text_of("otherwise");
  entry.only_if = reader.conditions(json, where, "only_if");
  entry.answered_by = reader.texts(json, where, "answered_by");
  entry.age_min = reader.number(json, where, "age_min");
  entry.expires_days = reader.number(json, where, "expires_days");
  entry.may_wait = reader.flag(json, where, "may_wait");
  require_form(reader, json, where, entry.form);
  require_form(reader, json, where, entry.otherwise);
  if (!entry.otherwise.empty() && entry.languages.empty()) {
    reader.fail(json, where, "otherwise-never",
                "\"otherwise\" is never asked: the form is put in every language.",
                "Say in \"languages\" which ones it is published in.");
  }
  return entry;
}

packet_plan read_plan(plan_reader& reader, json_value const& json, std::string const& where) {
  reader.only(json, where, {"id", "visit_kinds", "title", "budget", "forms"});
  packet_plan plan;
  plan.id = reader.text(json, where, "id");
  plan.visit_kinds = reader.texts(json, where, "visit_kinds");
  plan.title = reader.localized(json, where, "title");
  if (auto const* budget = json.find("budget")) {
    reader.only(*budget, where + ".budget", {"answers", "minutes"});
    plan.answers_max = reader.number(*budget, where + ".budget", "answers");
    plan.minutes_max = reader.number(*budget, where + ".budget", "minutes");
  }
  reader.each(json, where, "forms", [&](json_value const& one, std::string const& at) {
    plan.entries.push_back(read_entry(reader, one, at));
  });
  return plan;
}

void require_one_plan_each(plan_reader& reader, json_value const& root,
                           std::vector<packet_plan> const& plans) {
  std::vector<std::string_view> ids, kinds;
  for (auto const& plan : plans) {
    ids.push_back(plan.id);
    kinds.insert(kinds.end(), plan.visit_kinds.begin(), plan.visit_kinds.end());
  }
  for (auto* names : {&ids, &kinds}) {
    std::ranges::sort(*names);
    auto const twice = std::ranges::adjacent_find(*names);
    if (twice == names->end()) continue;
    reader.fail(root, "packets", "named-twice",
                fmt::format("Two packets answer to \"{}\".", *twice));
  }
}

bool speaks(packet_entry const& entry, std::string_view language) {
  auto const primary = language.substr(0, language.find('-'));
  return entry.languages.empty() ||
         std::ranges::find(entry.languages, primary) != entry.languages.end();
}

bool may_be_put_to(packet_entry const& entry, packet_question const& question) {
  if (question.proxies == proxy_rule::ask_everybody) return true;
  auto const& who = question.who;
  bool const right_person =
      entry.answered_by.empty() ||
      std::ranges::find(entry.answered_by, who.filler) != entry.answered_by.end();
  return right_person && (entry.age_min == 0 || who.age_years.value_or(0) >= entry.age_min);
}

bool still_counts(packet_entry const& entry, packet_question const& question) {
  return std::ranges::any_of(question.earlier, [&](earlier_form const& one) {
    return (one.form == entry.form || one.form == entry.otherwise) &&
           one.days_ago < entry.expires_days;
  });
}

bool is_asked(packet_entry const& entry, packet_question const& question) {
  return may_be_put_to(entry, question) && !still_counts(entry, question) &&
         std::ranges::all_of(entry.only_if, [&](answer_condition const& condition) {
           return holds(condition, question.so_far);
         });
}

std::string const& form_of(packet_entry const& entry, packet_question const& question) {
  if (entry.languages.empty()) return entry.form;
  bool const is_spoken = speaks(entry, question.who.language);
  auto const& wanted = is_spoken ? entry.form : entry.otherwise;
  auto const& other = is_spoken ? entry.otherwise : entry.form;
  auto const finished = [&](std::string const& id) {
    return !id.empty() && question.is_finished && question.is_finished(id);
  };
  return finished(other) && !finished(wanted) ? other : wanted;
}

}  // namespace

parsed<std::vector<packet_plan>> read_packets(json_document const& document, library const& known) {
  plan_reader reader{document, known};
  std::vector<packet_plan> plans;
  reader.only(document.root(), {}, {"packets"});
  reader.each(document.root(), {}, "packets", [&](json_value const& one, std::string const& at) {
    plans.push_back(read_plan(reader, one, at));
  });
  require_one_plan_each(reader, document.root(), plans);
  if (reader.fault()) return *reader.fault();
  return plans;
}

std::vector<asked_form> asked_forms(library const& known, packet_question const& question) {
  std::vector<asked_form> asked;
  for (auto const& entry : question.plan.entries) {
    if (!is_asked(entry, question)) continue;
    auto const& id = form_of(entry, question);
    if (id.empty()) continue;
    asked.push_back({&entry, known.find_by_id(id), id == entry.otherwise});
  }
  return asked;
}

packet_plan const* plan_for(std::span<packet_plan const> plans, std::string_view visit_kind) {
  auto const found = std::ranges::find_if(plans, [&](packet_plan const& plan) {
    return std::ranges::find(plan.visit_kinds, visit_kind) != plan.visit_kinds.end();
  });
  return found == plans.end() ? nullptr : &*found;
}

}  // namespace intake::forms

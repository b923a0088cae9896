#include "service/fhir/coverage_resource.hpp"

#include "forms/json_writer.hpp"
#include "service/decide.hpp"
#include "service/fhir/response_resource.hpp"
#include "service/known_items.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace intake::service::fhir {
namespace {

constexpr std::string_view class_system = "http://terminology.hl7.org/CodeSystem/coverage-class";
constexpr std::string_view relation_system =
    "http://terminology.hl7.org/CodeSystem/subscriber-relationship";
/// The codes that our form shares with FHIR's; who does not know has none.
constexpr std::array<std::string_view, 4> relations{"self", "spouse", "child", "other"};

/// What one plan says to a question, by linkId below `coverage.plan`.
class plan_reader {
 public:
  explicit plan_reader(told_plan const& plan) : plan_(plan) {}
  std::string operator()(std::string_view link_id) const {
    return known::text_below(*plan_.form, *plan_.answers, link_id);
  }

 private:
  told_plan plan_;
};

void write_class(forms::json_writer& out, std::string_view code, std::string const& value) {
  if (value.empty()) return;
  out.begin_object().key("type").begin_object().key("coding").begin_array().begin_object();
  out.member("system", class_system).member("code", code).end_object().end_array().end_object();
  out.member("value", std::string_view(value)).end_object();
}

void write_display(forms::json_writer& out, std::string_view name, std::string const& display) {
  if (display.empty()) return;
  out.key(name).begin_object().member("display", std::string_view(display)).end_object();
}

std::string full_name(std::string const& given, std::string const& family) {
  return given.empty() || family.empty() ? given + family : given + " " + family;
}

void write_people(forms::json_writer& out, plan_reader const& told, std::string const& patient,
                  std::string const& submission) {
  auto const relation = told("coverage.plan.subscriber");
  auto const person = full_name(told("coverage.plan.subscriber-person.given"),
                                told("coverage.plan.subscriber-person.family"));
  write_display(out, "subscriber", relation == "self" ? patient : person);
  auto const member = told(known::plan_member_id);
  if (!member.empty()) out.member("subscriberId", std::string_view(member));
  out.key("beneficiary").begin_object();
  out.member("display", std::string_view(patient.empty() ? "The patient" : patient));
  out.member("reference", std::string_view("Patient/" + submission)).end_object();
  if (std::ranges::count(relations, relation) == 0) return;
  out.key("relationship").begin_object().key("coding").begin_array().begin_object();
  out.member("system", relation_system).member("code", std::string_view(relation));
  out.end_object().end_array().end_object();
}

void write_payor(forms::json_writer& out, std::string const& said, named_rule_set const& rules) {
  auto const* const known = rules.set.find_payer(said);
  out.key("payor").begin_array().begin_object();
  out.member("display", std::string_view(known != nullptr ? known->name : said));
  out.end_object().end_array();
}

std::string write_coverage(std::string const& id, int order, plan_reader const& told,
                           opened_record const& record, named_rule_set const& rules) {
  std::string text;
  forms::json_writer out(text);
  out.begin_object().member("resourceType", "Coverage").member("id", std::string_view(id));
  bool const ended = told(known::plan_status) == "ended";
  out.member("status", ended ? "cancelled" : "active");
  write_people(out, told, full_name(record.head.given, record.head.family),
               id.substr(0, id.rfind('-')));
  if (auto const last = told(known::plan_end_date); !last.empty()) {
    out.key("period").begin_object().member("end", std::string_view(last)).end_object();
  }
  write_payor(out, told(known::plan_payer), rules);
  auto const name = told("coverage.plan.name");
  auto const group = told("coverage.plan.group-number");
  if (!name.empty() || !group.empty()) {
    out.key("class").begin_array();
    write_class(out, "plan", name);
    write_class(out, "group", group);
    out.end_array();
  }
  out.member("order", static_cast<std::int64_t>(order)).end_object();
  return text;
}

}  // namespace

std::vector<coverage_resource> coverages_of(db::submission_head const& head,
                                            opened_record const& record,
                                            named_rule_set const& rules) {
  std::vector<answered_form> packet;
  for (auto const& each : record.forms) packet.push_back({each.form, &each.response.answers});
  std::vector<coverage_resource> made;
  for (auto const& plan : plans_in(packet)) {
    auto const order = static_cast<int>(made.size()) + 1;
    auto id = fmt::format("{}-{}", certs::to_string(head.id), order);
    auto json = write_coverage(id, order, plan_reader(plan), record, rules);
    made.push_back({std::move(id), response_id(head, *plan.form), std::move(json)});
  }
  return made;
}

}  // namespace intake::service::fhir

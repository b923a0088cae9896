#include "service/eligibility/told_coverage.hpp"

#include "forms/insurance/calendar.hpp"
#include "service/decide.hpp"
#include "service/known_items.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace intake::service::eligibility {
namespace {

namespace insurance = forms::insurance;

told_coverage told_by(told_plan const& plan, named_rule_set const& rules, insurance::date day) {
  auto const say = [&](std::string_view link) {
    return known::text_below(*plan.form, *plan.answers, link);
  };
  told_coverage made;
  made.payer_typed = say(known::plan_payer);
  made.payer = made.payer_typed;
  if (auto const* payer = rules.set.find_payer(made.payer)) {
    made.payer = payer->name;
    made.payer_row = payer->row;
    made.is_medicare = payer->kind == insurance::payer_kind::medicare;
    made.payer_number =
        insurance::payer_number_for(*payer, insurance::payer_number_use::eligibility, day);
  }
  made.plan = say("coverage.plan.name");
  made.member_id = say(known::plan_member_id);
  made.group = say("coverage.plan.group-number");
  made.relation = say("coverage.plan.subscriber");
  if (say(known::plan_status) == "ended") made.ends = say(known::plan_end_date);
  if (made.relation == "self" || made.relation.empty()) return made;
  made.subscriber = {.family = say("coverage.plan.subscriber-person.family"),
                     .given = say("coverage.plan.subscriber-person.given"),
                     .birth_date = say("coverage.plan.subscriber-person.birth-date")};
  return made;
}

}  // namespace

std::vector<told_coverage> told_coverages(opened_record const& record, named_rule_set const& rules,
                                          insurance::date day) {
  std::vector<answered_form> packet;
  for (auto const& each : record.forms) packet.push_back({each.form, &each.response.answers});
  told_person const patient{.family = forms::code_in(packet, known::family_name),
                            .given = forms::code_in(packet, known::given_name),
                            .birth_date = forms::code_in(packet, known::birth_date)};
  auto const sex = forms::code_in(packet, "patient.sex");
  auto const about_patient = std::ranges::find_if(record.forms, [](opened_form const& each) {
    return each.form->find(known::birth_date) != nullptr;
  });
  std::vector<told_coverage> made;
  for (auto const& plan : plans_in(packet)) {
    made.push_back(told_by(plan, rules, day));
    made.back().number = static_cast<std::int16_t>(made.size());
    made.back().patient = patient;
    made.back().coverage_form = plan.form->canonical();
    if (about_patient != record.forms.end()) {
      made.back().patient_form = about_patient->form->canonical();
    }
    made.back().sex = sex;
  }
  return made;
}

std::string why_not_sent(told_coverage const& told) {
  if (told.payer.empty()) return "no insurance company was named: ask the patient";
  if (told.payer_row == 0) {
    return fmt::format("\"{}\" is not in the table payers: add it, or its alias", told.payer);
  }
  if (told.payer_number.empty()) {
    return fmt::format("payer id missing: payers, row {}", told.payer_row);
  }
  if (told.member_id.empty()) return "member ID missing: ask the patient, or read it off the card";
  if (told.patient.family.empty()) return "the patient's last name is missing: ask the patient";
  if (!insurance::read_iso_date(told.patient.birth_date)) {
    return "the patient's whole date of birth is missing: ask the patient";
  }
  bool const other =
      told.relation == "spouse" || told.relation == "child" || told.relation == "other";
  if (other && told.subscriber.family.empty()) {
    return "the main person on the plan is not named: ask the patient";
  }
  if (told.relation == "unknown") {
    return "not known who the main person on the plan is: ask the patient";
  }
  return {};
}

}  // namespace intake::service::eligibility

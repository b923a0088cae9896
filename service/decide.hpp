#pragma once
#include "forms/insurance/decision.hpp"
#include "forms/plan/answered_form.hpp"
#include "service/rules.hpp"

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace intake::service {

using forms::answered_form;

/// What the rules say to a packet; empty where none of its forms asks about insurance.
struct insurance_answer {
  std::optional<forms::insurance::visit_decision> decision;
  std::string rule_set_hash;
};

/// One insurance plan that a packet tells of.
struct told_plan {
  forms::questionnaire const* form = nullptr;
  forms::answered_item const* answers = nullptr;
};
std::vector<told_plan> plans_in(std::span<answered_form const>);

/// Decides on what the answers say, by the linkIds of `known_items.hpp`. Where no visit date is
/// known, the clinic's calendar date is the date of service. `location` is where the visit will be;
/// empty where nobody knows.
insurance_answer decide_insurance(named_rule_set const&, std::span<answered_form const>,
                                  std::chrono::year_month_day today, std::string_view location);

}  // namespace intake::service

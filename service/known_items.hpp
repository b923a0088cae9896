#pragma once
#include "service/decide.hpp"

#include <array>
#include <span>
#include <string>
#include <string_view>

/// Facts that the program itself needs out of a packet, by linkId, in whichever form they are
/// asked. A clinic's own form that uses these linkIds is understood like ours; one that does not
/// simply says nothing about them.
namespace intake::service::known {

inline constexpr std::string_view family_name = "patient.name.family";
inline constexpr std::string_view given_name = "patient.name.given";
inline constexpr std::string_view birth_date = "patient.birth-date";
inline constexpr std::string_view phone = "patient.phone";
inline constexpr std::string_view interpreter = "patient.language.interpreter";
inline constexpr std::string_view asks_clinic = "ask.clinic";
inline constexpr std::string_view signer_name = "consent.signer.name";
inline constexpr std::string_view signer_relation = "consent.signer.relation";
inline constexpr std::string_view another_child = "representative.minor.another-child";
inline constexpr std::string_view have_coverage = "coverage.have";
inline constexpr std::string_view plan = "coverage.plan";
inline constexpr std::string_view plan_payer = "coverage.plan.payer";
inline constexpr std::string_view plan_member_id = "coverage.plan.member-id";
inline constexpr std::string_view plan_status = "coverage.plan.status";
inline constexpr std::string_view plan_end_date = "coverage.plan.end-date";

inline constexpr std::string_view accident_kind = "accident.kind";
inline constexpr std::string_view accident_date = "accident.date";
inline constexpr std::string_view first_treatment = "accident.first-treatment";
inline constexpr std::string_view first_treatment_date = "accident.first-treatment-date";
inline constexpr std::string_view visit_date = "visit.date";
inline constexpr std::string_view carrier_approved = "work.insurance.approved";
inline constexpr std::string_view estimate_way = "estimate.how";

struct fact_item {
  std::string_view fact;
  std::string_view link_id;
};

/// Facts of the visit, as `insurance::visit_from_values` names them.
inline constexpr std::array visit_facts{
    fact_item{"accident_kind", accident_kind},
    fact_item{"accident_date", accident_date},
    fact_item{"first_treatment", first_treatment},
    fact_item{"first_treatment_date", first_treatment_date},
    fact_item{"liability_claim", "accident.liability"},
    fact_item{"medicare_reason", "msp.reason"},
    fact_item{"esrd_date", "msp.kidney-date"},
    fact_item{"va_authorized", "msp.va-authorized"},
    fact_item{"black_lung", "msp.black-lung"},
    fact_item{"birth_date", "patient.birth-date"},
    fact_item{"state", "patient.address.state"},
    fact_item{"date_of_service", visit_date},
};

/// Facts of one coverage, below an occurrence of `plan`, as `insurance::coverage_from_values` names
/// them.
inline constexpr std::array coverage_facts{
    fact_item{"payer", plan_payer},
    fact_item{"plan_name", "coverage.plan.name"},
    fact_item{"product", "coverage.plan.product"},
    fact_item{"referral", "coverage.plan.referral"},
    fact_item{"relation", "coverage.plan.subscriber"},
};

/// Facts of every coverage that a packet asks for once, not for each plan.
inline constexpr std::array shared_coverage_facts{
    fact_item{"plan_basis", "msp.plan-basis"},
    fact_item{"employer_employees", "msp.employer-employees"},
};

/// The first answer to an item below one occurrence of a group.
std::string text_below(forms::questionnaire const&, forms::answered_item const& group,
                       std::string_view link_id);

/// Every answer to a question of a packet, in form order.
std::vector<std::string> texts_of(std::span<answered_form const> packet, std::string_view link_id);

}  // namespace intake::service::known

#include "forms/insurance/plan_list.hpp"
#include "forms/insurance/words.hpp"
#include "forms/json_writer.hpp"
#include "service/fhir/fhir.hpp"
#include "service/fhir/operation_outcome.hpp"
#include "service/fhir/search_set.hpp"
#include "service/fhir/search_values.hpp"
#include "service/http/fields.hpp"
#include "service/responses.hpp"

#include <algorithm>

// http://hl7.org/fhir/R4/insuranceplan.html
namespace intake::service::fhir {
namespace {

namespace insurance = forms::insurance;

constexpr std::string_view outcome_extension =
    "https://intake.example/fhir/StructureDefinition/insurance-outcome";
constexpr std::string_view sentence_extension =
    "https://intake.example/fhir/StructureDefinition/insurance-sentence";

/// A row of the tables by an id that FHIR takes (letters, digits, "-" and "."); rows of contracts
/// and of payers may bear the same name.
std::string id_of(insurance::listed_plan const& plan) {
  auto id = plan.row != nullptr ? "contract." + plan.row->id : "payer." + plan.of->id;
  std::ranges::replace(id, '_', '-');
  return id;
}

std::string name_of(insurance::listed_plan const& plan) {
  return plan.row == nullptr || plan.row->plan_name.empty() ? plan.of->name : plan.row->plan_name;
}

std::vector<std::string> const& aliases_of(insurance::listed_plan const& plan) {
  return plan.row == nullptr ? plan.of->aliases : plan.row->aliases;
}

void write_period(forms::json_writer& out, insurance::validity const& valid) {
  auto const from = insurance::write_date(valid.from);
  auto const to = insurance::write_date(valid.to);
  if (from.empty() && to.empty()) return;
  out.key("period").begin_object();
  if (!from.empty()) out.member("start", std::string_view(from));
  if (!to.empty()) out.member("end", std::string_view(to));
  out.end_object();
}

/// "Where the product applies": absent where that is at every place.
void write_places(forms::json_writer& out, insurance::listed_plan const& plan,
                  locations const& places) {
  if (plan.only_at.empty()) return;
  out.key("coverageArea").begin_array();
  for (auto const& id : plan.only_at) {
    out.begin_object().member("display", std::string_view(places.of(id).name)).end_object();
  }
  out.end_array();
}

std::string resource_of(insurance::listed_plan const& plan, locations const& places,
                        language spoken) {
  std::string text;
  forms::json_writer out(text);
  out.begin_object().member("resourceType", "InsurancePlan");
  out.member("id", std::string_view(id_of(plan)));
  out.key("extension").begin_array();
  out.begin_object().member("url", outcome_extension);
  out.member("valueCode", insurance::to_word(plan.decided.result)).end_object();
  out.begin_object().member("url", sentence_extension);
  out.member("valueString", std::string_view(plan.decided.patient.in(tag(spoken)))).end_object();
  out.end_array();
  out.member("status", "active").member("name", std::string_view(name_of(plan)));
  if (!aliases_of(plan).empty()) {
    out.key("alias").begin_array();
    for (auto const& alias : aliases_of(plan)) out.string(alias);
    out.end_array();
  }
  if (plan.row != nullptr) write_period(out, plan.row->valid);
  out.key("ownedBy").begin_object().member("display", std::string_view(plan.of->name));
  out.end_object();
  write_places(out, plan, places);
  out.end_object();
  return text;
}

std::vector<insurance::listed_plan> plans_today(named_rule_set const& rules, application const& app,
                                                call const& c) {
  return insurance::listed_plans(rules.set, std::chrono::sys_days{app.clock.date(c.asked.received)},
                                 app.places.open_ids());
}

/// R4: `name` is "a portion of the organization's name or alias"; a string search matches the
/// beginning, `:contains` anywhere, both without regard to case and accents.
bool is_named(insurance::listed_plan const& plan, std::string_view wanted, bool anywhere) {
  auto const part = insurance::folded(wanted);
  auto const fits = [&](std::string const& name) {
    auto const whole = insurance::folded(name);
    return anywhere ? whole.find(part) != std::string::npos : whole.starts_with(part);
  };
  return fits(name_of(plan)) || fits(plan.of->name) || std::ranges::any_of(aliases_of(plan), fits);
}

bool fits(insurance::listed_plan const& plan, std::string_view parameter, std::string_view value) {
  if (parameter == "_id") return id_of(plan) == value;
  if (parameter == "status") return value == "active";
  return is_named(plan, value, parameter == "name:contains");
}

constexpr std::string_view known_parameters[] = {"_id", "status", "name", "name:contains"};

/// Why it can't be asked; empty where `plans` are narrowed to those that one of the values fits.
std::string_view narrow(std::vector<insurance::listed_plan>& plans, form_field const& asked) {
  if (shapes_only(asked.name)) return {};
  if (std::ranges::count(known_parameters, asked.name) == 0) {
    return "InsurancePlan can be searched by _id, name and status only.";
  }
  auto const values = alternatives_in(asked.value);
  if (values.empty()) return parameter_values_sentence;
  std::erase_if(plans, [&](auto const& plan) {
    return std::ranges::none_of(values,
                                [&](auto const& value) { return fits(plan, asked.name, value); });
  });
  return {};
}

}  // namespace

response insurance_plan_search(application& app, call const& c) {
  auto const query = read_form(c.asked.query);
  if (!query) return outcome_response(400, "The query is not form-encoded UTF-8.");
  auto const rules = app.rules.current();
  auto plans = plans_today(*rules, app, c);
  for (auto const& asked : *query) {
    if (auto const why = narrow(plans, asked); !why.empty()) return outcome_response(400, why);
  }
  auto const page = read_page(*query);
  if (!page) return outcome_response(400, "_count and _offset must be whole numbers.");
  std::vector<search_match> found;
  for (auto const& plan : plans)
    found.push_back({id_of(plan), resource_of(plan, app.places, c.spoken)});
  return search_set(app, c, "InsurancePlan", found, *page);
}

response insurance_plan_read(application& app, call const& c) {
  auto const rules = app.rules.current();
  auto const plans = plans_today(*rules, app, c);
  auto const found = std::ranges::find(plans, c.path["id"], id_of);
  if (found == plans.end()) return outcome_response(404, "There is no InsurancePlan with that id.");
  return fhir_response(200, resource_of(*found, app.places, c.spoken));
}

}  // namespace intake::service::fhir

#include "forms/insurance/explanation.hpp"

#include <fmt/format.h>

namespace intake::forms::insurance {
namespace {

std::string place_of_rule(rule_set const& set, std::string const& rule) {
  auto const* const row = set.find_rule(rule);
  return row == nullptr
             ? "no row of accept.csv"
             : fmt::format("{} (accept.csv, row {}, band {})", rule, row->row, row->band);
}

std::string_view network_words(decision const& one) {
  if (one.where == network::in) return "in network";
  return one.where == network::out ? "out of network" : "not in the contracts on that date";
}

std::string_view as_verdict(outcome result) {
  return result == outcome::accept ? "accepted" : "accepted with conditions";
}

void explain_coverage(std::string& out, rule_set const& set, decision const& one,
                      std::string_view language) {
  out += fmt::format("{}: {}\n", one.payer_name.empty() ? "unknown payer" : one.payer_name,
                     to_word(one.result));
  out += fmt::format("  row: {}\n", place_of_rule(set, one.rule));
  out += fmt::format("  plan: {}, {}{}\n", to_word(one.plan_product), network_words(one),
                     one.contract.empty() ? "" : fmt::format(" (contract {})", one.contract));
  out += fmt::format("  patient: {}\n", one.patient.in(language));
  if (!one.staff.empty()) out += fmt::format("  staff: {}\n", one.staff);
  if (!one.source.empty()) out += fmt::format("  source: {}\n", one.source);
  for (auto const& id : one.requires_) {
    auto const* const asked = set.find_requirement(id);
    out += fmt::format("  needs: {}\n", asked == nullptr ? id : asked->label.in(language));
  }
  for (auto const& miss : one.near_misses) {
    out += fmt::format("  would be {} if {} = {} ({})\n", as_verdict(miss.result), miss.fact,
                       miss.value, miss.rule);
  }
}

}  // namespace

std::string explain(rule_set const& set, visit_decision const& decided, std::string_view language) {
  std::string out = fmt::format("visit: {}\n", to_word(decided.result));
  if (decided.coverages.size() > 1) {
    out += decided.first
               ? fmt::format("  pays first: {}\n", decided.coverages[*decided.first].payer_name)
               : std::string("  pays first: not known; the weakest outcome holds\n");
    for (auto const& rule : decided.cob_rules) out += fmt::format("  by: {} of cob.csv\n", rule);
    out += fmt::format("  patient: {}\n", decided.patient.in(language));
    if (!decided.staff.empty()) out += fmt::format("  staff: {}\n", decided.staff);
  }
  for (auto const& one : decided.coverages) explain_coverage(out, set, one, language);
  return out;
}

}  // namespace intake::forms::insurance

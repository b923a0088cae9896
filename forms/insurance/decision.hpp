#pragma once
#include "forms/insurance/facts.hpp"
#include "forms/insurance/rule_set.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Accepted or not, and why. A decision never refuses a form and never fails: what the tables do
/// not know is `review`.
namespace intake::forms::insurance {

/// One fact that, were it otherwise, would bring a better outcome.
struct near_miss {
  std::string fact;   ///< column of accept.csv: "referral"
  std::string value;  ///< "yes", "hmo|ppo", "0-14"
  outcome result = outcome::review;
  std::string rule;
  bool operator==(near_miss const&) const = default;
};

/// One coverage, decided for its date of service.
struct decision {
  outcome result = outcome::review;
  std::string rule;        ///< id of the row of accept.csv that spoke
  std::string payer;       ///< id in payers.csv, or "unknown"
  std::string payer_name;  ///< as the tables print it; empty where unknown
  payer_kind kind = payer_kind::unknown;
  /// As the contract or the kind of payer makes it plain; may differ from what the patient said.
  product plan_product = product::unknown;
  network where = network::not_listed;
  std::string contract;  ///< id of the row of contracts.csv the network came from; may be empty
  sentence_text patient;
  std::string staff;
  std::string source;                  ///< law or contract the row names
  std::vector<std::string> requires_;  ///< ids in require.csv
  std::vector<near_miss> near_misses;
  std::string claims_number;       ///< payer id for claims on that date
  std::string eligibility_number;  ///< payer id for eligibility on that date
  /// As told, so that another rule set can be asked the same question.
  coverage_facts coverage;
  visit_facts visit;
  bool operator==(decision const&) const = default;
};

/// Every coverage, and the visit as a whole.
struct visit_decision {
  outcome result = outcome::review;
  /// Index of the coverage that pays first; empty where the tables cannot tell, then the weakest
  /// outcome of all holds.
  std::optional<std::size_t> first;
  std::size_t speaking = 0;            ///< index of the coverage whose row speaks for the visit
  std::vector<std::string> cob_rules;  ///< ids of the rows of cob.csv that were used
  sentence_text patient;
  std::string staff;
  std::vector<decision> coverages;
  bool operator==(visit_decision const&) const = default;
};

/// Decides one coverage. The payer may be an id, a name or an alias; the network comes from the
/// contracts; rows and payer numbers are those of `visit.date_of_service`.
decision decide(rule_set const& set, coverage_facts const& coverage, visit_facts const& visit);

/// Decides all coverages of a visit, in the order given. No coverage at all is one that nobody
/// knows.
visit_decision decide_visit(rule_set const& set, std::span<coverage_facts const> coverages,
                            visit_facts const& visit);

/// The ids among `requires_` of all coverages whose named answer is empty, each once.
std::vector<std::string> outstanding(rule_set const& set, visit_decision const& decided,
                                     named_values const& answers);

}  // namespace intake::forms::insurance

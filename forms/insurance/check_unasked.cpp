#include "forms/insurance/check_parts.hpp"

namespace intake::forms::insurance {

// Neither a form nor the day list says with whom a visit is.
void check_unasked(rule_set const& set, finding_book& book) {
  for (auto const& row : set.tables().contracts) {
    if (row.providers.any) continue;
    book.add(severity::warning, "contracts", row.row, "providers", "provider-never-known",
             row.providers.negated
                 ? "Nobody says with whom a visit is: this row counts for every provider."
                 : "Nobody says with whom a visit is: this row never counts, except on the list of "
                   "plans.",
             "Write any, and have staff look at it by a row of accept.csv that says review.");
  }
}

}  // namespace intake::forms::insurance

#include "service/billing/one_coverage.hpp"

#include <algorithm>

namespace intake::service::billing {

std::optional<eligibility::work_row> one_coverage(application& app, call const& c) {
  auto const id = certs::parse_uuid(c.path["id"]);
  if (!id) return std::nullopt;
  certs::uuid const only[] = {*id};
  auto work = eligibility::coverages_of(app, only, c.asked.received);
  auto const found = std::ranges::find_if(work.rows, [&](eligibility::work_row const& each) {
    return std::to_string(each.told.number) == c.path["number"];
  });
  if (found == work.rows.end()) return std::nullopt;
  return std::move(*found);
}

}  // namespace intake::service::billing

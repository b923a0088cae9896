#include "forms/x12/verdict.hpp"

#include <algorithm>
#include <iterator>

namespace intake::forms::x12 {
namespace {

enum class status_code : std::uint8_t { none, active, inactive, pending, failed };

// EB01. A coverage that is "pending" either way is not something to build a visit on.
status_code status_of(std::string_view eb01) {
  struct row {
    std::string_view code;
    status_code status;
  };
  constexpr row rows[] = {
      {"1", status_code::active},  {"2", status_code::active},  {"3", status_code::active},
      {"4", status_code::active},  {"5", status_code::pending}, {"6", status_code::inactive},
      {"7", status_code::pending}, {"8", status_code::pending}, {"V", status_code::failed},
  };
  auto const* const found = std::ranges::find(rows, eb01, &row::code);
  return found == std::end(rows) ? status_code::none : found->status;
}

enum class edge : std::uint8_t { none, begins, ends, span };

// DTP01: which dates bound a plan or a benefit.
edge edge_of(std::string_view qualifier) {
  struct row {
    std::string_view qualifier;
    edge what;
  };
  constexpr row rows[] = {{"291", edge::span},   {"292", edge::span},   {"307", edge::span},
                          {"346", edge::begins}, {"348", edge::begins}, {"356", edge::begins},
                          {"347", edge::ends},   {"349", edge::ends},   {"357", edge::ends}};
  auto const* const found = std::ranges::find(rows, qualifier, &row::qualifier);
  return found == std::end(rows) ? edge::none : found->what;
}

bool speaks_of_plan(benefit const& one) {
  return one.services.empty() || std::ranges::find(one.services, "30") != one.services.end();
}

bool has_bounds(std::vector<dated> const& dates) {
  return std::ranges::any_of(dates, [](dated const& one) {
    return one.first != 0 && edge_of(one.qualifier) != edge::none;
  });
}

bool speaks_of_another_time(std::vector<dated> const& dates, day_number asked) {
  return asked != 0 && std::ranges::any_of(dates, [asked](dated const& one) {
           return one.format == "RD8" && one.first != 0 && edge_of(one.qualifier) == edge::span &&
                  (asked < one.first || asked > one.last);
         });
}

struct tally {
  std::vector<std::uint32_t> active;
  std::vector<std::uint32_t> outside;
  std::vector<std::uint32_t> inactive;
  std::vector<std::uint32_t> pending;
  std::vector<std::uint32_t> failed;

  bool empty() const {
    return active.empty() && outside.empty() && inactive.empty() && pending.empty() &&
           failed.empty();
  }
};

enum class scope : std::uint8_t { plan, services };

tally count(answer const& one, person const* patient, day_number asked, scope of) {
  tally out;
  for (std::uint32_t i = 0; i < one.benefits.size(); ++i) {
    auto const& row = one.benefits[i];
    auto const status = status_of(row.code);
    if (status == status_code::none || speaks_of_plan(row) != (of == scope::plan)) continue;
    bool const has_own = has_bounds(row.dates) || patient == nullptr;
    bool const is_outside = leaves_out(has_own ? row.dates : patient->dates, asked);
    switch (status) {
      case status_code::active:
        (is_outside ? out.outside : out.active).push_back(i);
        break;
      case status_code::inactive:
        // The end of a plan is why it is inactive; only a row's own span says of which time it
        // speaks.
        if (!speaks_of_another_time(row.dates, asked)) out.inactive.push_back(i);
        break;
      case status_code::pending:
        out.pending.push_back(i);
        break;
      default:
        out.failed.push_back(i);
    }
  }
  return out;
}

verdict made(coverage_status status, verdict_reason reason, std::vector<std::uint32_t> rows) {
  return {status, reason, std::move(rows)};
}

std::vector<std::uint32_t> joined(std::vector<std::uint32_t> a,
                                  std::vector<std::uint32_t> const& b) {
  a.insert(a.end(), b.begin(), b.end());
  std::ranges::sort(a);
  return a;
}

verdict judge(tally const& rows, scope of) {
  using enum coverage_status;
  using enum verdict_reason;
  if (!rows.pending.empty()) return made(unclear, still_pending, rows.pending);
  if (!rows.active.empty() && !rows.inactive.empty()) {
    return made(unclear, payers_rows_differ, joined(rows.active, rows.inactive));
  }
  if (!rows.active.empty()) {
    return of == scope::plan ? made(active, payer_says_active, rows.active)
                             : made(unclear, only_for_services, rows.active);
  }
  if (!rows.inactive.empty()) {
    return made(inactive, payer_says_inactive, joined(rows.inactive, rows.outside));
  }
  if (!rows.outside.empty()) return made(inactive, outside_plan_dates, rows.outside);
  return made(could_not_check, rejected, rows.failed);
}

}  // namespace

bool leaves_out(std::vector<dated> const& dates, day_number asked) {
  if (asked == 0) return false;
  return std::ranges::any_of(dates, [asked](dated const& one) {
    if (one.first == 0) return false;
    // One day for a span is the day it began: payers leave the end open so.
    bool const is_one_day = one.format == "D8";
    switch (edge_of(one.qualifier)) {
      case edge::begins:
        return asked < one.first;
      case edge::ends:
        return asked > one.last;
      case edge::span:
        return asked < one.first || (!is_one_day && asked > one.last);
      default:
        return false;
    }
  });
}

verdict verdict_of(response const& all, answer const& one, day_number asked) {
  using enum coverage_status;
  using enum verdict_reason;
  bool const is_rejected = !rejections_of(all, one).empty();
  auto const* const patient = patient_of(all, one);
  auto of = scope::plan;
  auto rows = count(one, patient, asked, of);
  if (rows.empty()) {
    of = scope::services;
    rows = count(one, patient, asked, of);
  }
  if (rows.empty()) {
    if (is_rejected) return made(could_not_check, rejected, {});
    return made(unclear, all.is_cut_off ? cut_off : nothing_said, {});
  }
  auto said = judge(rows, of);
  if (all.is_cut_off) return made(unclear, cut_off, std::move(said.rows));
  if (patient == nullptr) return made(unclear, nothing_said, std::move(said.rows));
  if (is_rejected && said.status != could_not_check) {
    return made(unclear, rejected_in_part, std::move(said.rows));
  }
  return said;
}

std::string_view name_of(coverage_status status) noexcept {
  constexpr std::string_view names[] = {"active", "inactive", "unclear", "could-not-check"};
  return names[static_cast<std::size_t>(status)];
}

std::string_view name_of(verdict_reason reason) noexcept {
  constexpr std::string_view names[] = {"payer-says-active",  "payer-says-inactive",
                                        "outside-plan-dates", "payers-rows-differ",
                                        "still-pending",      "only-for-services",
                                        "rejected",           "rejected-in-part",
                                        "nothing-said",       "cut-off"};
  return names[static_cast<std::size_t>(reason)];
}

}  // namespace intake::forms::x12

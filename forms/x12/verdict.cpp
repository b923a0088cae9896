#include "forms/x12/verdict.hpp"

#include "forms/x12/plan_dates.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace intake::forms::x12 {
namespace {

enum class status_code : std::uint8_t {
  none,
  active,
  inactive,
  pending,
  not_covered,
  failed,
  mixed
};

// EB01. A coverage that is "pending" either way is not something to build a visit on.
status_code status_of(std::string_view eb01) {
  struct row {
    std::string_view code;
    status_code status;
  };
  constexpr row rows[] = {
      {"1", status_code::active},      {"2", status_code::active},  {"3", status_code::active},
      {"4", status_code::active},      {"5", status_code::pending}, {"6", status_code::inactive},
      {"7", status_code::pending},     {"8", status_code::pending}, {"V", status_code::failed},
      {"I", status_code::not_covered},
  };
  auto const* const found = std::ranges::find(rows, eb01, &row::code);
  return found == std::end(rows) ? status_code::none : found->status;
}

/// What EB01 says, and nothing else that it says beside: else nobody knows which of them holds.
status_code status_of(benefit const& one) {
  auto const first = status_of(one.code);
  bool const agrees = std::ranges::all_of(
      one.other_codes, [first](auto const other) { return status_of(other) == first; });
  return agrees ? first : status_code::mixed;
}

bool speaks_of_plan(benefit const& one) {
  return one.services.empty() || std::ranges::find(one.services, "30") != one.services.end();
}

/// Out of the network, for one procedure or at one place: not a word of the plan as a whole.
bool is_narrowed(benefit const& one) {
  return one.in_network == "N" || !one.procedure.empty() || !one.informations.empty();
}

bool speaks_of_another_time(std::vector<dated> const& dates, day_number asked) {
  return asked != 0 && std::ranges::any_of(dates, [asked](dated const& one) {
           return is_span_of_days(one) && (asked < one.first || asked > one.last);
         });
}

struct tally {
  std::vector<std::uint32_t> active;
  std::vector<std::uint32_t> outside;
  std::vector<std::uint32_t> in_doubt;
  std::vector<std::uint32_t> inactive;
  /// Rows that speak against active ones, and say nothing alone.
  std::vector<std::uint32_t> not_covered;
  std::vector<std::uint32_t> pending;
  std::vector<std::uint32_t> failed;
  std::vector<std::uint32_t> mixed;

  bool empty() const {
    return active.empty() && outside.empty() && in_doubt.empty() && inactive.empty() &&
           pending.empty() && failed.empty() && mixed.empty();
  }
};

enum class scope : std::uint8_t { plan, services };

/// Dates of a row, of the patient and of the patient's subscriber.
class day_judge {
 public:
  day_judge(response const& all, answer const& one, day_number asked) : asked_{asked} {
    if (auto const* const patient = patient_of(all, one)) add(patient->dates);
    if (one.dependent != nobody && one.subscriber != nobody) {
      add(all.subscribers[one.subscriber].dates);
    }
  }

  day_standing standing(benefit const& row) {
    lists_[0] = &row.dates;
    return standing_on(asked_, std::span{lists_}.first(count_));
  }

 private:
  void add(std::vector<dated> const& dates) { lists_[count_++] = &dates; }

  day_number asked_;
  std::array<std::vector<dated> const*, 3> lists_{};
  std::size_t count_ = 1;
};

std::vector<std::uint32_t>& list_for(tally& out, day_standing where) {
  switch (where) {
    case day_standing::inside:
      return out.active;
    case day_standing::outside:
      return out.outside;
    default:
      return out.in_doubt;
  }
}

tally count(answer const& one, day_judge days, day_number asked, scope of) {
  tally out;
  for (std::uint32_t i = 0; i < one.benefits.size(); ++i) {
    auto const& row = one.benefits[i];
    auto const status = status_of(row);
    if (status == status_code::none || speaks_of_plan(row) != (of == scope::plan)) continue;
    switch (status) {
      case status_code::active:
        list_for(out, days.standing(row)).push_back(i);
        break;
      case status_code::inactive:
        // The end of a plan is why it is inactive; only a row's own span says of which time it
        // speaks.
        if (!speaks_of_another_time(row.dates, asked)) out.inactive.push_back(i);
        break;
      case status_code::not_covered:
        if (of == scope::plan && !is_narrowed(row) && !speaks_of_another_time(row.dates, asked)) {
          out.not_covered.push_back(i);
        }
        break;
      case status_code::pending:
        out.pending.push_back(i);
        break;
      case status_code::mixed:
        out.mixed.push_back(i);
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
  if (!rows.mixed.empty()) return made(unclear, payers_rows_differ, rows.mixed);
  auto const good = joined(rows.active, rows.in_doubt);
  auto const bad = joined(rows.inactive, rows.not_covered);
  if (!good.empty() && !bad.empty()) return made(unclear, payers_rows_differ, joined(good, bad));
  if (!rows.active.empty()) {
    return of == scope::plan ? made(active, payer_says_active, rows.active)
                             : made(unclear, only_for_services, rows.active);
  }
  if (!rows.in_doubt.empty()) return made(unclear, dates_in_doubt, rows.in_doubt);
  if (!rows.inactive.empty()) {
    return made(inactive, payer_says_inactive, joined(rows.inactive, rows.outside));
  }
  if (!rows.outside.empty()) return made(inactive, outside_plan_dates, rows.outside);
  return made(could_not_check, rejected, rows.failed);
}

/// An AAA in the loop of a row that the verdict rests on, or that speaks of the plan.
bool is_rejected_inside(answer const& one, std::vector<std::uint32_t> const& rows) {
  for (std::uint32_t i = 0; i < one.benefits.size(); ++i) {
    auto const& row = one.benefits[i];
    if (row.rejections.empty()) continue;
    if (speaks_of_plan(row) || std::ranges::binary_search(rows, i)) return true;
  }
  return false;
}

/// Whether the answer names one person, and nobody else in that person's place.
bool names_one_person(response const& all, answer const& one) {
  auto const* const patient = patient_of(all, one);
  if (patient == nullptr || patient->segment == 0 || patient->has_other_name) return false;
  return one.subscriber == nobody || !all.subscribers[one.subscriber].has_other_name;
}

bool has_rejection_inside(answer const& one) {
  return std::ranges::any_of(one.benefits,
                             [](benefit const& row) { return !row.rejections.empty(); });
}

}  // namespace

verdict verdict_of(response const& all, answer const& one, day_number asked) {
  using enum coverage_status;
  using enum verdict_reason;
  bool const is_rejected = !rejections_of(all, one).empty();
  day_judge const days{all, one, asked};
  auto of = scope::plan;
  auto rows = count(one, days, asked, of);
  if (rows.empty()) {
    of = scope::services;
    rows = count(one, days, asked, of);
  }
  if (rows.empty()) {
    if (is_rejected) return made(could_not_check, rejected, {});
    if (all.is_cut_off) return made(unclear, cut_off, {});
    return made(unclear, has_rejection_inside(one) ? rejected_in_part : nothing_said, {});
  }
  auto said = judge(rows, of);
  if (all.is_cut_off) return made(unclear, cut_off, std::move(said.rows));
  if (!names_one_person(all, one)) return made(unclear, person_in_doubt, std::move(said.rows));
  if ((is_rejected || is_rejected_inside(one, said.rows)) && said.status != could_not_check) {
    return made(unclear, rejected_in_part, std::move(said.rows));
  }
  return said;
}

std::string_view name_of(coverage_status status) noexcept {
  constexpr std::string_view names[] = {"active", "inactive", "unclear", "could-not-check"};
  return names[static_cast<std::size_t>(status)];
}

std::string_view name_of(verdict_reason reason) noexcept {
  constexpr std::string_view names[] = {
      "payer-says-active",  "payer-says-inactive", "outside-plan-dates", "dates-in-doubt",
      "payers-rows-differ", "still-pending",       "only-for-services",  "rejected",
      "rejected-in-part",   "person-in-doubt",     "nothing-said",       "cut-off"};
  static_assert(std::size(names) == static_cast<std::size_t>(verdict_reason::cut_off) + 1);
  return names[static_cast<std::size_t>(reason)];
}

}  // namespace intake::forms::x12

#include "forms/insurance/check_parts.hpp"
#include "forms/insurance/words.hpp"

#include <algorithm>
#include <map>
#include <span>
#include <tuple>
#include <utility>

#include <fmt/format.h>

namespace intake::forms::insurance {
namespace {

/// A span of days of one row, for comparison with others of the same subject.
struct dated_row {
  validity valid;
  std::uint32_t row;
  std::string says;
};

struct date_columns {
  std::string_view table;
  std::string_view from;
};

constexpr auto one_day = std::chrono::days{1};

bool by_beginning(dated_row const& left, dated_row const& right) {
  return std::tie(left.valid.from, left.row) < std::tie(right.valid.from, right.row);
}

void add_double(dated_row const& before, dated_row const& after, std::string const& subject,
                date_columns columns, finding_book& book) {
  auto const day =
      after.valid.from == date::min() ? std::string("the beginning") : write_date(after.valid.from);
  bool const same = before.says == after.says;
  book.add(same ? severity::warning : severity::error, columns.table, after.row, columns.from,
           "double-validity",
           fmt::format("{} counts twice from {}: row {} says {}, this row says {}.", subject, day,
                       before.row, before.says, after.says),
           "End the earlier row the day before the later one begins.");
}

/// Among rows that begin no later than `after`, one that still counts on its first day: one that
/// says something else before one that says the same.
dated_row const* overlapping(std::span<dated_row const> earlier, dated_row const& after) {
  dated_row const* found = nullptr;
  for (auto const& one : earlier) {
    if (one.valid.to < after.valid.from) continue;
    if (one.says != after.says) return &one;
    found = &one;
  }
  return found;
}

// Rows of one subject, by when they begin: days in two rows, days in none.
void check_chain(std::vector<dated_row> rows, std::string const& subject, date_columns columns,
                 finding_book& book) {
  if (rows.empty()) return;
  std::sort(rows.begin(), rows.end(), by_beginning);
  auto covered_to = rows.front().valid.to;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    auto const& after = rows[i];
    if (auto const* before = overlapping(std::span{rows}.first(i), after)) {
      add_double(*before, after, subject, columns, book);
    } else if (covered_to + one_day < after.valid.from) {
      book.add(
          severity::warning, columns.table, after.row, columns.from, "date-hole",
          fmt::format("{} counts on no day from {} to {}.", subject,
                      write_date(covered_to + one_day), write_date(after.valid.from - one_day)));
    }
    covered_to = std::max(covered_to, after.valid.to);
  }
}

/// Some name is in both.
bool meet(name_set const& left, name_set const& right) {
  if (left.any || right.any || (left.negated && right.negated)) return true;
  auto const& listed = left.negated ? right : left;
  auto const& other = left.negated ? left : right;
  return std::any_of(listed.names.begin(), listed.names.end(),
                     [&](std::string const& name) { return other.contains(name); });
}

std::string conditions_of(contract const& one) {
  return fmt::format("{}/{}:{}/{}:{}", one.products.bits, one.locations.negated,
                     fmt::join(one.locations.names, "|"), one.providers.negated,
                     fmt::join(one.providers.names, "|"));
}

/// What contracts.csv says of one plan name of one payer.
struct plan_contracts {
  std::string title;
  std::vector<contract const*> rows;
};

// No row is more special than another: where two speak for the same visit, they must agree.
void check_contradictions(plan_contracts const& plan, finding_book& book) {
  auto const as_row = [](contract const& one) {
    return dated_row{one.valid, one.row, std::string(to_word(one.where))};
  };
  for (auto const* after : plan.rows) {
    for (auto const* before : plan.rows) {
      auto const [left, right] = std::pair{as_row(*before), as_row(*after)};
      bool const both = by_beginning(left, right) && left.valid.to >= right.valid.from &&
                        (before->products.bits & after->products.bits) != 0 &&
                        meet(before->locations, after->locations) &&
                        meet(before->providers, after->providers);
      // Equal conditions are a chain's.
      if (!both || left.says == right.says || conditions_of(*before) == conditions_of(*after)) {
        continue;
      }
      add_double(left, right, plan.title, {"contracts", "valid_from"}, book);
      break;
    }
  }
}

// After the last day of a plan's own rows the payer's row for every plan speaks for it again.
void check_any_after(plan_contracts const& plan, plan_contracts const& any, finding_book& book) {
  auto const last =
      *std::ranges::max_element(plan.rows, {}, [](contract const* one) { return one->valid.to; });
  auto const after = std::ranges::find_if(
      any.rows, [&](contract const* one) { return one->valid.to > last->valid.to; });
  if (after == any.rows.end()) return;
  bool const same = (*after)->where == last->where;
  book.add(
      same ? severity::warning : severity::note, "contracts", last->row, "valid_to",
      "any-after-end",
      fmt::format("{} ends on {}; after that row {} speaks for it: {}, {}.", plan.title,
                  write_date(last->valid.to), (*after)->row, any.title, to_word((*after)->where)),
      "If that is not meant, add a row for this plan from the day after.");
}

void check_contracts(rule_set const& set, finding_book& book) {
  std::map<std::string, plan_contracts> plans;
  auto const enter = [&](contract const& one, std::string const& name) {
    auto& plan = plans[fmt::format("{}/{}", one.payer, folded(name))];
    if (plan.title.empty()) {
      plan.title = name.empty() ? fmt::format("\"any\" plan of {}", one.payer) : name;
    }
    if (plan.rows.empty() || plan.rows.back() != &one) plan.rows.push_back(&one);
  };
  for (auto const& one : set.tables().contracts) {
    enter(one, one.plan_name);
    for (auto const& alias : one.aliases) enter(one, alias);
  }
  for (auto const& [name, plan] : plans) {
    std::map<std::string, std::vector<dated_row>> chains;
    for (auto const* one : plan.rows) {
      chains[conditions_of(*one)].push_back(
          {one->valid, one->row, std::string(to_word(one->where))});
    }
    for (auto const& [conditions, rows] : chains) {
      check_chain(rows, plan.title, {"contracts", "valid_from"}, book);
    }
    check_contradictions(plan, book);
  }
  for (auto const& one : set.tables().contracts) {
    auto const& plan = plans[fmt::format("{}/{}", one.payer, folded(one.plan_name))];
    auto const any = plans.find(one.payer + "/");
    if (!one.plan_name.empty() && plan.rows.front() == &one && any != plans.end()) {
      check_any_after(plan, any->second, book);
    }
  }
}

void check_payer_numbers(rule_set const& set, finding_book& book) {
  for (auto const& one : set.tables().payers) {
    for (auto const use : {payer_number_use::claims, payer_number_use::eligibility}) {
      std::vector<dated_row> rows;
      for (auto const& number : one.numbers) {
        if (number.use != use && number.use != payer_number_use::both) continue;
        rows.push_back({number.valid, number.row, number.number});
      }
      auto const what = use == payer_number_use::claims ? "claims" : "eligibility";
      check_chain(std::move(rows), fmt::format("The number of {} for {}", one.name, what),
                  {"payers", "id_from"}, book);
    }
  }
}

std::string names_text(name_set const& set) {
  return fmt::format("{}{}{}", set.any, set.negated, fmt::join(set.names, "|"));
}

std::string numbers_text(number_set const& set) {
  std::string text = set.unknown ? "u" : "";
  for (auto const& range : set.ranges) text += fmt::format("{}-{},", range.from, range.to);
  return text;
}

// The same conditions with other dates: one row after the other.
void check_successors(rule_set const& set, finding_book& book) {
  std::map<std::string, std::vector<dated_row>> rows;
  std::map<std::string, std::string> titles;
  for (auto const& one : set.tables().accept) {
    auto const key = fmt::format(
        "{}/{}/{}/{}/{}/{}/{}/{}/{}/{}/{}/{}", one.band, names_text(one.payers), one.products.bits,
        one.networks.bits, one.accidents.bits, one.referral.bits, numbers_text(one.age_years),
        numbers_text(one.days_since_accident), numbers_text(one.days_since_first_treatment),
        numbers_text(one.first_care_day), names_text(one.locations), names_text(one.states));
    rows[key].push_back({one.valid, one.row, fmt::format("{} ({})", to_word(one.result), one.id)});
    titles.emplace(key, fmt::format("The case of {}", one.id));
  }
  for (auto& [key, chain] : rows) {
    // Two rows on one day are an overlap, which check_table names.
    std::sort(chain.begin(), chain.end(), [](auto const& left, auto const& right) {
      return left.valid.from < right.valid.from;
    });
    bool apart = true;
    for (std::size_t i = 1; i < chain.size(); ++i) {
      apart = apart && chain[i - 1].valid.to < chain[i].valid.from;
    }
    if (apart) check_chain(chain, titles[key], {"accept", "valid_from"}, book);
  }
}

void check_ended(rule_set const& set, date today, finding_book& book) {
  for (auto const& one : set.tables().accept) {
    if (one.valid.to >= today) continue;
    book.add(severity::note, "accept", one.row, "valid_to", "ended-row",
             fmt::format("{} ended on {}; it only decides earlier dates of service.", one.id,
                         write_date(one.valid.to)));
  }
}

}  // namespace

void check_dates(rule_set const& set, date today, finding_book& book) {
  check_contracts(set, book);
  check_payer_numbers(set, book);
  check_successors(set, book);
  check_ended(set, today, book);
}

}  // namespace intake::forms::insurance

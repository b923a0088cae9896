#include "forms/x12/money.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <unordered_map>

namespace intake::forms::x12 {
namespace {

template <class Value>
struct code_row {
  std::string_view code;
  Value value;
};

template <class Value, std::size_t N>
std::optional<Value> find_code(code_row<Value> const (&rows)[N], std::string_view code) {
  auto const* const found = std::ranges::find(rows, code, &code_row<Value>::code);
  return found == std::end(rows) ? std::nullopt : std::optional{found->value};
}

constexpr code_row<money_kind> kinds[] = {
    {"A", money_kind::coinsurance},      {"B", money_kind::copay},
    {"C", money_kind::deductible},       {"F", money_kind::limit},
    {"G", money_kind::out_of_pocket},    {"H", money_kind::limit},
    {"J", money_kind::cost_containment}, {"K", money_kind::reserve},
    {"Y", money_kind::spend_down},
};

constexpr code_row<network> networks[] = {{"", network::not_stated},
                                          {"N", network::out},
                                          {"U", network::unknown},
                                          {"W", network::either},
                                          {"Y", network::in}};

constexpr code_row<covered> levels[] = {
    {"", covered::not_stated}, {"FAM", covered::family}, {"IND", covered::individual}};

enum class slot : std::uint8_t { total, used, remaining, exceeded };

// EB06: 24 is the year up to now, 29 and 33 are what is left, 30 is what went beyond.
slot slot_of(std::string_view period) {
  if (period == "24") return slot::used;
  if (period == "30") return slot::exceeded;
  return period == "29" || period == "33" ? slot::remaining : slot::total;
}

// EB06 22, 23 and 25 are a year of the plan, and only of a year are 24, 29 and 30 a part; 33 is one
// of 32. An amount for a visit, a day or an admission, or for no stated time, has no parts.
std::string_view span_of(std::string_view period) {
  constexpr std::string_view of_a_year[] = {"22", "23", "24", "25", "29", "30"};
  if (std::ranges::find(of_a_year, period) != std::end(of_a_year)) return "year";
  return period == "32" || period == "33" ? "lifetime" : period;
}

figure& figure_of(money_row& row, slot which) {
  switch (which) {
    case slot::used:
      return row.used;
    case slot::remaining:
      return row.remaining;
    case slot::exceeded:
      return row.exceeded;
    default:
      return row.total;
  }
}

/// What must agree for two EB to be one row.
std::string key_of(benefit const& one) {
  std::string key;
  auto add = [&key](std::string_view part) {
    key += part;
    key += '\0';
  };
  for (auto const part : {one.code, one.level, one.insurance_type, one.plan, one.in_network,
                          one.quantity_qualifier, one.procedure, one.fraction}) {
    add(part);
  }
  add(span_of(one.period));
  for (auto const service : one.services) add(service);
  return key;
}

/// A message, a date, a place or a number of its own tells two rows apart that look the same.
bool stands_alone(benefit const& one) {
  return !one.messages.empty() || !one.deliveries.empty() || !one.informations.empty() ||
         !one.related.empty() || !one.references.empty();
}

bool same_dates(benefit const& a, benefit const& b) {
  return std::ranges::equal(a.dates, b.dates, [](dated const& x, dated const& y) {
    return x.qualifier == y.qualifier && x.value == y.value;
  });
}

constexpr std::size_t ambiguous = static_cast<std::size_t>(-1);

money_row row_of(benefit const& one, money_kind kind, std::uint32_t index) {
  money_row row;
  row.kind = kind;
  row.where = find_code(networks, one.in_network).value_or(network::unknown);
  row.whom = find_code(levels, one.level).value_or(covered::other);
  row.fraction = one.fraction;
  row.quantity_qualifier = one.quantity_qualifier;
  row.benefit = index;
  return row;
}

void derive(money_row& row) {
  if (row.remaining.segment != 0 || !row.total.cents || !row.used.cents) return;
  // Used below nothing is a correction of the payer's: more would be left than there ever was.
  if (*row.used.cents < 0 || *row.used.cents > *row.total.cents) return;
  row.derived_remaining_cents = *row.total.cents - *row.used.cents;
}

}  // namespace

std::vector<money_row> money_of(answer const& all) {
  std::vector<money_row> rows;
  std::unordered_map<std::string, std::size_t> open;
  for (std::uint32_t i = 0; i < all.benefits.size(); ++i) {
    auto const& one = all.benefits[i];
    auto const kind = find_code(kinds, one.code);
    // Of a row that says two things nobody knows to which its amount belongs.
    if (!kind || !one.other_codes.empty()) continue;
    bool const is_alone = stands_alone(one);
    auto const key = is_alone ? std::string{} : key_of(one);
    auto const which = slot_of(one.period);
    auto const known = is_alone ? open.end() : open.find(key);
    bool const joins = known != open.end() && known->second != ambiguous &&
                       figure_of(rows[known->second], which).segment == 0 &&
                       same_dates(one, all.benefits[rows[known->second].benefit]);
    if (!joins) {
      rows.push_back(row_of(one, *kind, i));
      // Two rows that look the same: which of them a later figure belongs to, nobody can say.
      if (!is_alone) open.insert_or_assign(key, known == open.end() ? rows.size() - 1 : ambiguous);
    }
    auto& row = rows[joins ? known->second : rows.size() - 1];
    figure_of(row, which) = {one.segment, one.amount_cents, one.quantity, one.period};
  }
  for (auto& row : rows) derive(row);
  return rows;
}

std::string_view name_of(money_kind kind) noexcept {
  constexpr std::string_view names[] = {"deductible", "copay", "coinsurance",      "out-of-pocket",
                                        "spend-down", "limit", "cost-containment", "reserve"};
  return names[static_cast<std::size_t>(kind)];
}

std::string_view name_of(network where) noexcept {
  constexpr std::string_view names[] = {"in", "out", "either", "unknown", "not-stated"};
  return names[static_cast<std::size_t>(where)];
}

std::string_view name_of(covered whom) noexcept {
  constexpr std::string_view names[] = {"individual", "family", "other", "not-stated"};
  return names[static_cast<std::size_t>(whom)];
}

}  // namespace intake::forms::x12

#include "forms/insurance/matcher.hpp"

#include <algorithm>
#include <bit>
#include <map>
#include <numeric>
#include <tuple>

#include <fmt/format.h>

namespace intake::forms::insurance {
namespace {

constexpr std::array<std::string_view, condition_columns> column_names{"date_of_service",
                                                                       "payer",
                                                                       "product",
                                                                       "network",
                                                                       "accident",
                                                                       "age",
                                                                       "referral",
                                                                       "days_since_accident",
                                                                       "days_since_first_treatment",
                                                                       "first_care_day",
                                                                       "location",
                                                                       "state"};

constexpr std::size_t word_bits = 64;

template <class T>
void sort_unique(std::vector<T>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

std::vector<std::size_t> speaking_order(std::span<accept_row const> rows) {
  std::vector<std::size_t> order(rows.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t left, std::size_t right) {
    return std::tie(rows[left].band, rows[left].id) < std::tie(rows[right].band, rows[right].id);
  });
  return order;
}

}  // namespace

std::string_view column_name(condition_column column) {
  return column_names[static_cast<std::size_t>(column)];
}

matcher::matcher(std::span<payer const> payers, std::span<accept_row const> rows)
    : words_{(rows.size() + word_bits - 1) / word_bits}, order_{speaking_order(rows)} {
  using enum condition_column;
  auto const enum_column = [&]<class Enum>(condition_column column,
                                           value_set<Enum> accept_row::*field) {
    fill(column, words_of<Enum>().size(), rows, [field](accept_row const& row, std::size_t index) {
      return (row.*field).contains(static_cast<Enum>(index));
    });
  };
  fill_payers(payers, rows);
  fill_dates(rows);
  enum_column(product, &accept_row::products);
  enum_column(network, &accept_row::networks);
  enum_column(accident, &accept_row::accidents);
  enum_column(referral, &accept_row::referral);
  fill_numbers(age, &accept_row::age_years, rows);
  fill_numbers(days_since_accident, &accept_row::days_since_accident, rows);
  fill_numbers(days_since_first_treatment, &accept_row::days_since_first_treatment, rows);
  fill_numbers(first_care_day, &accept_row::first_care_day, rows);
  fill_names(location, &accept_row::locations, rows);
  fill_names(state, &accept_row::states, rows);
}

template <class Accepts>
void matcher::fill(condition_column column, std::size_t classes, std::span<accept_row const> rows,
                   Accepts accepts) {
  auto& set = sets(column);
  set.classes = classes;
  set.bits.assign(classes * words_, 0);
  for (std::size_t position = 0; position < order_.size(); ++position) {
    auto const& row = rows[order_[position]];
    for (std::size_t index = 0; index < classes; ++index) {
      if (!accepts(row, index)) {
        set.asked = true;
        continue;
      }
      set.bits[index * words_ + position / word_bits] |= std::uint64_t{1} << position % word_bits;
    }
  }
}

void matcher::fill_payers(std::span<payer const> payers, std::span<accept_row const> rows) {
  std::map<std::string, std::vector<std::size_t>, std::less<>> named{{"unknown", {0}},
                                                                     {"kind:unknown", {0}}};
  for (auto const& one : payers) {
    payer_ids_.push_back(one.id);
    named[one.id].push_back(payer_ids_.size());
    named["kind:" + std::string(to_word(one.kind))].push_back(payer_ids_.size());
  }
  auto const said_of = [&](name_set const& set) {
    std::vector<bool> said(payers.size() + 1, set.any);
    for (auto const& name : set.names) {
      auto const found = named.find(name);
      if (found == named.end()) continue;
      for (auto const index : found->second) said[index] = true;
    }
    return said;
  };
  std::vector<std::vector<bool>> said;
  said.reserve(rows.size());
  for (auto const& row : rows) said.push_back(said_of(row.payers));
  fill(condition_column::payer, payers.size() + 1, rows,
       [&](accept_row const& row, std::size_t index) {
         return row.payers.any ||
                row.payers.negated != said[static_cast<std::size_t>(&row - rows.data())][index];
       });
}

void matcher::fill_dates(std::span<accept_row const> rows) {
  auto& cuts = sets(condition_column::date_of_service).date_cuts;
  for (auto const& row : rows) {
    if (row.valid.from != date::min()) cuts.push_back(row.valid.from);
    if (row.valid.to != date::max()) cuts.push_back(row.valid.to + std::chrono::days{1});
  }
  sort_unique(cuts);
  fill(condition_column::date_of_service, cuts.size() + 1, rows,
       [&](accept_row const& row, std::size_t index) {
         return row.valid.contains(dates_of(static_cast<class_index>(index)).from);
       });
}

void matcher::fill_numbers(condition_column column, number_set accept_row::*field,
                           std::span<accept_row const> rows) {
  auto& cuts = sets(column).cuts;
  for (auto const& row : rows) {
    for (auto const& range : (row.*field).ranges) {
      if (range.from > 0) cuts.push_back(range.from);
      if (range.to < number_max) cuts.push_back(range.to + 1);
    }
  }
  sort_unique(cuts);
  fill(column, cuts.size() + 2, rows, [&](accept_row const& row, std::size_t index) {
    auto const numbers = numbers_of(column, static_cast<class_index>(index));
    return (row.*field).contains(numbers ? std::optional{numbers->from} : std::nullopt);
  });
}

void matcher::fill_names(condition_column column, name_set accept_row::*field,
                         std::span<accept_row const> rows) {
  auto& names = sets(column).names;
  for (auto const& row : rows) {
    names.insert(names.end(), (row.*field).names.begin(), (row.*field).names.end());
  }
  std::erase(names, "unknown");
  sort_unique(names);
  // Class 0 is unknown, class 1 is every name no row speaks of.
  fill(column, names.size() + 2, rows, [&](accept_row const& row, std::size_t index) {
    return (row.*field).contains(index == 0 ? "unknown" : index == 1 ? "" : names[index - 2]);
  });
}

class_index matcher::number_class(condition_column column, std::optional<int> number) const {
  if (!number) return 0;
  auto const& cuts = sets(column).cuts;
  auto const above = std::upper_bound(cuts.begin(), cuts.end(), *number);
  return static_cast<class_index>(1 + (above - cuts.begin()));
}

class_index matcher::name_class(condition_column column, std::string_view name) const {
  if (name.empty() || name == "unknown") return 0;
  auto const& names = sets(column).names;
  auto const found = std::lower_bound(names.begin(), names.end(), name);
  if (found == names.end() || *found != name) return 1;
  return static_cast<class_index>(2 + (found - names.begin()));
}

fact_point matcher::locate(resolved_facts const& facts) const {
  using enum condition_column;
  auto const& visit = *facts.visit;
  auto const& cuts = sets(date_of_service).date_cuts;
  auto const later = std::upper_bound(cuts.begin(), cuts.end(), visit.date_of_service);
  return {static_cast<class_index>(later - cuts.begin()),
          static_cast<class_index>(facts.payer),
          static_cast<class_index>(facts.plan_product),
          static_cast<class_index>(facts.where),
          static_cast<class_index>(visit.accident),
          number_class(age, visit.age_years),
          static_cast<class_index>(facts.referral),
          number_class(days_since_accident, visit.days_since_accident),
          number_class(days_since_first_treatment, visit.days_since_first_treatment),
          number_class(first_care_day, visit.first_care_day),
          name_class(location, visit.location),
          name_class(state, visit.state)};
}

// Few rows speak of one payer: most words are empty after that column.
std::optional<std::size_t> matcher::first_match(fact_point const& point) const {
  auto constexpr payer_column = static_cast<std::size_t>(condition_column::payer);
  auto const* const of_payer = columns_[payer_column].bits.data() + point[payer_column] * words_;
  for (std::size_t word = 0; word < words_; ++word) {
    std::uint64_t matching = of_payer[word];
    for (std::size_t i = 0; i < condition_columns && matching != 0; ++i) {
      matching &= columns_[i].bits[point[i] * words_ + word];
    }
    if (matching != 0) {
      return word * word_bits + static_cast<std::size_t>(std::countr_zero(matching));
    }
  }
  return std::nullopt;
}

bool matcher::is_asked(condition_column column) const {
  return sets(column).asked;
}

std::size_t matcher::class_count(condition_column column) const {
  return sets(column).classes;
}

bool matcher::accepts(std::size_t position, condition_column column, class_index index) const {
  auto const word = sets(column).bits[index * words_ + position / word_bits];
  return ((word >> position % word_bits) & 1U) != 0;
}

std::span<std::uint64_t const> matcher::rows_accepting(condition_column column,
                                                       class_index index) const {
  return std::span(sets(column).bits).subspan(index * words_, words_);
}

validity matcher::dates_of(class_index index) const {
  auto const& cuts = sets(condition_column::date_of_service).date_cuts;
  validity days;
  if (index > 0) days.from = cuts[index - 1];
  if (index < cuts.size()) days.to = cuts[index] - std::chrono::days{1};
  return days;
}

std::optional<number_range> matcher::numbers_of(condition_column column, class_index index) const {
  if (index == 0) return std::nullopt;
  auto const& cuts = sets(column).cuts;
  number_range range;
  if (index > 1) range.from = cuts[index - 2];
  if (index <= cuts.size()) range.to = cuts[index - 1] - 1;
  return range;
}

std::string matcher::describe_class(condition_column column, class_index index) const {
  using enum condition_column;
  auto const enum_word = [index](std::span<std::string_view const> words) {
    return std::string(words[index]);
  };
  switch (column) {
    case product:
      return enum_word(words_of<insurance::product>());
    case network:
      return enum_word(words_of<insurance::network>());
    case accident:
      return enum_word(words_of<accident_kind>());
    case referral:
      return enum_word(words_of<yes_no>());
    case payer:
      return index == 0 ? "unknown" : payer_ids_[index - 1];
    case location:
    case state:
      if (index < 2) return index == 0 ? "unknown" : "any other";
      return sets(column).names[index - 2];
    case date_of_service: {
      auto const days = dates_of(index);
      if (days.from == date::min()) return fmt::format("up to {}", write_date(days.to));
      if (days.to == date::max()) return fmt::format("from {}", write_date(days.from));
      return fmt::format("{} to {}", write_date(days.from), write_date(days.to));
    }
    default:
      break;
  }
  auto const numbers = numbers_of(column, index);
  return numbers ? describe(*numbers) : "unknown";
}

}  // namespace intake::forms::insurance

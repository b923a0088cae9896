#include "forms/insurance/fact_box.hpp"

#include <algorithm>
#include <bit>
#include <set>

#include <fmt/format.h>

namespace intake::forms::insurance {
namespace {

constexpr std::size_t word_bits = 64;

constexpr std::size_t at(condition_column column) {
  return static_cast<std::size_t>(column);
}

void set_bit(fact_box& box, std::size_t begin, std::size_t index) {
  box[begin + index / word_bits] |= std::uint64_t{1} << index % word_bits;
}

}  // namespace

box_layout::box_layout(matcher const& rules) {
  for (std::size_t i = 0; i < condition_columns; ++i) {
    auto const classes = rules.class_count(static_cast<condition_column>(i));
    offsets_[i + 1] = offsets_[i] + (classes + word_bits - 1) / word_bits;
  }
}

box_space::box_space(matcher const& rules, std::span<payer const> payers,
                     std::span<contract const> contracts)
    : rules_{&rules}, layout_{rules}, payers_{payers} {
  std::set<std::string_view> contracted;
  for (auto const& one : contracts) contracted.insert(one.payer);
  for (auto const& one : payers) has_contract_.push_back(contracted.contains(one.id));
  rows_.assign(rules.row_count(), fact_box(layout_.words(), 0));
  for (std::size_t i = 0; i < condition_columns; ++i) {
    auto const column = static_cast<condition_column>(i);
    for (class_index index = 0; index < rules.class_count(column); ++index) {
      auto const accepting = rules.rows_accepting(column, index);
      for (std::size_t word = 0; word < accepting.size(); ++word) {
        for (auto bits = accepting[word]; bits != 0; bits &= bits - 1) {
          auto const row = word * word_bits + static_cast<std::size_t>(std::countr_zero(bits));
          set_bit(rows_[row], layout_.begin(i), index);
        }
      }
    }
  }
}

fact_box box_space::everything() const {
  fact_box box(layout_.words(), 0);
  for (std::size_t i = 0; i < condition_columns; ++i) {
    for (std::size_t index = 0; index < rules_->class_count(static_cast<condition_column>(i));
         ++index) {
      set_bit(box, layout_.begin(i), index);
    }
  }
  return box;
}

void box_space::restrict_to(fact_box& box, condition_column column, class_index only) const {
  bool const kept = has(box, column, only);
  std::fill(box.begin() + static_cast<std::ptrdiff_t>(layout_.begin(at(column))),
            box.begin() + static_cast<std::ptrdiff_t>(layout_.end(at(column))), 0);
  if (kept) set_bit(box, layout_.begin(at(column)), only);
}

void box_space::restrict_to_dates_from(fact_box& box, date day) const {
  for (class_index index = 0; index < rules_->class_count(condition_column::date_of_service);
       ++index) {
    if (rules_->dates_of(index).to >= day) continue;
    box[layout_.begin(at(condition_column::date_of_service)) + index / word_bits] &=
        ~(std::uint64_t{1} << index % word_bits);
  }
}

void box_space::remove(fact_box& box, condition_column column, fact_point const& point) const {
  auto const index = point[at(column)];
  box[layout_.begin(at(column)) + index / word_bits] &= ~(std::uint64_t{1} << index % word_bits);
}

bool box_space::asks(std::size_t position, condition_column column) const {
  return !is_full(rows_[position], at(column));
}

bool box_space::intersect(fact_box& box, fact_box const& with) const {
  for (std::size_t i = 0; i < condition_columns; ++i) {
    std::uint64_t any = 0;
    for (auto word = layout_.begin(i); word < layout_.end(i); ++word)
      any |= box[word] &= with[word];
    if (any == 0) return false;
  }
  return true;
}

bool box_space::meets(fact_box const& left, fact_box const& right) const {
  for (std::size_t i = 0; i < condition_columns; ++i) {
    std::uint64_t any = 0;
    for (auto word = layout_.begin(i); word < layout_.end(i); ++word)
      any |= left[word] & right[word];
    if (any == 0) return false;
  }
  return true;
}

bool box_space::has(fact_box const& box, condition_column column, class_index index) const {
  return ((box[layout_.begin(at(column)) + index / word_bits] >> index % word_bits) & 1U) != 0;
}

bool box_space::is_full(fact_box const& box, std::size_t column) const {
  std::size_t count = 0;
  for (auto word = layout_.begin(column); word < layout_.end(column); ++word) {
    count += static_cast<std::size_t>(std::popcount(box[word]));
  }
  return count == rules_->class_count(static_cast<condition_column>(column));
}

std::optional<class_index> box_space::first_class(fact_box const& box,
                                                  condition_column column) const {
  for (class_index index = 0; index < rules_->class_count(column); ++index) {
    if (has(box, column, index)) return index;
  }
  return std::nullopt;
}

// As decide() takes it: a sort of plan that this kind of payer has, or unknown.
std::optional<class_index> box_space::possible_product(fact_box const& box,
                                                       std::size_t payer_class) const {
  auto const kind = payer_class == 0 ? payer_kind::unknown : payers_[payer_class - 1].kind;
  auto const products = products_of(kind);
  for (auto const one : products) {
    if (has(box, condition_column::product, static_cast<class_index>(one))) {
      return static_cast<class_index>(one);
    }
  }
  auto constexpr unknown = static_cast<class_index>(insurance::product::unknown);
  bool const may_be_unknown = products.size() != 1;
  if (may_be_unknown && has(box, condition_column::product, unknown)) return unknown;
  return std::nullopt;
}

std::optional<class_index> box_space::possible_network(fact_box const& box,
                                                       std::size_t payer_class) const {
  bool const listed = payer_class > 0 && has_contract_[payer_class - 1];
  for (auto const one :
       {insurance::network::in, insurance::network::out, insurance::network::not_listed}) {
    if (!listed && one != insurance::network::not_listed) continue;
    if (has(box, condition_column::network, static_cast<class_index>(one))) {
      return static_cast<class_index>(one);
    }
  }
  return std::nullopt;
}

bool box_space::choose_payer(fact_box const& box, fact_point& point) const {
  for (std::size_t index = 0; index <= payers_.size(); ++index) {
    // The payer nobody knows comes last: a known one makes the better example.
    auto const payer_class = static_cast<class_index>((index + 1) % (payers_.size() + 1));
    if (!has(box, condition_column::payer, payer_class)) continue;
    auto const sort = possible_product(box, payer_class);
    auto const where = possible_network(box, payer_class);
    if (!sort || !where) continue;
    point[at(condition_column::payer)] = payer_class;
    point[at(condition_column::product)] = *sort;
    point[at(condition_column::network)] = *where;
    return true;
  }
  return false;
}

bool box_space::care_is_not_in_the_future(fact_point const& point) const {
  auto const since = rules_->numbers_of(condition_column::days_since_accident,
                                        point[at(condition_column::days_since_accident)]);
  auto const first = rules_->numbers_of(condition_column::first_care_day,
                                        point[at(condition_column::first_care_day)]);
  return !since || !first || first->from <= since->to;
}

bool box_space::choose_accident(fact_box const& box, fact_point& point) const {
  auto constexpr none = static_cast<class_index>(accident_kind::none);
  for (class_index index = 0; index < rules_->class_count(condition_column::accident); ++index) {
    if (!has(box, condition_column::accident, index)) continue;
    bool const days_unknown = has(box, condition_column::days_since_accident, 0) &&
                              has(box, condition_column::days_since_first_treatment, 0) &&
                              has(box, condition_column::first_care_day, 0);
    if (index == none && !days_unknown) continue;
    point[at(condition_column::accident)] = index;
    if (index == none) {
      for (auto const column :
           {condition_column::days_since_accident, condition_column::days_since_first_treatment,
            condition_column::first_care_day}) {
        point[at(column)] = 0;
      }
      return true;
    }
    for (class_index since = 0; since < rules_->class_count(condition_column::days_since_accident);
         ++since) {
      if (!has(box, condition_column::days_since_accident, since)) continue;
      point[at(condition_column::days_since_accident)] = since;
      for (class_index first = 0; first < rules_->class_count(condition_column::first_care_day);
           ++first) {
        if (!has(box, condition_column::first_care_day, first)) continue;
        point[at(condition_column::first_care_day)] = first;
        if (care_is_not_in_the_future(point)) return true;
      }
    }
  }
  return false;
}

std::optional<fact_point> box_space::possible_point(fact_box const& box) const {
  fact_point point{};
  for (std::size_t i = 0; i < condition_columns; ++i) {
    auto const first = first_class(box, static_cast<condition_column>(i));
    if (!first) return std::nullopt;
    point[i] = *first;
  }
  if (!choose_payer(box, point) || !choose_accident(box, point)) return std::nullopt;
  return point;
}

// What is left of the box beside the first row is cut into boxes, one a column; each is searched
// with the remaining rows.
std::optional<fact_point> box_space::point_outside(fact_box box, std::span<std::size_t const> rows,
                                                   std::size_t& steps) const {
  while (!rows.empty() && !meets(box, rows_[rows.front()])) rows = rows.subspan(1);
  if (rows.empty()) return possible_point(box);
  auto const& row = rows_[rows.front()];
  for (std::size_t i = 0; i < condition_columns; ++i) {
    if (steps == 0) return std::nullopt;
    --steps;
    fact_box beside = box;
    std::uint64_t any = 0;
    for (auto word = layout_.begin(i); word < layout_.end(i); ++word) {
      any |= beside[word] &= ~row[word];
      box[word] &= row[word];
    }
    if (any == 0) continue;
    if (!possible_point(beside)) continue;
    if (auto found = point_outside(std::move(beside), rows.subspan(1), steps)) return found;
  }
  return std::nullopt;
}

std::string box_space::describe(fact_point const& point, std::span<std::size_t const> rows) const {
  std::string text;
  for (std::size_t i = 0; i < condition_columns; ++i) {
    auto const column = static_cast<condition_column>(i);
    bool const asked = std::any_of(rows.begin(), rows.end(), [&](std::size_t position) {
      return !is_full(rows_[position], i);
    });
    if (!asked && column != condition_column::payer) continue;
    if (!text.empty()) text += ", ";
    text += fmt::format("{} {}", column_name(column), rules_->describe_class(column, point[i]));
  }
  return text;
}

}  // namespace intake::forms::insurance

#pragma once
#include "forms/insurance/matcher.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

/// Sets of facts as boxes: for every column of the decision table a set of classes. The checker
/// asks what is left of a box when the boxes of other rows are taken away.
namespace intake::forms::insurance {

/// Where each column's bits lie in a box.
class box_layout {
 public:
  explicit box_layout(matcher const& rules);
  std::size_t words() const { return offsets_[condition_columns]; }
  std::size_t begin(std::size_t column) const { return offsets_[column]; }
  std::size_t end(std::size_t column) const { return offsets_[column + 1]; }

 private:
  std::array<std::size_t, condition_columns + 1> offsets_{};
};

using fact_box = std::vector<std::uint64_t>;

/// Boxes over one matcher and the payers it was built from; both must outlive it.
class box_space {
 public:
  box_space(matcher const& rules, std::span<payer const> payers,
            std::span<contract const> contracts);

  matcher const& rules() const { return *rules_; }
  /// Everything the row at a position accepts.
  fact_box const& box_of(std::size_t position) const { return rows_[position]; }
  fact_box everything() const;
  /// Keeps only one class, or only classes from a date on.
  void restrict_to(fact_box& box, condition_column column, class_index only) const;
  void restrict_to_dates_from(fact_box& box, date day) const;

  /// Takes away the class that the point has in a column.
  void remove(fact_box& box, condition_column column, fact_point const& point) const;
  /// Whether the row has a condition in the column.
  bool asks(std::size_t position, condition_column column) const;

  bool intersect(fact_box& box, fact_box const& with) const;
  bool meets(fact_box const& left, fact_box const& right) const;

  /// A point of the box that can happen: a plan the payer can have, no days since an accident that
  /// was none, no first care after today, no network for a payer nobody knows.
  std::optional<fact_point> possible_point(fact_box const& box) const;

  /// A possible point of `box` in none of the rows; empty where there is none. `steps` is taken
  /// down by the work done; at 0 the search gives up and says there is none.
  std::optional<fact_point> point_outside(fact_box box, std::span<std::size_t const> rows,
                                          std::size_t& steps) const;

  /// "payer example_blue, product hmo": the columns of the point that any of the rows asks about.
  std::string describe(fact_point const& point, std::span<std::size_t const> rows) const;

 private:
  bool has(fact_box const& box, condition_column column, class_index index) const;
  bool is_full(fact_box const& box, std::size_t column) const;
  std::optional<class_index> first_class(fact_box const& box, condition_column column) const;
  std::optional<class_index> possible_product(fact_box const& box, std::size_t payer) const;
  std::optional<class_index> possible_network(fact_box const& box, std::size_t payer) const;
  bool choose_payer(fact_box const& box, fact_point& point) const;
  bool choose_accident(fact_box const& box, fact_point& point) const;
  bool care_is_not_in_the_future(fact_point const& point) const;

  matcher const* rules_;
  box_layout layout_;
  std::span<payer const> payers_;
  std::vector<bool> has_contract_;
  std::vector<fact_box> rows_;
};

}  // namespace intake::forms::insurance

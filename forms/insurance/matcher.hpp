#pragma once
#include "forms/insurance/facts.hpp"
#include "forms/insurance/rows.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The decision table, turned sideways: for every column and every class of values that some row
/// tells apart, the set of rows that accept it, as bits in the order in which rows speak. A
/// decision is the first bit of an intersection; the checker reads the same sets.
namespace intake::forms::insurance {

/// The columns of accept.csv that hold conditions.
enum class condition_column : std::uint8_t {
  date_of_service,
  payer,
  product,
  network,
  accident,
  age,
  referral,
  days_since_accident,
  days_since_first_treatment,
  first_care_day,
  location,
  state
};
inline constexpr std::size_t condition_columns = 12;

/// The column's name as accept.csv writes it.
std::string_view column_name(condition_column column);

using class_index = std::uint32_t;
/// One class of values a column.
using fact_point = std::array<class_index, condition_columns>;

/// What the matcher needs to know of one coverage, its payer and network already found out.
struct resolved_facts {
  std::size_t payer = 0;  ///< index in payers.csv + 1; 0 is unknown
  product plan_product = product::unknown;
  network where = network::not_listed;
  yes_no referral = yes_no::unknown;
  visit_facts const* visit = nullptr;
};

class matcher {
 public:
  matcher(std::span<payer const> payers, std::span<accept_row const> rows);

  std::size_t row_count() const { return order_.size(); }
  /// Index in accept.csv of the row that speaks at a position: lowest band first, then by rule id.
  std::size_t row_at(std::size_t position) const { return order_[position]; }

  fact_point locate(resolved_facts const& facts) const;
  /// Position of the first row that accepts the point.
  std::optional<std::size_t> first_match(fact_point const& point) const;

  /// Whether any row has a condition in the column.
  bool is_asked(condition_column column) const;
  std::size_t class_count(condition_column column) const;
  bool accepts(std::size_t position, condition_column column, class_index index) const;
  /// All rows that accept a class, as bits by position.
  std::span<std::uint64_t const> rows_accepting(condition_column column, class_index index) const;
  /// "0-14", "hmo", "unknown", "from 2026-01-01 to 2026-12-31".
  std::string describe_class(condition_column column, class_index index) const;
  /// First and last day of a class of dates.
  validity dates_of(class_index index) const;
  /// First and last number of a class of numbers; empty for the class "unknown".
  std::optional<number_range> numbers_of(condition_column column, class_index index) const;

 private:
  struct column_sets {
    std::size_t classes = 0;
    bool asked = false;
    std::vector<std::uint64_t> bits;  ///< classes × words_
    std::vector<int> cuts;            ///< numbers: first number of each class but the first
    std::vector<date> date_cuts;
    std::vector<std::string> names;  ///< sorted
  };
  column_sets& sets(condition_column column) { return columns_[static_cast<std::size_t>(column)]; }
  column_sets const& sets(condition_column column) const {
    return columns_[static_cast<std::size_t>(column)];
  }
  template <class Accepts>
  void fill(condition_column column, std::size_t classes, std::span<accept_row const> rows,
            Accepts accepts);
  void fill_payers(std::span<payer const> payers, std::span<accept_row const> rows);
  void fill_dates(std::span<accept_row const> rows);
  void fill_numbers(condition_column column, number_set accept_row::*field,
                    std::span<accept_row const> rows);
  void fill_names(condition_column column, name_set accept_row::*field,
                  std::span<accept_row const> rows);
  class_index number_class(condition_column column, std::optional<int> number) const;
  class_index name_class(condition_column column, std::string_view name) const;

  std::size_t words_ = 0;
  std::vector<std::size_t> order_;
  std::vector<std::string> payer_ids_;
  std::array<column_sets, condition_columns> columns_;
};

}  // namespace intake::forms::insurance

#pragma once
#include "forms/parse_error.hpp"
#include "forms/x12/character_set.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace intake::forms::x12 {

/// A member of what was asked for, and the element that it becomes.
struct written_field {
  std::string_view member;   ///< "last"
  std::string_view element;  ///< "NM103"
  std::size_t min = 1;
  std::size_t max = 1;
};

/// Makes elements of values, and keeps the first thing that was wrong with one of them. Nothing is
/// ever shortened; what can't be carried as it is said is refused.
class element_writer {
 public:
  element_writer(delimiters marks, character_set letters) : marks_{marks}, letters_{letters} {}

  /// Whatever comes next is a member of this place: "inquiries[0].payer".
  void enter(std::string place) { place_ = std::move(place); }

  /// A name or a sentence: accents fold, separators are left out. Empty where there is none.
  std::string text(written_field const&, std::string_view value);
  std::string required(written_field const&, std::string_view value);
  /// A number that somebody gave out: another writing of it would be another one's, so only small
  /// letters, gaps and dashes may change.
  std::string id(written_field const&, std::string_view value);
  std::string required_id(written_field const&, std::string_view value);
  /// Capital letters and digits.
  std::string code(written_field const&, std::string_view value);
  std::string required_code(written_field const&, std::string_view value);
  /// A required number of 1 to 9 digits.
  std::string control(written_field const&, std::string_view value);
  /// CCYYMMDD, from that or from CCYY-MM-DD; `text` for an optional one.
  std::string day(written_field const&, std::string_view value);
  /// HHMM, HHMMSS or longer, from that or with colons.
  std::string time(written_field const&, std::string_view value);

  void refuse(written_field const&, std::string_view code, std::string message);
  std::optional<parse_error> const& error() const noexcept { return error_; }

 private:
  std::string within_length(written_field const&, std::string text);
  std::string present(written_field const&, std::string text);

  delimiters marks_;
  character_set letters_;
  std::string place_;
  std::optional<parse_error> error_;
};

}  // namespace intake::forms::x12

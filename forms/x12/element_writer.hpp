#pragma once
#include "forms/parse_error.hpp"
#include "forms/x12/character_set.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace intake::forms::x12 {

/// Makes elements of values, and keeps the first thing that was wrong with one of them.
class element_writer {
 public:
  element_writer(delimiters marks, character_set letters) : marks_{marks}, letters_{letters} {}

  /// Whatever comes next is a member of this place: "inquiries[0].payer".
  void enter(std::string place) { place_ = std::move(place); }
  std::string const& place() const noexcept { return place_; }

  /// A text of at most `max` characters; empty where there is none.
  std::string text(std::string_view name, std::string_view value, std::size_t max);
  std::string required(std::string_view name, std::string_view value, std::size_t max);
  /// A required number of 1 to 9 digits.
  std::string control(std::string_view name, std::string_view value);
  /// CCYYMMDD, from that or from CCYY-MM-DD; `text` for an optional one.
  std::string day(std::string_view name, std::string_view value);
  /// HHMM, HHMMSS or longer, from that or with colons.
  std::string time(std::string_view name, std::string_view value);

  void refuse(std::string_view name, std::string_view code, std::string message);
  std::optional<parse_error> const& error() const noexcept { return error_; }

 private:
  delimiters marks_;
  character_set letters_;
  std::string place_;
  std::optional<parse_error> error_;
};

}  // namespace intake::forms::x12

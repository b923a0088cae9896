#pragma once
#include "forms/x12/remarks.hpp"
#include "forms/x12/segments.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include <boost/system/result.hpp>

/// The one segment that is read by its separators and not by known ones.
namespace intake::forms::x12 {

inline constexpr std::size_t isa_elements = 16;

/// ISA as it was found, by its separators and not by its widths.
struct isa_reading {
  delimiters marks;
  std::array<std::string_view, isa_elements> elements;
  std::size_t bytes = 0;  ///< with its terminator
  bool has_widths = false;
  bool ends_file = false;
};

/// What stands against an ISA; the first of its elements that has not its form.
struct isa_fault {
  remark_code code = remark_code::isa_unreadable;
  std::size_t element = 0;
};

bool begins_isa(std::string_view) noexcept;

/// Why a text that does not begin with ISA is not read.
remark_code reason_against(std::string_view) noexcept;

/// Reads the ISA that the text begins with.
boost::system::result<isa_reading, isa_fault> read_isa(std::string_view);

/// The segment terminator where ISA16 is followed by a line end only: what ends the next two lines.
std::optional<char> terminator_of_lines(std::string_view rest) noexcept;

}  // namespace intake::forms::x12

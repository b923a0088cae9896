#pragma once
#include "forms/parse_error.hpp"
#include "forms/x12/character_set.hpp"
#include "forms/x12/inquiry.hpp"
#include "forms/x12/segment_writer.hpp"

#include <string>

namespace intake::forms::x12 {

struct writing_options {
  delimiters marks;
  character_set letters = character_set::basic;
  line_ends lines = line_ends::none;
};

inline constexpr std::string_view version_270 = "005010X279A1";

/// Writes one interchange with one group. Refused, with the place as a request has it
/// ("inquiries[0].subscriber.last") and the element: what is required and missing, what X12 can't
/// carry as it is said, what is longer or shorter than its element, codes and control numbers that
/// are none or come twice, a date or time that is none.
parsed<std::string> write_270(inquiry_batch const&, writing_options const& = {});

}  // namespace intake::forms::x12

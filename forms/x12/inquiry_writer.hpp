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

/// Writes one interchange with one group. Refused, with the place as "inquiries[0].subscriber.id":
/// what is required and missing (or has no letters that X12 can carry), what is longer than its
/// element, control numbers that are no numbers or come twice, a date or time that is none.
parsed<std::string> write_270(inquiry_batch const&, writing_options const& = {});

}  // namespace intake::forms::x12

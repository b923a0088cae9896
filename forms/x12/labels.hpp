#pragma once
#include <string_view>

/// Short labels of our own for the codes that a person must understand at once; every other code is
/// shown as the code it is.
namespace intake::forms::x12 {

/// EB01; empty for an unknown code.
std::string_view label_of_benefit(std::string_view code) noexcept;

/// AAA04; empty for an unknown code.
std::string_view label_of_follow_up(std::string_view code) noexcept;

}  // namespace intake::forms::x12

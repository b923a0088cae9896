#pragma once
#include <chrono>
#include <string>
#include <string_view>

namespace intake::forms {

/// Sample answers stay true as time goes by: `{{today}}`, `{{today-13}}`, `{{today+7}}` become
/// dates; other braces stay.
std::string with_dates(std::string_view text, std::chrono::sys_days today);

}  // namespace intake::forms

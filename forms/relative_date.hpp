#pragma once
#include "forms/item.hpp"
#include "forms/values.hpp"

#include <string_view>

namespace intake::forms {

/// The value of minValue or maxValue: as written, or of the expressions today() and now(), with or
/// without
/// "+ 3 months" (years, months, weeks, days; minus too). `today` is YYYY-MM-DD. std::monostate
/// where it is another expression.
answer_value limit_value(answer_value const& written, form_expression const&,
                         std::string_view today);

}  // namespace intake::forms

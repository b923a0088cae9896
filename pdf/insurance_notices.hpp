#pragma once
#include "pdf/form_copy.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace intake::pdf {

notice decision_notice(copy_decision const& from, copy_facts const& about);

/// One box a checked plan, or one that says that nothing was checked.
std::vector<notice> eligibility_notices(copy_facts const& about);

/// `text` with `value` in the place of the first `name`.
std::string filled_in(std::string text, std::string_view name, std::string_view value);

}  // namespace intake::pdf

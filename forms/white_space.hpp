#pragma once
#include <string_view>

namespace intake::forms {

/// Without what can't be seen at both ends: Unicode's White_Space, and the spaces of no width that
/// keyboards and copied texts leave behind (U+200B to U+200D, U+2060, U+FEFF, U+00AD).
std::string_view without_unseen_ends(std::string_view utf8);

/// Nothing else stands there.
bool is_unseen(std::string_view utf8);

}  // namespace intake::forms

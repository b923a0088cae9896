#pragma once
#include "forms/place.hpp"

#include <string_view>

namespace intake::forms {

/// Checks an attachment: permitted type, base64, stated against decoded size, limit, and whether
/// the bytes begin as their type does. An address instead of data is taken only over http(s), with
/// a warning: nothing here ever fetches it.
void check_attachment(item const&, attachment const&, place const&, problem_log&);

/// The bytes begin as files of that type do; true for types whose beginning is not known.
bool begins_as(std::string_view content_type, std::string_view bytes);

}  // namespace intake::forms

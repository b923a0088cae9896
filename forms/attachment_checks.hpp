#pragma once
#include "forms/place.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace intake::forms {

/// Checks an attachment: permitted type, base64, stated against decoded size, limit, and whether
/// the bytes begin as their type does. An address instead of data is taken only over http(s), with
/// a warning: nothing here ever fetches it.
void check_attachment(item const&, attachment const&, place const&, problem_log&);

/// Whether a type is among those, which may be "image/*"; any type where there are none.
bool permits_type(std::vector<std::string> const& types, std::string_view content_type);

/// The bytes begin as files of that type do; true for types whose beginning is not known.
bool begins_as(std::string_view content_type, std::string_view bytes);

}  // namespace intake::forms

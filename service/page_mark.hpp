#pragma once
#include "db/submissions.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace intake::service {

/// "?after=": microseconds and id of a row, the last one of the page before. It names no patient.
std::string write_mark(db::page_mark const&);
std::optional<db::page_mark> read_mark(std::string_view);

}  // namespace intake::service

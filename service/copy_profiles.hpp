#pragma once
#include "db/accounts.hpp"
#include "pdf/form_copy.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace intake::service {

/// "desk", "clinical", "patient", "billing": what `?copy=` and `--copy` take.
std::string_view copy_name(pdf::copy_profile);
std::optional<pdf::copy_profile> parse_copy_name(std::string_view);

/// "whole", "summary": what `?extent=` takes.
std::string_view extent_name(pdf::copy_extent);
std::optional<pdf::copy_extent> parse_extent_name(std::string_view);

/// What the trail says of a copy: "desk", "desk summary".
std::string copy_words_of(pdf::copy_profile, pdf::copy_extent);

/// The copies that a role may make, the usual one first; none for a role that reads no records.
/// 45 CFR 164.502(b): no more than the work needs.
std::span<pdf::copy_profile const> copies_for(db::account_role);

/// Whether a role may open a file attached to an answer of that audience: as much as its copy
/// shows; billing only who the patient is and what pays.
bool may_open_file(db::account_role, forms::form_audience);

}  // namespace intake::service

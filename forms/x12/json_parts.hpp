#pragma once
#include "forms/json_writer.hpp"
#include "forms/x12/next_step.hpp"
#include "forms/x12/parties.hpp"

#include <optional>
#include <string_view>
#include <vector>

/// The parts that several documents of X12 write.
namespace intake::forms::x12 {

/// `"name":"text"`, or null where there is no text: not said is not the same as empty.
void write_said(json_writer&, std::string_view name, std::string_view text);

/// `"name":["a","b"]`.
void write_list(json_writer&, std::string_view name, std::vector<std::string_view> const&);

void write_references(json_writer&, std::vector<reference> const&);
/// "dates": what was said, and as ISO 8601 where it could be read.
void write_dates(json_writer&, std::vector<dated> const&);
void write_rejection(json_writer&, rejection const&, std::string_view level);
/// "next_step" and "next_step_days", null where there is nothing to do or no number of days.
void write_next_step(json_writer&, std::optional<next_step> const&);

/// One object.
void write_party(json_writer&, party const&);
void write_person(json_writer&, person const&);

/// The members of a person, for an object with members of its own.
void write_person_members(json_writer&, person const&);

}  // namespace intake::forms::x12

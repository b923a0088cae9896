#pragma once
#include "forms/from_fields.hpp"
#include "forms/value_reader.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace intake::forms {

/// A field of one question, with the part of the value it carries.
struct question_field {
  field_part part = field_part::value;
  form_field const* field = nullptr;
};

/// What a question's fields say: several values only for choices with check boxes.
struct field_reading {
  std::vector<answer_value> values;
  std::vector<problem_code> faults;
};

/// Reads the fields of one answer to a question. Blank fields are left out by the caller.
/// `held`: the attachments that a field may name.
field_reading read_fields(item const&, std::span<question_field const>,
                          std::span<attachment const> held = {});

/// "1,5" and ".5" as a person types them into FHIR's decimal; unchanged where it is none.
std::string plain_number(std::string_view typed);

/// "2:30 pm" and "14:30" into hh:mm:ss; empty where it is no time.
std::string plain_time(std::string_view typed);

}  // namespace intake::forms

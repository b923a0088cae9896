#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

namespace intake::forms {

/// http://hl7.org/fhir/R4/valueset-item-type.html, without the abstract "question".
enum class item_type : std::uint8_t {
  group,
  display,
  boolean,
  decimal,
  integer,
  date,
  date_time,
  time,
  string,
  text,
  url,
  choice,
  open_choice,
  attachment,
  reference,
  quantity
};

/// http://hl7.org/fhir/R4/valueset-questionnaire-enable-operator.html
enum class enable_operator : std::uint8_t {
  exists,
  equal,
  not_equal,
  greater,
  less,
  greater_or_equal,
  less_or_equal
};

enum class enable_behavior : std::uint8_t { all, any };

/// http://hl7.org/fhir/R4/valueset-publication-status.html
enum class publication_status : std::uint8_t { draft, active, retired, unknown };

/// http://hl7.org/fhir/R4/valueset-questionnaire-answers-status.html
enum class response_status : std::uint8_t {
  in_progress,
  completed,
  amended,
  entered_in_error,
  stopped
};

/// questionnaire-itemControl and its SDC additions; unknown ones are `other`.
enum class item_control : std::uint8_t {
  none,
  drop_down,
  radio_button,
  check_box,
  autocomplete,
  help,
  flyover,
  prompt,
  unit,
  page,
  table,
  grid_table,
  slider,
  header,
  footer,
  lower,
  upper,
  list,
  spinner,
  text_box,
  lookup,
  inline_text,
  other
};

/// Who at the clinic may read an answer: our extension `audience_url`.
enum class form_audience : std::uint8_t { demographic, coverage, clinical, behavioural, consent };

/// The code of an enumerator as FHIR (or our extension) writes it.
std::string_view code_of(item_type);
std::string_view code_of(enable_operator);
std::string_view code_of(enable_behavior);
std::string_view code_of(publication_status);
std::string_view code_of(response_status);
std::string_view code_of(item_control);
std::string_view code_of(form_audience);

/// The enumerator of a code: `from_code<item_type>("open-choice")`; nothing for an unknown code.
template <class Enum>
std::optional<Enum> from_code(std::string_view code);

}  // namespace intake::forms

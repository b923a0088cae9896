#include "forms/values.hpp"

namespace intake::forms {
namespace {

struct plain_writer {
  std::string operator()(std::monostate) const { return {}; }
  std::string operator()(unreadable_value) const { return {}; }
  std::string operator()(bool value) const { return value ? "true" : "false"; }
  std::string operator()(std::int32_t value) const { return std::to_string(value); }
  std::string operator()(fhir_decimal const& value) const { return value.text; }
  std::string operator()(fhir_date const& value) const { return value.text; }
  std::string operator()(fhir_date_time const& value) const { return value.text; }
  std::string operator()(fhir_time const& value) const { return value.text; }
  std::string operator()(std::string const& value) const { return value; }
  std::string operator()(fhir_uri const& value) const { return value.text; }
  std::string operator()(coding const& value) const {
    return value.display.empty() ? value.code : value.display;
  }
  std::string operator()(quantity const& value) const {
    auto const& unit = value.unit.empty() ? value.code : value.unit;
    auto text = value.comparator + value.value;
    if (!unit.empty()) text += (text.empty() ? "" : " ") + unit;
    return text;
  }
  std::string operator()(attachment const& value) const { return value.title; }
  std::string operator()(reference const& value) const {
    if (!value.display.empty()) return value.display;
    return value.target.empty() ? value.identifier_value : value.target;
  }
};

}  // namespace

bool is_held(attachment const& file) {
  return file.data.empty() && file.url.empty() && !file.hash.empty() && file.size_bytes;
}

bool has_value(answer_value const& value) {
  return !std::holds_alternative<std::monostate>(value);
}

std::string plain_text(answer_value const& value) {
  return std::visit(plain_writer{}, value);
}

}  // namespace intake::forms

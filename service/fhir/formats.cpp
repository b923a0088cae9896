#include "service/fhir/formats.hpp"

#include "service/fhir/operation_outcome.hpp"
#include "service/http/fields.hpp"

#include <algorithm>

namespace intake::service::fhir {
namespace {

constexpr std::string_view json_types[] = {"application/fhir+json", "application/json",
                                           "text/json"};
constexpr std::string_view xml_types[] = {"application/fhir+xml", "application/xml", "text/xml"};
constexpr std::string_view any_types[] = {"*/*", "application/*"};

template <std::size_t Size>
bool is_one_of(std::string_view const (&types)[Size], std::string_view type) {
  return std::ranges::find(types, type) != std::end(types);
}

bool is_json(std::string_view format) {
  // A "+" that was not encoded arrives as a space: R4 asks servers to take it as it was meant.
  return format == "json" || format == "application/fhir json" || is_one_of(json_types, format);
}

bool takes(weighted const& range, format_kind kind) {
  if (range.weight_per_mille == 0) return false;
  if (kind == format_kind::binary) return !is_one_of(xml_types, range.value);
  return is_one_of(json_types, range.value) || is_one_of(any_types, range.value);
}

}  // namespace

std::optional<response> not_acceptable(request const& asked, format_kind kind) {
  auto const refusal = [] {
    return outcome_response(406, "Resources are JSON here: ask for application/fhir+json.");
  };
  auto const query = read_form(asked.query).value_or(std::vector<form_field>{});
  auto const format = std::ranges::find(query, "_format", &form_field::name);
  if (format != query.end())
    return is_json(format->value) ? std::nullopt : std::optional(refusal());
  auto const ranges = read_weighted_list(asked.field("accept").value_or(""));
  bool const fits = ranges.empty() || std::ranges::any_of(ranges, [&](weighted const& each) {
                      return takes(each, kind);
                    });
  return fits ? std::nullopt : std::optional(refusal());
}

}  // namespace intake::service::fhir

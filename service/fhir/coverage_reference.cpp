#include "service/fhir/coverage_reference.hpp"

#include <charconv>

#include <fmt/format.h>

namespace intake::service::fhir {
namespace {

constexpr std::string_view type_and_slash = "Coverage/";

}  // namespace

std::optional<coverage_reference> read_coverage_reference(std::string_view value) {
  if (value.starts_with(type_and_slash)) value.remove_prefix(type_and_slash.size());
  auto const id = certs::parse_uuid(value.substr(0, certs::uuid_characters));
  if (!id || value.size() < certs::uuid_characters + 2 || value[certs::uuid_characters] != '-') {
    return std::nullopt;
  }
  auto const text = value.substr(certs::uuid_characters + 1);
  coverage_reference named{*id, 0};
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), named.number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return named;
}

std::string to_text(coverage_reference const& named) {
  return fmt::format("{}{}-{}", type_and_slash, certs::to_string(named.submission), named.number);
}

}  // namespace intake::service::fhir

#include "service/fhir/coverage_reference.hpp"

#include <charconv>

#include <fmt/format.h>

namespace intake::service::fhir {
namespace {

constexpr std::string_view type = "Coverage/";
constexpr std::size_t uuid_characters = 36;

}  // namespace

std::optional<coverage_reference> read_coverage_reference(std::string_view value) {
  if (value.starts_with(type)) value.remove_prefix(type.size());
  auto const id = certs::parse_uuid(value.substr(0, uuid_characters));
  if (!id || value.size() < uuid_characters + 2 || value[uuid_characters] != '-') {
    return std::nullopt;
  }
  auto const text = value.substr(uuid_characters + 1);
  coverage_reference named{*id, 0};
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), named.number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return named;
}

std::string to_text(coverage_reference const& named) {
  return fmt::format("{}{}-{}", type, certs::to_string(named.submission), named.number);
}

}  // namespace intake::service::fhir

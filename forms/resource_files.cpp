#include "forms/resource_files.hpp"

#include <utility>

#include <fmt/format.h>

namespace intake::forms {
namespace {

constexpr int bundle_levels_max = 4;

void collect(json_value const& resource, std::string_view type, std::string const& path, int level,
             std::vector<placed_resource>& found) {
  auto const own_type = resource.text_of("resourceType");
  if (own_type == type) found.push_back({&resource, path});
  auto const* entries = resource.find("entry", json_kind::array);
  if (own_type != "Bundle" || entries == nullptr || level >= bundle_levels_max) return;
  std::size_t index = 0;
  for (auto const& entry : *entries) {
    auto place = fmt::format("{}.entry[{}].resource", path, index++);
    if (auto const* inner = entry.find("resource", json_kind::object)) {
      collect(*inner, type, place, level + 1, found);
    }
  }
}

}  // namespace

std::vector<placed_resource> find_resources(json_document const& document, std::string_view type) {
  std::vector<placed_resource> found;
  auto const& root = document.root();
  bool const bundle = root.text_of("resourceType") == "Bundle";
  collect(root, type, bundle ? "Bundle" : std::string{type}, 0, found);
  return found;
}

}  // namespace intake::forms

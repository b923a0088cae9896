#include "service/form_store.hpp"

#include "forms/json_reader.hpp"
#include "service/files.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <stdexcept>
#include <vector>

namespace intake::service {
namespace {

bool is_form_resource(std::string_view type) {
  static constexpr std::array types{std::string_view("Questionnaire"), std::string_view("ValueSet"),
                                    std::string_view("Bundle")};
  return std::ranges::find(types, type) != types.end();
}

/// A folder may hold notes beside its forms.
bool holds_forms(named_file const& file) {
  auto const document = forms::read_json(file.text, forms::form_file_limits);
  return !document || is_form_resource(document->root().text_of("resourceType"));
}

/// Reads a file of the folder's plan with `read`; a folder without that file has no such plan.
template <class Plan>
Plan load_plan(std::string const& folder, std::string_view name, forms::library const& known,
               forms::parsed<Plan> (*read)(forms::json_document const&, forms::library const&)) {
  auto const file = (std::filesystem::path(folder) / "plan" / name).string();
  if (!std::filesystem::exists(file)) return {};
  auto const refuse = [&](forms::parse_error const& error) {
    return std::runtime_error(file + " can't be used: " + sentence(error));
  };
  auto const document = forms::read_json(read_file(file), forms::form_file_limits);
  if (!document) throw refuse(document.error());
  auto plan = read(*document, known);
  if (!plan) throw refuse(plan.error());
  return std::move(*plan);
}

}  // namespace

form_store load_forms(std::string const& folder) {
  auto files = read_folder(folder, ".json");
  std::erase_if(files, [](named_file const& file) { return !holds_forms(file); });
  if (files.empty()) {
    throw std::runtime_error("there is no form in " + folder +
                             " (put FHIR Questionnaires there as *.json, or set [forms] folder)");
  }
  std::vector<forms::named_text> named;
  for (auto const& file : files) named.push_back({file.name, file.text});
  auto loaded = forms::load_library(named);
  if (!loaded) {
    throw std::runtime_error("a form in " + folder + " can't be used: " + sentence(loaded.error()) +
                             " (`intake form lint FILE` tells everything at once)");
  }
  form_store store{std::move(*loaded), {}, {}, {}};
  store.packets = load_plan(folder, "packets.json", store.library, forms::read_packets);
  store.alerts = load_plan(folder, "safety-alerts.json", store.library, forms::read_alerts);
  for (auto const& file : files) {
    auto const document = forms::read_json(file.text, forms::form_file_limits);
    auto const& root = document->root();
    auto const version = root.text_of("version");
    auto const url = std::string(root.text_of("url"));
    store.texts.emplace(version.empty() ? url : url + "|" + std::string(version), file.text);
  }
  return store;
}

form_store with_days(form_store const& of_files, std::span<forms::text_edition const> set) {
  return {of_files.library.with_days(set), of_files.texts, of_files.packets, of_files.alerts};
}

}  // namespace intake::service

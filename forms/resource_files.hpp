#pragma once
#include "forms/json_reader.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace intake::forms {

/// A resource in a file and where it stands: "Questionnaire", "Bundle.entry[3].resource".
struct placed_resource {
  json_value const* resource = nullptr;
  std::string path;
};

/// Every resource of a type in a document: the document itself, or the entries of a Bundle (to four
/// levels).
std::vector<placed_resource> find_resources(json_document const&, std::string_view type);

}  // namespace intake::forms

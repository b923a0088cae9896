#include "service/commands/loaded_form.hpp"

#include "service/commands/exit_code.hpp"
#include "service/files.hpp"

namespace intake::service::commands {
namespace {

forms::json_value const* contained_form(forms::json_value const& response) {
  auto const* contained = response.find("contained", forms::json_kind::array);
  if (contained == nullptr) return nullptr;
  for (auto const& each : *contained) {
    if (each.text_of("resourceType") == "Questionnaire") return &each;
  }
  return nullptr;
}

forms::questionnaire must_load(forms::parsed<forms::questionnaire> loaded,
                               std::string const& file) {
  if (!loaded) {
    throw command_failed(exit_code::usage, file + ": " + sentence(loaded.error()),
                         "`intake form lint " + file + "` tells everything at once");
  }
  return std::move(*loaded);
}

}  // namespace

forms::json_document read_document(std::string const& file) {
  std::string text;
  try {
    text = read_file(file);
  } catch (std::exception const& error) {
    throw command_failed(exit_code::usage, error.what());
  }
  auto document = forms::read_json(std::move(text), forms::form_file_limits);
  if (!document) throw command_failed(exit_code::usage, file + ": " + sentence(document.error()));
  return std::move(*document);
}

forms::questionnaire load_form_for(std::string const& file, forms::json_document const& response,
                                   std::string const& response_file) {
  if (!file.empty()) return must_load(forms::read_questionnaire(read_document(file)), file);
  auto const* contained = contained_form(response.root());
  if (contained == nullptr) {
    throw command_failed(exit_code::usage, "the response holds no form",
                         "say which one it answers with --questionnaire Q.json");
  }
  return must_load(forms::read_questionnaire(response, *contained), response_file);
}

}  // namespace intake::service::commands

#include "forms/document_validation.hpp"

#include <optional>
#include <string_view>
#include <utility>

namespace intake::forms {
namespace {

json_value const* contained_form(json_value const& resource, std::string_view canonical) {
  auto const* contained = resource.find("contained", json_kind::array);
  if (contained == nullptr) return nullptr;
  for (auto const& one : *contained) {
    if (one.text_of("resourceType") != "Questionnaire") continue;
    bool const local = canonical.starts_with('#');
    auto const name = local ? canonical.substr(1) : canonical.substr(0, canonical.find('|'));
    if (one.text_of(local ? "id" : "url") == name) return &one;
  }
  return nullptr;
}

/// Value sets that the response contains serve the form that it contains.
std::vector<value_set> contained_sets(json_document const& document) {
  std::vector<value_set> found;
  auto const* contained = document.root().find("contained", json_kind::array);
  if (contained == nullptr) return found;
  for (auto const& one : *contained) {
    if (auto set = read_value_set(document, one)) found.push_back(std::move(set).value());
  }
  return found;
}

std::vector<problem> no_form(response_envelope const& envelope) {
  problem one;
  one.code = envelope.questionnaire.empty() ? problem_code::questionnaire_missing
                                            : problem_code::questionnaire_unknown;
  one.severity = row_of(one.code).severity;
  one.expression = "QuestionnaireResponse.questionnaire";
  return {std::move(one)};
}

}  // namespace

parsed<std::vector<problem>> validate_document(json_document const& document,
                                               questionnaire const* given, library const& forms,
                                               validation_context const& context) {
  auto const envelope = read_envelope(document, document.root());
  if (!envelope) return envelope.error();
  std::optional<questionnaire> own;
  if (given == nullptr) {
    if (auto const* contained = contained_form(document.root(), envelope->questionnaire)) {
      auto form = read_questionnaire(document, *contained, contained_sets(document));
      if (!form) return form.error();
      own.emplace(std::move(form).value());
      given = &*own;
    } else {
      given = forms.find(envelope->questionnaire);
    }
  }
  if (given == nullptr) return no_form(*envelope);
  return validate(*given, read_response(*given, document.root()), context);
}

}  // namespace intake::forms

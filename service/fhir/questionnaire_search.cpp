#include "service/fhir/fhir.hpp"
#include "service/fhir/operation_outcome.hpp"
#include "service/fhir/search_set.hpp"
#include "service/fhir/search_values.hpp"
#include "service/http/fields.hpp"

#include <algorithm>
#include <cctype>

namespace intake::service::fhir {
namespace {

bool matches(forms::form_header const& form, std::string_view name, std::string_view value) {
  if (name == "_id") return form.id == value;
  if (name == "url") return form.url == value;
  if (name == "version") return form.version == value;
  if (name == "status") return code_of(form.status) == value;
  // R4 3.1.1.4.8: a string search matches the beginning, without regard to case.
  if (name == "title") {
    return form.title.text.size() >= value.size() &&
           std::equal(
               value.begin(), value.end(), form.title.text.begin(),
               [](unsigned char a, unsigned char b) { return std::tolower(a) == std::tolower(b); });
  }
  return false;
}

/// R4 3.1.1.4.17: one of the values between the commas has to fit.
bool fits(forms::form_header const& form, form_field const& field) {
  return std::ranges::any_of(alternatives_in(field.value), [&](std::string const& value) {
    return matches(form, field.name, value);
  });
}

constexpr std::string_view known_parameters[] = {"_id", "url", "version", "status", "title"};

}  // namespace

response questionnaire_search(application& app, call const& c) {
  auto const query = read_form(c.asked.query);
  if (!query) return outcome_response(400, "The query is not form-encoded UTF-8.");
  for (auto const& [name, value] : *query) {
    if (!shapes_only(name) && std::ranges::count(known_parameters, name) == 0) {
      return outcome_response(
          400, "Questionnaire can be searched by _id, url, version, title and status only.");
    }
    if (!shapes_only(name) && alternatives_in(value).empty()) {
      return outcome_response(400, parameter_values_sentence);
    }
  }
  auto const page = read_page(*query);
  if (!page) return outcome_response(400, "_count and _offset must be whole numbers.");
  std::vector<search_match> found;
  for (auto const& form : app.forms.library.forms()) {
    bool const wanted = std::ranges::all_of(*query, [&](form_field const& field) {
      return shapes_only(field.name) || fits(form->header(), field);
    });
    if (wanted) found.push_back({form->header().id, app.forms.texts.at(form->canonical())});
  }
  return search_set(app, c, "Questionnaire", found, *page);
}

}  // namespace intake::service::fhir

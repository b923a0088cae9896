#include "forms/json_writer.hpp"
#include "service/fhir/fhir.hpp"
#include "service/fhir/operation_outcome.hpp"
#include "service/http/fields.hpp"
#include "service/responses.hpp"

#include <algorithm>
#include <cctype>

namespace intake::service::fhir {
namespace {

bool matches(forms::form_header const& form, std::string_view name, std::string_view value) {
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

constexpr std::string_view known_parameters[] = {"url", "version", "status", "title"};
constexpr std::string_view ignored_parameters[] = {"_format", "_pretty", "lang"};

bool is_one_of(std::string_view name, std::span<std::string_view const> all) {
  return std::ranges::find(all, name) != all.end();
}

}  // namespace

response questionnaire_search(application& app, call const& c) {
  auto const query = read_form(c.asked.query);
  if (!query) return outcome_response(400, "The query is not form-encoded UTF-8.");
  for (auto const& [name, value] : *query) {
    if (!is_one_of(name, known_parameters) && !is_one_of(name, ignored_parameters)) {
      return outcome_response(
          400, "Questionnaire can be searched by url, version, title and status only.");
    }
  }
  std::string entries;
  forms::json_writer out(entries);
  std::int64_t total = 0;
  out.begin_array();
  for (auto const& form : app.forms.library.forms()) {
    bool const wanted = std::ranges::all_of(*query, [&](form_field const& field) {
      return is_one_of(field.name, ignored_parameters) ||
             matches(form->header(), field.name, field.value);
    });
    if (!wanted) continue;
    ++total;
    out.begin_object()
        .member("fullUrl", std::string_view(app.settings.public_url() + "/fhir/Questionnaire/" +
                                            form->header().id))
        .key("resource")
        .raw(app.forms.texts.at(form->canonical()));
    out.key("search").begin_object().member("mode", "match").end_object().end_object();
  }
  out.end_array();
  std::string bundle;
  forms::json_writer whole(bundle);
  whole.begin_object()
      .member("resourceType", "Bundle")
      .member("type", "searchset")
      .member("total", total);
  if (total > 0) whole.key("entry").raw(entries);
  whole.end_object();
  return fhir_response(200, std::move(bundle));
}

}  // namespace intake::service::fhir

#include "forms/json_writer.hpp"
#include "service/fhir/fhir.hpp"
#include "service/fhir/operation_outcome.hpp"
#include "service/http/fields.hpp"
#include "service/responses.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <limits>
#include <optional>

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

constexpr std::string_view known_parameters[] = {"_id", "url", "version", "status", "title"};
// They change how the answer looks, not which forms are in it.
constexpr std::string_view other_parameters[] = {"_count", "_format", "_pretty", "lang"};

bool is_one_of(std::string_view name, std::span<std::string_view const> all) {
  return std::ranges::find(all, name) != all.end();
}

/// R4 3.1.1.5.3: at most so many entries on a page; the total counts all.
std::optional<std::size_t> entries_max(std::vector<form_field> const& query) {
  auto const found = std::ranges::find(query, "_count", &form_field::name);
  if (found == query.end()) return std::numeric_limits<std::size_t>::max();
  std::size_t count = 0;
  auto const* const end = found->value.data() + found->value.size();
  auto const [stopped, error] = std::from_chars(found->value.data(), end, count);
  if (error != std::errc{} || stopped != end) return std::nullopt;
  return count;
}

}  // namespace

response questionnaire_search(application& app, call const& c) {
  auto const query = read_form(c.asked.query);
  if (!query) return outcome_response(400, "The query is not form-encoded UTF-8.");
  for (auto const& [name, value] : *query) {
    if (!is_one_of(name, known_parameters) && !is_one_of(name, other_parameters)) {
      return outcome_response(
          400, "Questionnaire can be searched by _id, url, version, title and status only.");
    }
  }
  auto const shown_max = entries_max(*query);
  if (!shown_max) return outcome_response(400, "_count must be a whole number.");
  std::string entries;
  forms::json_writer out(entries);
  std::int64_t total = 0;
  out.begin_array();
  for (auto const& form : app.forms.library.forms()) {
    bool const wanted = std::ranges::all_of(*query, [&](form_field const& field) {
      return is_one_of(field.name, other_parameters) ||
             matches(form->header(), field.name, field.value);
    });
    if (!wanted) continue;
    if (static_cast<std::size_t>(total++) >= *shown_max) continue;
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
  auto const self = app.settings.public_url() + "/fhir/Questionnaire" +
                    (c.asked.query.empty() ? "" : "?" + c.asked.query);
  whole.key("link").begin_array().begin_object().member("relation", "self");
  whole.member("url", std::string_view(self)).end_object().end_array();
  if (entries != "[]") whole.key("entry").raw(entries);
  whole.end_object();
  return fhir_response(200, std::move(bundle));
}

}  // namespace intake::service::fhir

#include "service/fhir/search_set.hpp"

#include "forms/json_writer.hpp"
#include "service/fhir/operation_outcome.hpp"
#include "service/fhir/search_question.hpp"
#include "service/responses.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

namespace intake::service::fhir {
namespace {

constexpr std::string_view count_parameter = "_count";
constexpr std::string_view offset_parameter = "_offset";
constexpr std::array<std::string_view, 5> shaping{count_parameter, offset_parameter, "_format",
                                                  "_pretty", "lang"};

std::optional<std::size_t> whole_number(std::string_view text) {
  std::size_t number = 0;
  auto const* const end = text.data() + text.size();
  auto const [stopped, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc{} || stopped != end) return std::nullopt;
  return number;
}

/// A missing parameter leaves what is there; false where it is no number.
bool read_number(std::span<form_field const> query, std::string_view name, std::size_t& into) {
  auto const found = std::ranges::find(query, name, &form_field::name);
  if (found == query.end()) return true;
  auto const number = whole_number(found->value);
  if (number) into = *number;
  return number.has_value();
}

void write_link(forms::json_writer& out, std::string_view relation, std::string const& url) {
  out.begin_object().member("relation", relation).member("url", std::string_view(url));
  out.end_object();
}

/// The same question for the page that follows.
std::string next_query(call const& c, page_asked const& page) {
  std::string text;
  for (auto const& [name, value] : search_fields(c.asked).value_or(std::vector<form_field>{})) {
    if (name != offset_parameter) text += percent_encode(name) + "=" + percent_encode(value) + "&";
  }
  return text + std::string(offset_parameter) + "=" + std::to_string(page.offset + page.count);
}

void write_links(forms::json_writer& out, std::string const& address, call const& c,
                 std::optional<std::string> const& next) {
  out.key("link").begin_array();
  write_link(out, "self", address + (c.asked.query.empty() ? "" : "?" + c.asked.query));
  if (next) write_link(out, "next", address + "?" + *next);
  out.end_array();
}

}  // namespace

std::optional<page_asked> read_page(std::span<form_field const> query) {
  page_asked page{.count = std::numeric_limits<std::size_t>::max(), .offset = 0};
  if (!read_number(query, count_parameter, page.count)) return std::nullopt;
  if (!read_number(query, offset_parameter, page.offset)) return std::nullopt;
  return page;
}

bool shapes_only(std::string_view parameter) {
  return std::ranges::find(shaping, parameter) != shaping.end();
}

std::variant<single_search, response> read_single_search(call const& c,
                                                         std::span<std::string_view const> known,
                                                         std::string_view sentence) {
  auto query = search_fields(c.asked);
  if (!query) return outcome_response(400, "The parameters are not form-encoded UTF-8.");
  auto const page = read_page(*query);
  if (!page) return outcome_response(400, "_count and _offset must be whole numbers.");
  std::erase_if(*query, [](form_field const& each) { return shapes_only(each.name); });
  if (query->size() != 1 || std::ranges::count(known, query->front().name) == 0) {
    return outcome_response(400, sentence);
  }
  return single_search{std::move(query->front()), *page};
}

response search_set(application const& app, call const& c, std::string_view type,
                    std::span<search_match const> matches, page_asked const& page) {
  auto const address = app.settings.public_url() + "/fhir/" + std::string(type);
  auto const rest = matches.subspan(std::min(page.offset, matches.size()));
  auto const shown = rest.first(std::min(page.count, rest.size()));
  std::string text;
  forms::json_writer out(text);
  out.begin_object().member("resourceType", "Bundle").member("type", "searchset");
  out.member("total", static_cast<std::int64_t>(matches.size()));
  bool const more = page.count > 0 && shown.size() < rest.size();
  write_links(out, address, c, more ? std::optional(next_query(c, page)) : std::nullopt);
  if (!shown.empty()) {
    out.key("entry").begin_array();
    for (auto const& each : shown) {
      out.begin_object().member("fullUrl", std::string_view(address + "/" + each.id));
      out.key("resource").raw(each.resource);
      out.key("search").begin_object().member("mode", "match").end_object().end_object();
    }
    out.end_array();
  }
  out.end_object();
  return fhir_response(200, std::move(text));
}

}  // namespace intake::service::fhir

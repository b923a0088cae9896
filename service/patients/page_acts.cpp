#include "service/patients/page_acts.hpp"

#include "forms/link_path.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace intake::service::patients {
namespace {

constexpr std::string_view search_part = ":search";

/// "visits[3]" of "visits[3]/date" below "visits": 3. Nothing for other fields.
struct place_in_name {
  std::size_t number = 0;
  std::string_view rest;
};
std::optional<place_in_name> place_in(std::string_view name, std::string_view group) {
  if (!name.starts_with(group)) return std::nullopt;
  name.remove_prefix(group.size());
  auto const close = name.find(']');
  if (!name.starts_with('[') || close == name.npos) return std::nullopt;
  place_in_name found;
  auto const* const last = name.data() + close;
  auto const [end, error] = std::from_chars(name.data() + 1, last, found.number);
  if (error != std::errc{} || end != last) return std::nullopt;
  found.rest = name.substr(close + 1);
  return found;
}

/// Only an occurrence of a group can be dropped: "plan[1]" names the second plan.
bool drop(forms::questionnaire const& form, std::string_view dropped,
          std::vector<form_field>& fields) {
  auto const path = forms::read_link_path(form, dropped);
  bool const names_group = path && !path->empty() && dropped.ends_with(']') &&
                           form.at(path->back().item).type == forms::item_type::group;
  if (!names_group) return false;
  auto const group = dropped.substr(0, dropped.rfind('['));
  auto const gone = std::size_t{path->back().repetition};
  std::erase_if(fields, [&](form_field const& each) {
    auto const place = place_in(each.name, group);
    return place && place->number == gone;
  });
  for (auto& each : fields) {
    auto const place = place_in(each.name, group);
    if (!place || place->number < gone) continue;
    each.name = fmt::format("{}[{}]{}", group, place->number - 1, place->rest);
  }
  return true;
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

/// Whether a search stands in the fields beside which nothing was chosen or written.
bool has_unchosen(std::vector<form_field> const& fields) {
  return std::ranges::any_of(fields, [&](form_field const& search) {
    if (!search.name.ends_with(search_part) || is_blank(search.value)) return false;
    auto const name =
        std::string_view(search.name).substr(0, search.name.size() - search_part.size());
    auto const other = std::string(name) + ":other";
    return std::ranges::none_of(fields, [&](form_field const& each) {
      return (each.name == name || each.name == other) && !is_blank(each.value);
    });
  });
}

}  // namespace

page_acts take_acts(forms::questionnaire const& form, std::vector<form_field>& fields) {
  page_acts acts;
  std::string dropped;
  for (auto const& [name, value] : fields) {
    if (name == "_another") acts.another = true;
    if (name == "_search") acts.searched = true;
    if (name == "_drop") dropped = value;
  }
  if (!dropped.empty()) acts.dropped = drop(form, dropped, fields);
  acts.unchosen = has_unchosen(fields);
  return acts;
}

}  // namespace intake::service::patients

#include "service/patients/body_map.hpp"

#include "forms/from_fields.hpp"
#include "forms/json_writer.hpp"

#include <algorithm>
#include <map>
#include <string>

namespace intake::service::patients {
namespace {

constexpr std::string_view body_map_component = "body-map";

/// "How strong is it there?": the number from 0 to 10 below an answer; null where it is not asked.
forms::item const* strength_of(form_view const& view, forms::item const& question) {
  auto const found = std::ranges::find_if(question.children, [&](forms::item_index index) {
    auto const& below = view.form.at(index);
    return below.type == forms::item_type::integer && !below.hidden;
  });
  return found == question.children.end() ? nullptr : &view.form.at(*found);
}

std::string end_of(form_view const& view, forms::item const& strength, forms::item_control which) {
  for (auto const index : strength.children) {
    auto const& below = view.form.at(index);
    if (below.shown.control != which) continue;
    return std::string(forms::text_in(below, tag(view.spoken)));
  }
  return {};
}

std::string words_json(body_question const& at, forms::item const* strength) {
  std::string text;
  forms::json_writer out(text);
  out.begin_object();
  for (std::string_view const each : {"hint", "sides", "front", "back", "right", "left", "zoom",
                                      "whole", "upper", "lower", "list", "remove"}) {
    out.member(each, at.words.say(at.view.spoken, "map." + std::string(each)));
  }
  if (strength != nullptr) {
    out.member("strength", forms::text_in(*strength, tag(at.view.spoken)));
    out.member("least", "0: " + end_of(at.view, *strength, forms::item_control::lower));
    out.member("most", "10: " + end_of(at.view, *strength, forms::item_control::upper));
  }
  out.end_object();
  return text;
}

/// What was said below each answer, by the answer's value: fields "regions[1]" and
/// "regions[1]/strength" belong together.
std::string strengths_json(body_question const& at, forms::item const* strength) {
  std::string text;
  forms::json_writer out(text);
  out.begin_object();
  if (strength != nullptr) {
    std::map<std::string_view, std::string_view> typed;
    for (auto const& [name, value] : at.view.typed) typed.try_emplace(name, value);
    for (std::uint32_t i = 0; i < forms::options_of(at.item).size(); ++i) {
      auto place = at.path;
      place.back().repetition = i;
      auto const answer = forms::field_name(at.view.form, place);
      place.push_back({strength->index, 0});
      auto const number = typed.find(forms::field_name(at.view.form, place));
      if (number == typed.end()) continue;
      auto chosen = typed.find(answer);
      if (chosen == typed.end()) chosen = typed.find(answer + "[0]");
      if (chosen != typed.end()) out.member(chosen->second, number->second);
    }
  }
  out.end_object();
  return text;
}

}  // namespace

void add_body_map(page_model& list, body_question const& at) {
  if (at.item.shown.component != body_map_component) return;
  auto const* strength = strength_of(at.view, at.item);
  auto& map = list.add("BODY_MAP");
  map.set("SCRIPT_URL", at.assets.url("body_map.js"))
      .set("DRAWING_URL", at.assets.url("body.svg"))
      .set("WORDS", words_json(at, strength))
      .set("STRENGTHS", strengths_json(at, strength));
  if (strength == nullptr) return;
  map.set("BELOW", forms::write_link_path(at.view.form, {{strength->index, 0}}));
}

}  // namespace intake::service::patients

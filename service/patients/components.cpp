#include "service/patients/components.hpp"

#include "forms/from_fields.hpp"
#include "service/attachments.hpp"
#include "service/patients/live_rules.hpp"

#include <algorithm>
#include <array>

namespace intake::service::patients {

using forms::field_part;
using forms::item_control;

void mark_foreign(page_model& model, forms::localized_text const& text,
                  forms::questionnaire const& form, language spoken, std::string const& section) {
  auto const& own = form.header().language;
  bool const is_own = own.empty() || own == tag(spoken);
  if (is_own || text.empty() || text.translation_in(tag(spoken)) != nullptr) return;
  model.add(section).set("LANG", own);
}

component_sink::component_sink(form_view const& view, component_kit const& kit)
    : view_(view), kit_(kit) {
  for (auto const& [name, value] : view.typed) {
    typed_[name].push_back(value);
    // A body map numbers the answers that it has strengths for: "regions[1]".
    if (name.ends_with(']')) typed_[name.substr(0, name.rfind('['))].push_back(value);
  }
  each_attachment(view.form, view.answers,
                  [this](forms::item const&, forms::attachment const& file, forms::place const&) {
                    held_.push_back(file);
                  });
  for (auto const& each : view.problems) {
    if (each.severity == forms::problem_severity::error) wrong_.emplace(each.link_path, &each);
  }
}

std::string component_sink::name_of(forms::link_path const& path, field_part part) const {
  return forms::field_name(view_.form, path, part);
}

std::string component_sink::value_of(std::string const& name) const {
  auto const found = typed_.find(name);
  return found == typed_.end() ? std::string() : found->second.front();
}

bool component_sink::was_chosen(std::string const& name, std::string const& value) const {
  auto const found = typed_.find(name);
  return found != typed_.end() && std::ranges::find(found->second, value) != found->second.end();
}

bool component_sink::was_typed(forms::link_path const& path) const {
  using enum field_part;
  return std::ranges::any_of(
      std::array{value, day, month, year, time, unit, other},
      [&](field_part part) { return !value_of(name_of(path, part)).empty(); });
}

void component_sink::set_text(page_model& model, forms::localized_text const& text,
                              std::string const& foreign) const {
  model.set("TEXT", std::string(text.in(code())));
  mark_foreign(model, text, view_.form, view_.spoken, foreign);
}

std::string component_sink::text_beside(forms::item const& item, item_control which) const {
  std::string text;
  for (auto const index : item.children) {
    auto const& below = view_.form.at(index);
    if (below.type != forms::item_type::display || below.shown.control != which) continue;
    text += (text.empty() ? "" : " ") + std::string(forms::text_in(below, code()));
  }
  return text;
}

void component_sink::describe(page_model& model, std::string const& id) {
  if (model.count("DESCRIBED") == 0) {
    model.add("DESCRIBED").set("BY", id);
  } else {
    model.last("DESCRIBED").values.front().second += " " + id;
  }
}

void component_sink::add_hints(page_model& model, forms::item const& item,
                               std::string const& name) const {
  for (auto const which : {item_control::prompt, item_control::help}) {
    auto const text = text_beside(item, which);
    if (text.empty()) continue;
    auto const id = name + (which == item_control::help ? "-hint" : "-prompt");
    model.add("HINT").set("HINT_ID", id).set("HINT_TEXT", text);
    describe(model, id);
  }
  if (auto const text = text_beside(item, item_control::flyover); !text.empty()) {
    model.add("MORE").set("MORE_TITLE", say("form.what_is_this")).set("MORE_TEXT", text);
  }
  if (item.shown.support_link.starts_with("https://")) {
    model.add("LINK").set("URL", item.shown.support_link).set("LINK_TEXT", say("form.read_more"));
  }
}

page_model component_sink::shared(forms::item const& item, forms::link_path const& path) const {
  page_model model;
  auto const name = name_of(path);
  model.set("ID", name).set("NAME", name).set("BELOW", below_);
  set_text(model, item.text);
  auto const number = path.back().repetition;
  bool const counts = item.repeats && number > 0 && !forms::has_options(item);
  if (counts) model.set("NUMBER", std::to_string(number + 1));
  if (!item.required) {
    model.set("OPTIONAL", say("form.optional"));
  } else if (!item.enable_when.empty()) {
    model.add("IF_APPLIES").set("IF_TEXT", say("form.if_applies"));
  }
  add_hints(model, item, name);
  if (auto const found = wrong_.find(forms::write_link_path(view_.form, path));
      found != wrong_.end()) {
    model.set("GROUP_CLASS", "govuk-form-group--error");
    model.add("ERROR")
        .set("ERROR_WORD", say("form.error"))
        .set("ERROR_TEXT", forms::sentence(*found->second, code()));
    describe(model, name + "-error");
  }
  mark_live(model, item, path);
  return model;
}

void component_sink::mark_live(page_model& model, forms::item const& item,
                               forms::link_path const& path) const {
  if (!comes_and_goes(view_.form, item)) return;
  model.add("LIVE").set("PATH", forms::write_link_path(view_.form, path));
}

std::string component_sink::label_of(forms::problem const& p) const {
  auto const path = forms::read_link_path(view_.form, p.link_path);
  if (!path || path->empty()) return {};
  return std::string(forms::text_in(view_.form.at(path->back().item), code())) + ": ";
}

void component_sink::add_summary(page_model& page) const {
  if (wrong_.empty()) return;
  auto& block = page.add("PROBLEMS");
  block.set("PROBLEMS_TITLE", say("form.problems"));
  if (view_.page == nullptr) block.add("NOT_SENT").set("TEXT", say("form.not_sent"));
  for (auto const& each : view_.problems) {
    if (each.severity != forms::problem_severity::error) continue;
    block.add("PROBLEM")
        .set("TARGET", each.link_path.empty() ? "main" : each.link_path)
        .set("SENTENCE", label_of(each) + forms::sentence(each, code()));
  }
}

}  // namespace intake::service::patients

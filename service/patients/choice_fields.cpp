// Components whose answer is one of a list, or several.
#include "forms/compare.hpp"
#include "forms/from_fields.hpp"
#include "forms/insurance/words.hpp"
#include "service/attachments.hpp"
#include "service/patients/body_map.hpp"
#include "service/patients/components.hpp"

#include <algorithm>
#include <charconv>

namespace intake::service::patients {
namespace {

using forms::field_part;
using forms::item_control;
using forms::item_type;

/// Past this a list is quicker to use than a wall of buttons.
constexpr std::size_t radios_max = 12;
/// Where the form wants a list, fewer than these are buttons all the same: a list hides them.
constexpr std::size_t buttons_max = 7;
/// Past this nobody reads a list: its words are searched.
constexpr std::size_t list_max = 60;
/// The same where the form itself asks for a list: regions of the body beside their picture.
constexpr std::size_t asked_list_max = 250;
constexpr std::size_t found_max = 12;
/// More keys than this are no scale but a number.
constexpr std::int64_t scale_keys_max = 21;

/// A word of ours, in the reader's language already.
forms::localized_text plain(std::string text) {
  return {std::move(text), {}, {}};
}

page_model& add_option(component_sink const& sink, page_model& list, std::string const& name,
                       std::string const& value, forms::localized_text const& label,
                       std::string own_id = {}) {
  // The first one bears the question's own name: there the summary's link leads.
  auto const at = list.count("OPTION");
  auto& option = list.add("OPTION");
  if (own_id.empty()) own_id = at == 0 ? name : name + "-" + std::to_string(at + 1);
  option.set("OPTION_ID", own_id).set("NAME", name).set("VALUE", value);
  sink.set_text(option, label, "OPTION_FOREIGN");
  if (sink.was_chosen(name, value)) option.add("CHOSEN");
  return option;
}

page_model& add_option(component_sink const& sink, page_model& list, std::string const& name,
                       forms::answer_option const& option, std::string own_id = {}) {
  auto& added = add_option(sink, list, name, forms::option_field_value(option), option.label,
                           std::move(own_id));
  added.set("PREFIX", option.prefix.empty() ? "" : option.prefix + " ");
  if (option.exclusive) added.add("EXCLUSIVE");
  return added;
}

void add_other(component_sink const& sink, page_model& model, forms::link_path const& path) {
  auto const other = sink.name_of(path, field_part::other);
  model.add("OTHER")
      .set("OTHER_ID", other)
      .set("OTHER_NAME", other)
      .set("OTHER_LABEL", sink.say("form.other"))
      .set("OTHER_VALUE", sink.value_of(other));
}

/// A page without script can't take a drawn signature, so it does not offer one: the pad's script
/// shows what it can serve.
bool asks_for_drawing(forms::questionnaire const& form, forms::item const& question,
                      forms::answer_option const& option) {
  return std::ranges::any_of(form.items(), [&](forms::item const& each) {
    return each.type == item_type::attachment && is_drawn(each) &&
           std::ranges::any_of(each.enable_when, [&](forms::enable_condition const& one) {
             return one.target == question.index && forms::equals_wanted(option.value, one.answer);
           });
  });
}

page_model& add_list(page_model& model, forms::item const& item) {
  auto& list = model.add(item.repeats ? "CHECKBOXES" : "RADIOS");
  bool const beside = item.shown.horizontal_choices;
  if (beside) list.set("CLASS", item.repeats ? "intake-beside" : "govuk-radios--inline");
  return list;
}

void paint_buttons(component_sink& sink, forms::item const& item, forms::link_path const& path) {
  auto const name = sink.name_of(path);
  auto model = sink.shared(item, path);
  auto& list = add_list(model, item);
  if (item.repeats) {
    add_body_map(list, {sink.view(), item, path, sink.kit().words, sink.kit().assets});
  }
  std::vector<forms::answer_option const*> with_pad;
  for (auto const& option : forms::options_of(item)) {
    bool const needs_pad = asks_for_drawing(sink.view().form, item, option) &&
                           !sink.was_chosen(name, forms::option_field_value(option));
    if (needs_pad) {
      with_pad.push_back(&option);
    } else {
      add_option(sink, list, name, option);
    }
  }
  for (auto const* option : with_pad) {
    add_option(sink, list, name, *option, name + "-pad").add("NEEDS_PAD");
  }
  if (item.type == item_type::open_choice) add_other(sink, model, path);
  sink.add("item_choices", model);
}

void paint_select(component_sink& sink, forms::item const& item, forms::link_path const& path) {
  auto model = sink.shared(item, path);
  model.set("CHOOSE", sink.say("form.choose"));
  for (auto const& option : forms::options_of(item)) {
    add_option(sink, model, sink.name_of(path), option);
  }
  sink.add("item_select", model);
}

/// Whether every word that was typed is in one of an option's names.
class search_words {
 public:
  search_words(component_sink const& sink, std::string_view typed) : sink_(sink) {
    for (auto const word : forms::insurance::split(typed, ' ')) {
      if (auto folded = forms::insurance::folded(word); !folded.empty()) {
        words_.push_back(std::move(folded));
      }
    }
  }

  bool empty() const { return words_.empty(); }

  bool find(forms::answer_option const& option) const {
    std::vector<std::string> names{std::string(option.label.in(sink_.code())), option.label.text};
    auto const* code = std::get_if<forms::coding>(&option.value);
    if (code != nullptr && sink_.kit().other_names) {
      std::ranges::copy(sink_.kit().other_names(*code), std::back_inserter(names));
    }
    return std::ranges::any_of(names, [&](std::string const& name) {
      auto const folded = forms::insurance::folded(name);
      return std::ranges::all_of(
          words_, [&](auto const& word) { return folded.find(word) != folded.npos; });
    });
  }

 private:
  component_sink const& sink_;
  std::vector<std::string> words_;
};

/// A list that is too long to read: its words are searched on the server. What is chosen stands
/// first, then what was found; a list that can be read is also there as a whole, folded up.
void paint_search(component_sink& sink, forms::item const& item, forms::link_path const& path) {
  auto const name = sink.name_of(path);
  auto const typed = sink.value_of(name + ":search");
  search_words const words(sink, typed);
  auto model = sink.shared(item, path);
  model.set("SEARCH_LABEL", sink.say("form.search_label"))
      .set("SEARCH_VALUE", typed)
      .set("SEARCH", sink.say("insurance.search_button"));
  page_model found;
  page_model rest;
  std::size_t hits = 0;
  for (auto const& option : forms::options_of(item)) {
    bool const chosen = sink.was_chosen(name, forms::option_field_value(option));
    bool const hit = !words.empty() && words.find(option);
    if (hit) ++hits;
    bool const shown = chosen || (hit && hits <= found_max);
    auto const id = name + (shown ? "-found-" : "-all-");
    auto& list = shown ? found : rest;
    add_option(sink, list, name, option, id + std::to_string(list.count("OPTION") + 1));
  }
  auto const* const kind = item.repeats ? "CHECKBOXES" : "RADIOS";
  if (!words.empty()) {
    auto const* const key = hits == 0          ? "form.search_nothing"
                            : hits > found_max ? "form.search_many"
                                               : "form.search_found";
    model.add("SAID").set("SAID_TEXT", sink.say(key));
  }
  if (found.count("OPTION") > 0) model.add("FOUND").add(kind) = std::move(found);
  if (rest.count("OPTION") > 0 && forms::options_of(item).size() <= list_max) {
    auto& all = model.add("ALL");
    all.set("ALL_TITLE", sink.say("map.list")).add(kind) = std::move(rest);
  }
  if (item.type == item_type::open_choice) add_other(sink, model, path);
  sink.add("item_search", model);
}

std::optional<std::int64_t> whole(forms::answer_value const& value) {
  auto const* number = std::get_if<std::int32_t>(&value);
  return number != nullptr ? std::optional<std::int64_t>(*number) : std::nullopt;
}

}  // namespace

std::vector<std::string> scale_of(forms::item const& item) {
  auto const least = whole(item.limits.value_min);
  auto const most = whole(item.limits.value_max);
  if (item.type != item_type::integer || !least || !most || *least >= *most) return {};
  std::int64_t step = 1;
  auto const& written = item.shown.slider_step;
  std::from_chars(written.data(), written.data() + written.size(), step);
  bool const is_scale = item.shown.control == item_control::slider || (*least == 0 && *most == 10);
  if (!is_scale || step < 1 || (*most - *least) / step >= scale_keys_max) return {};
  std::vector<std::string> keys;
  for (auto at = *least; at <= *most; at += step) keys.push_back(std::to_string(at));
  return keys;
}

void paint_scale(component_sink& sink, forms::item const& item, forms::link_path const& path) {
  auto const name = sink.name_of(path);
  auto const keys = scale_of(item);
  auto model = sink.shared(item, path);
  auto const lower = sink.text_beside(item, item_control::lower);
  auto const upper = sink.text_beside(item, item_control::upper);
  bool const usual = keys.front() == "0" && keys.back() == "10";
  if (usual || !lower.empty() || !upper.empty()) {
    auto const id = name + "-ends";
    auto& ends = model.add("ENDS").set("ENDS_ID", id);
    ends.set("LOWER", lower.empty() ? sink.say("form.scale_ends") : keys.front() + ": " + lower);
    if (!upper.empty()) ends.set("UPPER", keys.back() + ": " + upper);
    component_sink::describe(model, id);
  }
  auto& list = model.add("RADIOS");
  list.set("CLASS", "intake-scale");
  for (auto const& key : keys) add_option(sink, list, name, key, plain(key));
  sink.add("item_choices", model);
}

void paint_yes_no(component_sink& sink, forms::item const& item, forms::link_path const& path) {
  auto const name = sink.name_of(path);
  auto model = sink.shared(item, path);
  bool const one_box = item.shown.control == item_control::check_box;
  auto& list = model.add(one_box ? "CHECKBOXES" : "RADIOS");
  add_option(sink, list, name, "true", plain(sink.say("form.yes")));
  if (!one_box) add_option(sink, list, name, "false", plain(sink.say("form.no")));
  sink.add("item_choices", model);
}

/// How many options are shown at once.
std::size_t shown_max(item_control control) {
  switch (control) {
    case item_control::autocomplete:
    case item_control::lookup:
      return radios_max;
    case item_control::check_box:
    case item_control::drop_down:
    case item_control::radio_button:
      return asked_list_max;
    default:
      return list_max;
  }
}

void paint_choice(component_sink& sink, forms::item const& item, forms::link_path const& path) {
  auto const count = forms::options_of(item).size();
  auto const control = item.shown.control;
  if (count > shown_max(control)) return paint_search(sink, item, path);
  bool const one_of = !item.repeats && item.type != item_type::open_choice;
  bool const listed = count > radios_max
                          ? control != item_control::radio_button
                          : control == item_control::drop_down && count > buttons_max;
  if (one_of && listed) return paint_select(sink, item, path);
  paint_buttons(sink, item, path);
}

}  // namespace intake::service::patients

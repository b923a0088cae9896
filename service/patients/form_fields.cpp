// Which component paints an item, and those that are one field or a few.
#include "forms/from_fields.hpp"
#include "service/attachments.hpp"
#include "service/limits.hpp"
#include "service/patients/answer_words.hpp"
#include "service/patients/components.hpp"
#include "service/patients/file_words.hpp"

#include <algorithm>

namespace intake::service::patients {
namespace {

using forms::field_part;
using forms::item_control;
using forms::item_type;

/// What a telephone's keyboard should look like, by what the form says may be filled in by itself
/// (HTML autofill tokens).
struct keyboard {
  std::string_view autocomplete;
  std::string_view mode;
};
constexpr keyboard keyboards[] = {{"tel", "tel"},
                                  {"tel-national", "tel"},
                                  {"email", "email"},
                                  {"postal-code", "numeric"},
                                  {"url", "url"}};

std::string_view input_mode(forms::item const& item) {
  if (item.type == item_type::integer) return "numeric";
  if (item.type == item_type::decimal || item.type == item_type::quantity) return "decimal";
  if (item.type == item_type::url) return "url";
  auto const found = std::ranges::find(keyboards, item.shown.autocomplete, &keyboard::autocomplete);
  return found == std::end(keyboards) ? std::string_view{} : found->mode;
}

bool is_number(forms::item const& item) {
  return item.type == item_type::integer || item.type == item_type::decimal ||
         item.type == item_type::quantity;
}

void add_ends(component_sink& sink, page_model& model, forms::item const& item) {
  auto const lower = sink.text_beside(item, item_control::lower);
  auto const upper = sink.text_beside(item, item_control::upper);
  if (lower.empty() && upper.empty()) return;
  auto const id = model.values.front().second + "-ends";
  model.add("ENDS").set("ENDS_ID", id).set("LOWER", lower).set("UPPER", upper);
  component_sink::describe(model, id);
}

void paint_input(component_sink& sink, forms::item const& item, forms::link_path const& path) {
  auto model = sink.shared(item, path);
  model.set("VALUE", sink.value_of(sink.name_of(path)))
      .set("INPUT_MODE", std::string(input_mode(item)))
      .set("AUTOCOMPLETE", item.shown.autocomplete);
  if (is_number(item) || item.type == item_type::time) model.set("CLASS", "govuk-input--width-5");
  if (item.type == item_type::time) {
    auto const id = sink.name_of(path) + "-hint-time";
    model.add("HINT").set("HINT_ID", id).set("HINT_TEXT", sink.say("form.time_hint"));
    component_sink::describe(model, id);
  }
  if (auto const unit = sink.text_beside(item, item_control::unit); !unit.empty()) {
    model.add("UNIT").set("UNIT_TEXT", unit);
  }
  add_ends(sink, model, item);
  sink.add("item_input", model);
}

/// A number with its unit: one is said, several are chosen from, none is written.
void paint_quantity(component_sink& sink, forms::item const& item, forms::link_path const& path) {
  auto model = sink.shared(item, path);
  auto const unit_name = sink.name_of(path, field_part::unit);
  model.set("VALUE", sink.value_of(sink.name_of(path)));
  auto const& units = item.limits.units;
  auto const typed = sink.value_of(unit_name);
  auto const words_of = [](forms::coding const& unit) {
    return unit.display.empty() ? unit.code : unit.display;
  };
  if (units.size() == 1) {
    model.add("UNIT").set("UNIT_TEXT", words_of(units.front()));
  } else if (units.empty()) {
    model.add("UNIT_FIELD")
        .set("UNIT_ID", unit_name)
        .set("UNIT_LABEL", sink.say("form.unit"))
        .set("UNIT_VALUE", typed);
  } else {
    auto& list = model.add("UNIT_LIST");
    list.set("UNIT_ID", unit_name).set("UNIT_LABEL", sink.say("form.unit"));
    list.set("CHOOSE", sink.say("form.choose"));
    for (auto const& unit : units) {
      auto& option = list.add("OPTION").set("VALUE", unit.code).set("LABEL", words_of(unit));
      if (typed == unit.code || typed == unit.display) option.add("CHOSEN");
    }
  }
  sink.add("item_quantity", model);
}

void paint_textarea(component_sink& sink, forms::item const& item, forms::link_path const& path) {
  auto model = sink.shared(item, path);
  model.set("VALUE", sink.value_of(sink.name_of(path)));
  sink.add("item_textarea", model);
}

struct part_row {
  field_part part;
  std::string_view label;
  std::string_view css;
};
constexpr part_row month_first[] = {{field_part::month, "form.month", "govuk-input--width-5"},
                                    {field_part::day, "form.day", "govuk-input--width-2"},
                                    {field_part::year, "form.year", "govuk-input--width-4"}};
constexpr part_row day_first[] = {{field_part::day, "form.day", "govuk-input--width-2"},
                                  {field_part::month, "form.month", "govuk-input--width-5"},
                                  {field_part::year, "form.year", "govuk-input--width-4"}};

/// entryFormat says which parts a date has: "YYYY-MM" has no day.
bool asks_for(forms::item const& item, field_part part) {
  auto const& format = item.shown.entry_format;
  auto const has = [&](std::string_view letters) {
    return format.find_first_of(letters) != format.npos;
  };
  if (format.empty() || part == field_part::year) return true;
  return part == field_part::day ? has("dD") : has("mM") || has("dD");
}

void paint_date(component_sink& sink, forms::item const& item, forms::link_path const& path) {
  auto model = sink.shared(item, path);
  auto const add_part = [&](field_part part, std::string_view label, std::string_view css) {
    auto const name = sink.name_of(path, part);
    bool const is_first = model.count("PART") == 0;
    auto& field = model.add("PART");
    field.set("PART_ID", is_first ? sink.name_of(path) : name)
        .set("NAME", name)
        .set("LABEL", sink.say(label))
        .set("CLASS", std::string(css))
        .set("VALUE", sink.value_of(name));
    if (part != field_part::month && part != field_part::time) field.set("INPUT_MODE", "numeric");
    // A birth date is the one date that a telephone knows: bday-day, bday-month, bday-year.
    if (item.shown.autocomplete == "bday") {
      field.set("AUTOCOMPLETE", "bday-" + name.substr(name.rfind(':') + 1));
    }
  };
  for (auto const& [part, label, css] :
       sink.view().spoken == language::en ? month_first : day_first) {
    if (asks_for(item, part)) add_part(part, label, css);
  }
  if (item.type == item_type::date_time) {
    add_part(field_part::time, "form.time", "govuk-input--width-5");
  }
  sink.add("item_date", model);
}

/// What is not asked for any more is not carried on: without script nobody could take it back.
void paint_signature(component_sink& sink, forms::item const& item, forms::link_path const& path,
                     bool applies) {
  auto model = sink.shared(item, path);
  model.set("VALUE", applies ? sink.value_of(sink.name_of(path)) : "")
      .set("PAD_HINT", sink.say("pad.hint"))
      .set("UNDO", sink.say("pad.undo"))
      .set("CLEAR", sink.say("pad.clear"))
      .set("SCRIPT_URL", sink.kit().assets.url("signature.js"));
  sink.add("item_signature", model);
}

bool is_attached(component_sink const& sink, forms::link_path const& path) {
  return forms::names_held(sink.value_of(sink.name_of(path)));
}

void paint_one_file(component_sink& sink, forms::item const& item, forms::link_path const& path) {
  auto model = sink.shared(item, path);
  auto const name = sink.name_of(path);
  bool const attached = is_attached(sink, path);
  if (attached) {
    auto const held = sink.value_of(name);
    model.add("ATTACHED")
        .set("NAME", name)
        .set("HELD_ID", name + "-attached")
        .set("HELD", held)
        .set("ATTACHED_TEXT", attached_words(sink.kit().words, sink.view().spoken,
                                             forms::find_held(sink.held(), held)))
        .set("REMOVE", sink.say("form.remove"));
  }
  auto kinds = sink.say(attached ? "form.file_replaces" : "form.file_kinds");
  bool const was_lost =
      sink.view().files == form_view::files_are::lost && !sink.view().typed.empty();
  if (was_lost) kinds = sink.say("form.file_again") + " " + kinds;
  model.set("KINDS", kinds)
      .set("ACCEPT", accepted_types(item))
      .set("SIDE_MAX", std::to_string(picture_side_max));
  component_sink::describe(model, name + "-kinds");
  sink.add("item_file", model);
}

/// One place for each file that is attached, and one more where several may be.
void paint_files(component_sink& sink, forms::item const& item, forms::link_path path) {
  sink.sends_files = true;
  while (item.repeats && is_attached(sink, path)) {
    paint_one_file(sink, item, path);
    ++path.back().repetition;
  }
  paint_one_file(sink, item, path);
}

/// What nobody may change is said, not asked.
void paint_shown(component_sink& sink, forms::item const& item, forms::link_path const& path,
                 forms::answered_item const* given) {
  if (given == nullptr || given->answers.empty()) return;
  std::string words;
  for (auto const& each : given->answers) {
    words += (words.empty() ? "" : ", ") +
             answer_words(item, each.value, sink.view().spoken, sink.kit().words);
  }
  page_model model;
  sink.set_text(model, item.text);
  model.set("ID", sink.name_of(path)).set("ANSWER", words);
  sink.mark_live(model, item, path);
  sink.add("item_shown", model);
}

void paint_once(component_sink& sink, forms::item const& item, forms::link_path const& path) {
  switch (item.type) {
    case item_type::date:
    case item_type::date_time:
      return paint_date(sink, item, path);
    case item_type::text:
      return paint_textarea(sink, item, path);
    case item_type::quantity:
      return paint_quantity(sink, item, path);
    default:
      return paint_input(sink, item, path);
  }
}

}  // namespace

void paint_item(component_sink& sink, forms::item const& item, forms::link_path const& path,
                bool applies, forms::answered_item const* given) {
  if (item.type == item_type::display) return paint_display(sink, item, path, true);
  if (item.read_only || forms::is_calculated(item)) return paint_shown(sink, item, path, given);
  if (item.type == item_type::attachment) {
    return is_drawn(item) ? paint_signature(sink, item, path, applies)
                          : paint_files(sink, item, path);
  }
  if (item.type == item_type::boolean) return paint_yes_no(sink, item, path);
  if (forms::has_options(item) && !forms::options_of(item).empty()) {
    return paint_choice(sink, item, path);
  }
  if (!scale_of(item).empty()) return paint_scale(sink, item, path);
  auto here = path;
  auto const most = item.repeats ? item.limits.occurs_max.value_or(1'000) : 1;
  while (here.back().repetition + 1 < most && sink.was_typed(here)) {
    paint_once(sink, item, here);
    ++here.back().repetition;
  }
  paint_once(sink, item, here);
}

void paint_display(component_sink& sink, forms::item const& item, forms::link_path const& path,
                   bool applies) {
  page_model model;
  sink.set_text(model, item.text);
  sink.mark_live(model, item, path);
  if (!item.enable_when.empty()) model.add("URGENT");
  if (!applies) model.add("NOT_YET");
  if (item.shown.support_link.starts_with("https://")) {
    model.add("LINK")
        .set("URL", item.shown.support_link)
        .set("LINK_TEXT", sink.say("form.read_more"));
  }
  sink.add("item_note", model);
}

}  // namespace intake::service::patients

#include "service/patients/form_fields.hpp"

#include "forms/compare.hpp"
#include "forms/from_fields.hpp"
#include "service/attachments.hpp"
#include "service/limits.hpp"
#include "service/patients/body_map.hpp"
#include "service/patients/file_words.hpp"
#include "service/patients/live_rules.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

namespace intake::service::patients {
namespace {

using forms::field_part;
using forms::item_type;

/// Past this a list is quicker to use than a wall of buttons.
constexpr std::size_t radios_max = 12;

}  // namespace

struct field_painter::impl {
  impl(page_model& page, form_view const& view, texts const& words, asset_store const& assets)
      : page_(page), view_(view), words_(words), assets_(assets) {
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

  std::string say(std::string_view key) const { return words_.say(view_.spoken, key); }
  std::string_view code() const { return tag(view_.spoken); }

  void add_summary() {
    if (wrong_.empty()) return;
    auto& block = page_.add("PROBLEMS");
    block.set("PROBLEMS_TITLE", say("form.problems"));
    if (view_.page == nullptr) block.add("NOT_SENT").set("TEXT", say("form.not_sent"));
    for (auto const& each : view_.problems) {
      if (each.severity != forms::problem_severity::error) continue;
      auto& line = block.add("PROBLEM");
      line.set("TARGET", each.link_path.empty() ? "main" : each.link_path);
      line.set("SENTENCE", label_of(each) + forms::sentence(each, code()));
    }
  }

  std::string label_of(forms::problem const& p) const {
    auto const path = forms::read_link_path(view_.form, p.link_path);
    if (!path || path->empty()) return {};
    return std::string(forms::text_in(view_.form.at(path->back().item), code())) + ": ";
  }

  void paint_item(forms::item const& item, forms::link_path const& path, bool applies) {
    switch (item.type) {
      case item_type::display:
        return mark_live(add_note(std::string(forms::text_in(item, code()))), item, path);
      case item_type::attachment:
        return is_drawn(item) ? add_signature(item, path, applies) : add_file(item, path);
      case item_type::reference:
        mark_live(add_note(std::string(forms::text_in(item, code()))), item, path);
        return mark_live(add_note(say("form.no_upload")), item, path);
      case item_type::boolean:
        return add_yes_no(item, path);
      case item_type::date:
        return add_date(item, path);
      case item_type::date_time:
        add_date(item, path);
        return add_input(item, path, field_part::time);
      case item_type::text:
        return add_textarea(item, path);
      case item_type::integer:
        if (is_scale(item)) return add_scale(item, path);
        break;
      default:
        break;
    }
    if (forms::has_options(item) && !forms::options_of(item).empty()) return add_choice(item, path);
    add_input(item, path, field_part::value);
    if (item.type == item_type::quantity) add_input(item, path, field_part::unit);
  }

  page_model& add_note(std::string text) {
    return page_.add("ITEM").add("NOTE").set("TEXT", std::move(text));
  }

  /// For the script that shows what applies.
  void mark_live(page_model& model, forms::item const& item, forms::link_path const& path) const {
    if (!comes_and_goes(view_.form, item)) return;
    model.add("LIVE").set("PATH", forms::write_link_path(view_.form, path));
  }

  static std::optional<std::int32_t> whole(forms::answer_value const& value) {
    auto const* number = std::get_if<std::int32_t>(&value);
    return number != nullptr ? std::optional(*number) : std::nullopt;
  }

  static bool is_scale(forms::item const& item) {
    return item.type == item_type::integer && whole(item.limits.value_min) == 0 &&
           whole(item.limits.value_max) == 10;
  }

  std::string name_of(forms::link_path const& path, field_part part = field_part::value) const {
    return forms::field_name(view_.form, path, part);
  }

  std::string value_of(std::string const& name) const {
    auto const found = typed_.find(name);
    return found == typed_.end() ? std::string() : found->second.front();
  }

  bool was_chosen(std::string const& name, std::string const& value) const {
    auto const found = typed_.find(name);
    return found != typed_.end() && std::ranges::find(found->second, value) != found->second.end();
  }

  /// What all components share: label, hint from a help item below, error, "(optional)".
  page_model& component(std::string const& kind, forms::item const& item,
                        forms::link_path const& path) {
    auto& model = page_.add("ITEM").add(kind);
    auto const name = name_of(path);
    model.set("ID", name)
        .set("NAME", name)
        .set("TEXT", below_ + std::string(forms::text_in(item, code())));
    if (!item.required) {
      model.set("OPTIONAL", say("form.optional"));
    } else if (!item.enable_when.empty()) {
      model.add("IF_APPLIES").set("TEXT", say("form.if_applies"));
    }
    std::string described;
    if (auto const hint = text_beside(item, forms::item_control::help); !hint.empty()) {
      model.add("HINT").set("HINT_TEXT", hint);
      described = name + "-hint";
    }
    if (auto const found = wrong_.find(forms::write_link_path(view_.form, path));
        found != wrong_.end()) {
      model.set("GROUP_CLASS", "govuk-form-group--error");
      model.add("ERROR")
          .set("ERROR_WORD", say("form.error"))
          .set("ERROR_TEXT", forms::sentence(*found->second, code()));
      described += (described.empty() ? "" : " ") + name + "-error";
    }
    mark_live(model, item, path);
    if (kind == "FILE") described += (described.empty() ? "" : " ") + name + "-kinds";
    if (is_scale(item)) described += (described.empty() ? "" : " ") + name + "-ends";
    if (!described.empty()) model.add("DESCRIBED").set("BY", described);
    return model;
  }

  /// What a display item below a question says of it: a hint, or an end of its scale.
  std::string text_beside(forms::item const& item, forms::item_control which) const {
    std::string text;
    for (auto const index : item.children) {
      auto const& below = view_.form.at(index);
      if (below.type != item_type::display || below.shown.control != which) continue;
      text += (text.empty() ? "" : " ") + std::string(forms::text_in(below, code()));
    }
    return text;
  }

  void add_input(forms::item const& item, forms::link_path const& path, field_part part) {
    auto& model = component("INPUT", item, path);
    auto const name = name_of(path, part);
    model.set("ID", name).set("NAME", name).set("VALUE", value_of(name)).set("TYPE", "text");
    bool const number = item.type == item_type::integer || item.type == item_type::decimal ||
                        (item.type == item_type::quantity && part == field_part::value);
    if (number) {
      model.set("INPUT_MODE", item.type == item_type::integer ? "numeric" : "decimal");
      model.set("CLASS", "govuk-input--width-5");
    }
    model.set("AUTOCOMPLETE", item.shown.autocomplete);
  }

  /// One place for each file that is attached, and one more where several may be.
  void add_file(forms::item const& item, forms::link_path path) {
    if (page_.count("FILES") == 0) page_.add("FILES");
    while (item.repeats && is_attached(path)) {
      add_one_file(item, path);
      ++path.back().repetition;
    }
    add_one_file(item, path);
  }

  bool is_attached(forms::link_path const& path) const {
    return forms::names_held(value_of(name_of(path)));
  }

  void add_one_file(forms::item const& item, forms::link_path const& path) {
    auto& model = component("FILE", item, path);
    auto const name = name_of(path);
    bool const attached = is_attached(path);
    if (attached) {
      model.add("ATTACHED")
          .set("NAME", name)
          .set("HELD_ID", name + "-attached")
          .set("HELD", value_of(name))
          .set("ATTACHED_TEXT",
               attached_words(words_, view_.spoken, forms::find_held(held_, value_of(name))))
          .set("REMOVE", say("form.remove"));
    }
    auto kinds = say(attached ? "form.file_replaces" : "form.file_kinds");
    bool const was_lost = view_.page == nullptr && !view_.typed.empty();
    if (was_lost) kinds = say("form.file_again") + " " + kinds;
    model.set("KINDS", kinds)
        .set("ACCEPT", accepted_types(item))
        .set("SIDE_MAX", std::to_string(picture_side_max));
  }

  void add_textarea(forms::item const& item, forms::link_path const& path) {
    auto& model = component("TEXTAREA", item, path);
    model.set("VALUE", value_of(name_of(path)));
  }

  page_model& add_option(page_model& list, std::string const& name, std::string const& value,
                         std::string const& label, std::string own_id = {}) {
    // The first one bears the question's own name: there the summary's link leads.
    auto const at = list.count("OPTION");
    auto& option = list.add("OPTION");
    if (own_id.empty()) own_id = at == 0 ? name : name + "-" + std::to_string(at + 1);
    option.set("OPTION_ID", own_id).set("NAME", name).set("VALUE", value).set("LABEL", label);
    if (was_chosen(name, value)) option.add("CHOSEN");
    return option;
  }

  void add_yes_no(forms::item const& item, forms::link_path const& path) {
    auto const name = name_of(path);
    auto& list = component("CHOICES", item, path).add("RADIOS");
    add_option(list, name, "true", say("form.yes"));
    add_option(list, name, "false", say("form.no"));
  }

  void add_scale(forms::item const& item, forms::link_path const& path) {
    auto const name = name_of(path);
    auto& model = component("CHOICES", item, path);
    auto const lower = text_beside(item, forms::item_control::lower);
    auto const upper = text_beside(item, forms::item_control::upper);
    auto& ends = model.add("ENDS");
    ends.set("LOWER", lower.empty() ? say("form.scale_ends") : "0: " + lower);
    if (!upper.empty()) ends.set("UPPER", "10: " + upper);
    auto& list = model.add("RADIOS");
    list.set("CLASS", "intake-scale");
    for (int i = 0; i <= 10; ++i) add_option(list, name, std::to_string(i), std::to_string(i));
  }

  void add_choice(forms::item const& item, forms::link_path const& path) {
    auto const name = name_of(path);
    auto const& options = forms::options_of(item);
    bool const open = item.type == item_type::open_choice;
    if (!item.repeats && !open && options.size() > radios_max) return add_select(item, path);
    auto& model = component("CHOICES", item, path);
    auto& list = model.add(item.repeats ? "CHECKBOXES" : "RADIOS");
    if (item.repeats) add_body_map(list, {view_, item, path, words_, assets_});
    std::vector<forms::answer_option const*> with_pad;
    for (auto const& option : options) {
      auto const value = forms::option_field_value(option);
      if (asks_for_drawing(item, option) && !was_chosen(name, value)) {
        with_pad.push_back(&option);
      } else {
        add_option(list, name, value, std::string(option.label.in(code())));
      }
    }
    for (auto const* option : with_pad) {
      add_option(list, name, forms::option_field_value(*option),
                 std::string(option->label.in(code())), name + "-pad")
          .add("NEEDS_PAD");
    }
    if (!open) return;
    auto const other = name_of(path, field_part::other);
    model.add("OTHER")
        .set("OTHER_ID", other)
        .set("OTHER_NAME", other)
        .set("OTHER_LABEL", say("form.other"))
        .set("OTHER_VALUE", value_of(other));
  }

  /// What is not asked for any more is not carried on: without script nobody could take it back.
  void add_signature(forms::item const& item, forms::link_path const& path, bool applies) {
    auto& model = component("SIGNATURE", item, path);
    model.set("VALUE", applies ? value_of(name_of(path)) : "")
        .set("PAD_HINT", say("pad.hint"))
        .set("UNDO", say("pad.undo"))
        .set("CLEAR", say("pad.clear"))
        .set("SCRIPT_URL", assets_.url("signature.js"));
  }

  /// A page without script can't take a drawn signature, so it does not offer one: the pad's script
  /// shows what it can serve.
  bool asks_for_drawing(forms::item const& question, forms::answer_option const& option) const {
    return std::ranges::any_of(view_.form.items(), [&](forms::item const& each) {
      return each.type == item_type::attachment && is_drawn(each) &&
             std::ranges::any_of(each.enable_when, [&](forms::enable_condition const& one) {
               return one.target == question.index &&
                      forms::equals_wanted(option.value, one.answer);
             });
    });
  }

  void add_select(forms::item const& item, forms::link_path const& path) {
    auto& model = component("SELECT", item, path);
    model.set("CHOOSE", say("form.choose"));
    for (auto const& option : forms::options_of(item)) {
      add_option(model, name_of(path), forms::option_field_value(option),
                 std::string(option.label.in(code())));
    }
  }

  void add_date(forms::item const& item, forms::link_path const& path) {
    struct part_row {
      field_part part;
      std::string_view label;
      std::string_view css;
    };
    // The order in which people of each language write a date.
    static constexpr part_row month_first[] = {
        {field_part::month, "form.month", "govuk-input--width-5"},
        {field_part::day, "form.day", "govuk-input--width-2"},
        {field_part::year, "form.year", "govuk-input--width-4"}};
    static constexpr part_row day_first[] = {
        {field_part::day, "form.day", "govuk-input--width-2"},
        {field_part::month, "form.month", "govuk-input--width-5"},
        {field_part::year, "form.year", "govuk-input--width-4"}};
    auto& model = component("DATE", item, path);
    for (auto const& [part, label, css] : view_.spoken == language::en ? month_first : day_first) {
      auto const name = name_of(path, part);
      bool const is_first = model.count("PART") == 0;
      auto& field = model.add("PART");
      field.set("PART_ID", is_first ? name_of(path) : name)
          .set("NAME", name)
          .set("LABEL", say(label))
          .set("CLASS", std::string(css));
      field.set("VALUE", value_of(name));
      if (part != field_part::month) field.set("INPUT_MODE", "numeric");
    }
  }

  page_model& page_;
  form_view const& view_;
  texts const& words_;
  asset_store const& assets_;
  /// The answer that the question being painted stands below, with a colon.
  std::string below_;
  std::map<std::string, std::vector<std::string>, std::less<>> typed_;
  std::map<std::string, forms::problem const*, std::less<>> wrong_;
  /// The files that fields may name.
  std::vector<forms::attachment> held_;
};

field_painter::field_painter(page_model& page, form_view const& view, texts const& words,
                             asset_store const& assets)
    : impl_(std::make_unique<impl>(page, view, words, assets)) {}

field_painter::~field_painter() = default;

void field_painter::add_summary() {
  impl_->add_summary();
}

void field_painter::add_note(std::string text) {
  impl_->add_note(std::move(text));
}

void field_painter::paint_display(forms::item const& item, forms::link_path const& path,
                                  bool applies) {
  auto& note = impl_->add_note(std::string(forms::text_in(item, impl_->code())));
  impl_->mark_live(note, item, path);
  if (!item.enable_when.empty()) note.add("URGENT");
  if (!applies) note.add("NOT_YET");
}

void field_painter::mark_live(page_model& model, forms::item const& item,
                              forms::link_path const& path) const {
  impl_->mark_live(model, item, path);
}

void field_painter::paint_item(forms::item const& item, forms::link_path const& path, bool applies,
                               std::string below) {
  impl_->below_ = below.empty() ? std::string() : below + ": ";
  impl_->paint_item(item, path, applies);
}

}  // namespace intake::service::patients

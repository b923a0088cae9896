#include "forms/compare.hpp"
#include "forms/from_fields.hpp"

#include <utility>

#include <fmt/format.h>

namespace intake::forms {
namespace {

/// Writes answers back into fields, with the path to where the walk is.
class field_writer {
 public:
  explicit field_writer(questionnaire const& form) : form_{form} {}

  void items(std::vector<answered_item> const& siblings) {
    item_index previous = no_item;
    std::uint32_t repetition = 0;
    for (auto const& one : siblings) {
      repetition = one.item == previous ? repetition + 1 : 0;
      previous = one.item;
      path_.push_back({one.item, repetition});
      answers_of(form_.at(one.item), one);
      items(one.items);
      path_.pop_back();
    }
  }

  std::vector<named_value> take() && { return std::move(fields_); }

 private:
  void answers_of(item const& question, answered_item const& one) {
    for (auto const& given : one.answers) {
      value(question, given.value);
      items(given.items);
      ++path_.back().repetition;
    }
  }

  void add(field_part part, std::string value) {
    if (!value.empty()) fields_.push_back({field_name(form_, path_, part), std::move(value)});
  }

  void value(item const& question, answer_value const& given) {
    if (has_options(question)) {
      choice(question, given);
    } else if (auto const* date = std::get_if<fhir_date>(&given)) {
      date_parts(date->text);
    } else if (auto const* instant = std::get_if<fhir_date_time>(&given)) {
      date_time_parts(instant->text);
    } else if (auto const* amount = std::get_if<quantity>(&given)) {
      add(field_part::value, amount->comparator + amount->value);
      add(field_part::unit, amount->code.empty() ? amount->unit : amount->code);
    } else if (auto const* file = std::get_if<attachment>(&given)) {
      if (is_held(*file)) return add(field_part::value, held_field(*file));
      // RFC 2397. Strokes lie in a field of the page; other files can't be put into one.
      if (question.shown.component != "signature" || file->data.empty()) return;
      add(field_part::value, "data:" + file->content_type + ";base64," + file->data);
    } else {
      add(field_part::value, plain_text(given));
    }
  }

  // Check boxes share one name; only where something is nested below a choice must it be told
  // apart.
  void choice(item const& question, answer_value const& given) {
    auto const repetition = path_.back().repetition;
    if (question.children.empty()) path_.back().repetition = 0;
    write_choice(question, given);
    path_.back().repetition = repetition;
  }

  void write_choice(item const& question, answer_value const& given) {
    for (auto const& option : options_of(question)) {
      if (same_choice(option.value, given))
        return add(field_part::value, option_field_value(option));
    }
    if (options_of(question).empty()) return add(field_part::value, plain_text(given));
    add(field_part::value, std::string{other_choice});
    add(field_part::other, plain_text(given));
  }

  // Without leading zeros, as people write them.
  static std::string plain_part(std::string_view digits) {
    if (digits.starts_with('0')) digits.remove_prefix(1);
    return std::string{digits};
  }

  void date_parts(std::string_view text) {
    add(field_part::year, std::string{text.substr(0, 4)});
    if (text.size() >= 7) add(field_part::month, plain_part(text.substr(5, 2)));
    if (text.size() >= 10) add(field_part::day, plain_part(text.substr(8, 2)));
  }

  void date_time_parts(std::string_view text) {
    auto const t = text.find('T');
    date_parts(text.substr(0, t));
    if (t == std::string_view::npos) return;
    auto const rest = text.substr(t + 1);
    auto const zone = rest.find_first_of("Z+-");
    add(field_part::time, std::string{rest.substr(0, zone)});
    if (zone != std::string_view::npos) add(field_part::zone, std::string{rest.substr(zone)});
  }

  questionnaire const& form_;
  link_path path_;
  std::vector<named_value> fields_;
};

}  // namespace

std::vector<named_value> to_fields(questionnaire const& form, answers const& all) {
  field_writer writer{form};
  writer.items(all.items);
  return std::move(writer).take();
}

}  // namespace intake::forms

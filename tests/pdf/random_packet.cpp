#include "tests/pdf/random_packet.hpp"

#include "pdf/answer_text.hpp"

#include <fmt/format.h>

namespace intake::pdf::sample {
namespace {

using forms::item_type;

constexpr item_type question_types[] = {
    item_type::boolean,   item_type::decimal, item_type::integer,     item_type::date,
    item_type::date_time, item_type::time,    item_type::string,      item_type::text,
    item_type::url,       item_type::choice,  item_type::open_choice, item_type::attachment,
    item_type::reference, item_type::quantity};

/// Makes items in form order, parents first.
class form_maker {
 public:
  explicit form_maker(random_texts& texts) : texts_(texts) {}

  forms::questionnaire make(std::string title) {
    for (auto left = 1 + texts_.pick(12); left > 0; --left) add(forms::no_item, 0);
    forms::form_header header;
    header.url = "https://clinic.example/random";
    header.version = "1";
    header.title.text = std::move(title);
    return {std::move(header), std::move(items_)};
  }

 private:
  void add(forms::item_index parent, unsigned depth) {
    auto const index = static_cast<forms::item_index>(items_.size());
    items_.emplace_back();
    describe(items_.back(), index, parent, depth);
    if (parent != forms::no_item) items_[parent].children.push_back(index);
    auto const type = items_[index].type;
    auto const below = type == item_type::group ? 1 + texts_.pick(4) : texts_.one_in(6) ? 1 : 0;
    if (depth < 3 && type != item_type::display) {
      for (auto left = below; left > 0; --left) add(index, depth + 1);
    }
    items_[index].end = static_cast<forms::item_index>(items_.size());
  }

  void describe(forms::item& made, forms::item_index index, forms::item_index parent,
                unsigned depth) {
    made.index = index;
    made.parent = parent;
    made.depth = depth;
    made.link_id = fmt::format("q{}", index);
    made.type = type_at(depth);
    made.text.text = texts_.words(12);
    made.text.translations.push_back({"ht", texts_.words(12), "", ""});
    made.repeats = made.type != item_type::display && texts_.one_in(3);
    if (made.type == item_type::choice || made.type == item_type::open_choice) add_options(made);
  }

  item_type type_at(unsigned depth) {
    if (depth < 2 && texts_.one_in(3)) return item_type::group;
    if (texts_.one_in(15)) return item_type::display;
    return question_types[texts_.pick(static_cast<unsigned>(std::size(question_types)))];
  }

  void add_options(forms::item& made) {
    for (auto at = 0U; at < 4; ++at) {
      forms::answer_option option;
      option.value = forms::coding{"urn:x", "", fmt::format("o{}", at), ""};
      option.label.text = texts_.words(5);
      made.options.push_back(std::move(option));
    }
  }

  random_texts& texts_;
  std::vector<forms::item> items_;
};

/// Walks a form and answers most of it.
class answer_maker {
 public:
  answer_maker(random_packet& into, random_texts& texts) : into_(into), texts_(texts) {}

  void fill(std::vector<forms::answered_item>& siblings, forms::item_index parent) {
    auto const& form = into_.forms.front();
    for (auto const index : form.children_of(parent)) {
      auto const& item = form.at(index);
      if (item.type == item_type::display || texts_.one_in(6)) continue;
      if (item.type == item_type::group) {
        group(siblings, item);
      } else {
        question(siblings, item);
      }
    }
  }

 private:
  void group(std::vector<forms::answered_item>& siblings, forms::item const& item) {
    for (auto left = item.repeats ? 1 + texts_.pick(3) : 1; left > 0; --left) {
      forms::answered_item occurrence{item.index, 0, {}, {}};
      fill(occurrence.items, item.index);
      siblings.push_back(std::move(occurrence));
    }
  }

  void question(std::vector<forms::answered_item>& siblings, forms::item const& item) {
    forms::answered_item made{item.index, 0, {}, {}};
    for (auto left = item.repeats ? 1 + texts_.pick(3) : 1; left > 0; --left) {
      forms::answer given;
      given.value = value(item);
      fill(given.items, item.index);
      made.answers.push_back(std::move(given));
    }
    siblings.push_back(std::move(made));
  }

  std::string free_text(unsigned words_most) {
    if (texts_.one_in(400)) return texts_.very_long();
    if (!texts_.one_in(12)) return texts_.words(words_most);
    into_.hostile = true;
    return texts_.hostile();
  }

  forms::answer_value value(forms::item const& item) {
    auto const was_hostile = std::exchange(into_.hostile, false);
    auto made = value_of_type(item);
    if (!into_.hostile) into_.expected.push_back(printed_value(item, made, "en", {}));
    into_.hostile |= was_hostile;
    return made;
  }

  forms::answer_value value_of_type(forms::item const& item) {
    auto const number = texts_.pick(1'000);
    switch (item.type) {
      case item_type::boolean:
        return texts_.one_in(2);
      case item_type::decimal:
        return forms::fhir_decimal{fmt::format("{}.50", number)};
      case item_type::integer:
        return static_cast<std::int32_t>(number);
      case item_type::date:
        return forms::fhir_date{
            fmt::format("19{:02}-0{}-1{}", number % 100, 1 + number % 9, number % 10)};
      case item_type::date_time:
        return forms::fhir_date_time{
            fmt::format("2026-0{}-11T0{}:30:00-05:00", 1 + number % 9, number % 10)};
      case item_type::time:
        return forms::fhir_time{fmt::format("1{}:05:00", number % 10)};
      case item_type::url:
        return forms::fhir_uri{fmt::format("https://clinic.example/{}", number)};
      case item_type::choice:
        return item.options[number % item.options.size()].value;
      case item_type::quantity:
        return forms::quantity{fmt::format("{}", number), "", "kg", "", ""};
      case item_type::attachment: {
        forms::attachment file;
        file.title = fmt::format("card-{}.png", number);
        return file;
      }
      case item_type::reference:
        return forms::reference{"", "", "", "", fmt::format("Dr. Example {}", number)};
      case item_type::text:
        return free_text(250);
      default:
        return free_text(20);
    }
  }

  random_packet& into_;
  random_texts& texts_;
};

}  // namespace

random_packet::random_packet(std::string title, random_texts& texts) {
  forms.push_back(form_maker(texts).make(std::move(title)));
  answer_maker(*this, texts).fill(given.items, intake::forms::no_item);
}

document random_packet::copy() const {
  copy_facts about;
  about.profile = copy_profile::clinical;
  about.patient_name = "Nora O’Brien-Muñoz";
  about.receipt = "7K3QX-94MZ2";
  about.patient_language = "ht";
  filled_form const filled{&forms.front(), &given};
  return form_copy({&filled, 1}, about);
}

}  // namespace intake::pdf::sample

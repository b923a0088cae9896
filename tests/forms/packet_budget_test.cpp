#include "forms/enablement.hpp"
#include "forms/json_reader.hpp"
#include "forms/response.hpp"
#include "tests/forms/packet_files.hpp"

#include <iterator>
#include <map>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

namespace intake {
namespace {

using forms::item_control;
using forms::item_type;
using forms::json_kind;
using forms::json_value;

// Lists longer than this are searched, not read.
constexpr std::size_t options_read_max = 25;

struct effort {
  std::size_t answers = 0;
  std::size_t words = 0;
  std::size_t seconds = 0;

  double minutes() const {
    return static_cast<double>(words) / 130 + static_cast<double>(seconds) / 60;
  }
  effort& operator+=(effort const& more) {
    answers += more.answers;
    words += more.words;
    seconds += more.seconds;
    return *this;
  }
};

std::size_t words_in(std::string_view text) {
  std::istringstream words{std::string{text}};
  return static_cast<std::size_t>(std::distance(std::istream_iterator<std::string>{words},
                                                std::istream_iterator<std::string>{}));
}

std::size_t seconds_for(forms::questionnaire const& form, forms::item const& item) {
  auto const* page = form.parent_of(item);
  if (item.type == item_type::attachment && page != nullptr && page->signature_required) return 60;
  switch (item.type) {
    case item_type::choice:
    case item_type::open_choice:
    case item_type::boolean:
    case item_type::integer:
      return 5;
    case item_type::text:
    case item_type::attachment:
      return 30;
    default:
      return 12;
  }
}

// What somebody who gave these answers read, and how long it took: design, minutes of a packet.
class reading {
 public:
  reading(forms::questionnaire const& form, forms::answers const& given)
      : form_{form}, enabled_{form, given} {
    page({.siblings = &given.items});
  }
  effort const& result() const { return result_; }

 private:
  void page(forms::answer_scope const& scope) {
    for (auto const index : form_.children_of(scope.owner)) {
      auto const& item = form_.at(index);
      if (item.hidden || !enabled_.is_enabled(item, scope)) continue;
      read(item);
      for (auto const& occurrence : forms::occurrences(*scope.siblings, index)) {
        if (item.type == item_type::group) {
          page({.siblings = &occurrence.items, .outer = &scope, .owner = index});
        } else if (!item.read_only && item.initial.empty()) {
          result_ += {.answers = 1, .seconds = seconds_for(form_, item)};
        }
        for (auto const& answer : occurrence.answers) {
          page({.siblings = &answer.items, .outer = &scope, .owner = index, .within = &answer});
        }
      }
    }
  }

  void read(forms::item const& item) {
    if (!read_.insert(item.index).second) return;
    result_.words += words_in(item.text.text);
    bool const searched = item.shown.control == item_control::drop_down ||
                          item.shown.control == item_control::autocomplete ||
                          options_of(item).size() > options_read_max;
    if (searched) return;
    for (auto const& option : options_of(item)) result_.words += words_in(option.label.text);
  }

  forms::questionnaire const& form_;
  forms::enablement enabled_;
  std::set<forms::item_index> read_;
  effort result_;
};

std::map<std::string_view, effort> efforts_in(json_value const& bundle) {
  std::map<std::string_view, effort> efforts;
  for (auto const& entry : *bundle.find("entry", json_kind::array)) {
    auto const& resource = *entry.find("resource", json_kind::object);
    auto const* form = tests::packet().find(resource.text_of("questionnaire"));
    auto const answered = forms::read_response(*form, resource);
    efforts[form->header().id] = reading{*form, answered.answers}.result();
  }
  return efforts;
}

double number(json_value const& object, std::string_view name) {
  return std::stod(std::string{object.find(name, json_kind::number)->text()});
}

forms::json_document read(std::string const& path) {
  return forms::read_json(tests::source_text(path)).value();
}

TEST(packet_budget, holds_for_the_typical_answers_of_each_packet) {
  auto const document = read("forms/packet/plan/packets.json");
  for (auto const& packet : *document.root().find("packets", json_kind::array)) {
    std::string const id{packet.text_of("id")};
    auto const typical = read("forms/packet/plan/typical/" + id + ".json");
    auto const efforts = efforts_in(typical.root());
    effort before_the_visit;
    for (auto const& entry : *packet.find("forms", json_kind::array)) {
      auto const found = efforts.find(entry.text_of("form"));
      bool const may_wait = entry.find("may_wait") != nullptr;
      if (found != efforts.end() && !may_wait) before_the_visit += found->second;
    }
    auto const& budget = *packet.find("budget", json_kind::object);
    EXPECT_GT(before_the_visit.answers, 0U) << id;
    EXPECT_LE(static_cast<double>(before_the_visit.answers), number(budget, "answers")) << id;
    EXPECT_LE(before_the_visit.minutes(), number(budget, "minutes"))
        << id << ": " << before_the_visit.answers << " answers, " << before_the_visit.words
        << " words";
  }
}

}  // namespace
}  // namespace intake

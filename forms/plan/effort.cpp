#include "forms/plan/effort.hpp"

#include "forms/enablement.hpp"

#include <set>

namespace intake::forms {
namespace {

// Lists longer than this are searched, not read.
constexpr std::size_t options_read_max = 25;

std::size_t words_in(std::string_view text) {
  std::size_t words = 0;
  bool inside = false;
  for (char const c : text) {
    bool const space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!space && !inside) ++words;
    inside = !space;
  }
  return words;
}

std::size_t seconds_for(questionnaire const& form, item const& question) {
  auto const* page = form.parent_of(question);
  if (question.type == item_type::attachment && page != nullptr && page->signature_required) {
    return 60;
  }
  switch (question.type) {
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

std::size_t words_of(item const& shown) {
  auto words = words_in(shown.text.text);
  bool const searched = shown.shown.control == item_control::drop_down ||
                        shown.shown.control == item_control::autocomplete ||
                        options_of(shown).size() > options_read_max;
  if (searched) return words;
  for (auto const& option : options_of(shown)) words += words_in(option.label.text);
  return words;
}

bool is_filled_in(item const& question) {
  return question.read_only || !question.initial.empty() ||
         !question.calculated_expression.text.empty();
}

effort of_answering(questionnaire const& form, item const& question) {
  if (is_filled_in(question)) return {};
  return {.answers = 1, .words = 0, .seconds = seconds_for(form, question)};
}

/// Walks the answers that are there, and reads each item once.
class reading {
 public:
  reading(questionnaire const& form, answers const& given) : form_{form}, enabled_{form, given} {
    page({.siblings = &given.items});
  }
  effort const& result() const { return result_; }

 private:
  void page(answer_scope const& scope) {
    for (auto const index : form_.children_of(scope.owner)) {
      auto const& one = form_.at(index);
      if (one.hidden || !enabled_.is_enabled(one, scope)) continue;
      if (read_.insert(index).second) result_.words += words_of(one);
      for (auto const& occurrence : occurrences(*scope.siblings, index)) {
        if (one.type == item_type::group) {
          page({.siblings = &occurrence.items, .outer = &scope, .owner = index});
        } else {
          result_ += of_answering(form_, one);
        }
        for (auto const& given : occurrence.answers) {
          page({.siblings = &given.items, .outer = &scope, .owner = index, .within = &given});
        }
      }
    }
  }

  questionnaire const& form_;
  enablement enabled_;
  std::set<item_index> read_;
  effort result_;
};

enum class way { shortest, longest };

effort along(questionnaire const& form, way taken) {
  effort result;
  auto const items = form.items();
  for (item_index i = 0; i < items.size();) {
    auto const& one = items[i];
    bool const conditional = !one.enable_when.empty() || !one.enable_when_expression.text.empty();
    bool const left_out =
        one.hidden ||
        (taken == way::shortest && (conditional || (one.type == item_type::group && one.repeats)));
    if (left_out) {
      i = one.end;
      continue;
    }
    result.words += words_of(one);
    if (is_question(one)) result += of_answering(form, one);
    // What hangs below a question's answers depends on which answer it is.
    i = taken == way::shortest && is_question(one) ? one.end : i + 1;
  }
  return result;
}

}  // namespace

effort effort_of(questionnaire const& form, answers const& given) {
  return reading{form, given}.result();
}

effort least_effort(questionnaire const& form) {
  return along(form, way::shortest);
}

effort greatest_effort(questionnaire const& form) {
  return along(form, way::longest);
}

}  // namespace intake::forms

#include "forms/read_only.hpp"

#include "forms/compare.hpp"
#include "forms/place.hpp"

#include <algorithm>
#include <utility>

namespace intake::forms {
namespace {

bool is_protected(item const& one) {
  return is_question(one) && one.read_only && !is_calculated(one);
}

std::vector<answer> initial_answers(item const& one) {
  std::vector<answer> given;
  for (auto const& value : one.initial) {
    given.push_back(
        {value, answer_origin::prefilled, static_cast<std::uint32_t>(given.size()), {}});
  }
  return given;
}

bool same_answers(std::vector<answer> const& a, std::vector<answer> const& b) {
  return std::ranges::equal(a, b, [](answer const& x, answer const& y) {
    return same_choice(x.value, y.value) || equals_wanted(x.value, y.value);
  });
}

class protector {
 public:
  explicit protector(questionnaire const& form) : form_{form}, log_{form} {}

  void scope(std::vector<answered_item>& sent, std::vector<answered_item> const& known,
             item_index owner, place const* at) {
    for (auto const index : form_.children_of(owner)) {
      auto const& one = form_.at(index);
      if (is_protected(one)) {
        put_back(one, sent, occurrences(known, index), at);
      } else if (one.type == item_type::group) {
        groups(one, sent, occurrences(known, index), at);
      }
    }
  }

  std::vector<problem> take() && { return std::move(log_).take(); }

 private:
  void put_back(item const& one, std::vector<answered_item>& sent, occurrence_range known,
                place const* at) {
    auto wanted = known.empty() ? initial_answers(one) : known.first->answers;
    auto const given = occurrences(sent, one.index);
    std::vector<answer> const before = given.empty() ? std::vector<answer>{} : given.first->answers;
    // What was not sent back was not changed.
    if (!before.empty() && !same_answers(before, wanted)) {
      place const here{at, one.index, 0, given.first->position};
      log_.add(problem_code::read_only_changed, &here);
    }
    std::erase_if(sent, [&](answered_item const& other) { return other.item == one.index; });
    if (!wanted.empty()) add_occurrence(sent, one.index).answers = std::move(wanted);
  }

  void groups(item const& one, std::vector<answered_item>& sent, occurrence_range known,
              place const* at) {
    static std::vector<answered_item> const nothing;
    auto const given = occurrences(sent, one.index);
    auto const first = static_cast<std::size_t>(given.first - sent.data());
    auto const count = static_cast<std::size_t>(given.last - given.first);
    for (std::size_t i = 0; i < count; ++i) {
      auto& occurrence = sent[first + i];
      bool const shown = i < static_cast<std::size_t>(known.last - known.first);
      place const here{at, one.index, static_cast<std::uint32_t>(i), occurrence.position};
      scope(occurrence.items, shown ? known.first[i].items : nothing, one.index, &here);
    }
  }

  questionnaire const& form_;
  problem_log log_;
};

}  // namespace

protected_answers with_read_only(questionnaire const& form, answers sent, answers const& known) {
  protected_answers result{std::move(sent), {}};
  protector guard{form};
  guard.scope(result.answers.items, known.items, no_item, nullptr);
  result.problems = std::move(guard).take();
  return result;
}

}  // namespace intake::forms

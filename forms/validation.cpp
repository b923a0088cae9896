#include "forms/validation.hpp"

#include "forms/calendar.hpp"
#include "forms/compare.hpp"
#include "forms/editions.hpp"
#include "forms/enablement.hpp"
#include "forms/place.hpp"
#include "forms/relative_date.hpp"
#include "forms/value_checks.hpp"

#include <algorithm>
#include <deque>
#include <utility>

namespace intake::forms {
namespace {

/// A question's limits and choices, with those that expressions give.
class calculated_bounds {
 public:
  calculated_bounds(item const& one, expression_place const& at, validation_context const& context)
      : bounds_{&one.limits.value_min, &one.limits.value_max, nullptr} {
    auto const& limits = one.limits;
    take(bounds_.low, low_, limits.value_min_expression, at, context);
    take(bounds_.high, high_, limits.value_max_expression, at, context);
    auto const* hooks = context.expressions;
    if (one.answer_expression.compiled == nullptr || hooks == nullptr || !hooks->options) return;
    choices_ = hooks->options(at);
    if (choices_) bounds_.choices = &*choices_;
  }
  calculated_bounds(calculated_bounds const&) = delete;
  calculated_bounds& operator=(calculated_bounds const&) = delete;

  value_bounds const& bounds() const { return bounds_; }

 private:
  static void take(answer_value const*& bound, answer_value& made,
                   form_expression const& expression, expression_place const& at,
                   validation_context const& context) {
    if (expression.text.empty() || has_value(*bound)) return;
    made = limit_value(*bound, expression, context.today);
    bool const asks = !has_value(made) && expression.compiled != nullptr;
    if (asks && context.expressions != nullptr && context.expressions->limit) {
      made = context.expressions->limit(expression, at);
    }
    bound = &made;
  }

  answer_value low_;
  answer_value high_;
  std::optional<std::vector<answer_value>> choices_;
  value_bounds bounds_;
};

/// Holds nothing but what `recompute` put there: nobody answered it, and it is dropped with what is
/// disabled.
bool is_computed(answered_item const& one) {
  auto const computed = [](answer const& given) {
    return given.origin == answer_origin::calculated &&
           std::ranges::all_of(given.items, is_computed);
  };
  return is_answered(one) && std::ranges::all_of(one.answers, computed) &&
         std::ranges::all_of(one.items, is_computed);
}

/// Walks form and answers together, scope by scope, in form order.
class validator {
 public:
  validator(questionnaire const& form, answers const& all, validation_context const& context)
      : form_{form},
        all_{all},
        context_{context},
        enabled_{form, all, context.expressions},
        log_{form},
        asks_required_{context.status == response_status::completed ||
                       context.status == response_status::amended} {}

  void run() {
    answer_scope const top{&all_.items, nullptr, no_item};
    scope(top, nullptr);
    check_constraints(form_.header().constraints, {form_, all_, top}, nullptr);
  }

  void scope(answer_scope const& here, place const* at) {
    auto const& siblings = *here.siblings;
    auto const* next = siblings.data();
    auto const* const last = next + siblings.size();
    check_order(siblings, at);
    for (auto const index : form_.children_of(here.owner)) {
      if (log_.full()) return;
      auto const* const first = next;
      while (next != last && next->item == index) ++next;
      item_at(form_.at(index), here, at, {first, next});
    }
  }

  std::vector<problem> take() && { return std::move(log_).take(); }

 private:
  // Siblings are in form order here; in the document an item is out of order that comes after a
  // later one.
  void check_order(std::vector<answered_item> const& siblings, place const* at) {
    if (std::ranges::is_sorted(siblings, {}, &answered_item::position)) return;
    std::vector<answered_item const*> as_sent;
    for (auto const& one : siblings) as_sent.push_back(&one);
    std::ranges::stable_sort(as_sent, {}, &answered_item::position);
    item_index highest = 0;
    for (auto const* one : as_sent) {
      if (one->item < highest) {
        log_.add(problem_code::out_of_order_item, &at_item(*one, at, 0));
        if (context_.order == item_order::lenient) {
          log_.downgrade_last(problem_severity::warning);
        }
      }
      highest = std::max(highest, one->item);
    }
  }

  place& at_item(answered_item const& one, place const* outer, std::uint32_t repetition) {
    scratch_ = {outer, one.item, repetition, one.position};
    return scratch_;
  }

  void item_at(item const& one, answer_scope const& here, place const* at, occurrence_range given) {
    if (!may_be_signed(one.edition, context_.today)) {
      // Nobody is asked to sign it any more, and nobody's signature is taken.
      if (std::ranges::any_of(given, is_answered)) {
        log_.add(problem_code::edition_ended, &at_item(*given.first, at, 0));
      }
      return;
    }
    bool const enabled = enabled_.is_enabled(one, here);
    if (given.empty()) {
      if (enabled && one.required && asks_required_ && may_be_answered(one, here)) {
        missing(one, at);
      }
      return;
    }
    if (!enabled) {
      std::uint32_t repetition = 0;
      for (auto const& occurrence : given) {
        auto const& here_at = at_item(occurrence, at, repetition++);
        if (!is_computed(occurrence)) log_.add(problem_code::not_enabled, &here_at);
      }
      return;
    }
    if (is_question(one)) {
      question(one, here, at, given);
    } else {
      group(one, here, at, given);
    }
  }

  /// A question, or a group that nobody has answered yet and in which something is asked.
  bool may_be_answered(item const& one, answer_scope const& here) {
    if (is_question(one)) return true;
    if (one.type != item_type::group) return false;
    // Enablement remembers its verdicts by where the answers are: each empty scope is one of its
    // own.
    return asks_something({&unfilled_.emplace_back(), &here, one.index});
  }

  // What a person could answer at a place, enabled and not only shown.
  bool asks_something(answer_scope const& inside) {
    return std::ranges::any_of(form_.children_of(inside.owner), [&](item_index index) {
      auto const& one = form_.at(index);
      if (!may_be_signed(one.edition, context_.today) || !enabled_.is_enabled(one, inside)) {
        return false;
      }
      auto const given = occurrences(*inside.siblings, index);
      if (is_question(one) || given.empty()) return may_be_answered(one, inside);
      return std::ranges::any_of(given, [&](answered_item const& occurrence) {
        return asks_something({&occurrence.items, &inside, index});
      });
    });
  }

  // Hidden and calculated items are not the patient's to fill in, but a response that is sent holds
  // them.
  void missing(item const& one, place const* at) {
    log_.add_missing(problem_code::required_missing, at, one.index);
  }

  void group(item const& one, answer_scope const& here, place const* at, occurrence_range given) {
    std::uint32_t repetition = 0;
    bool answered = false;
    bool asked = false;
    for (auto const& occurrence : given) {
      place const inner{at, one.index, repetition++, occurrence.position};
      scope({&occurrence.items, &here, one.index}, &inner);
      check_constraints(one.constraints, {form_, all_, here, &one, &occurrence}, &inner);
      answered = answered || is_answered(occurrence);
      asked = asked ||
              (one.required && !answered && asks_something({&occurrence.items, &here, one.index}));
    }
    place const first{at, one.index, 0, given.first->position};
    if (one.required && asks_required_ && !answered && asked) {
      log_.add(problem_code::required_missing, &first);
    }
    if (repetition > 1 && !one.repeats) {
      place const second{at, one.index, 1, given.first[1].position};
      log_.add(problem_code::not_repeating, &second);
    }
    check_occurs(one, repetition, first);
  }

  void question(item const& one, answer_scope const& here, place const* at,
                occurrence_range given) {
    std::uint32_t count = 0;
    for (auto const& occurrence : given) {
      place inner{at, one.index, 0, occurrence.position};
      if (&occurrence != given.first) log_.add(problem_code::question_repeated_as_items, &inner);
      count += static_cast<std::uint32_t>(occurrence.answers.size());
      answers_of(one, occurrence, inner, here);
    }
    place const first{at, one.index, 0, given.first->position};
    if (count == 0 && one.required && asks_required_) {
      log_.add(problem_code::required_missing, &first);
    }
    if (count > 1 && !one.repeats) {
      log_.add(problem_code::not_repeating, &first);
      if (!asks_required_) log_.downgrade_last(problem_severity::warning);
    }
    check_occurs(one, count, first);
    check_constraints(one.constraints, {form_, all_, here, &one, given.first}, &first);
  }

  void answers_of(item const& one, answered_item const& occurrence, place inner,
                  answer_scope const& here) {
    check_exclusive(one, occurrence, inner);
    calculated_bounds const bounds{one, {form_, all_, here, &one, &occurrence}, context_};
    for (auto const& given : occurrence.answers) {
      if (log_.full()) return;
      inner.answer_position = given.position;
      // What is held was checked when it was taken: now it is ours, of our type and size.
      if (!is_taken(given.value)) check_value(one, given.value, inner, bounds.bounds(), log_);
      scope({&given.items, &here, one.index, &given}, &inner);
      ++inner.repetition;
    }
  }

  bool is_taken(answer_value const& value) const {
    auto const* file = std::get_if<attachment>(&value);
    return context_.held == held_attachments::taken && file != nullptr && is_held(*file);
  }

  void check_constraints(std::vector<form_constraint> const& constraints,
                         expression_place const& where, place const* at) {
    if (context_.expressions == nullptr || !context_.expressions->holds) return;
    for (auto const& constraint : constraints) {
      auto const result = context_.expressions->holds(constraint, where);
      if (!result) {
        log_.add(problem_code::constraint_unchecked, at, {{"key", constraint.key}});
      } else if (!*result) {
        log_.add(constraint.is_error ? problem_code::constraint_broken
                                     : problem_code::constraint_warning,
                 at, human_arguments(constraint.human));
      }
    }
  }

  static problem_log::arguments human_arguments(localized_text const& human) {
    return {{"human", human.text},
            {"human:es", std::string{human.in("es")}},
            {"human:ht", std::string{human.in("ht")}}};
  }

  // SDC optionExclusive: alone, or not at all.
  void check_exclusive(item const& one, answered_item const& occurrence, place inner) {
    if (occurrence.answers.size() < 2) return;
    auto const& options = options_of(one);
    for (auto const& given : occurrence.answers) {
      auto const chosen = std::ranges::find_if(options, [&](answer_option const& option) {
        return option.exclusive && same_choice(option.value, given.value);
      });
      inner.answer_position = given.position;
      if (chosen != options.end()) log_.add(problem_code::exclusive_option, &inner);
      ++inner.repetition;
    }
  }

  // minOccurs and maxOccurs count inclusively: 3 of 3 are right.
  void check_occurs(item const& one, std::uint32_t count, place const& at) {
    auto const& limits = one.limits;
    if (limits.occurs_max && count > *limits.occurs_max) {
      log_.add(problem_code::too_many_answers, &at, {{"max", std::to_string(*limits.occurs_max)}});
    }
    if (limits.occurs_min && count < *limits.occurs_min && asks_required_ && count != 0) {
      log_.add(problem_code::too_few_answers, &at, {{"min", std::to_string(*limits.occurs_min)}});
    }
  }

  questionnaire const& form_;
  answers const& all_;
  validation_context const& context_;
  enablement enabled_;
  problem_log log_;
  place scratch_;
  std::deque<std::vector<answered_item>> unfilled_;
  bool asks_required_;
};

std::string_view without_version(std::string_view canonical) {
  return canonical.substr(0, canonical.find('|'));
}

bool authored_outside(form_header const& form, response_envelope const& envelope) {
  auto const authored = read_date_time(envelope.authored);
  if (envelope.authored.empty() || authored.fault != calendar_fault::none) return false;
  auto const order = [&](std::string const& limit) {
    return compare_overlapping(authored.span, read_date_time(limit).span);
  };
  return (!form.effective_from.empty() && order(form.effective_from) < 0) ||
         (!form.effective_to.empty() && order(form.effective_to) > 0);
}

}  // namespace

std::vector<problem> validate(questionnaire const& form, answers const& all,
                              validation_context const& context) {
  validator walk{form, all, context};
  walk.run();
  auto problems = std::move(walk).take();
  sort_in_form_order(problems);
  return problems;
}

std::vector<problem> validate_envelope(questionnaire const& form,
                                       response_envelope const& envelope) {
  problem_log log{form};
  auto const& header = form.header();
  auto const named = std::string_view{envelope.questionnaire};
  if (named.empty()) {
    // Which form is meant was known from elsewhere, or there would be none to validate with.
    log.add(problem_code::questionnaire_missing, nullptr);
    log.downgrade_last(problem_severity::warning);
  } else if (!named.starts_with('#') && without_version(named) != header.url) {
    log.add(problem_code::questionnaire_unknown, nullptr, {}, ".questionnaire");
  } else if (named.find('|') != std::string_view::npos && named != form.canonical()) {
    log.add(header.version.empty() ? problem_code::questionnaire_without_version
                                   : problem_code::questionnaire_other_version,
            nullptr, {{"expected", header.version}}, ".questionnaire");
  }
  if (header.status == publication_status::draft) {
    log.add(problem_code::questionnaire_draft, nullptr, {}, ".questionnaire");
  }
  if (header.status == publication_status::retired) {
    log.add(problem_code::questionnaire_retired, nullptr, {}, ".questionnaire");
  }
  if (authored_outside(header, envelope)) {
    log.add(problem_code::questionnaire_inactive, nullptr, {}, ".authored");
  }
  return std::move(log).take();
}

std::vector<problem> validate(questionnaire const& form, response const& given,
                              validation_context context) {
  context.status = given.envelope.status;
  auto problems = given.problems;
  std::ranges::move(validate_envelope(form, given.envelope), std::back_inserter(problems));
  std::ranges::move(validate(form, given.answers, context), std::back_inserter(problems));
  sort_in_form_order(problems);
  return problems;
}

}  // namespace intake::forms

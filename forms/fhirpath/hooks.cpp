#include "forms/fhirpath/hooks.hpp"

#include "forms/enablement.hpp"
#include "forms/fhirpath/answer_conversion.hpp"
#include "forms/fhirpath/evaluator.hpp"
#include "forms/fhirpath/node.hpp"

#include <algorithm>
#include <memory>
#include <utility>

namespace intake::forms::fhirpath {
namespace {

/// An item around a place, with its variables and what is %context for them.
struct variable_scope {
  std::vector<form_expression> const* variables = nullptr;
  collection context;
};

/// The occurrence whose children a scope holds.
answered_item const* occurrence_around(answer_scope const& inner) {
  if (inner.outer == nullptr) return nullptr;
  for (auto const& one : occurrences(*inner.outer->siblings, inner.owner)) {
    if (&one.items == inner.siblings) return &one;
    bool const nested = std::ranges::any_of(
        one.answers, [&](answer const& given) { return &given.items == inner.siblings; });
    if (nested) return &one;
  }
  return nullptr;
}

/// One evaluation at a place: variables are evaluated when they are asked for, each once. What it
/// finds lives as long as itself.
class place_evaluation {
 public:
  place_evaluation(expression_place const& at, expression_world const& world)
      : at_{at}, world_{world}, view_{&at.form, &at.all} {
    known_.now = world.now;
    known_.resource.push_back({response_node(view_)});
    known_.variable = [this](std::string_view name, evaluation& in) { return find(name, in); };
  }

  parsed<collection> run(form_expression const& of) {
    if (of.compiled == nullptr) return parse_error::of("fhirpath-ignored", "It is no FHIRPath.");
    add_scopes();
    return evaluate(*of.compiled, scopes_.front().context, known_);
  }

 private:
  // The owner's own variables first, then those around it, the form's last.
  void add_scopes() {
    auto const* owner = at_.owner;
    if (owner != nullptr) {
      auto const* occurrence = at_.occurrence;
      auto const given = occurrences(*at_.scope.siblings, owner->index);
      if (occurrence == nullptr && !given.empty()) occurrence = given.first;
      add_scope(owner->variables, occurrence);
    }
    auto const* scope = &at_.scope;
    for (; scope->owner != no_item; scope = scope->outer) {
      add_scope(at_.form.at(scope->owner).variables, occurrence_around(*scope));
    }
    scopes_.push_back({&at_.form.header().variables, known_.resource});
  }

  void add_scope(std::vector<form_expression> const& variables, answered_item const* occurrence) {
    variable_scope made{&variables, {}};
    if (occurrence != nullptr) made.context.push_back({occurrence_node(view_, *occurrence)});
    scopes_.push_back(std::move(made));
  }

  std::optional<collection> find(std::string_view name, evaluation& in) {
    if (name == "questionnaire") return collection{value{form_node(view_)}};
    if (name == "qitem" && at_.owner != nullptr) {
      return collection{value{form_item_node(view_, *at_.owner)}};
    }
    for (auto level = level_; level < scopes_.size(); ++level) {
      for (auto const& one : *scopes_[level].variables) {
        // A variable that names itself means the one outside.
        bool const open = std::ranges::find(open_, &one) != open_.end();
        if (one.name == name && !open) return value_of(one, level, in);
      }
    }
    auto const launched = world_.launch.find(name);
    if (launched == world_.launch.end()) return std::nullopt;
    return collection{value{json_node(*launched->second)}};
  }

  std::optional<collection> value_of(form_expression const& one, std::size_t level,
                                     evaluation& in) {
    if (one.compiled == nullptr) return std::nullopt;
    if (auto const known = values_.find(&one); known != values_.end()) return known->second;
    auto const outer = std::exchange(level_, level);
    open_.push_back(&one);
    auto found = in.run(*one.compiled, scopes_[level].context);
    open_.pop_back();
    level_ = outer;
    if (!in.failed()) values_.emplace(&one, found);
    return found;
  }

  expression_place const& at_;
  expression_world const& world_;
  response_view view_;
  environment known_;
  std::vector<variable_scope> scopes_;
  /// Where names are looked for: at the scope of the variable that runs, outwards.
  std::size_t level_ = 0;
  std::vector<form_expression const*> open_;
  std::map<form_expression const*, collection> values_;
};

/// A condition's result: an empty one counts as false.
std::optional<bool> truth_of(parsed<collection> const& found) {
  if (!found || found->size() > 1) return std::nullopt;
  if (found->empty()) return false;
  auto const own = system_value((*found)[0]);
  auto const* flag = own ? own->as<bool>() : nullptr;
  return flag == nullptr || *flag;
}

}  // namespace

expression_hooks hooks_for(expression_world given) {
  auto const world = std::make_shared<expression_world const>(std::move(given));
  expression_hooks hooks;
  hooks.enabled = [world](expression_place const& at) {
    return truth_of(place_evaluation{at, *world}.run(at.owner->enable_when_expression));
  };
  hooks.holds = [world](form_constraint const& constraint, expression_place const& at) {
    return truth_of(place_evaluation{at, *world}.run(constraint.expression));
  };
  hooks.calculate = [world](expression_place const& at) -> std::optional<answer_value> {
    place_evaluation here{at, *world};
    auto const found = here.run(at.owner->calculated_expression);
    if (!found || found->size() != 1) return std::nullopt;
    return answer_of(*at.owner, (*found)[0]);
  };
  hooks.initial = [world](expression_place const& at) -> std::vector<answer_value> {
    place_evaluation here{at, *world};
    auto const found = here.run(at.owner->initial_expression);
    return found ? answers_of(*at.owner, *found) : std::vector<answer_value>{};
  };
  hooks.options = [world](expression_place const& at) -> std::optional<std::vector<answer_value>> {
    place_evaluation here{at, *world};
    auto const found = here.run(at.owner->answer_expression);
    if (!found) return std::nullopt;
    return answers_of(*at.owner, *found);
  };
  hooks.limit = [world](form_expression const& limit, expression_place const& at) -> answer_value {
    place_evaluation here{at, *world};
    auto const found = here.run(limit);
    if (!found || found->size() != 1) return {};
    return answer_of(*at.owner, (*found)[0]).value_or(answer_value{});
  };
  return hooks;
}

}  // namespace intake::forms::fhirpath

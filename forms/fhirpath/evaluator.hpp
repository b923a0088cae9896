#pragma once
#include "forms/fhirpath/expression.hpp"
#include "forms/fhirpath/value.hpp"
#include "forms/parse_error.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace intake::forms {
class pattern;
}  // namespace intake::forms

namespace intake::forms::fhirpath {

class evaluation;

/// What an expression may know beside its context. Nothing is read from anywhere else.
struct environment {
  /// %resource and %rootResource.
  collection resource;
  /// now(): a dateTime with its zone; today() and timeOfDay() are parts of it. A date alone is
  /// enough for today().
  std::string now;
  /// Other %names. Nothing for a name that there is not; asked at every use.
  std::function<std::optional<collection>(std::string_view name, evaluation&)> variable;
};

/// Elements that an expression may look at or make before it is given up.
constexpr std::uint64_t evaluation_steps_max = 500'000;
/// Expressions inside expressions inside variables.
constexpr int evaluation_depth_max = 400;
/// A text that an expression makes.
constexpr std::size_t evaluation_text_bytes_max = std::size_t{1} << 20;

/// What $this, $index and $total are at a place.
struct frame {
  std::span<value const> self;
  std::optional<std::int32_t> index;
  collection const* total = nullptr;
};

/// One evaluation: what it may use and what it has used. The first fault ends it: everything is
/// empty from then on.
class evaluation {
 public:
  evaluation(environment const& known, expression const& of) : known_{known}, text_{&of.text()} {}

  collection run(ast const&, frame const&);
  /// Another expression with the same limits: a variable's.
  collection run(expression const&, std::span<value const> context);

  /// False where nothing is left or something has failed.
  bool spend(std::uint64_t steps);
  bool failed() const { return fault_.has_value(); }
  /// Says what is wrong at a place of the expression that runs; never with a value of the data.
  void fail(ast const& at, std::string message, std::string_view code = "fhirpath-evaluation");
  std::optional<parse_error> const& fault() const { return fault_; }
  environment const& known() const { return known_; }

  /// The one value of a collection, as a System value where it has one; nothing where it is empty.
  /// More than one is a fault.
  std::optional<value> single(collection const&, ast const& at);
  /// A collection where a Boolean is meant: a single value that is none counts as true.
  std::optional<bool> truth(collection const&, ast const& at);
  /// The text of a single string or other primitive; something else is a fault.
  std::optional<std::string> text(collection const&, ast const& at);
  std::optional<std::int32_t> integer(collection const&, ast const& at);
  /// A regex, compiled once an evaluation; null and a fault where it is none.
  pattern const* regex(std::string const& text, ast const& at);

 private:
  collection dispatch(ast const&, frame const&);
  collection member(ast const&, frame const&);
  collection variable(ast const&);
  collection indexed(ast const&, frame const&);
  collection called(ast const&, frame const&);
  collection typed(ast const&, frame const&);
  collection signed_value(ast const&, frame const&);

  environment const& known_;
  std::string const* text_;
  /// %context: what the running expression was given.
  std::span<value const> context_;
  std::uint64_t steps_left_ = evaluation_steps_max;
  int depth_ = 0;
  std::optional<parse_error> fault_;
  std::map<std::string, std::shared_ptr<pattern const>, std::less<>> regexes_;
};

/// Evaluates an expression for a context. An error is one of the expression, never with a word of
/// the data: a limit, a type that an operator does not take, more than one value where one is
/// wanted.
parsed<collection> evaluate(expression const&, std::span<value const> context, environment const&);

/// A function's call: what stands before the point is its input.
struct call {
  evaluation& in;
  ast const& at;
  frame const& outer;
  collection input;

  std::size_t count() const { return at.arguments.size(); }
  /// An argument for the whole call: $this is what it is outside.
  collection argument(std::size_t index) { return in.run(*at.arguments[index], outer); }
  /// An argument for one element of the input.
  collection argument_for(std::size_t index, value const& each, std::size_t position);
  /// An argument for each element and what it gives; stops where something fails.
  void fail(std::string message) { in.fail(at, std::move(message)); }
};

/// A type by the name that an expression uses: System, FHIR, or either.
bool is_type(value const&, std::string_view name);
/// The values of exactly that type (for primitives), or of one that specialises it.
bool has_type(value const&, std::string_view name);

}  // namespace intake::forms::fhirpath

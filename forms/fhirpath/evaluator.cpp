#include "forms/fhirpath/evaluator.hpp"

#include "forms/fhirpath/function.hpp"
#include "forms/fhirpath/node.hpp"
#include "forms/fhirpath/operators.hpp"
#include "forms/fhirpath/types.hpp"
#include "forms/pattern.hpp"

#include <array>
#include <utility>

#include <fmt/format.h>

namespace intake::forms::fhirpath {
namespace {

struct constant_row {
  std::string_view name;
  std::string_view text;
};
constexpr std::array<constant_row, 3> constants{{
    {"sct", "http://snomed.info/sct"},
    {"loinc", "http://loinc.org"},
    {"ucum", "http://unitsofmeasure.org"},
}};

/// The fixed names of N1 and of FHIR's own supplement.
std::optional<collection> constant_named(std::string_view name) {
  for (auto const& row : constants) {
    if (row.name == name) return one(text_value(std::string{row.text}));
  }
  if (name.starts_with("vs-")) {
    return one(text_value(fmt::format("http://hl7.org/fhir/ValueSet/{}", name.substr(3))));
  }
  if (name.starts_with("ext-")) {
    return one(
        text_value(fmt::format("http://hl7.org/fhir/StructureDefinition/{}", name.substr(4))));
  }
  return std::nullopt;
}

struct split_type {
  std::string_view space;
  std::string_view name;
};

split_type split(std::string_view name) {
  auto const point = name.find('.');
  if (point == std::string_view::npos) return {{}, name};
  return {name.substr(0, point), name.substr(point + 1)};
}

}  // namespace

bool is_type(value const& of, std::string_view name) {
  auto const wanted = split(name);
  auto const own = type_of(of);
  if (!wanted.space.empty() && wanted.space != own.space) return false;
  if (own.space == "FHIR") return is_kind_of(own.name, wanted.name);
  return own.name == wanted.name || wanted.name == "Any";
}

bool has_type(value const& of, std::string_view name) {
  auto const own = type_of(of);
  bool const exact = own.space == "FHIR" && is_primitive(own.name);
  return is_type(of, name) && (!exact || own.name == split(name).name);
}

bool evaluation::spend(std::uint64_t steps) {
  if (failed()) return false;
  if (steps <= steps_left_) {
    steps_left_ -= steps;
    return true;
  }
  fault_ = parse_error::of("fhirpath-too-long",
                           fmt::format("The expression needs more than {} steps on this resource.",
                                       evaluation_steps_max));
  return false;
}

void evaluation::fail(ast const& at, std::string message, std::string_view code) {
  if (failed()) return;
  fault_ = expression_error(*text_, at.offset, code, std::move(message));
}

collection evaluation::run(ast const& of, frame const& at) {
  if (!spend(1)) return {};
  if (depth_ >= evaluation_depth_max) {
    fail(of, "The expression nests too deeply.", "fhirpath-too-deep");
    return {};
  }
  ++depth_;
  auto result = dispatch(of, at);
  --depth_;
  if (!spend(result.size()) || failed()) return {};
  return result;
}

collection evaluation::run(expression const& of, std::span<value const> context) {
  auto const* outer_text = std::exchange(text_, &of.text());
  auto const outer_context = std::exchange(context_, context);
  auto result = run(of.root(), {context, std::nullopt, nullptr});
  text_ = outer_text;
  context_ = outer_context;
  return result;
}

collection evaluation::dispatch(ast const& of, frame const& at) {
  switch (of.kind) {
    case ast_kind::literal:
      return one(of.literal);
    case ast_kind::empty:
      return {};
    case ast_kind::self:
      return {at.self.begin(), at.self.end()};
    case ast_kind::index:
      return at.index ? one({*at.index}) : collection{};
    case ast_kind::total:
      return at.total == nullptr ? collection{} : *at.total;
    case ast_kind::variable:
      return variable(of);
    case ast_kind::member:
      return member(of, at);
    case ast_kind::call:
      return called(of, at);
    case ast_kind::indexer:
      return indexed(of, at);
    case ast_kind::negative:
    case ast_kind::positive:
      return signed_value(of, at);
    case ast_kind::binary:
      return run_operator(*this, of, at);
    default:
      return typed(of, at);
  }
}

collection evaluation::member(ast const& of, frame const& at) {
  collection base;
  if (of.base) base = run(*of.base, at);
  auto const from = of.base ? std::span<value const>{base} : at.self;
  collection result;
  child_sink sink{of.name, result};
  for (auto const& each : from) {
    auto const* node = each.as_node();
    // The first step may name the type of what it starts from: Patient.name.
    if (!of.base && node != nullptr && !node->type.empty() && node->type[0] < 'a' &&
        is_kind_of(node->type, of.name)) {
      result.push_back(each);
    } else {
      give_children(each, sink);
    }
  }
  return result;
}

collection evaluation::variable(ast const& of) {
  if (of.name == "resource" || of.name == "rootResource") return known_.resource;
  if (of.name == "context") return {context_.begin(), context_.end()};
  if (known_.variable) {
    if (auto found = known_.variable(of.name, *this)) return std::move(*found);
  }
  if (auto found = constant_named(of.name)) return std::move(*found);
  fail(of, fmt::format("There is no variable %{}.", of.name), "fhirpath-unknown");
  return {};
}

collection evaluation::indexed(ast const& of, frame const& at) {
  auto base = run(*of.base, at);
  auto const index = integer(run(*of.arguments[0], at), of);
  if (!index || *index < 0 || static_cast<std::size_t>(*index) >= base.size()) return {};
  return one(std::move(base[static_cast<std::size_t>(*index)]));
}

collection evaluation::called(ast const& of, frame const& at) {
  call made{*this, of, at, {}};
  made.input = of.base ? run(*of.base, at) : collection{at.self.begin(), at.self.end()};
  if (failed()) return {};
  return of.function->run(made);
}

collection evaluation::typed(ast const& of, frame const& at) {
  auto base = run(*of.base, at);
  if (base.empty()) return {};
  if (base.size() > 1) {
    fail(of, "is and as take one value.");
    return {};
  }
  if (of.kind == ast_kind::is_type) return one({is_type(base[0], of.name)});
  return has_type(base[0], of.name) ? base : collection{};
}

collection evaluation::signed_value(ast const& of, frame const& at) {
  auto const operand = single(run(*of.base, at), of);
  if (!operand) return {};
  bool const negative = of.kind == ast_kind::negative;
  if (auto const* whole = operand->as<std::int32_t>()) {
    if (*whole == INT32_MIN) return {};
    return one({negative ? -*whole : *whole});
  }
  if (auto const* exact = operand->as<number>()) {
    return one({negative ? number{-exact->value, exact->places} : *exact});
  }
  if (auto const* held = operand->as_measure()) {
    auto turned = *held;
    if (negative) turned.value.value = -turned.value.value;
    return one(measure_value(std::move(turned)));
  }
  fail(of, "A sign stands before a number.");
  return {};
}

std::optional<value> evaluation::single(collection const& of, ast const& at) {
  if (of.empty()) return std::nullopt;
  if (of.size() > 1) {
    fail(at, fmt::format("One value is wanted here, not {}.", of.size()));
    return std::nullopt;
  }
  if (auto own = system_value(of[0])) return own;
  return of[0];
}

std::optional<bool> evaluation::truth(collection const& of, ast const& at) {
  auto const found = single(of, at);
  if (!found) return std::nullopt;
  auto const* flag = found->as<bool>();
  return flag == nullptr || *flag;
}

std::optional<std::string> evaluation::text(collection const& of, ast const& at) {
  if (of.size() > 1) fail(at, fmt::format("One text is wanted here, not {}.", of.size()));
  if (of.size() != 1) return std::nullopt;
  if (auto const view = text_view_of(of[0])) return std::string{*view};
  fail(at, "A text is wanted here.");
  return std::nullopt;
}

std::optional<std::int32_t> evaluation::integer(collection const& of, ast const& at) {
  auto const found = single(of, at);
  if (!found) return std::nullopt;
  if (auto const* whole = found->as<std::int32_t>()) return *whole;
  fail(at, "An integer is wanted here.");
  return std::nullopt;
}

pattern const* evaluation::regex(std::string const& text, ast const& at) {
  auto const known = regexes_.find(text);
  if (known != regexes_.end()) return known->second.get();
  // Compiling costs more than most steps.
  if (!spend(100 + text.size())) return nullptr;
  auto compiled = compile_single_line_pattern(text);
  if (!compiled) {
    fail(at, "The regex is not supported: no look-around, no back-references.");
    return nullptr;
  }
  return regexes_.emplace(text, std::move(compiled).value()).first->second.get();
}

collection call::argument_for(std::size_t index, value const& each, std::size_t position) {
  frame const inner{{&each, 1}, static_cast<std::int32_t>(position), outer.total};
  return in.run(*at.arguments[index], inner);
}

parsed<collection> evaluate(expression const& of, std::span<value const> context,
                            environment const& known) {
  evaluation state{known, of};
  auto result = state.run(of, context);
  if (state.fault()) return *state.fault();
  return result;
}

}  // namespace intake::forms::fhirpath

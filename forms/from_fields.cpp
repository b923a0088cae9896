#include "forms/from_fields.hpp"

#include "forms/field_values.hpp"
#include "forms/place.hpp"
#include "forms/utf8.hpp"
#include "forms/white_space.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include <fmt/format.h>

namespace intake::forms {
namespace {

constexpr std::array<std::string_view, 8> part_names{"",     "day",  "month", "year",
                                                     "time", "unit", "other", "zone"};

constexpr std::string_view held_prefix = "held:";

std::optional<field_part> part_from(std::string_view name) {
  auto const found = std::ranges::find(part_names, name);
  if (found == part_names.end()) return std::nullopt;
  return static_cast<field_part>(found - part_names.begin());
}

/// A field that belongs to the form.
struct known_field {
  link_path path;
  question_field field;
};

bool path_less(known_field const& a, known_field const& b) {
  return std::ranges::lexicographical_compare(
      a.path, b.path, [](path_step const& x, path_step const& y) {
        return x.item != y.item ? x.item < y.item : x.repetition < y.repetition;
      });
}

using field_range = std::span<known_field const>;

/// The leading fields whose step at `depth` is the same, by `same`.
template <class Same>
field_range take_while(field_range& fields, Same same) {
  std::size_t count = 1;
  while (count < fields.size() && same(fields[0], fields[count])) ++count;
  auto const taken = fields.first(count);
  fields = fields.subspan(count);
  return taken;
}

/// Builds the tree from fields that are sorted by path, one level of the path at a time.
class tree_builder {
 public:
  tree_builder(questionnaire const& form, std::span<attachment const> held)
      : form_{form}, held_{held}, log_{form} {}

  void build(field_range fields, std::size_t depth, place const* outer,
             std::vector<answered_item>& into) {
    while (!fields.empty()) {
      auto of_item = take_while(fields, [&](known_field const& a, known_field const& b) {
        return a.path[depth].item == b.path[depth].item;
      });
      auto const& one = form_.at(of_item[0].path[depth].item);
      if (is_question(one)) {
        add_question(one, of_item, depth, outer, into);
      } else {
        add_groups(one, of_item, depth, outer, into);
      }
    }
  }

  std::vector<problem> take() && { return std::move(log_).take(); }

 private:
  static field_range take_repetition(field_range& fields, std::size_t depth) {
    return take_while(fields, [&](known_field const& a, known_field const& b) {
      return a.path[depth].repetition == b.path[depth].repetition;
    });
  }

  void add_groups(item const& one, field_range fields, std::size_t depth, place const* outer,
                  std::vector<answered_item>& into) {
    std::uint32_t repetition = 0;
    while (!fields.empty()) {
      auto const mine = take_repetition(fields, depth);
      place const at{outer, one.index, repetition, static_cast<std::uint32_t>(into.size())};
      answered_item occurrence{one.index, at.item_position, {}, {}};
      auto const inner = std::ranges::find_if(
          mine, [&](known_field const& field) { return field.path.size() > depth + 1; });
      build(mine.subspan(static_cast<std::size_t>(inner - mine.begin())), depth + 1, &at,
            occurrence.items);
      if (occurrence.items.empty()) continue;
      into.push_back(std::move(occurrence));
      ++repetition;
    }
  }

  void add_question(item const& one, field_range fields, std::size_t depth, place const* outer,
                    std::vector<answered_item>& into) {
    answered_item occurrence{one.index, static_cast<std::uint32_t>(into.size()), {}, {}};
    place at{outer, one.index, 0, occurrence.position};
    while (!fields.empty()) {
      auto const mine = take_repetition(fields, depth);
      std::vector<question_field> own;
      auto nested = mine;
      while (!nested.empty() && nested[0].path.size() == depth + 1) {
        own.push_back(nested[0].field);
        nested = nested.subspan(1);
      }
      // What is nested below an answer that was not given is not asked.
      if (own.empty()) continue;
      add_answers(one, own, at, occurrence);
      if (occurrence.answers.empty()) continue;
      at.repetition = at.answer_position = occurrence.answers.back().position;
      build(nested, depth + 1, &at, occurrence.answers.back().items);
    }
    if (!occurrence.answers.empty()) into.push_back(std::move(occurrence));
  }

  void add_answers(item const& one, std::span<question_field const> own, place at,
                   answered_item& into) {
    auto reading = read_fields(one, own, held_);
    for (auto& value : reading.values) {
      auto& given = into.answers.emplace_back();
      given.position = static_cast<std::uint32_t>(into.answers.size() - 1);
      given.value = std::move(value);
      at.repetition = at.answer_position = given.position;
    }
    for (auto const fault : reading.faults) log_.add(fault, &at);
  }

  questionnaire const& form_;
  std::span<attachment const> held_;
  problem_log log_;
};

bool is_binary(form_field const& field) {
  return !field.content_type.empty();
}

}  // namespace

std::string field_name(questionnaire const& form, link_path const& path, field_part part) {
  auto name = write_link_path(form, path);
  if (part != field_part::value) {
    fmt::format_to(std::back_inserter(name), ":{}", part_names[static_cast<std::size_t>(part)]);
  }
  return name;
}

std::string option_field_value(answer_option const& option) {
  auto const* code = std::get_if<coding>(&option.value);
  if (code == nullptr) return plain_text(option.value);
  auto const& text = code->code.empty() ? code->display : code->code;
  return code->system.empty() ? text : fmt::format("{}|{}", code->system, text);
}

std::string held_field(attachment const& file) {
  return std::string{held_prefix} + file.hash;
}

bool names_held(std::string_view value) {
  return value.starts_with(held_prefix);
}

attachment const* find_held(std::span<attachment const> held, std::string_view value) {
  if (!names_held(value)) return nullptr;
  value.remove_prefix(held_prefix.size());
  auto const found = std::ranges::find(held, value, &attachment::hash);
  return found == held.end() ? nullptr : &*found;
}

fields_result from_fields(questionnaire const& form, std::span<form_field const> fields,
                          std::span<attachment const> held) {
  std::vector<known_field> known;
  known.reserve(fields.size());
  for (auto const& field : fields) {
    // A browser sends a file part even where no file was chosen.
    bool const unanswered = is_binary(field) ? field.value.empty() : is_unseen(field.value);
    if (unanswered || (!is_binary(field) && !is_utf8(field.value))) continue;
    auto const colon = std::min(field.name.rfind(':'), field.name.size());
    auto const part = part_from(field.name.substr(std::min(colon + 1, field.name.size())));
    auto path = part ? read_link_path(form, field.name.substr(0, colon)) : std::nullopt;
    if (path) known.push_back({std::move(*path), {*part, &field}});
  }
  std::ranges::stable_sort(known, path_less);
  fields_result result;
  tree_builder builder{form, held};
  builder.build(known, 0, nullptr, result.answers.items);
  result.problems = std::move(builder).take();
  return result;
}

}  // namespace intake::forms

#include "forms/link_path.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace intake::forms {
namespace {

constexpr std::string_view special_characters = "%/[]:";
// Nobody has more of anything; a field name must not make us build millions of occurrences.
constexpr std::uint32_t repetition_max = 999;

void append_encoded(std::string& out, std::string_view link_id) {
  for (char const c : link_id) {
    if (special_characters.find(c) == std::string_view::npos) {
      out += c;
    } else {
      fmt::format_to(std::back_inserter(out), "%{:02X}", static_cast<unsigned char>(c));
    }
  }
}

std::optional<std::string> decode(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    if (text[0] != '%') {
      out += text[0];
      text.remove_prefix(1);
      continue;
    }
    unsigned value = 0;
    auto const digits = text.substr(1, 2);
    auto const [end, fault] =
        std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    if (fault != std::errc{} || digits.size() != 2 || end != digits.data() + 2) return std::nullopt;
    out += static_cast<char>(value);
    text.remove_prefix(3);
  }
  return out;
}

/// Takes "[n]" off the end of a step; 0 where there is none.
std::optional<std::uint32_t> take_repetition(std::string_view& step) {
  if (!step.ends_with(']')) return 0;
  auto const open = step.rfind('[');
  if (open == std::string_view::npos) return std::nullopt;
  auto const digits = step.substr(open + 1, step.size() - open - 2);
  std::uint32_t value = 0;
  auto const* last = digits.data() + digits.size();
  auto const [end, fault] = std::from_chars(digits.data(), last, value);
  if (digits.empty() || fault != std::errc{} || end != last || value > repetition_max) {
    return std::nullopt;
  }
  step = step.substr(0, open);
  return value;
}

}  // namespace

std::string write_link_path(questionnaire const& form, link_path const& path) {
  std::string text;
  for (auto const& step : path) {
    auto const& one = form.at(step.item);
    if (!text.empty()) text += '/';
    append_encoded(text, one.link_id);
    bool const last = &step == &path.back();
    bool const indexed = one.repeats && (!last || step.repetition != 0 || !is_question(one));
    if (indexed) fmt::format_to(std::back_inserter(text), "[{}]", step.repetition);
  }
  return text;
}

std::optional<link_path> read_link_path(questionnaire const& form, std::string_view text) {
  link_path path;
  item_index parent = no_item;
  while (true) {
    auto const slash = text.find('/');
    auto step = text.substr(0, slash);
    auto const repetition = take_repetition(step);
    auto const link_id = decode(step);
    auto const* one = link_id ? form.find(*link_id) : nullptr;
    if (!repetition || one == nullptr || one->parent != parent) return std::nullopt;
    if (*repetition != 0 && !one->repeats) return std::nullopt;
    path.push_back({one->index, *repetition});
    if (slash == std::string_view::npos) return path;
    parent = one->index;
    text.remove_prefix(slash + 1);
  }
}

link_path first_path_of(questionnaire const& form, item_index index) {
  link_path path;
  for (auto at = index; at != no_item; at = form.at(at).parent) path.push_back({at, 0});
  std::ranges::reverse(path);
  return path;
}

}  // namespace intake::forms

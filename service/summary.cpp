#include "service/summary.hpp"

#include "forms/json_reader.hpp"
#include "forms/json_writer.hpp"

#include <charconv>

namespace intake::service {
namespace {

constexpr std::string_view ellipsis = "…";
constexpr std::size_t name_bytes_max = 64;
constexpr std::size_t word_bytes_max = 40;

/// The longest whole-character beginning of at most `bytes_max` bytes, with an ellipsis where
/// something was cut.
std::string cut(std::string_view text, std::size_t bytes_max) {
  if (text.size() <= bytes_max) return std::string(text);
  auto end = bytes_max - ellipsis.size();
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  return std::string(text.substr(0, end)) + std::string(ellipsis);
}

void write_list(forms::json_writer& out, std::string_view name, std::vector<std::string> const& all,
                std::size_t shown) {
  if (all.empty()) return;
  out.key(name).begin_array();
  for (std::size_t i = 0; i < shown && i < all.size(); ++i) out.string(cut(all[i], word_bytes_max));
  if (shown < all.size()) out.string("+" + std::to_string(all.size() - shown));
  out.end_array();
}

void write_text(forms::json_writer& out, std::string_view name, std::string_view text,
                std::size_t bytes_max) {
  if (!text.empty()) out.member(name, std::string_view(cut(text, bytes_max)));
}

std::string write_with(summary const& s, std::size_t name_bytes, std::size_t list_items) {
  std::string text;
  forms::json_writer out(text);
  out.begin_object();
  write_text(out, "family", s.family, name_bytes);
  write_text(out, "given", s.given, name_bytes);
  write_text(out, "born", s.birth_date, 10);
  write_text(out, "phone", s.phone, 20);
  write_list(out, "forms", s.forms, list_items);
  write_text(out, "outcome", s.outcome, word_bytes_max);
  write_text(out, "rule", s.rule, word_bytes_max);
  write_text(out, "rules", s.rule_set, rule_set_digits);
  write_list(out, "alerts", s.alerts, list_items);
  write_list(out, "missing", s.missing, list_items);
  write_text(out, "filled-in", s.filled_in, word_bytes_max);
  if (s.files > 0) out.key("files").raw(std::to_string(s.files));
  write_text(out, "language", s.language, 12);
  out.end_object();
  return text;
}

std::vector<std::string> read_list(forms::json_value const& object, std::string_view name) {
  std::vector<std::string> list;
  if (auto const* array = object.find(name, forms::json_kind::array)) {
    for (auto const& each : *array) list.emplace_back(each.text());
  }
  return list;
}

std::size_t read_count(forms::json_value const& object, std::string_view name) {
  std::size_t count = 0;
  if (auto const* number = object.find(name, forms::json_kind::number)) {
    auto const text = number->text();
    std::from_chars(text.data(), text.data() + text.size(), count);
  }
  return count;
}

}  // namespace

std::size_t count_in(std::vector<std::string> const& list) {
  if (list.empty() || !list.back().starts_with('+')) return list.size();
  std::size_t more = 0;
  auto const& text = list.back();
  std::from_chars(text.data() + 1, text.data() + text.size(), more);
  return list.size() - 1 + more;
}

std::string write_summary(summary const& s) {
  // Escapes can make a text six times as long, so the size is tried, not computed.
  for (std::size_t items = 16; items > 0; items /= 2) {
    auto text = write_with(s, name_bytes_max, items);
    if (text.size() <= summary_bytes_max) return text;
  }
  for (std::size_t name_bytes = name_bytes_max; name_bytes > 4; name_bytes /= 2) {
    auto text = write_with(s, name_bytes, 0);
    if (text.size() <= summary_bytes_max) return text;
  }
  return write_with({.rule = s.rule.substr(0, 40)}, 0, 0);
}

std::optional<summary> read_summary(std::string_view text) {
  auto const document =
      forms::read_json(std::string(text), {.bytes_max = summary_bytes_max, .depth_max = 3});
  if (!document || !document->root().is(forms::json_kind::object)) return std::nullopt;
  auto const& root = document->root();
  return summary{.family = std::string(root.text_of("family")),
                 .given = std::string(root.text_of("given")),
                 .birth_date = std::string(root.text_of("born")),
                 .phone = std::string(root.text_of("phone")),
                 .forms = read_list(root, "forms"),
                 .outcome = std::string(root.text_of("outcome")),
                 .rule = std::string(root.text_of("rule")),
                 .rule_set = std::string(root.text_of("rules")),
                 .alerts = read_list(root, "alerts"),
                 .missing = read_list(root, "missing"),
                 .filled_in = std::string(root.text_of("filled-in")),
                 .files = read_count(root, "files"),
                 .language = std::string(root.text_of("language"))};
}

}  // namespace intake::service

#include "service/clinic/svg_check.hpp"

#include "forms/utf8.hpp"
#include "service/http/characters.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

namespace intake::service::clinic {
namespace {

constexpr std::array<std::string_view, 24> elements{
    "svg",  "g",        "path",           "rect",           "circle", "ellipse",
    "line", "polyline", "polygon",        "text",           "tspan",  "title",
    "desc", "defs",     "linearGradient", "radialGradient", "stop",   "clipPath",
    "mask", "use",      "symbol",         "style",          "marker", "pattern"};

constexpr std::string_view space = " \t\r\n";
constexpr std::string_view not_well_formed = "is no well-formed SVG";
constexpr std::string_view from_elsewhere = "refers to something outside itself";

/// The character references that hide nothing.
bool hides_something(std::string_view value) {
  for (auto at = value.find('&'); at != value.npos; at = value.find('&', at + 1)) {
    auto const rest = value.substr(at + 1);
    bool const plain = rest.starts_with("amp;") || rest.starts_with("lt;") ||
                       rest.starts_with("gt;") || rest.starts_with("quot;") ||
                       rest.starts_with("apos;");
    if (!plain) return true;
  }
  return false;
}

/// Style sheets and what stands in attributes: url(#here) alone.
std::string_view why_unfit_value(std::string_view value) {
  auto const text = characters::lower(value);
  // CSS writes letters as \75 too.
  if (hides_something(text) || text.find('\\') != text.npos) return "hides letters in escapes";
  if (text.find("@import") != text.npos || text.find("://") != text.npos ||
      text.find("javascript:") != text.npos || text.find("data:") != text.npos) {
    return from_elsewhere;
  }
  for (auto at = text.find("url("); at != text.npos; at = text.find("url(", at + 1)) {
    auto const rest = std::string_view(text).substr(at + 4);
    if (!rest.starts_with("#") && !rest.starts_with("'#") && !rest.starts_with("\"#")) {
      return from_elsewhere;
    }
  }
  return {};
}

std::string_view why_unfit_attribute(std::string_view name, std::string_view value) {
  auto const plain = characters::lower(name);
  if (plain.starts_with("xmlns")) return {};
  if (plain.starts_with("on")) return "holds an event handler";
  bool const refers = plain == "href" || plain.ends_with(":href") || plain == "src";
  if (refers && !value.starts_with('#')) return from_elsewhere;
  if (plain == "xml:base") return from_elsewhere;
  return why_unfit_value(value);
}

/// Reads tags one after the other; the first thing that is wrong is the answer.
class reader {
 public:
  explicit reader(std::string_view text) : rest_(text) {}

  std::string_view why_unfit() {
    bool seen = false;
    while (!rest_.empty()) {
      auto const less = rest_.find('<');
      auto const text = rest_.substr(0, less);
      if (open_.empty() && text.find_first_not_of(space) != text.npos) return not_well_formed;
      if (auto const why = why_unfit_value(text); !why.empty()) return why;
      if (less == rest_.npos) break;
      rest_.remove_prefix(less);
      if (open_.empty() && seen && rest_.size() > 1 && rest_[1] != '!') return not_well_formed;
      if (auto const why = read_markup(); !why.empty()) return why;
      seen = seen || !open_.empty() || was_root_;
    }
    return seen && open_.empty() ? std::string_view() : not_well_formed;
  }

 private:
  bool skip(std::string_view begin, std::string_view end) {
    if (!rest_.starts_with(begin)) return false;
    auto const found = rest_.find(end, begin.size());
    rest_.remove_prefix(found == rest_.npos ? rest_.size() : found + end.size());
    return true;
  }

  std::string_view read_markup() {
    if (skip("<!--", "-->") || skip("<?xml ", "?>")) return {};
    if (rest_.starts_with("<!") || rest_.starts_with("<?")) {
      return "holds a document type, an instruction or a raw section";
    }
    if (rest_.starts_with("</")) return read_end();
    return read_begin();
  }

  std::string_view read_end() {
    rest_.remove_prefix(2);
    auto const end = rest_.find('>');
    if (end == rest_.npos || open_.empty()) return not_well_formed;
    auto const name = rest_.substr(0, std::min(end, rest_.find_first_of(space)));
    if (name != open_.back()) return not_well_formed;
    open_.pop_back();
    rest_.remove_prefix(end + 1);
    return {};
  }

  std::string_view read_begin() {
    rest_.remove_prefix(1);
    auto const name = take_name();
    if (std::ranges::find(elements, name) == elements.end()) {
      return "holds an element that is no shape, as scripts, pictures and links";
    }
    if (open_.empty() && name != "svg") return not_well_formed;
    for (;;) {
      skip_space();
      if (rest_.starts_with("/>")) {
        rest_.remove_prefix(2);
        was_root_ = was_root_ || open_.empty();
        return {};
      }
      if (rest_.starts_with(">")) {
        rest_.remove_prefix(1);
        open_.push_back(name);
        return {};
      }
      if (auto const why = read_attribute(); !why.empty()) return why;
    }
  }

  std::string_view read_attribute() {
    auto const name = take_name();
    skip_space();
    if (name.empty() || !rest_.starts_with("=")) return not_well_formed;
    rest_.remove_prefix(1);
    skip_space();
    if (rest_.empty() || (rest_[0] != '"' && rest_[0] != '\'')) return not_well_formed;
    auto const end = rest_.find(rest_[0], 1);
    if (end == rest_.npos) return not_well_formed;
    auto const value = rest_.substr(1, end - 1);
    rest_.remove_prefix(end + 1);
    if (value.find('<') != value.npos) return not_well_formed;
    return why_unfit_attribute(name, value);
  }

  std::string_view take_name() {
    auto const name = rest_.substr(0, rest_.find_first_of(" \t\r\n=/<>\"'"));
    rest_.remove_prefix(name.size());
    return name;
  }

  void skip_space() { rest_.remove_prefix(std::min(rest_.find_first_not_of(space), rest_.size())); }

  std::string_view rest_;
  std::vector<std::string_view> open_;
  bool was_root_ = false;
};

}  // namespace

std::string why_unfit_svg(std::string_view bytes) {
  constexpr std::string_view mark = "\xef\xbb\xbf";
  if (bytes.starts_with(mark)) bytes.remove_prefix(mark.size());
  if (!forms::is_utf8(bytes) || bytes.find('\0') != bytes.npos) return "is not written in UTF-8";
  return std::string(reader(bytes).why_unfit());
}

}  // namespace intake::service::clinic

#include "forms/x12/segment_writer.hpp"

#include <algorithm>

namespace intake::forms::x12 {
namespace {

bool is_any_of(char c, delimiters const& marks) {
  return c == marks.element || c == marks.repetition || c == marks.component || c == marks.segment;
}

/// One element with other separators inside; what would be a separator by chance is dropped.
std::string translated(std::string_view element, delimiters const& from, delimiters const& to) {
  std::string out;
  for (char const c : element) {
    if (c == from.component) {
      out += to.component;
    } else if (from.repetition != '\0' && c == from.repetition) {
      out += to.repetition;
    } else if (!is_any_of(c, to)) {
      out += c;
    }
  }
  return out;
}

/// A name that is none, or an element of ISA, in other separators: what would be one of them by
/// chance must not make another segment of it.
std::string without_marks(std::string_view text, delimiters const& to) {
  std::string out{text};
  std::ranges::replace_if(
      out, [&to](char c) { return is_any_of(c, to); }, '_');
  return out;
}

/// ISA is the one segment with fixed widths; ISA11 and ISA16 are separators.
void append_isa(std::string& out, segment const& isa, delimiters const& from,
                delimiters const& to) {
  constexpr std::size_t widths[] = {2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1, 1};
  out += "ISA";
  for (std::size_t n = 1; n <= std::size(widths); ++n) {
    auto element = without_marks(isa[n], to);
    // What was no repetition separator must not become one by its width.
    if (n == 11 && from.repetition == '\0' && element.size() != 1) element = "U";
    if (n == 11 && from.repetition != '\0') element = to.repetition;
    if (n == 16) element = to.component;
    element.resize(widths[n - 1], ' ');
    out += to.element;
    out += element;
  }
  out += to.segment;
}

}  // namespace

void segment_writer::put(std::string_view id, std::initializer_list<std::string_view> elements) {
  put(id, std::span{elements.begin(), elements.size()});
}

void segment_writer::put(std::string_view id, std::span<std::string_view const> elements) {
  while (!elements.empty() && elements.back().empty()) {
    elements = elements.first(elements.size() - 1);
  }
  out_ += id;
  for (auto const element : elements) {
    out_ += marks_.element;
    out_ += element;
  }
  out_ += marks_.segment;
  if (lines_ == line_ends::after_each_segment) out_ += '\n';
  ++count_;
}

std::string canonical_text(segment_file const& file) {
  std::string out;
  delimiters const usual;
  segment_writer writer{out, usual, line_ends::none};
  for (auto const& stretch : file.stretches) {
    append_isa(out, file.segments[stretch.first], stretch.marks, usual);
    for (std::size_t i = 1; i < stretch.count; ++i) {
      auto const& one = file.segments[stretch.first + i];
      std::vector<std::string> texts;
      std::vector<std::string_view> elements;
      for (auto const element : one.elements) {
        texts.push_back(translated(element, stretch.marks, usual));
      }
      elements.assign(texts.begin(), texts.end());
      auto const other = one.name == tag::other ? without_marks(one.id, usual) : std::string{};
      auto const id = one.name == tag::other ? std::string_view{other} : name_of(one.name);
      bool const says_nothing = id.empty() && std::ranges::all_of(texts, &std::string::empty);
      if (!says_nothing) writer.put(id, elements);
    }
  }
  return out;
}

}  // namespace intake::forms::x12

#include "forms/x12/segments.hpp"

#include "forms/x12/isa.hpp"

#include <algorithm>

namespace intake::forms::x12 {
namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/// X12.6: the basic and the extended character set are printable ASCII; the rest is by agreement.
bool is_in_character_set(char c) {
  return c >= ' ' && c <= '~';
}

class splitter {
 public:
  splitter(std::string_view text, segment_file& out, remarks& found)
      : text_{text}, out_{out}, found_{found} {}

  void run() {
    out_.elements.reserve(std::min(text_.size() / 4 + 64, file_parts_max));
    out_.segments.reserve(std::min(text_.size() / 24 + 16, file_parts_max));
    skip_to_first();
    while (at_ < text_.size() && read_stretch()) {
    }
    point_to_elements();
  }

 private:
  void skip_to_first() {
    if (text_.starts_with("\xEF\xBB\xBF")) {
      at_ = 3;
      found_.add(remark_code::byte_order_mark, 1);
    }
    auto const begin = at_;
    while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
    if (at_ == text_.size()) {
      found_.add(remark_code::empty_file, 0);
    } else if (at_ != begin) {
      found_.add(remark_code::blank_before_isa, 1);
    }
  }

  std::uint32_t next_number() const { return static_cast<std::uint32_t>(out_.segments.size() + 1); }

  bool read_stretch() {
    auto const rest = text_.substr(at_);
    if (!begins_isa(rest)) {
      found_.add(reason_against(rest), next_number());
      return false;
    }
    auto const isa = read_isa(rest);
    if (!isa) {
      found_.add(isa.error().code, next_number(), isa.error().element);
      return false;
    }
    if (!isa->has_widths) found_.add(remark_code::isa_width, next_number());
    marks_ = isa->marks;
    out_.stretches.push_back({marks_, out_.segments.size(), 0});
    firsts_.push_back(out_.elements.size());
    out_.segments.push_back({next_number(), tag::isa, text_.substr(at_, 3), {}});
    out_.elements.insert(out_.elements.end(), isa->elements.begin(), isa->elements.end());
    at_ += isa->bytes;
    if (isa->ends_file) note_end_inside(next_number() - 1);
    find_real_terminator();
    bool const goes_on = read_until_next_isa();
    auto& stretch = out_.stretches.back();
    stretch.marks = marks_;
    stretch.count = out_.segments.size() - stretch.first;
    return goes_on;
  }

  void find_real_terminator() {
    if (marks_.segment != '\n' && marks_.segment != '\r') return;
    auto rest = text_.substr(at_);
    if (marks_.segment == '\r' && rest.starts_with('\n')) rest.remove_prefix(1);
    if (auto const real = terminator_of_lines(rest)) {
      marks_.segment = *real;
      found_.add(remark_code::isa_terminator_missing, next_number() - 1);
    }
  }

  void skip_line_ends() {
    while (at_ < text_.size() && is_blank(text_[at_]) && text_[at_] != marks_.segment) ++at_;
  }

  bool read_until_next_isa() {
    for (;;) {
      skip_line_ends();
      if (at_ == text_.size()) return true;
      auto const rest = text_.substr(at_);
      if (begins_isa(rest)) return true;
      if (!out_.segments.empty() && out_.segments.back().name == tag::iea) return skip_to_isa();
      if (rest.front() == marks_.segment) {
        // A terminator that is a line end makes blank lines of nothing.
        if (!is_blank(marks_.segment)) found_.add(remark_code::empty_segment, next_number());
        ++at_;
        continue;
      }
      if (out_.elements.size() + out_.segments.size() + segment_elements_max > file_parts_max) {
        found_.add(remark_code::file_too_large, next_number());
        return false;
      }
      read_one();
    }
  }

  /// After IEA: what is neither white space nor ISA belongs to nothing.
  bool skip_to_isa() {
    while (at_ < text_.size() && (is_blank(text_[at_]) || text_[at_] == marks_.segment)) ++at_;
    if (at_ == text_.size() || begins_isa(text_.substr(at_))) return true;
    found_.add(remark_code::bytes_between_interchanges, next_number() - 1);
    for (at_ = text_.find("ISA", at_); at_ != text_.npos; at_ = text_.find("ISA", at_ + 1)) {
      auto const rest = text_.substr(at_);
      if (begins_isa(rest) && read_isa(rest)) return true;
    }
    at_ = text_.size();
    return true;
  }

  void read_one() {
    auto const begin = at_;
    auto const first = out_.elements.size();
    auto const number = next_number();
    bool is_clean = true;
    std::size_t from = begin;
    std::string_view id;
    std::size_t parts = 0;
    auto close_part = [&](std::size_t to) {
      auto const part = text_.substr(from, to - from);
      if (parts++ == 0) {
        id = part;
      } else {
        out_.elements.push_back(part);
      }
      from = to + 1;
    };
    for (; at_ < text_.size() && text_[at_] != marks_.segment; ++at_) {
      char const c = text_[at_];
      if (c == marks_.element && parts < segment_elements_max) {
        close_part(at_);
      } else if (!is_in_character_set(c) && is_clean) {
        is_clean = c == marks_.component || c == marks_.repetition;
        if (!is_clean) note_character(number, parts);
      }
    }
    close_part(at_);
    if (at_ == text_.size()) {
      note_end_inside(number);
    } else {
      ++at_;
    }
    finish(number, id, first);
  }

  void note_end_inside(std::uint32_t number) {
    found_.add(remark_code::last_terminator_missing, number);
    out_.ends_inside = true;
  }

  void note_character(std::uint32_t number, std::size_t element) {
    found_.add(remark_code::character_not_allowed, number, element);
  }

  void finish(std::uint32_t number, std::string_view id, std::size_t first) {
    auto count = out_.elements.size() - first;
    if (count >= segment_elements_max) found_.add(remark_code::too_many_elements, number, count);
    if (count != 0 && out_.elements.back().empty()) {
      while (count != 0 && out_.elements.back().empty()) {
        out_.elements.pop_back();
        --count;
      }
      found_.add(remark_code::trailing_separator, number, count + 1);
    }
    auto const name = tag_of(id);
    if (name != tag::other && id != name_of(name)) found_.add(remark_code::lower_case_id, number);
    out_.segments.push_back({number, name, id, {}});
    firsts_.push_back(first);
  }

  // Only when all elements are there do they stay where they are.
  void point_to_elements() {
    std::span<std::string_view const> const all{out_.elements};
    for (std::size_t i = 0; i < out_.segments.size(); ++i) {
      auto const end = i + 1 < firsts_.size() ? firsts_[i + 1] : all.size();
      out_.segments[i].elements = all.subspan(firsts_[i], end - firsts_[i]);
    }
  }

  std::string_view text_;
  segment_file& out_;
  remarks& found_;
  delimiters marks_;
  std::size_t at_ = 0;
  std::vector<std::size_t> firsts_;
};

}  // namespace

segment_file read_segments(std::string_view text, remarks& found) {
  segment_file out;
  if (text.size() > file_bytes_max) {
    found.add(remark_code::file_too_large, 0);
    return out;
  }
  splitter{text, out, found}.run();
  return out;
}

std::string_view part_of(std::string_view element, char separator, std::size_t n) noexcept {
  for (; separator != '\0'; --n) {
    auto const end = element.find(separator);
    if (n == 0) return element.substr(0, end);
    if (end == element.npos) return {};
    element.remove_prefix(end + 1);
  }
  return n == 0 ? element : std::string_view{};
}

}  // namespace intake::forms::x12

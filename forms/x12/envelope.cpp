#include "forms/x12/envelope.hpp"

#include "forms/x12/syntax.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <unordered_set>

#include <fmt/format.h>

namespace intake::forms::x12 {
namespace {

struct set_row {
  std::string_view id;
  set_kind kind;
  std::string_view function;
};

constexpr set_row set_rows[] = {{"270", set_kind::inquiry_270, "HS"},
                                {"271", set_kind::response_271, "HB"},
                                {"997", set_kind::acknowledgement_997, "FA"},
                                {"999", set_kind::acknowledgement_999, "FA"}};

set_row const* row_of(std::string_view id) {
  auto const* const found = std::ranges::find(set_rows, id, &set_row::id);
  return found == std::end(set_rows) ? nullptr : found;
}

bool is_eligibility(set_kind kind) {
  return kind == set_kind::inquiry_270 || kind == set_kind::response_271;
}

std::string_view trimmed(std::string_view text) {
  auto const last = text.find_last_not_of(' ');
  return text.substr(0, last == text.npos ? 0 : last + 1);
}

std::optional<std::uint32_t> read_count(std::string_view text) {
  std::uint32_t value = 0;
  auto const* const end = text.data() + text.size();
  auto const [stop, error] = std::from_chars(text.data(), end, value);
  return error == std::errc{} && stop == end ? std::optional{value} : std::nullopt;
}

set_version version_of(std::string_view name) {
  if (name.starts_with("005010X279")) return set_version::v5010;
  return name.starts_with("004010") ? set_version::v4010 : set_version::unknown;
}

class envelope_reader {
 public:
  envelope_reader(segment_file const& file, remarks& found) : file_{file}, found_{found} {}

  std::vector<interchange> run() {
    for (auto const& stretch : file_.stretches) read(stretch);
    return std::move(out_);
  }

 private:
  /// What ends an open set: the segment that comes after it, or its own last segment.
  enum class end_at { next, last };

  void read(stretch const& one) {
    auto const all = std::span{file_.segments}.subspan(one.first, one.count);
    open_interchange(all.front(), one.marks);
    for (std::size_t i = 1; i < all.size(); ++i) step(all[i]);
    last_ = &all.back();
    bool const is_cut_in_set = set_begin_ != nullptr;
    bool const is_cut_in_group = is_in_group_ && !is_cut_in_set;
    close_set(end_at::last, false);
    close_group();
    if (last_->name != tag::iea) found_.add(remark_code::iea_missing, last_->number);
    auto const& done = out_.back();
    bool const holds_sets =
        std::ranges::any_of(done.groups, [](auto const& group) { return !group.sets.empty(); });
    if (holds_sets || !done.acknowledgements.empty()) {
      if (is_cut_in_group) note_cut(remark_code::cut_between_sets);
    } else if (last_->name == tag::isa || last_->name == tag::iea) {
      found_.add(remark_code::nothing_inside, done.segment);
    } else {
      note_cut(remark_code::cut_off);
    }
  }

  /// Where the text ends; the element too, where it ends inside a segment.
  void note_cut(remark_code code) {
    bool const is_inside = file_.ends_inside && last_ == &file_.segments.back();
    found_.add(code, last_->number, is_inside ? last_->elements.size() : 0);
  }

  void step(segment const& one) {
    last_ = &one;
    switch (one.name) {
      case tag::gs:
        return open_group(one);
      case tag::ge:
        return end_group(one);
      case tag::st:
        return open_set(one);
      case tag::se:
        return end_set(one);
      case tag::iea:
        return end_interchange(one);
      case tag::ta1:
        if (set_begin_ == nullptr) {
          out_.back().acknowledgements.push_back(&one);
          return;
        }
        break;
      case tag::ta3:
      case tag::isb:
      case tag::ise:
        if (set_begin_ == nullptr) return;
        break;
      default:
        break;
    }
    if (set_begin_ == nullptr) found_.add(remark_code::segment_outside_set, one.number);
  }

  void open_interchange(segment const& isa, delimiters marks) {
    check_isa(isa, marks, found_);
    interchange one;
    one.segment = isa.number;
    one.marks = marks;
    one.sender_qualifier = trimmed(isa[5]);
    one.sender = trimmed(isa[6]);
    one.receiver_qualifier = trimmed(isa[7]);
    one.receiver = trimmed(isa[8]);
    one.date = isa[9];
    one.time = isa[10];
    one.version = isa[12];
    one.control = isa[13];
    one.acknowledgement_requested = isa[14];
    one.usage = isa[15];
    note_repeated(interchange_controls_, one.control, isa.number, 13);
    group_controls_.clear();
    last_ = &isa;
    out_.push_back(std::move(one));
  }

  void end_interchange(segment const& iea) {
    close_set(end_at::next, false);
    close_group();
    check_elements(iea, out_.back().marks, found_);
    check_count(iea, out_.back().groups.size(), remark_code::iea_count);
    if (iea[2] != out_.back().control) found_.add(remark_code::iea_control, iea.number, 2);
  }

  void open_group(segment const& gs) {
    close_set(end_at::next, false);
    close_group();
    check_elements(gs, out_.back().marks, found_);
    functional_group one;
    one.segment = gs.number;
    one.function = gs[1];
    one.sender = gs[2];
    one.receiver = gs[3];
    one.date = gs[4];
    one.time = gs[5];
    one.control = gs[6];
    one.version = gs[8];
    note_repeated(group_controls_, one.control, gs.number, 6);
    set_controls_.clear();
    auto& exchange = out_.back();
    if (one.version.starts_with("005010") && exchange.version != "00501") {
      found_.add(remark_code::isa_version, exchange.segment, 12);
    }
    exchange.groups.push_back(std::move(one));
    is_in_group_ = true;
  }

  void end_group(segment const& ge) {
    close_set(end_at::next, true);
    if (!is_in_group_) {
      found_.add(remark_code::segment_outside_set, ge.number);
      return;
    }
    is_in_group_ = false;
    check_elements(ge, out_.back().marks, found_);
    auto const& group = out_.back().groups.back();
    note_empty(group);
    check_count(ge, group.sets.size(), remark_code::ge_count);
    if (ge[2] != group.control) found_.add(remark_code::ge_control, ge.number, 2);
  }

  void close_group() {
    if (!is_in_group_) return;
    found_.add(remark_code::ge_missing, last_->number);
    note_empty(out_.back().groups.back());
    is_in_group_ = false;
  }

  void note_empty(functional_group const& group) {
    if (group.sets.empty()) found_.add(remark_code::group_empty, group.segment);
  }

  void open_set(segment const& st) {
    close_set(end_at::next, false);
    if (!is_in_group_) {
      found_.add(remark_code::segment_outside_set, st.number);
      return;
    }
    auto& group = out_.back().groups.back();
    transaction_set one;
    one.id = st[1];
    one.control = st[2];
    one.version = st[3].empty() ? group.version : st[3];
    one.marks = out_.back().marks;
    group.sets.push_back(one);
    note_repeated(set_controls_, one.control, st.number, 2);
    set_begin_ = &st;
    recognise(st, group);
  }

  void recognise(segment const& st, functional_group& group) {
    auto& set = group.sets.back();
    auto const* const row = row_of(set.id);
    if (row == nullptr) {
      found_.add(remark_code::set_not_supported, st.number, 1);
      return;
    }
    set.kind = row->kind;
    if (group.function != row->function) {
      found_.add(remark_code::group_for_other_set, group.segment, 1);
    }
    auto const said = group.version.empty() ? set.version : group.version;
    set.release = version_of(said);
    if (!is_eligibility(set.kind)) return;
    if (set.release == set_version::v4010) found_.add(remark_code::version_4010, group.segment, 8);
    if (set.release == set_version::unknown) {
      found_.add(remark_code::version_unknown, group.segment, 8);
    }
    if (set.version != said) found_.add(remark_code::version_differs, st.number, 3);
  }

  void end_set(segment const& se) {
    if (set_begin_ == nullptr) {
      found_.add(remark_code::segment_outside_set, se.number);
      return;
    }
    auto& set = out_.back().groups.back().sets.back();
    set.segments = {set_begin_, &se + 1};
    set.complete = true;
    check_count(se, set.segments.size(), remark_code::se_count);
    if (se[2] != set.control) found_.add(remark_code::se_control, se.number, 2);
    set_begin_ = nullptr;
  }

  /// A set that is open where something else begins. Only before GE is it whole but for its SE.
  void close_set(end_at how, bool before_ge) {
    if (set_begin_ == nullptr) return;
    auto& set = out_.back().groups.back().sets.back();
    set.segments = {set_begin_, how == end_at::next ? last_ : last_ + 1};
    set.complete = before_ge;
    set_begin_ = nullptr;
    if (before_ge) {
      found_.add(remark_code::se_missing, last_->number);
    } else {
      note_cut(remark_code::cut_off);
    }
  }

  void check_count(segment const& trailer, std::size_t counted, remark_code code) {
    auto const said = read_count(trailer[1]);
    if (said == counted) return;
    found_.add(code, trailer.number, 1,
               said ? fmt::format("says {}, counted {}", *said, counted)
                    : fmt::format("says no number, counted {}", counted));
  }

  void note_repeated(std::unordered_set<std::string_view>& seen, std::string_view control,
                     std::uint32_t number, std::size_t element) {
    if (!seen.insert(control).second) found_.add(remark_code::control_repeated, number, element);
  }

  segment_file const& file_;
  remarks& found_;
  std::vector<interchange> out_;
  std::unordered_set<std::string_view> interchange_controls_;
  std::unordered_set<std::string_view> group_controls_;
  std::unordered_set<std::string_view> set_controls_;
  segment const* last_ = nullptr;
  segment const* set_begin_ = nullptr;
  bool is_in_group_ = false;
};

}  // namespace

std::vector<interchange> read_envelope(segment_file const& file, remarks& found) {
  return envelope_reader{file, found}.run();
}

}  // namespace intake::forms::x12

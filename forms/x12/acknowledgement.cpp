#include "forms/x12/acknowledgement.hpp"

#include "forms/x12/syntax.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>

namespace intake::forms::x12 {
namespace {

// TA104, IK501 (AK501) and AK901.
acknowledged verdict_of(std::string_view code) {
  struct row {
    std::string_view code;
    acknowledged verdict;
  };
  constexpr row rows[] = {{"A", acknowledged::accepted}, {"E", acknowledged::accepted_with_errors},
                          {"P", acknowledged::partly},   {"R", acknowledged::rejected},
                          {"M", acknowledged::rejected}, {"W", acknowledged::rejected},
                          {"X", acknowledged::rejected}};
  auto const* const found = std::ranges::find(rows, code, &row::code);
  return found == std::end(rows) ? acknowledged::unclear : found->verdict;
}

/// A count of AK9; nothing where it is none.
std::optional<std::size_t> count_of(std::string_view text) {
  std::size_t value = 0;
  auto const* const end = text.data() + text.size();
  auto const [stop, error] = std::from_chars(text.data(), end, value);
  return error == std::errc{} && stop == end ? std::optional{value} : std::nullopt;
}

bool is_good(acknowledged verdict) {
  return verdict == acknowledged::accepted || verdict == acknowledged::accepted_with_errors;
}

class group_reader {
 public:
  group_reader(transaction_set const& set, remarks& found) : set_{set}, found_{found} {}

  group_acknowledgement run() {
    for (auto const& one : set_.segments) {
      check_elements(one, set_.marks, found_);
      read(one);
    }
    if (out_.segment == 0) miss("AK1");
    // What a cut took away is said by the cut.
    if (verdict_segment_ == 0 && set_.complete) miss("AK9");
    return std::move(out_);
  }

 private:
  void miss(char const* what) {
    found_.add(remark_code::segment_missing, set_.segments.front().number, 0, what);
  }

  void read(segment const& one) {
    switch (one.name) {
      case tag::st:
      case tag::se:
        return;
      case tag::ak1:
        return read_group(one);
      case tag::ak2:
        return read_set(one);
      case tag::ak3:
      case tag::ik3:
        return read_segment_fault(one);
      case tag::ctx:
        return read_context(one);
      case tag::ak4:
      case tag::ik4:
        return read_element_fault(one);
      case tag::ak5:
      case tag::ik5:
        return read_set_verdict(one);
      case tag::ak9:
        return read_verdict(one);
      default:
        found_.add(
            one.name == tag::other ? remark_code::unknown_segment : remark_code::segment_misplaced,
            one.number);
    }
  }

  void misplaced(segment const& one) { found_.add(remark_code::segment_misplaced, one.number); }

  void read_group(segment const& ak1) {
    if (out_.segment != 0) return misplaced(ak1);
    out_.segment = ak1.number;
    out_.function = ak1[1];
    out_.control = ak1[2];
    out_.version = ak1[3];
  }

  void read_set(segment const& ak2) {
    if (is_open_) misplaced(ak2);
    set_acknowledgement one;
    one.segment = ak2.number;
    one.id = ak2[1];
    one.control = ak2[2];
    one.version = ak2[3];
    out_.sets.push_back(std::move(one));
    is_open_ = true;
  }

  void read_segment_fault(segment const& ik3) {
    if (!is_open_) return misplaced(ik3);
    out_.sets.back().faults.push_back({ik3.number, ik3[1], ik3[2], ik3[3], ik3[4], {}, {}});
  }

  segment_fault* last_fault() {
    return is_open_ && !out_.sets.back().faults.empty() ? &out_.sets.back().faults.back() : nullptr;
  }

  void read_context(segment const& ctx) {
    auto* const fault = last_fault();
    if (fault == nullptr) return misplaced(ctx);
    for (auto const one : ctx.elements) {
      if (!one.empty()) fault->contexts.push_back(one);
    }
  }

  void read_element_fault(segment const& ik4) {
    auto* const fault = last_fault();
    if (fault == nullptr) return misplaced(ik4);
    auto const where = ik4[1];
    auto const inner = set_.marks.component;
    fault->elements.push_back({ik4.number, part_of(where, inner, 0), part_of(where, inner, 1),
                               part_of(where, inner, 2), ik4[2], ik4[3], ik4[4]});
  }

  static std::vector<std::string_view> notes_from(segment const& one, std::size_t first) {
    std::vector<std::string_view> notes;
    for (auto n = first; n <= one.elements.size(); ++n) {
      if (!one[n].empty()) notes.push_back(one[n]);
    }
    return notes;
  }

  void read_set_verdict(segment const& ik5) {
    if (!is_open_) return misplaced(ik5);
    auto& one = out_.sets.back();
    one.code = ik5[1];
    one.notes = notes_from(ik5, 2);
    one.verdict = verdict_of(one.code);
    is_open_ = false;
  }

  void read_verdict(segment const& ak9) {
    if (is_open_ || verdict_segment_ != 0) misplaced(ak9);
    verdict_segment_ = ak9.number;
    out_.code = ak9[1];
    out_.included = ak9[2];
    out_.received = ak9[3];
    out_.accepted = ak9[4];
    out_.notes = notes_from(ak9, 5);
    out_.verdict = verdict_of(out_.code);
    is_open_ = false;
    check_counts(ak9);
  }

  /// AK902 to AK904 against each other, against AK901 and against the sets that are named; a 997 or
  /// 999 may name less sets than it counts.
  void check_counts(segment const& ak9) {
    auto const included = count_of(out_.included);
    auto const received = count_of(out_.received);
    auto const accepted = count_of(out_.accepted);
    if (!included || !received || !accepted) return;
    auto const named = out_.sets.size();
    auto const good = static_cast<std::size_t>(std::ranges::count_if(
        out_.sets, [](set_acknowledgement const& one) { return is_good(one.verdict); }));
    auto const bad = static_cast<std::size_t>(
        std::ranges::count(out_.sets, acknowledged::rejected, &set_acknowledgement::verdict));
    auto const note = [&](std::size_t element) {
      found_.add(remark_code::counts_differ, ak9.number, element);
    };
    // AK905 and what follows say what the group itself has wrong: it may be why they disagree.
    bool const is_explained = !out_.notes.empty();
    if (included != received && !is_explained) note(2);
    if (*received < named) note(3);
    if (*accepted > *received || *accepted < good || *accepted + bad > *received) note(4);
    if (!is_explained && !fits_code(*received, *accepted)) note(1);
  }

  bool fits_code(std::size_t received, std::size_t accepted) const {
    switch (out_.verdict) {
      case acknowledged::accepted:
      case acknowledged::accepted_with_errors:
        return accepted == received;
      case acknowledged::partly:
        return accepted != 0 && accepted != received;
      case acknowledged::rejected:
        return accepted == 0;
      default:
        return true;
    }
  }

  transaction_set const& set_;
  remarks& found_;
  group_acknowledgement out_;
  std::uint32_t verdict_segment_ = 0;
  bool is_open_ = false;
};

}  // namespace

interchange_acknowledgement read_interchange_acknowledgement(segment const& ta1,
                                                             delimiters const& marks,
                                                             remarks& found) {
  check_elements(ta1, marks, found);
  return {ta1.number, ta1[1], ta1[2], ta1[3], ta1[4], ta1[5], verdict_of(ta1[4])};
}

group_acknowledgement read_group_acknowledgement(transaction_set const& set, remarks& found) {
  return group_reader{set, found}.run();
}

std::string_view name_of(acknowledged verdict) noexcept {
  constexpr std::string_view names[] = {"unclear", "accepted", "accepted-with-errors",
                                        "partly-accepted", "rejected"};
  return names[static_cast<std::size_t>(verdict)];
}

}  // namespace intake::forms::x12

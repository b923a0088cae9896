#include "forms/x12/set_rules.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <span>
#include <string>
#include <vector>

namespace intake::forms::x12 {
namespace {

// NM101 of loops 2100A to 2100D, in the order of `level`.
constexpr std::string_view sources[] = {"2B", "36", "GP", "P5", "PR"};
constexpr std::string_view receivers[] = {"1P", "2B", "36", "80", "FA", "GP", "P5", "PR"};
constexpr std::string_view subscribers[] = {"IL"};
constexpr std::string_view dependents[] = {"03"};
constexpr std::array<std::span<std::string_view const>, 5> names_of_level{
    std::span<std::string_view const>{}, sources, receivers, subscribers, dependents};

// BHT02.
constexpr std::string_view inquiry_purposes[] = {"01", "13", "36"};
constexpr std::string_view response_purposes[] = {"06", "11"};

constexpr std::string_view structure = "0022";
constexpr std::string_view related_loop = "2120";

bool is_in(std::span<std::string_view const> list, std::string_view value) {
  return std::ranges::find(list, value) != list.end();
}

/// What stands once in a loop at most: one bit each.
constexpr tag once[] = {tag::n3, tag::n4, tag::prv, tag::dmg, tag::ins, tag::hi, tag::mpi};

std::uint8_t bit_of(tag name) {
  auto const* const found = std::ranges::find(once, name);
  return found == std::end(once) ? std::uint8_t{0}
                                 : static_cast<std::uint8_t>(1U << (found - std::begin(once)));
}

class set_checker {
 public:
  set_checker(transaction_set const& set, loop_tree const& tree, remarks& found)
      : set_{set}, tree_{tree}, found_{found}, seen_(tree.loops.size()) {}

  void run() {
    for (auto const& each : tree_.segments) look_at(*each.what, each.loop);
    // What a cut took away is said by the cut.
    if (set_.complete) check_presence();
  }

 private:
  bool is_inquiry() const { return set_.kind == set_kind::inquiry_270; }

  void look_at(segment const& one, std::uint32_t loop) {
    switch (one.name) {
      case tag::bht:
        return check_header(one);
      case tag::hl:
        return check_level(one, tree_.loops[loop].of);
      case tag::nm1:
        return check_name(one, tree_.loops[loop]);
      case tag::eb:
      case tag::eq:
        has_rows_ = true;
        return;
      case tag::aaa:
        note_rejection(tree_.loops[loop].of);
        return;
      case tag::ls:
        list_ = one[1];
        if (list_ != related_loop) found_.add(remark_code::value_not_allowed, one.number, 1);
        return;
      case tag::le:
        // Where there is no list to close the place says so.
        if (!list_.empty() && one[1] != list_) found_.add(remark_code::le_differs, one.number, 1);
        list_ = {};
        return;
      default:
        return check_once(one, loop);
    }
  }

  void check_header(segment const& bht) {
    if (has_header_) found_.add(remark_code::segment_repeated, bht.number);
    has_header_ = true;
    if (bht[1] != structure) found_.add(remark_code::value_not_allowed, bht.number, 1);
    std::span<std::string_view const> const purposes =
        is_inquiry() ? std::span<std::string_view const>{inquiry_purposes} : response_purposes;
    if (!is_in(purposes, bht[2])) found_.add(remark_code::value_not_allowed, bht.number, 2);
  }

  void check_level(segment const& hl, level of) {
    has_level_[static_cast<std::size_t>(of)] = true;
    ++levels_;
    std::uint32_t said = 0;
    auto const text = hl[1];
    auto const* const end = text.data() + text.size();
    auto const [stop, error] = std::from_chars(text.data(), end, said);
    bool const is_next = error == std::errc{} && stop == end && said == levels_;
    if (!is_next) found_.add(remark_code::hl_sequence, hl.number, 1);
  }

  void check_name(segment const& nm1, loop const& where) {
    bool const is_known = where.part == loop_part::name && where.of != level::none;
    if (!is_known || nm1[1].empty()) return;
    auto const names = names_of_level[static_cast<std::size_t>(where.of)];
    if (!is_in(names, nm1[1])) found_.add(remark_code::value_not_allowed, nm1.number, 1);
  }

  void check_once(segment const& one, std::uint32_t loop) {
    auto const bit = bit_of(one.name);
    if ((seen_[loop] & bit) != 0) found_.add(remark_code::segment_repeated, one.number);
    seen_[loop] = static_cast<std::uint8_t>(seen_[loop] | bit);
  }

  /// Below a payer or a provider that was rejected nothing need come.
  void note_rejection(level of) {
    has_rows_ = true;
    may_end_above_ = may_end_above_ || of == level::source || of == level::receiver;
    may_end_at_source_ = may_end_at_source_ || of == level::source;
  }

  void check_presence() {
    require(has_header_, "BHT");
    require(has(level::source), "HL of level 20");
    require(has(level::receiver) || may_end_at_source_, "HL of level 21");
    require(has(level::subscriber) || may_end_above_, "HL of level 22");
    require(has_rows_, is_inquiry() ? "EQ" : "EB or AAA");
  }

  bool has(level of) const { return has_level_[static_cast<std::size_t>(of)]; }

  void require(bool is_there, std::string_view what) {
    if (is_there) return;
    found_.add(remark_code::segment_missing, set_.segments.front().number, 0, std::string{what});
  }

  transaction_set const& set_;
  loop_tree const& tree_;
  remarks& found_;
  std::vector<std::uint8_t> seen_;
  std::array<bool, 5> has_level_{};
  std::string_view list_;
  std::uint32_t levels_ = 0;
  bool has_header_ = false;
  bool has_rows_ = false;
  bool may_end_above_ = false;
  bool may_end_at_source_ = false;
};

}  // namespace

void check_set(transaction_set const& set, loop_tree const& tree, remarks& found) {
  set_checker{set, tree, found}.run();
}

}  // namespace intake::forms::x12

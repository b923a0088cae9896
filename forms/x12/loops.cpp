#include "forms/x12/loops.hpp"

#include "forms/x12/set_rules.hpp"
#include "forms/x12/syntax.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <unordered_map>

namespace intake::forms::x12 {
namespace {

struct order_row {
  set_kind set;
  loop_part part;
  /// Which levels: one letter each.
  std::string_view levels;
  std::initializer_list<tag> order;
};

using enum tag;

// X12 005010X279A1: what each loop holds, in its order.
order_row const orders[] = {
    {set_kind::response_271, loop_part::hierarchy, "A", {hl, aaa}},
    {set_kind::response_271, loop_part::hierarchy, "B", {hl}},
    {set_kind::response_271, loop_part::hierarchy, "CD", {hl, trn}},
    {set_kind::response_271, loop_part::name, "A", {nm1, per, aaa}},
    {set_kind::response_271, loop_part::name, "B", {nm1, ref, n3, n4, aaa, prv}},
    {set_kind::response_271,
     loop_part::name,
     "CD",
     {nm1, ref, n3, n4, aaa, prv, dmg, ins, hi, dtp, mpi}},
    {set_kind::response_271, loop_part::benefit, "CD", {eb, hsd, ref, dtp, aaa, msg, ls, le}},
    {set_kind::response_271, loop_part::information, "CD", {iii}},
    {set_kind::response_271, loop_part::related, "CD", {nm1, n3, n4, per, prv}},
    {set_kind::inquiry_270, loop_part::hierarchy, "AB", {hl}},
    {set_kind::inquiry_270, loop_part::hierarchy, "CD", {hl, trn}},
    {set_kind::inquiry_270, loop_part::name, "A", {nm1}},
    {set_kind::inquiry_270, loop_part::name, "B", {nm1, ref, n3, n4, prv}},
    {set_kind::inquiry_270, loop_part::name, "CD", {nm1, ref, n3, n4, prv, dmg, ins, hi, dtp}},
    {set_kind::inquiry_270, loop_part::benefit, "CD", {eq, amt, iii, ref, dtp}},
};

constexpr std::string_view letters = "-ABCD";

char letter_of(level of) {
  return letters[static_cast<std::size_t>(of)];
}

level level_of(std::string_view hl03) {
  if (hl03.size() != 2 || hl03[0] != '2' || hl03[1] < '0' || hl03[1] > '3') return level::none;
  return static_cast<level>(hl03[1] - '0' + 1);
}

/// The place of a segment in its loop, 0 first; nothing where it has none.
std::optional<std::size_t> rank_in(set_kind set, level of, loop_part part, tag name) {
  for (auto const& row : orders) {
    if (row.set != set || row.part != part || row.levels.find(letter_of(of)) == row.levels.npos) {
      continue;
    }
    auto const* const at = std::ranges::find(row.order, name);
    return at == row.order.end() ? std::nullopt
                                 : std::optional{static_cast<std::size_t>(at - row.order.begin())};
  }
  return std::nullopt;
}

struct hierarchy {
  level of = level::none;
  std::uint32_t segment = 0;
  std::string_view child_code;
  std::uint32_t children = 0;
};

class placer {
 public:
  placer(transaction_set const& set, remarks& found) : set_{set}, found_{found} {
    tree_.segments.reserve(set.segments.size());
    tree_.loops.push_back({level::none, loop_part::header, 0, set.segments.front().number});
    last_rank_.push_back(0);
  }

  loop_tree run() {
    for (auto const& one : set_.segments) {
      if (one.name == hl && ++levels_ > levels_max) {
        found_.add(remark_code::file_too_large, one.number);
        break;
      }
      check_elements(one, set_.marks, found_);
      place(one);
    }
    close_benefit(set_.segments.back().number);
    close_level();
    check_child_codes();
    return std::move(tree_);
  }

 private:
  void place(segment const& one) {
    switch (one.name) {
      case st:
      case bht:
        return put(one, 0);
      case se:
        close_benefit(one.number);
        return put(one, 0);
      case hl:
        return open_level(one);
      case nm1:
        return open_name(one);
      case eb:
      case eq:
        return open_benefit(one);
      case iii:
        return open_information(one);
      case ls:
        return open_related_list(one);
      case le:
        return close_related_list(one);
      case trn:
        return put_in(one, hierarchy_);
      case other:
        found_.add(remark_code::unknown_segment, one.number);
        return put(one, current_);
      default:
        return put_nearest(one);
    }
  }

  std::uint32_t open(loop_part part, std::uint32_t parent, segment const& one) {
    tree_.loops.push_back({level_, part, parent, one.number});
    last_rank_.push_back(0);
    return static_cast<std::uint32_t>(tree_.loops.size() - 1);
  }

  void put(segment const& one, std::uint32_t loop) {
    tree_.segments.push_back({&one, loop});
    current_ = loop;
  }

  /// Into that loop, whatever its rules say of it; what they say is noted.
  void put_in(segment const& one, std::optional<std::uint32_t> loop) {
    if (!loop) {
      found_.add(remark_code::segment_misplaced, one.number);
      return put(one, 0);
    }
    auto const& there = tree_.loops[*loop];
    auto const rank = rank_in(set_.kind, there.of, there.part, one.name);
    if (!rank) {
      found_.add(remark_code::segment_misplaced, one.number);
    } else {
      bool const is_late = *rank < last_rank_[*loop] || is_child_of(current_, *loop);
      if (is_late) found_.add(remark_code::segment_out_of_order, one.number);
      last_rank_[*loop] = std::max(last_rank_[*loop], *rank);
    }
    put(one, *loop);
  }

  /// Whether the segment before stands in a loop inside that one: only LE comes back out.
  bool is_child_of(std::uint32_t inner, std::uint32_t outer) const {
    return inner != outer && tree_.loops[inner].parent == outer;
  }

  void put_nearest(segment const& one) {
    for (auto const loop : {related_, information_, benefit_, name_, hierarchy_}) {
      if (!loop) continue;
      auto const& there = tree_.loops[*loop];
      if (rank_in(set_.kind, there.of, there.part, one.name)) return put_in(one, loop);
    }
    found_.add(remark_code::segment_misplaced, one.number);
    put(one, name_.value_or(hierarchy_.value_or(0)));
  }

  void close_level() {
    if (hierarchy_ && !name_) {
      found_.add(remark_code::name_missing, tree_.loops[*hierarchy_].segment);
    }
    hierarchy_.reset();
    name_.reset();
  }

  void open_level(segment const& one) {
    close_benefit(one.number);
    close_level();
    level_ = level_of(one[3]);
    if (level_ == level::none) found_.add(remark_code::hl_level, one.number, 3);
    auto const parent = parent_of(one);
    auto const index = open(loop_part::hierarchy, parent, one);
    hierarchy_ = index;
    if (!by_number_.try_emplace(one[1], index).second) {
      found_.add(remark_code::hl_repeated, one.number, 1);
      by_number_.insert_or_assign(one[1], index);
    }
    hierarchies_.insert_or_assign(index, hierarchy{level_, one.number, one[4], 0});
    newest_[static_cast<std::size_t>(level_)] = index;
    if (level_ == level::none) {
      put(one, index);
    } else {
      put_in(one, index);
    }
  }

  /// HL02's level where it is one above this; else the newest that is.
  std::uint32_t parent_of(segment const& one) {
    if (level_ == level::none || level_ == level::source) {
      bool const is_orphan = level_ == level::none || one[2].empty();
      if (!is_orphan) found_.add(remark_code::hl_parent, one.number, 2);
      return 0;
    }
    auto const above = static_cast<level>(static_cast<std::uint8_t>(level_) - 1);
    auto const named = by_number_.find(one[2]);
    bool const is_named = named != by_number_.end() && tree_.loops[named->second].of == above;
    if (!is_named) found_.add(remark_code::hl_parent, one.number, 2);
    auto const parent =
        is_named ? named->second : newest_[static_cast<std::size_t>(above)].value_or(0);
    if (auto const at = hierarchies_.find(parent); at != hierarchies_.end()) ++at->second.children;
    return parent;
  }

  void check_child_codes() {
    for (auto const& [index, one] : hierarchies_) {
      bool const says_children = one.child_code == "1";
      if (one.child_code.empty() || says_children == (one.children != 0)) continue;
      found_.add(remark_code::hl_child_code, one.segment, 4);
    }
  }

  void open_name(segment const& one) {
    if (benefit_) {
      if (!is_listing_) found_.add(remark_code::segment_misplaced, one.number);
      related_ = open(loop_part::related, *benefit_, one);
      return put(one, *related_);
    }
    if (!hierarchy_ || name_) found_.add(remark_code::segment_misplaced, one.number);
    name_ = open(loop_part::name, hierarchy_.value_or(0), one);
    put(one, *name_);
  }

  void open_benefit(segment const& one) {
    close_benefit(one.number);
    bool const is_patient = level_ == level::subscriber || level_ == level::dependent;
    bool const is_right_set = (one.name == eb) == (set_.kind == set_kind::response_271);
    if (!name_ || !is_patient || !is_right_set) {
      found_.add(remark_code::segment_misplaced, one.number);
    }
    benefit_ = open(loop_part::benefit, name_.value_or(0), one);
    put(one, *benefit_);
  }

  void open_information(segment const& one) {
    if (set_.kind == set_kind::inquiry_270 || !benefit_) return put_nearest(one);
    if (is_listing_) found_.add(remark_code::segment_out_of_order, one.number);
    information_ = open(loop_part::information, *benefit_, one);
    put(one, *information_);
  }

  void open_related_list(segment const& one) {
    if (!benefit_) {
      found_.add(remark_code::segment_misplaced, one.number);
      return put(one, current_);
    }
    is_listing_ = true;
    related_.reset();
    last_rank_[*benefit_] = std::max(last_rank_[*benefit_], std::size_t{6});
    put(one, *benefit_);
  }

  void close_related_list(segment const& one) {
    if (!is_listing_) found_.add(remark_code::le_without_ls, one.number);
    is_listing_ = false;
    related_.reset();
    information_.reset();
    put(one, benefit_.value_or(current_));
  }

  void close_benefit(std::uint32_t number) {
    if (is_listing_) found_.add(remark_code::ls_without_le, number);
    is_listing_ = false;
    benefit_.reset();
    related_.reset();
    information_.reset();
  }

  transaction_set const& set_;
  remarks& found_;
  loop_tree tree_;
  std::vector<std::size_t> last_rank_;
  level level_ = level::none;
  std::size_t levels_ = 0;
  bool is_listing_ = false;
  std::uint32_t current_ = 0;
  std::optional<std::uint32_t> hierarchy_;
  std::optional<std::uint32_t> name_;
  std::optional<std::uint32_t> benefit_;
  std::optional<std::uint32_t> information_;
  std::optional<std::uint32_t> related_;
  std::array<std::optional<std::uint32_t>, 5> newest_;
  std::unordered_map<std::string_view, std::uint32_t> by_number_;
  std::unordered_map<std::uint32_t, hierarchy> hierarchies_;
};

}  // namespace

std::string id_of(loop const& one) {
  constexpr std::string_view parts[] = {"header", "2000", "2100", "2110", "2115", "2120"};
  std::string id{parts[static_cast<std::size_t>(one.part)]};
  if (one.part != loop_part::header) id += letter_of(one.of);
  return id;
}

loop_tree place_segments(transaction_set const& set, remarks& found) {
  auto tree = placer{set, found}.run();
  check_set(set, tree, found);
  return tree;
}

}  // namespace intake::forms::x12

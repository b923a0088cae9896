#pragma once
#include "pdf/typefaces.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace intake::pdf {

using watch_id = std::uint32_t;
constexpr watch_id unwatched = 0xFFFFFFFF;

/// Holds what each answer should read on paper against what the drawn codes copy as. The
/// expectation comes straight from the answer and never through shaping, line breaking, paging or
/// encoding: a fault in any of them shows.
class fidelity_check {
 public:
  explicit fidelity_check(typefaces const& faces) : faces_(faces) {}

  /// Starts watching a text; `key` names it in defects().
  watch_id watch(std::string_view key, std::string_view utf8);
  /// Takes a drawn line's text, in logical order.
  void drawn(watch_id id, std::u16string_view text);
  /// Says that a line of this text stands beyond the margins.
  void misplaced(watch_id id);
  /// The keys of misplaced texts and those whose drawn text differs from the expected in more than
  /// white space and invisible characters.
  std::vector<std::string> defects() const;
  /// Ends what was watched so far; its ids are given anew.
  void forget() { texts_.clear(); }

 private:
  struct watched_text {
    std::string key;
    std::u16string expected;
    std::u16string drawn;
    bool misplaced = false;
  };
  typefaces const& faces_;
  std::vector<watched_text> texts_;
};

}  // namespace intake::pdf

#pragma once
#include "forms/x12/envelope.hpp"

#include <cstdint>
#include <string>
#include <vector>

/// Where each segment of a 270 or 271 belongs: X12 005010X279A1, section 2.
namespace intake::forms::x12 {

/// HL03: 20, 21, 22, 23.
enum class level : std::uint8_t { none, source, receiver, subscriber, dependent };

enum class loop_part : std::uint8_t {
  header,       ///< ST, BHT, SE
  hierarchy,    ///< 2000: HL, TRN
  name,         ///< 2100: NM1 and what is said of it
  benefit,      ///< 2110: EB or EQ
  information,  ///< 2115: III
  related       ///< 2120: NM1 between LS and LE
};

struct loop {
  level of = level::none;
  loop_part part = loop_part::header;
  std::uint32_t parent = 0;   ///< index; the header (0) is its own
  std::uint32_t segment = 0;  ///< number of its first segment
};

/// "2110C"; "header".
std::string id_of(loop const&);

struct placed_segment {
  x12::segment const* what = nullptr;
  std::uint32_t loop = 0;
};

struct loop_tree {
  /// In the order in which they begin; a parent before its children.
  std::vector<loop> loops;
  /// In the order of the file.
  std::vector<placed_segment> segments;
};

/// Of one transaction set; more is an error and is not placed.
inline constexpr std::size_t levels_max = 20'000;

/// Places every segment. Any order is read: what comes too late in its loop, or has no place in it,
/// is said as a deviation, and belongs to the nearest loop that has a place for it.
loop_tree place_segments(transaction_set const&, remarks&);

}  // namespace intake::forms::x12

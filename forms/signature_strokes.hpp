#pragma once
#include "forms/json_reader.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace intake::forms {

/// In the pad's own unit, y downwards.
struct pen_point {
  double x = 0;
  double y = 0;
  bool operator==(pen_point const&) const = default;
};

/// A drawn signature, as an attachment of type application/json holds it (forms/packet/README.md).
struct drawn_signature {
  double width = 0;
  double height = 0;
  std::vector<std::vector<pen_point>> strokes;
  bool operator==(drawn_signature const&) const = default;
};

inline constexpr std::size_t signature_bytes_max = 64 * 1024;
inline constexpr std::size_t signature_strokes_max = 2'000;
inline constexpr std::size_t signature_points_max = 50'000;

/// Reads `{"width":600,"height":200,"strokes":[[[x,y],…],…]}`: these three members and no others,
/// a pad of 1 to 10,000 units, points that are pairs of numbers no further than that beyond it.
/// Nothing for any other text, and for more than the limits above.
std::optional<drawn_signature> read_signature(std::string json);

/// The same text for the same signature, shortest numbers: `read_signature` gives it back.
std::string write_signature(drawn_signature const&);

/// Whether some stroke goes anywhere: a tap, or many, is no signature.
bool is_drawn(drawn_signature const&);

}  // namespace intake::forms

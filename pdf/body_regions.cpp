#include "pdf/body_regions.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <iterator>
#include <span>
#include <string_view>

namespace intake::pdf {
namespace {

using outline = std::vector<stroke_point>;

constexpr float corner_radius = 1.3F;

/// `paired` stands on both sides of the body as NAME-right and NAME-left; `central` crosses the
/// middle.
enum class symmetry : std::uint8_t { paired, central };

/// The half of a region that lies right of the middle line on paper; a central one begins and ends
/// on that line.
struct region_shape {
  std::string_view name;
  symmetry kind;
  std::array<stroke_point, 7> corners;
  std::size_t count;
};

using enum symmetry;

constexpr region_shape front_shapes[] = {
    {"head-front", central, {{{50, 2}, {57, 3}, {62, 9}, {62.5F, 15}, {50, 15}}}, 5},
    {"face", paired, {{{50, 15}, {62.5F, 15}, {61.5F, 23}, {50, 23}}}, 4},
    {"jaw", paired, {{{50, 23}, {61.5F, 23}, {57, 30.5F}, {50, 33}}}, 4},
    {"neck-front", central, {{{50, 33}, {56.5F, 31}, {57, 38}, {62, 41}, {50, 43}}}, 5},
    {"shoulder-front",
     paired,
     {{{62, 41}, {70, 42.5F}, {77, 46}, {79.5F, 54}, {70.5F, 54}, {66, 47}}},
     6},
    {"chest", paired, {{{50, 43}, {62, 41}, {66, 47}, {70, 54}, {68, 66}, {50, 68}}}, 6},
    {"upper-arm-front", paired, {{{71, 54}, {79.5F, 54}, {83, 75}, {75, 76.5F}}}, 4},
    {"elbow-front", paired, {{{75, 76.5F}, {83, 75}, {85, 84}, {77, 85.5F}}}, 4},
    {"forearm-front", paired, {{{77, 85.5F}, {85, 84}, {90, 104}, {84, 105.5F}}}, 4},
    {"palm", paired, {{{84, 105.5F}, {90, 104}, {95, 112}, {96, 121}, {91, 123}, {86, 116}}}, 6},
    {"belly-upper", central, {{{50, 68}, {68, 66}, {66, 82}, {50, 84}}}, 4},
    {"belly-lower", central, {{{50, 84}, {66, 82}, {67.5F, 94}, {58, 104}, {50, 104}}}, 5},
    {"hip-front", paired, {{{67.5F, 94}, {70, 108}, {60, 110}, {58, 104}}}, 4},
    {"groin", central, {{{50, 104}, {58, 104}, {60, 110}, {52, 116}, {50, 115}}}, 5},
    {"thigh-front",
     paired,
     {{{60, 110}, {70, 108}, {70, 128}, {67, 142}, {55.5F, 143}, {52, 116}}},
     6},
    {"knee-front", paired, {{{55.5F, 143}, {67, 142}, {66.5F, 155}, {56, 156}}}, 4},
    {"shin", paired, {{{56, 156}, {66.5F, 155}, {67, 168}, {63.5F, 184}, {57.5F, 184}}}, 5},
    {"ankle", paired, {{{57.5F, 184}, {63.5F, 184}, {64, 191}, {57.5F, 191}}}, 4},
    {"foot-top", paired, {{{57.5F, 191}, {64, 191}, {71, 200}, {69, 204}, {58, 203}}}, 5},
};

constexpr region_shape back_shapes[] = {
    {"head-back", central, {{{50, 2}, {57, 3}, {62, 9}, {62.5F, 17}, {60, 27}, {50, 29}}}, 6},
    {"neck-back", central, {{{50, 29}, {56.5F, 28}, {57, 37}, {62, 41}, {50, 43}}}, 5},
    {"shoulder-back",
     paired,
     {{{62, 41}, {70, 42.5F}, {77, 46}, {79.5F, 54}, {70.5F, 54}, {66, 47}}},
     6},
    {"back-upper", central, {{{50, 43}, {62, 41}, {66, 47}, {70, 54}, {69, 60}, {50, 62}}}, 6},
    {"upper-arm-back", paired, {{{71, 54}, {79.5F, 54}, {83, 75}, {75, 76.5F}}}, 4},
    {"elbow-back", paired, {{{75, 76.5F}, {83, 75}, {85, 84}, {77, 85.5F}}}, 4},
    {"forearm-back", paired, {{{77, 85.5F}, {85, 84}, {90, 104}, {84, 105.5F}}}, 4},
    {"hand-back",
     paired,
     {{{84, 105.5F}, {90, 104}, {95, 112}, {96, 121}, {91, 123}, {86, 116}}},
     6},
    {"back-middle", central, {{{50, 62}, {69, 60}, {67, 76}, {50, 78}}}, 4},
    {"back-low", central, {{{50, 78}, {56, 77.5F}, {56, 94}, {50, 94}}}, 4},
    {"back-low", paired, {{{56, 77.5F}, {67, 76}, {66, 84}, {67.5F, 94}, {56, 94}}}, 5},
    {"tailbone", central, {{{50, 94}, {54.5F, 94}, {52, 105}, {50, 107}}}, 4},
    {"buttock",
     paired,
     {{{54.5F, 94}, {67.5F, 94}, {70, 110}, {60, 117.5F}, {52, 117}, {50.7F, 110}, {52, 105}}},
     7},
    {"thigh-back",
     paired,
     {{{52, 117}, {60, 117.5F}, {70, 110}, {70, 128}, {67, 142}, {55.5F, 143}}},
     6},
    {"knee-back", paired, {{{55.5F, 143}, {67, 142}, {66.5F, 155}, {56, 156}}}, 4},
    {"calf", paired, {{{56, 156}, {66.5F, 155}, {67, 168}, {63.5F, 184}, {57.5F, 184}}}, 5},
    {"heel", paired, {{{57.5F, 184}, {63.5F, 184}, {65.5F, 197}, {64, 203}, {58, 203}}}, 5},
};

stroke_point mirrored(stroke_point at) {
  return {body_width - at.x, at.y};
}

stroke_point towards(stroke_point from, stroke_point to, float distance) {
  auto const length = std::hypot(to.x - from.x, to.y - from.y);
  if (length <= 0) return from;
  auto const part = std::min(distance / length, 0.5F);
  return {from.x + (to.x - from.x) * part, from.y + (to.y - from.y) * part};
}

/// Cuts the corners, so that the figure looks like flesh and not like glass.
outline rounded(outline const& corners) {
  outline out;
  for (std::size_t at = 0; at < corners.size(); ++at) {
    auto const corner = corners[at];
    auto const before =
        towards(corner, corners[(at + corners.size() - 1) % corners.size()], corner_radius);
    auto const behind = towards(corner, corners[(at + 1) % corners.size()], corner_radius);
    out.push_back(before);
    out.push_back(
        {(before.x + 2 * corner.x + behind.x) / 4, (before.y + 2 * corner.y + behind.y) / 4});
    out.push_back(behind);
  }
  return out;
}

/// The parts of a region on paper.
std::vector<region_outline> outlines_of(region_shape const& from, body_side seen) {
  outline half(from.corners.begin(),
               from.corners.begin() + static_cast<std::ptrdiff_t>(from.count));
  outline other;
  std::transform(half.rbegin(), half.rend(), std::back_inserter(other), mirrored);
  if (from.kind == symmetry::central) {
    // The first and last corner lie on the middle line: one of each is enough.
    half.insert(half.end(), other.begin() + 1, other.end() - 1);
    return {{std::string(from.name), rounded(half)}};
  }
  // Who looks at a person's back has the person's right at the own right.
  bool const half_is_right = seen == body_side::back;
  auto const name = std::string(from.name);
  return {{name + (half_is_right ? "-right" : "-left"), rounded(half)},
          {name + (half_is_right ? "-left" : "-right"), rounded(other)}};
}

}  // namespace

std::vector<region_outline> body_regions(body_side seen) {
  auto const shapes = seen == body_side::front ? std::span<region_shape const>(front_shapes)
                                               : std::span<region_shape const>(back_shapes);
  std::vector<region_outline> all;
  for (auto const& shape : shapes) {
    auto parts = outlines_of(shape, seen);
    std::ranges::move(parts, std::back_inserter(all));
  }
  return all;
}

}  // namespace intake::pdf

#include "service/worker/picture_shape.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace intake::service::worker {
namespace {

/// The pixels of a line that one pixel of a shorter line is made of, and how much of each.
struct share {
  std::size_t first = 0;
  std::vector<float> weights;
};

std::vector<share> shares_of(unsigned from, unsigned to) {
  std::vector<share> all(to);
  auto const step = static_cast<double>(from) / to;
  for (unsigned i = 0; i < to; ++i) {
    auto const begin = i * step;
    auto const end = std::min<double>(from, begin + step);
    all[i].first = static_cast<std::size_t>(begin);
    for (auto at = all[i].first; static_cast<double>(at) < end; ++at) {
      auto const left = std::max(begin, static_cast<double>(at));
      auto const right = std::min(end, static_cast<double>(at) + 1);
      all[i].weights.push_back(static_cast<float>((right - left) / step));
    }
  }
  return all;
}

/// Adds a row of the large picture, narrowed and weighted, to a row of the small one.
void add_row(std::uint8_t const* row, std::vector<share> const& across, float weight,
             std::vector<float>& sums) {
  auto* sum = sums.data();
  for (auto const& each : across) {
    auto const* sample = row + each.first * samples_per_pixel;
    for (auto const part : each.weights) {
      for (std::size_t c = 0; c < samples_per_pixel; ++c) {
        sum[c] += weight * part * static_cast<float>(sample[c]);
      }
      sample += samples_per_pixel;
    }
    sum += samples_per_pixel;
  }
}

/// Which way the rows and columns of a picture run that was held so.
struct turn {
  bool swaps_sides;
  bool from_right;
  bool from_bottom;
};

// EXIF 3.0, tag 0x0112: where the first row and the first column of what is stored are seen.
constexpr turn turns[] = {{false, false, false}, {false, true, false}, {false, true, true},
                          {false, false, true},  {true, false, false}, {true, false, true},
                          {true, true, true},    {true, true, false}};

}  // namespace

pixels shrink(pixels from, unsigned side_max) {
  auto const longest = std::max(from.width, from.height);
  if (longest <= side_max) return from;
  auto const scaled = [&](unsigned side) {
    auto const exact = static_cast<double>(side) * side_max / longest;
    return std::max(1U, static_cast<unsigned>(std::lround(exact)));
  };
  auto out = blank_picture(scaled(from.width), scaled(from.height));
  auto const across = shares_of(from.width, out.width);
  auto const down = shares_of(from.height, out.height);
  auto const from_row = std::size_t{from.width} * samples_per_pixel;
  std::vector<float> sums(std::size_t{out.width} * samples_per_pixel);
  auto to = out.rgb.begin();
  for (auto const& each : down) {
    std::ranges::fill(sums, 0.0F);
    auto const* row = from.rgb.data() + each.first * from_row;
    for (auto const weight : each.weights) {
      add_row(row, across, weight, sums);
      row += from_row;
    }
    to = std::ranges::transform(sums, to, [](float sum) {
           return static_cast<std::uint8_t>(std::min(255.0F, sum + 0.5F));
         }).out;
  }
  return out;
}

pixels upright(pixels from, int orientation) {
  if (orientation <= 1 || orientation > 8) return from;
  auto const how = turns[orientation - 1];
  auto out = how.swaps_sides ? blank_picture(from.height, from.width)
                             : blank_picture(from.width, from.height);
  auto* to = out.rgb.data();
  for (unsigned y = 0; y < out.height; ++y) {
    for (unsigned x = 0; x < out.width; ++x) {
      auto column = how.swaps_sides ? y : x;
      auto row = how.swaps_sides ? x : y;
      if (how.from_right) column = from.width - 1 - column;
      if (how.from_bottom) row = from.height - 1 - row;
      auto const at = (std::size_t{row} * from.width + column) * samples_per_pixel;
      to = std::copy_n(from.rgb.data() + at, samples_per_pixel, to);
    }
  }
  return out;
}

}  // namespace intake::service::worker

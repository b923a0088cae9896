#pragma once
#include "certs/uuid.hpp"

#include <memory>
#include <random>

namespace intake::certs {

/// 2026-11-23T14:05:06Z, and bytes that repeat from run to run.
inline world test_world(unsigned seed = 1) {
  auto const engine = std::make_shared<std::mt19937>(seed);
  return {.now = [] { return utc_time{std::chrono::seconds{1'795'442'706}}; },
          .random =
              [engine](std::span<std::uint8_t> out) {
                for (auto& byte : out) byte = static_cast<std::uint8_t>((*engine)());
              }};
}

}  // namespace intake::certs

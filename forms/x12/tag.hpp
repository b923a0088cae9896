#pragma once
#include <cstdint>
#include <string_view>

namespace intake::forms::x12 {

/// The segments that are read here, by name; `other` is every other one.
enum class tag : std::uint8_t {
  other,
  isa,
  iea,
  isb,
  ise,
  ta1,
  ta3,
  gs,
  ge,
  st,
  se,
  bht,
  hl,
  nm1,
  ref,
  n3,
  n4,
  per,
  prv,
  dmg,
  ins,
  hi,
  dtp,
  mpi,
  trn,
  eq,
  amt,
  iii,
  eb,
  hsd,
  aaa,
  msg,
  ls,
  le,
  ak1,
  ak2,
  ak3,
  ak4,
  ak5,
  ak9,
  ik3,
  ik4,
  ik5,
  ctx,
};

/// "EB" and "eb"; `other` for what is not in the list.
tag tag_of(std::string_view id) noexcept;

/// "EB"; empty for `other`.
std::string_view name_of(tag) noexcept;

}  // namespace intake::forms::x12

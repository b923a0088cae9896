#include "forms/x12/benefits.hpp"

namespace intake::forms::x12 {
namespace {

void append(std::vector<placed_rejection>& out, std::string_view level, party const& from) {
  for (auto const& one : from.rejections) {
    if (out.size() == rejections_max) return;
    out.push_back({level, one});
  }
}

}  // namespace

person const* patient_of(response const& all, answer const& one) noexcept {
  if (one.dependent != nobody) return &all.dependents[one.dependent];
  return one.subscriber != nobody ? &all.subscribers[one.subscriber] : nullptr;
}

std::vector<placed_rejection> rejections_of(response const& all, answer const& one) {
  std::vector<placed_rejection> out;
  if (one.source != nobody) append(out, "source", all.sources[one.source]);
  if (one.receiver != nobody) append(out, "receiver", all.receivers[one.receiver]);
  if (one.subscriber != nobody) append(out, "subscriber", all.subscribers[one.subscriber]);
  if (one.dependent != nobody) append(out, "dependent", all.dependents[one.dependent]);
  return out;
}

}  // namespace intake::forms::x12

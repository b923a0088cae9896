#include "forms/x12/benefits.hpp"

namespace intake::forms::x12 {
namespace {

/// Calls `use(level, party)` for those that an answer names, from the top down.
template <class Use>
void for_each_level(response const& all, answer const& one, Use use) {
  if (one.source != nobody) use("source", all.sources[one.source]);
  if (one.receiver != nobody) use("receiver", all.receivers[one.receiver]);
  if (one.subscriber != nobody) use("subscriber", all.subscribers[one.subscriber]);
  if (one.dependent != nobody) use("dependent", all.dependents[one.dependent]);
}

}  // namespace

person const* patient_of(response const& all, answer const& one) noexcept {
  if (one.dependent != nobody) return &all.dependents[one.dependent];
  return one.subscriber != nobody ? &all.subscribers[one.subscriber] : nullptr;
}

std::vector<placed_rejection> rejections_of(response const& all, answer const& one) {
  std::vector<placed_rejection> out;
  for_each_level(all, one, [&out](std::string_view level, party const& from) {
    for (auto const& each : from.rejections) {
      if (out.size() < rejections_max) out.push_back({level, each});
    }
  });
  return out;
}

std::vector<placed_message> messages_of(response const& all, answer const& one) {
  std::vector<placed_message> out;
  for_each_level(all, one, [&out](std::string_view, party const& from) {
    for (auto const& each : from.messages) {
      if (out.size() < level_messages_max) out.push_back({0, each});
    }
  });
  for (auto const& row : one.benefits) {
    for (auto const& each : row.messages) out.push_back({row.segment, each});
  }
  return out;
}

}  // namespace intake::forms::x12

#include "service/record_acts.hpp"

#include "service/sealed_text.hpp"

#include <algorithm>

namespace intake::service {
namespace {

using kind = db::record_act_kind;

text_place place_of(certs::uuid id) {
  return {"record_act", id, 1};
}

}  // namespace

void keep_record_act(db::pool& desk, book_keys const& keys, noted_act const& one) {
  auto sealed = seal_text(keys.world, keys.keks, place_of(one.id), one.words);
  db::add_record_act(desk, {one.id, one.submission, one.other, one.kind, one.at, one.actor,
                            std::move(sealed.key), std::move(sealed.content)});
}

std::vector<noted_act> record_acts_of(db::pool& desk, certs::kek_provider const& keks,
                                      certs::uuid submission) {
  std::vector<noted_act> all;
  for (auto const& row : db::list_record_acts(desk, submission)) {
    auto words = open_text(keks, place_of(row.id), row.key, row.content);
    all.push_back({row.id, row.submission, row.other, row.kind, row.at, row.actor,
                   words.value_or("(can't be opened)")});
  }
  return all;
}

noted_act const* void_act(std::vector<noted_act> const& acts, certs::uuid submission) {
  noted_act const* latest = nullptr;
  for (auto const& each : acts) {
    bool const mine = each.submission == submission;
    if (mine && (each.kind == kind::make_void || each.kind == kind::restore)) latest = &each;
  }
  return latest != nullptr && latest->kind == kind::make_void ? latest : nullptr;
}

std::vector<certs::uuid> joined_with(std::vector<noted_act> const& acts, certs::uuid submission) {
  std::vector<certs::uuid> joined;
  for (auto const& each : acts) {
    if (!each.other) continue;
    auto const them = each.submission == submission ? *each.other : each.submission;
    std::erase(joined, them);
    if (each.kind == kind::join) joined.push_back(them);
  }
  return joined;
}

}  // namespace intake::service

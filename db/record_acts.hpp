#pragma once
#include "certs/kek.hpp"
#include "certs/uuid.hpp"
#include "db/pool.hpp"

#include <cstdint>
#include <optional>
#include <vector>

/// What staff write down about a record: notes, that it is void, that it is the same patient's as
/// another. Rows are only added; of a pair, and of void, the latest holds.
namespace intake::db {

enum class record_act_kind : std::uint8_t { note, make_void, restore, join, part };

struct record_act {
  certs::uuid id;
  certs::uuid submission;
  /// Of join and part: the other record.
  std::optional<certs::uuid> other;
  record_act_kind kind = record_act_kind::note;
  certs::utc_time at{};
  certs::uuid actor;
  certs::wrapped_key key;
  /// The words, sealed.
  certs::bytes content;
};

/// Both need the role intake_desk and throw `unavailable`.
void add_record_act(pool&, record_act const&);
/// All acts on that record, and those that name it as the other one, oldest first.
std::vector<record_act> list_record_acts(pool&, certs::uuid submission);

}  // namespace intake::db

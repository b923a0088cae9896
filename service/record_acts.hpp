#pragma once
#include "db/record_acts.hpp"
#include "service/appointment_book.hpp"

#include <optional>
#include <string>
#include <vector>

/// Notes on a record, its being void, and whose else it is: plain on the way into rows and out.
namespace intake::service {

struct noted_act {
  certs::uuid id;
  certs::uuid submission;
  std::optional<certs::uuid> other;
  db::record_act_kind kind = db::record_act_kind::note;
  certs::utc_time at{};
  certs::uuid actor;
  /// At most 2,000 bytes; "(can't be opened)" where it does not.
  std::string words;
};

/// Throws db::unavailable.
void keep_record_act(db::pool& desk, book_keys const&, noted_act const&);
std::vector<noted_act> record_acts_of(db::pool& desk, certs::kek_provider const&,
                                      certs::uuid submission);

/// The act that made it void; null where it is not, or was taken back.
noted_act const* void_act(std::vector<noted_act> const&, certs::uuid submission);
/// Records that somebody said to be the same patient's, as it holds now.
std::vector<certs::uuid> joined_with(std::vector<noted_act> const&, certs::uuid submission);

}  // namespace intake::service

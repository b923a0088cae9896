#pragma once
#include "certs/kek.hpp"
#include "db/appointments.hpp"
#include "service/expected_person.hpp"

#include <optional>
#include <string>
#include <string_view>

/// The day list's plaintext on its way into its rows and out of them.
namespace intake::service {

struct book_keys {
  certs::world const& world;
  certs::kek_provider const& keks;
  certs::keyring const& index;
};

/// An appointment to be stored; `id` empty: a new one. `number` is the schedule's own, empty for a
/// walk-in.
struct appointment_entry {
  std::string number{};
  std::string location{};
  certs::utc_time starts_at{};
  expected_person who{};
};

/// Sealed for its row: a new one, or the next revision of `before`.
db::appointment seal_appointment(book_keys const&, appointment_entry const&,
                                 db::appointment const* before = nullptr);

/// Nothing where it does not open.
std::optional<expected_person> open_appointment(certs::kek_provider const&, db::appointment const&);

/// What an appointment of the schedule is found by again.
certs::hash256 source_of(certs::keyring const&, std::string_view number);

enum class booking { added, changed, unchanged };

/// What booking it would do; nothing is changed. Throws `db::unavailable`.
booking plan_booking(db::pool& desk, book_keys const&, appointment_entry const&);

/// Adds it, or replaces what was there under its number. Throws `db::unavailable`.
booking book_appointment(db::pool& desk, book_keys const&, appointment_entry const&,
                         certs::uuid& id);

}  // namespace intake::service

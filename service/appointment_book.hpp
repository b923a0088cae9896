#pragma once
#include "certs/kek.hpp"
#include "db/appointments.hpp"
#include "service/expected_person.hpp"

#include <array>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

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

/// `given_away`: changed, and for another person than before.
enum class booking { added, changed, unchanged, given_away };
inline constexpr std::size_t bookings = 4;

/// What booking it would do; nothing is changed. Throws `db::unavailable`.
booking plan_booking(db::pool& desk, book_keys const&, appointment_entry const&);

/// Adds it, or replaces what was there under its number. Throws `db::unavailable`.
booking book_appointment(db::pool& desk, book_keys const&, appointment_entry const&,
                         certs::uuid& id);

/// What taking over a list comes to.
struct booked_list {
  /// By `booking`.
  std::array<int, bookings> counts{};
  std::vector<certs::uuid> touched{};
};

/// "3 added, 1 changed, 0 as they were, 1 for another person now"; the last only where there are.
std::string counts_in_words(std::array<int, bookings> const&, std::string_view added);

/// Books all of them or none. `before_visible` is called when all are stored and nobody sees one
/// yet; what it throws takes them back. Nothing: somebody else takes over a list, or was quicker.
/// Throws `db::unavailable`.
std::optional<booked_list> book_list(db::pool& desk, book_keys const&,
                                     std::span<appointment_entry const>,
                                     std::function<void(booked_list const&)> const& before_visible);

}  // namespace intake::service

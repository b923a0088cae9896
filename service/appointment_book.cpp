#include "service/appointment_book.hpp"

#include "db/errors.hpp"
#include "service/sealed_text.hpp"

#include <fmt/format.h>

namespace intake::service {
namespace {

text_place place_of(db::appointment const& row) {
  return {"appointment", row.id, static_cast<std::uint32_t>(row.revision)};
}

}  // namespace

db::appointment seal_appointment(book_keys const& keys, appointment_entry const& entry,
                                 db::appointment const* before) {
  db::appointment row;
  row.id = before != nullptr ? before->id : certs::new_uuid_v7(keys.world);
  row.revision = before != nullptr ? before->revision + 1 : 1;
  row.location = entry.location;
  row.starts_at = entry.starts_at;
  if (!entry.number.empty()) row.source = source_of(keys.index, entry.number);
  row.token = person_token(keys.index, entry.who);
  auto sealed = seal_text(keys.world, keys.keks, place_of(row), write_person(entry.who));
  row.key = std::move(sealed.key);
  row.content = std::move(sealed.content);
  return row;
}

std::optional<expected_person> open_appointment(certs::kek_provider const& keks,
                                                db::appointment const& row) {
  auto const text = open_text(keks, place_of(row), row.key, row.content);
  return text ? read_person(*text) : std::nullopt;
}

certs::hash256 source_of(certs::keyring const& keys, std::string_view number) {
  auto const text = "appointment number:" + std::string(number);
  return keys.keyed_hash(certs::key_role::body_hash, certs::as_bytes(text));
}

namespace {

std::optional<db::appointment> known_row(db::pool& desk, book_keys const& keys,
                                         appointment_entry const& entry) {
  if (entry.number.empty()) return std::nullopt;
  return db::find_appointment_by_source(desk, source_of(keys.index, entry.number));
}

booking booking_of(book_keys const& keys, appointment_entry const& entry,
                   std::optional<db::appointment> const& before) {
  if (!before) return booking::added;
  auto const who = open_appointment(keys.keks, *before);
  // Of a row that can't be opened nobody knows whose it was.
  if (!who || are_two_people(*who, entry.who)) return booking::given_away;
  bool const same = *who == entry.who && before->starts_at == entry.starts_at &&
                    before->location == entry.location;
  return same ? booking::unchanged : booking::changed;
}

struct planned_booking {
  booking what = booking::added;
  /// As it is to be stored; where nothing changes, as it is.
  db::appointment row;
};

planned_booking planned(db::pool& desk, book_keys const& keys, appointment_entry const& entry) {
  auto before = known_row(desk, keys, entry);
  auto const what = booking_of(keys, entry, before);
  if (what == booking::unchanged) return {what, std::move(*before)};
  auto row = seal_appointment(keys, entry, before ? &*before : nullptr);
  if (what == booking::given_away) row.other_person_since = keys.world.now();
  return {what, std::move(row)};
}

}  // namespace

std::string counts_in_words(std::array<int, bookings> const& counts, std::string_view added) {
  auto text =
      fmt::format("{} {}, {} changed, {} as they were", counts[0], added, counts[1], counts[2]);
  if (counts[3] > 0) text += fmt::format(", {} for another person now", counts[3]);
  return text;
}

booking plan_booking(db::pool& desk, book_keys const& keys, appointment_entry const& entry) {
  return booking_of(keys, entry, known_row(desk, keys, entry));
}

booking book_appointment(db::pool& desk, book_keys const& keys, appointment_entry const& entry,
                         certs::uuid& id) {
  auto const one = planned(desk, keys, entry);
  id = one.row.id;
  if (one.what == booking::added) {
    db::add_appointment(desk, one.row);
  } else if (one.what != booking::unchanged && !db::change_appointment(desk, one.row)) {
    throw db::unavailable("the day list was changed by somebody else at the same moment");
  }
  return one.what;
}

std::optional<booked_list> book_list(
    db::pool& desk, book_keys const& keys, std::span<appointment_entry const> entries,
    std::function<void(booked_list const&)> const& before_visible) {
  booked_list done;
  std::vector<db::appointment> rows;
  for (auto const& entry : entries) {
    auto one = planned(desk, keys, entry);
    ++done.counts[static_cast<std::size_t>(one.what)];
    if (one.what == booking::unchanged) continue;
    done.touched.push_back(one.row.id);
    rows.push_back(std::move(one.row));
  }
  if (!db::store_appointments(desk, rows, [&] { before_visible(done); })) return std::nullopt;
  return done;
}

}  // namespace intake::service

#pragma once
#include "certs/uuid.hpp"
#include "db/settlements.hpp"
#include "service/application.hpp"
#include "service/appointment_book.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// What the desk did about a thing that was missing, and its scan, in plain text on the way into
/// their rows and out of them.
namespace intake::service {

struct settled_item {
  certs::uuid id;
  certs::uuid submission;
  db::settlement_act act = db::settlement_act::paper;
  certs::utc_time at{};
  certs::uuid actor;
  /// As `missing_item` has it.
  std::string code;
  /// The reason, or what was agreed; at most 1,000 bytes.
  std::string words;
  /// "image/jpeg" or "application/pdf"; empty: nothing was attached.
  std::string scan_type;
};

/// What an item is found by; the code itself is in no column.
certs::hash256 missing_hash(certs::keyring const&, certs::uuid submission, std::string_view code);

/// Seals and stores it, with the bytes of its scan where there is one. Throws db::unavailable.
void keep_settlement(db::pool& desk, book_keys const&, settled_item const&, std::string_view scan);

/// What holds for these submissions; an item that was opened again is not there. Rows that do not
/// open are left out. Throws db::unavailable.
std::vector<settled_item> settled_items(db::pool& desk, certs::kek_provider const&,
                                        std::span<certs::uuid const> submissions);

/// The settlement with that id and its scan; nothing where it is not there or does not open.
struct opened_scan {
  settled_item what;
  std::string bytes;
};
std::optional<opened_scan> open_scan(db::pool& desk, certs::kek_provider const&, certs::uuid id);

}  // namespace intake::service

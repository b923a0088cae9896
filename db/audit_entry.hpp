#pragma once
#include "certs/hash_chain.hpp"
#include "certs/uuid.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace intake::db {

/// The most that one entry may name in `shown`.
inline constexpr std::size_t shown_max = 10'000;

enum class actor_kind { patient, staff, client, command, system };

/// `refused` is a person without the right; `failed` is a row that did not open or a disk that did
/// not answer.
enum class audit_outcome { done, refused, failed };

/// As the columns hold them: "patient", "done" …
std::string_view to_string(actor_kind);
std::string_view to_string(audit_outcome);
std::optional<actor_kind> parse_actor_kind(std::string_view);
std::optional<audit_outcome> parse_audit_outcome(std::string_view);

/// One act, as the audit trail keeps it (45 CFR 164.312(b)). Who, what, on which record, why, with
/// what result; never an answer, a name or a date of birth of a patient. Texts are UTF-8 without
/// NUL, at most 1,000 bytes each.
struct audit_entry {
  /// Kebab-case and stable, for example "submission-opened", "pdf-downloaded", "signed-in".
  std::string action;
  actor_kind who = actor_kind::system;
  /// The account's or client's id; empty for a patient without one.
  std::string actor;
  audit_outcome outcome = audit_outcome::done;
  /// The record acted on, and which version of it (0: all, or none).
  std::optional<certs::uuid> subject;
  std::int32_t version = 0;
  /// The records that a list, a search or an export showed, in the order shown; at most 10,000.
  std::vector<certs::uuid> shown;
  /// Why: the route's purpose, or the reason that was typed for breaking the glass.
  std::string purpose;
  std::string request_id;
  std::string address;
  /// Keyed hash of the bytes that leave: the PDF, the export.
  std::optional<certs::hash256> content;
};

}  // namespace intake::db

#pragma once
#include "certs/bytes.hpp"
#include "certs/hash_chain.hpp"
#include "certs/kek.hpp"
#include "certs/uuid.hpp"
#include "db/audit_entry.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace intake::db {

/// One sealed part of a submission version. Names are unique inside the version, 1-64 bytes of
/// [a-z0-9/._-]; lists read the part named `summary_part` and nothing else.
struct sealed_part {
  std::string name;
  certs::bytes sealed;
};

inline constexpr std::string_view summary_part = "summary";

/// A blind-index value: which field it stands for, and the (cut) HMAC, 1-32 bytes.
struct search_token {
  std::int16_t kind = 0;
  certs::bytes value;
  bool operator==(search_token const&) const = default;
};

/// One packet's answers, sealed and ready to be stored as one version of one submission: all of it
/// or nothing.
struct new_submission {
  /// Chosen before sealing, because the ciphertexts are bound to it; the same id sent again is the
  /// same submission.
  certs::uuid id;
  /// 1 for the first; a correction is the next number of a submission that exists.
  std::int32_t version = 1;
  /// Ten characters of Crockford base32, unique; version 1 brings it, a correction keeps its
  /// submission's.
  std::string receipt;
  /// Canonical url|version of every form in the packet, at least one.
  std::vector<std::string> forms;
  /// Keyed hash of the canonical body: tells a repetition from another body under the same id.
  certs::hash256 body_hash{};
  certs::utc_time received{};
  certs::wrapped_key key;
  /// At least the summary; at most 64 parts and 64 MiB together.
  std::vector<sealed_part> parts;
  std::vector<search_token> tokens;
  /// Topics that a worker must see to, for example "submission-received"; each becomes one outbox
  /// row.
  std::vector<std::string> outbox;
  /// Its subject and version are filled in by the writer.
  audit_entry audit;
};

}  // namespace intake::db

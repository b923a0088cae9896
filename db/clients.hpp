#pragma once
#include "certs/bytes.hpp"
#include "certs/uuid.hpp"
#include "db/accounts.hpp"
#include "db/pool.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace intake::db {

/// A machine that speaks to the API with credentials of its own.
struct client {
  /// Unique, 1-64 bytes; what it sends as its name.
  std::string id;
  /// Of the secret, which is random and long, so a plain keyed hash does; empty where only a
  /// certificate is accepted.
  certs::bytes secret_hash;
  /// What it may do, for example "submit", "read:coverage".
  std::vector<std::string> scopes;
  certs::utc_time created{};
  std::optional<certs::utc_time> disabled;
  bool demo = false;
};

/// Written by intake_desk, read by intake_portal too. All functions here throw `unavailable`.
[[nodiscard]] account_change add_client(pool&, client const&);
std::optional<client> find_client(pool&, std::string_view id);
std::vector<client> list_clients(pool&);
[[nodiscard]] account_change disable_client(pool&, std::string_view id, certs::utc_time now);

}  // namespace intake::db

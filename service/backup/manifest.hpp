#pragma once
#include "certs/hash_chain.hpp"
#include "certs/keyring.hpp"
#include "certs/x25519.hpp"
#include "db/snapshot.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The one file of a backup that is not sealed: what it consists of, and which keys it needs.
///
///     intake-backup 1
///     made 1795442706000000            microseconds since 1970, of the snapshot
///     program 0.1.0
///     instance main
///     recipient <64 hex>               the public key that its files are sealed to
///     migration <64 hex>               in the order in which they were applied
///     kek kek-20261123-0a1b2c3d        without which some rows never open
///     head 120 <64 hex> main/serve     where each audit chain stood
///     table submission 40 id, receipt, received
///     sequence outbox_id_seq 40
///     file 2210 <64 hex> tables/submission   bytes and SHA-256 as it lies there
///     seal <64 hex>                    HMAC of all lines above, key role backup_manifest
namespace intake::service::backup {

struct stored_file {
  std::string name;
  std::uint64_t bytes = 0;
  certs::hash256 sha256{};
};

struct manifest {
  std::string program;
  std::string instance;
  certs::x25519_public recipient{};
  db::snapshot_facts facts;
  std::vector<stored_file> files;
};

/// The name of the file that holds a table's rows.
std::string table_file(std::string_view table);

std::string write_manifest(manifest const&, certs::keyring const&);

/// Nothing where the text is not a whole manifest of this version.
std::optional<manifest> read_manifest(std::string_view text);

/// Whether the text was written by an installation with these keys, and not changed since.
bool is_sealed_by(std::string_view text, certs::keyring const&);

}  // namespace intake::service::backup

#pragma once
#include "certs/kek.hpp"
#include "certs/secret.hpp"
#include "certs/uuid.hpp"

#include <compare>
#include <cstdint>
#include <string_view>
#include <vector>

#include <boost/system/result.hpp>

/// Seals the parts of a submission version so that each opens only in its own place.
///
/// Every version has a random data key (DEK), wrapped by a KEK. Every part has a key of its own
/// (HKDF-SHA-256 from the DEK; info = record id, version, part) and is encrypted with it once, by
/// AES-256-GCM with a random nonce. The additional data binds format version, table, record id,
/// version, part and form.
namespace intake::certs {

/// What one part may hold: a photo, never a film.
constexpr std::size_t part_bytes_max = 64 * 1024 * 1024;
/// What sealing adds to a part: format byte, nonce and tag.
constexpr std::size_t sealed_overhead_bytes = 1 + 12 + 16;

enum class part_kind : std::uint8_t { summary = 1, answers = 2, signature = 3, attachment = 4 };

/// A part of a version; `number` tells signatures and attachments apart.
struct part_name {
  part_kind kind = part_kind::summary;
  std::uint16_t number = 0;
  auto operator<=>(part_name const&) const = default;
};

/// The place a ciphertext belongs to; open() must be given exactly what seal() was given.
struct binding {
  std::string_view table;  ///< where the ciphertext lies; at most 1,024 bytes
  uuid record;
  std::uint32_t version = 1;
  std::string_view form;  ///< url|version; at most 1,024 bytes
};

/// Ciphertext: format byte, nonce, encrypted content, tag. Opaque to everyone else.
struct sealed {
  bytes value;
};

struct plain_part {
  part_name name;
  bytes_view content;
};

struct sealed_part {
  part_name name;
  sealed content;
};

struct sealed_version {
  wrapped_key key;
  std::vector<sealed_part> parts;
};

enum class open_error {
  unknown_kek,            ///< the row's KEK is not here
  key_not_authentic,      ///< the wrapped data key was changed, or is under another KEK
  unknown_format,         ///< too short, or not written by this format version
  content_not_authentic,  ///< changed, or moved here from another record, version, part or form
};

/// A sentence for the log and for staff; never holds content.
std::string_view sentence(open_error error);

/// A data key that was unwrapped, to open several parts of one version.
class version_key {
 public:
  explicit version_key(secret const& dek);
  secret const& root() const { return root_; }

 private:
  secret root_;
};

/// Seals all parts of a new version under a new data key. No two parts may have the same name.
/// Throws std::length_error beyond the limits above, std::runtime_error when the KEK cannot be
/// reached.
sealed_version seal(world const& w, kek_provider const& keks, binding const& place,
                    std::span<plain_part const> parts);

/// Throws std::runtime_error when the KEKs cannot be reached.
boost::system::result<version_key, open_error> unlock(kek_provider const& keks,
                                                      wrapped_key const& wrapped);

boost::system::result<wiped_bytes, open_error> open(version_key const& key, binding const& place,
                                                    part_name part, bytes_view sealed_content);

/// Both steps for the one part that is needed, as a list does with summaries.
boost::system::result<wiped_bytes, open_error> open(kek_provider const& keks,
                                                    wrapped_key const& wrapped,
                                                    binding const& place, part_name part,
                                                    bytes_view sealed_content);

/// The same data key under the current KEK: rotation, which never touches content.
boost::system::result<wrapped_key, open_error> rewrap(kek_provider const& keks,
                                                      wrapped_key const& wrapped);

[[noreturn]] void throw_exception_from_error(open_error error, boost::source_location const&);

}  // namespace intake::certs

#pragma once
#include "certs/secret.hpp"
#include "certs/x25519.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string_view>

/// Files that leave the machine: sealed to a recipient's public key, opened with the private one,
/// a piece at a time whatever their size.
///
///     box    "intake box 1\n" | ephemeral public key (32) | chunk, chunk, …
///     chunk  AES-256-GCM of 65,536 bytes, the last one of 0 to 65,536 | tag (16)
///     key    HKDF-SHA-256(X25519(ephemeral, recipient), salt: ephemeral | recipient public key,
///            info: "intake box 1 " | name)
///     nonce  number of the chunk from 0 (11 bytes, big-endian) | 1 for the last chunk, else 0
///
/// So no chunk can be changed, moved, left out or added, and a box opens only under its own name.
/// Who made it is not proven: anybody who has the public key can make one.
namespace intake::certs {

constexpr std::size_t box_chunk_bytes = 65536;

/// Takes what was sealed or opened, in order; the view ends with the call.
using byte_sink = std::function<void(bytes_view)>;

/// A box that does not open: changed, cut short, of another name or recipient, or no box.
class box_damaged : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class box_sealer {
 public:
  /// `name` has at most 1,024 bytes. Writes the head at once.
  box_sealer(world const& w, x25519_public const& recipient, std::string_view name, byte_sink out);
  ~box_sealer();
  box_sealer(box_sealer const&) = delete;
  box_sealer& operator=(box_sealer const&) = delete;

  void write(bytes_view content);
  /// Writes the last chunk; call once.
  void finish();

 private:
  struct state;
  std::unique_ptr<state> state_;
};

class box_opener {
 public:
  /// `recipient_key` is 32 bytes and outlives the opener.
  box_opener(secret const& recipient_key, std::string_view name, byte_sink out);
  ~box_opener();
  box_opener(box_opener const&) = delete;
  box_opener& operator=(box_opener const&) = delete;

  /// What reaches `out` was authenticated; that it is all of it, only `finish` can say. Throws
  /// box_damaged.
  void write(bytes_view sealed);
  /// Throws box_damaged where the end is missing; call once.
  void finish();

 private:
  struct state;
  std::unique_ptr<state> state_;
};

}  // namespace intake::certs

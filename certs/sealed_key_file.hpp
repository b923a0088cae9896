#pragma once
#include "certs/kek_file.hpp"
#include "certs/secret.hpp"

#include <string_view>

#include <boost/system/result.hpp>

/// A key file under a passphrase: whoever copies it has nothing without the words.
///
///     # a comment
///     intake-keys-sealed 1
///     argon2id <memory, KiB> <passes> <lanes> <salt, 32 hex>
///     <nonce, 24 hex> <the key file and its tag, hex>
///
/// The two last lines are AES-256-GCM under argon2id of the passphrase; the lines before the nonce
/// are bound to it. The tag is the proof of decryption: a wrong passphrase opens nothing and is
/// told from a right one without guessing at what came out.
namespace intake::certs {

/// Fewer bytes than that are guessed in days, argon2id or not.
constexpr std::size_t passphrase_bytes_min = 12;
constexpr std::size_t passphrase_bytes_max = 1024;

bool is_sealed_key_file(std::string_view text);

/// `key_file` as `write_key_file` makes it. Takes 256 MiB and most of a second. Throws
/// std::runtime_error where the memory is not there.
wiped_bytes seal_key_file(world const& w, secret const& passphrase, bytes_view key_file);

/// What was sealed. The message "the passphrase is wrong" is also that of a changed file: nobody
/// can tell the one from the other.
boost::system::result<wiped_bytes, key_file_error> open_sealed_key_file(std::string_view text,
                                                                        secret const& passphrase);

}  // namespace intake::certs

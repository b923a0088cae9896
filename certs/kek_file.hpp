#pragma once
#include "certs/key_set.hpp"

#include <filesystem>
#include <string_view>

#include <boost/system/result.hpp>

/// The key file: one key set as text, for the file system or a systemd credential.
///
///     # a comment
///     intake-keys 1
///     kek <id> current|decrypt-only <created, 2026-11-23T14:05:06Z> <64 hex> <check>
///     token-kek <id> current|decrypt-only <created> <check>      (the key lies in a PKCS#11 token)
///     index-root <64 hex> <check>
///     wrapped-index-root <id of a token-kek> <80 hex> <check>    (in place of index-root)
///
/// One space between fields, lines end in LF. <check> is the start of the SHA-256 of its line up to
/// the space before it, as 8 hex digits: it finds typing errors, not attackers.
namespace intake::certs {

constexpr std::size_t key_file_bytes_max = 64 * 1024;

/// What a key file has wrong; holds nothing of its content.
struct key_file_error {
  std::size_t line = 0;  ///< from 1; 0 for the file as a whole
  std::string_view message;
};

boost::system::result<key_set, key_file_error> parse_key_file(std::string_view text);

/// What `parse_key_file` reads. Where the current KEK is a token's, `wrap_index_root` comes first.
wiped_bytes write_key_file(key_set const& keys);

/// Throws std::runtime_error with a sentence and a hint: unreadable, open to others, or wrong.
key_set read_key_file(std::filesystem::path const& path);

/// A new file with mode 0600; never overwrites one. Throws std::runtime_error.
void create_key_file(std::filesystem::path const& path, key_set const& keys);

/// Puts a changed set in the place of the old file in one step. Throws std::runtime_error.
void replace_key_file(std::filesystem::path const& path, key_set const& keys);

[[noreturn]] void throw_exception_from_error(key_file_error const& error,
                                             boost::source_location const&);

}  // namespace intake::certs

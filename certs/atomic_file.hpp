#pragma once
#include "certs/secret.hpp"

#include <filesystem>

/// Small files with keys and certificates: whole or not at all.
namespace intake::certs {

enum class if_exists {
  refuse,
  replace,      ///< its owner and mode stay: who could read it must be able to read what comes
  replace_anew  ///< who could read it must not read what comes
};

/// Writes beside `path`, syncs, then moves into place, and syncs the folder. A new file gets
/// `mode`. Throws std::runtime_error naming the path and
/// the system's reason; the old file is then untouched.
void write_file_atomically(std::filesystem::path const& path, bytes_view content, unsigned mode,
                           if_exists policy);

enum class readers {
  anyone,
  owner_and_group  ///< refused when others may read, or group or others may write
};

/// Reads a regular file of at most `bytes_max`. Throws std::runtime_error with a sentence and a
/// hint.
wiped_bytes read_small_file(std::filesystem::path const& path, std::size_t bytes_max,
                            readers allowed);

}  // namespace intake::certs

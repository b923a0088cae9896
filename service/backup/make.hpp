#pragma once
#include "certs/keyring.hpp"
#include "service/backup/manifest.hpp"
#include "service/config.hpp"

#include <functional>
#include <string>

namespace intake::service::backup {

/// Said while a table or file is worked on (`done` false, about once in 64 MiB) and when it is
/// finished.
struct progress_step {
  std::string_view name;
  std::uint64_t bytes = 0;
  bool done = false;
};
using progress_report = std::function<void(progress_step const&)>;

struct backup_source {
  config const& settings;
  std::string const& config_file;
  certs::keyring const& keys;
  certs::world const& world;
};

/// Whether a folder holds a finished backup.
bool is_finished(std::string const& folder);

/// Everything but the keys, as of one moment, into a new folder. One that an interrupted call left
/// is begun anew; any other that is not empty is refused with command_failed. Throws
/// db::database_error, and std::runtime_error where the disk is at fault.
manifest make_backup(backup_source const&, std::string const& folder, progress_report const&);

}  // namespace intake::service::backup

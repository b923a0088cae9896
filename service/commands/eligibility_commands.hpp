#pragma once
#include "service/commands/commands.hpp"

#include <string>

/// The commands about asking payers; see commands.hpp.
namespace intake::service::commands {

struct eligibility_batch_options {
  /// YYYY-MM-DD; empty: the clinic's today.
  std::string day;
  /// Empty: the configuration's `[eligibility] outbox_folder`.
  std::string folder;
};
/// Writes a day's questions as one 270 into a folder, for cron: prints the file's name, and on
/// standard error whom it left out and why. 0: written, or there is nothing to ask. Audited before
/// it is written.
exit_code eligibility_batch(surroundings const&, config const&, eligibility_batch_options const&);

}  // namespace intake::service::commands

#pragma once
#include "tests/journeys/clinic.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace intake::tests {

/// How a command ended, and what it said on both its outputs.
struct ended {
  int code = 0;
  std::string said;
};

bool says(ended const&, std::string_view words);

/// A clinic with a folder of its own for settings, backups and what comes back; commands run in
/// this process as from the command line.
class command_clinic {
 public:
  command_clinic();

  /// Settings that name another database, with a key file of their own, `NAME.keys`.
  void write_settings(std::string const& name, database const&) const;
  /// A file or folder in the clinic's own.
  std::string path(std::string const& name) const { return folder_ + "/" + name; }

  ended run(std::vector<std::string> arguments, std::string const& settings = "intake.toml");

  /// Sends the sample packet so often; keeps the receipts.
  void submit(int count);

  clinic home;
  std::vector<std::string> receipts;

 private:
  std::string folder_;
};

}  // namespace intake::tests

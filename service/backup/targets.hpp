#pragma once
#include <string>

namespace intake::service::backup {

/// Tries whether a file can be made in a folder, which need not be there yet: makes it and one file
/// in it, and takes both away again. Throws command_failed (usage) where not.
void require_can_write(std::string const& folder, std::string const& what_for);

}  // namespace intake::service::backup

#pragma once
#include "service/commands/commands.hpp"

#include <string>
#include <string_view>

namespace intake::service::commands {

/// Writes a result to a new or replaced file that only its owner reads, into what is a device, a
/// pipe or a symbolic link's target, or to standard output for "-". Throws command_failed (world).
void write_output(surroundings const&, std::string const& output, std::string_view bytes);

/// Throws command_failed (world) where something that was printed did not get out.
void require_written(std::FILE* out);

}  // namespace intake::service::commands

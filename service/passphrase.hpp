#pragma once
#include "certs/secret.hpp"

#include <string>
#include <string_view>

/// Words that open keys: from a file that systemd or the operator gives, else from the terminal.
namespace intake::service {

/// The first line of a file that nobody else may read. Throws command_failed (usage).
certs::secret secret_line(std::string const& file);

/// Typed at the terminal and not shown; `prompt` says what for. Throws command_failed (usage) where
/// there is no terminal, with `hint`, or where it was given up with Ctrl-C.
certs::secret typed_unseen(std::string_view prompt, std::string const& hint);

/// A new passphrase: from the file, or typed twice. Throws command_failed (usage) where the two
/// differ or it is shorter than certs::passphrase_bytes_min.
certs::secret new_passphrase(std::string const& file, std::string const& hint);

}  // namespace intake::service

#include "service/commands/output_file.hpp"

#include "certs/atomic_file.hpp"

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <system_error>

namespace intake::service::commands {

namespace {

namespace fs = std::filesystem;

/// Devices and pipes take the bytes and stay what they are.
void write_into(fs::path const& special, std::string_view bytes) {
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> const file(std::fopen(special.c_str(), "we"),
                                                             &std::fclose);
  if (file && std::fwrite(bytes.data(), 1, bytes.size(), file.get()) == bytes.size() &&
      std::fflush(file.get()) == 0) {
    return;
  }
  throw command_failed(exit_code::world, "cannot write " + special.string() + ": " +
                                             std::generic_category().message(errno));
}

}  // namespace

void write_output(surroundings const& around, std::string const& output, std::string_view bytes) {
  if (output != "-") {
    auto const target = fs::weakly_canonical(output);
    if (fs::exists(target) && !fs::is_regular_file(target)) return write_into(target, bytes);
    certs::write_file_atomically(target, certs::as_bytes(bytes), 0600,
                                 certs::if_exists::replace_anew);
    return;
  }
  std::fwrite(bytes.data(), 1, bytes.size(), around.out);
  require_written(around.out);
}

void require_written(std::FILE* out) {
  if (std::fflush(out) == 0 && std::ferror(out) == 0) return;
  throw command_failed(exit_code::world, "the result could not be written to standard output");
}

}  // namespace intake::service::commands

#include "service/commands/output_file.hpp"

#include "certs/atomic_file.hpp"

namespace intake::service::commands {

void write_output(surroundings const& around, std::string const& output, std::string_view bytes) {
  if (output != "-") {
    certs::write_file_atomically(output, certs::as_bytes(bytes), 0600, certs::if_exists::replace);
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

#include "service/commands/commands.hpp"
#include "service/worker/image_worker.hpp"

namespace intake::service::commands {

exit_code worker_image() {
  return static_cast<exit_code>(worker::serve_one_file(worker::read_file));
}

}  // namespace intake::service::commands

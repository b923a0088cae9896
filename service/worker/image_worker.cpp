#include "service/worker/image_worker.hpp"

#include "service/limits.hpp"
#include "service/worker/frame.hpp"
#include "service/worker/sandbox.hpp"

#include <unistd.h>

namespace intake::service::worker {
namespace {

constexpr int image_served = 0;
constexpr int image_parent_is_strange = 70;

}  // namespace

int serve_one_file(file_work const& work) {
  enter_sandbox({.memory_bytes_max = image_memory_bytes_max});
  auto const file = read_frame(STDIN_FILENO, attachment_bytes_max, no_deadline);
  if (!file) return image_parent_is_strange;
  bool const told = write_frame(STDOUT_FILENO, write_answer(work(*file)), no_deadline);
  return told ? image_served : image_parent_is_strange;
}

}  // namespace intake::service::worker

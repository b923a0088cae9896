#include "service/worker/render_worker.hpp"

#include "service/worker/frame.hpp"

#include <unistd.h>

namespace intake::service::worker {
namespace {

constexpr int served = 0;
constexpr int parent_is_strange = 70;

}  // namespace

int serve_renders(draw_document const& draw) {
  // Libraries load what they load lazily while files may still be opened.
  draw(pdf::document{});
  enter_sandbox(render_limits);
  while (auto const asked = read_frame(STDIN_FILENO, frame_bytes_max, no_deadline)) {
    // A document that throws ends the child as one that crashes does: the parent knows one failure.
    auto const copy = pdf::write_rendered(draw(pdf::read_document(*asked)));
    if (!write_frame(STDOUT_FILENO, copy, no_deadline)) return parent_is_strange;
  }
  return served;
}

}  // namespace intake::service::worker

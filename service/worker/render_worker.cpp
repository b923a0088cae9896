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

int serve_long_drawing(begin_drawing const& begin) {
  begin({})->finish();
  enter_sandbox(render_limits);
  auto const head = read_frame(STDIN_FILENO, frame_bytes_max, no_deadline);
  if (!head) return served;
  auto const drawing = begin(pdf::read_document(*head));
  if (!write_frame(STDOUT_FILENO, {}, no_deadline)) return parent_is_strange;
  while (auto const asked = read_frame(STDIN_FILENO, frame_bytes_max, no_deadline)) {
    auto const answer = asked->empty() ? drawing->finish()
                                       : pdf::write_drawn(drawing->add(pdf::read_section(*asked)));
    if (!write_frame(STDOUT_FILENO, answer, no_deadline)) return parent_is_strange;
  }
  return served;
}

}  // namespace intake::service::worker

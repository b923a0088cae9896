#include "service/worker/image_children.hpp"

#include "service/worker/child.hpp"

#include <system_error>

namespace intake::service::worker {
namespace {

/// A picture comes back smaller or nearly as large; a PDF's objects are written out one by one.
constexpr std::size_t answer_bytes_max = 4 * attachment_bytes_max;

}  // namespace

/// Given back when the file is done with, however that ends.
class image_children::place {
 public:
  explicit place(image_children& of) : of_(of) {}
  ~place() { of_.give_back(); }
  place(place const&) = delete;
  place& operator=(place const&) = delete;

 private:
  image_children& of_;
};

image_children::image_children(image_settings settings) : settings_(std::move(settings)) {}

std::size_t image_children::failed() const {
  std::lock_guard const lock(mutex_);
  return failed_;
}

bool image_children::take() {
  std::unique_lock lock(mutex_);
  auto const is_free = [this] { return taken_ < settings_.children_max; };
  if (!freed_.wait_for(lock, settings_.wait_max, is_free)) return false;
  ++taken_;
  return true;
}

void image_children::give_back() {
  {
    std::lock_guard const lock(mutex_);
    --taken_;
  }
  freed_.notify_one();
}

file_outcome image_children::give_up() {
  std::lock_guard const lock(mutex_);
  ++failed_;
  return child_failed{};
}

file_outcome image_children::ask_child(std::string_view bytes) {
  auto const until = std::chrono::steady_clock::now() + settings_.read_max;
  try {
    auto told = child(settings_.command).ask(bytes, answer_bytes_max, until);
    auto answer = told ? read_answer(std::move(*told)) : std::nullopt;
    if (!answer) return give_up();
    if (!*answer) return answer->error();
    return std::move(**answer);
  } catch (std::system_error const&) {
    // No process or no pipe: the file is not to blame, and may be sent again.
    give_up();
    return children_busy{};
  }
}

file_outcome image_children::read(std::string_view bytes) {
  if (bytes.size() > attachment_bytes_max) return file_fault::too_large;
  if (!take()) return children_busy{};
  place const held(*this);
  return ask_child(bytes);
}

}  // namespace intake::service::worker

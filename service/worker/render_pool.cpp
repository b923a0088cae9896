#include "service/worker/render_pool.hpp"

#include "service/worker/render_worker.hpp"

#include <algorithm>
#include <system_error>

namespace intake::service::worker {

/// Room for one child; empty only where another one could not be started.
struct render_pool::place {
  std::unique_ptr<child> process;
  std::size_t documents = 0;
  bool taken = false;
};

render_pool::render_pool(render_pool_settings settings) : settings_(std::move(settings)) {
  for (std::size_t at = 0; at < std::max<std::size_t>(settings_.children, 1); ++at) {
    places_.push_back(std::make_unique<place>());
    start(*places_.back());
  }
  // Faces load in all children at once; only then is each waited for.
  auto const document = pdf::write_document({});
  auto const until = std::chrono::steady_clock::now() + settings_.render_max;
  for (auto const& each : places_) render_in(*each, document, until);
}

render_pool::~render_pool() = default;

std::size_t render_pool::replaced() const {
  std::lock_guard const lock(mutex_);
  return replaced_;
}

void render_pool::start(place& at) const {
  try {
    at.process = std::make_unique<child>(settings_.command);
    at.documents = 0;
  } catch (std::exception const& error) {
    throw render_failed(std::string("no process to draw copies could be started: ") + error.what());
  }
}

void render_pool::replace(place& at) {
  at.process.reset();
  {
    std::lock_guard const lock(mutex_);
    ++replaced_;
  }
  try {
    start(at);
  } catch (render_failed const&) {
    // The next document tries again, and says so if that fails too.
  }
}

render_pool::place& render_pool::take(deadline until) {
  std::unique_lock lock(mutex_);
  auto const is_free = [](auto const& each) { return !each->taken; };
  auto found = places_.end();
  bool const in_time = freed_.wait_until(lock, until, [&] {
    found = std::ranges::find_if(places_, is_free);
    return found != places_.end();
  });
  if (!in_time) throw render_failed("every process that draws copies is busy");
  (*found)->taken = true;
  return **found;
}

void render_pool::give_back(place& from) {
  {
    std::lock_guard const lock(mutex_);
    from.taken = false;
  }
  freed_.notify_one();
}

pdf::rendered render_pool::render_in(place& at, std::string_view document, deadline until) {
  if (at.process == nullptr) start(at);
  auto const answer = at.process->ask(document, frame_bytes_max, until);
  if (!answer) {
    replace(at);
    throw render_failed("the process that drew the copy ended or took too long");
  }
  if (++at.documents >= settings_.documents_max) replace(at);
  try {
    return pdf::read_rendered(*answer);
  } catch (std::invalid_argument const&) {
    replace(at);
    throw render_failed("the process that drew the copy answered nonsense");
  }
}

pdf::rendered render_pool::render(pdf::document const& copy) {
  auto const until = std::chrono::steady_clock::now() + settings_.render_max;
  auto const document = pdf::write_document(copy);
  auto& at = take(until);
  struct returned {
    render_pool& pool;
    place& at;
    ~returned() { pool.give_back(at); }
  } const guard{*this, at};
  return render_in(at, document, until);
}

namespace {

class drawing_in_child final : public long_drawing {
 public:
  drawing_in_child(std::vector<std::string> command, std::chrono::milliseconds answer_max,
                   pdf::document const& head)
      : answer_max_(answer_max), child_(std::move(command)) {
    ask(pdf::write_document(head));
  }

  pdf::drawn_section add(pdf::section const& next) override {
    auto const answer = ask(pdf::write_section(next));
    try {
      return pdf::read_drawn(answer);
    } catch (std::invalid_argument const&) {
      throw render_failed("the process that drew the copies answered nonsense");
    }
  }

  std::string finish() override { return ask({}); }

 private:
  std::string ask(std::string_view bytes) {
    auto answer =
        child_.ask(bytes, frame_bytes_max, std::chrono::steady_clock::now() + answer_max_);
    if (!answer) throw render_failed("the process that drew the copies ended or took too long");
    return std::move(*answer);
  }

  std::chrono::milliseconds answer_max_;
  child child_;
};

}  // namespace

std::unique_ptr<long_drawing> render_pool::begin(pdf::document head) {
  auto command = settings_.command;
  command.emplace_back("--long");
  try {
    return std::make_unique<drawing_in_child>(std::move(command), settings_.render_max, head);
  } catch (std::system_error const& error) {
    throw render_failed(std::string("no process to draw copies could be started: ") + error.what());
  }
}

}  // namespace intake::service::worker

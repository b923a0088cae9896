#include "service/head_watch.hpp"

#include "db/errors.hpp"
#include "db/outside_heads.hpp"
#include "service/audit_heads.hpp"
#include "service/filter_command.hpp"

#include <cerrno>
#include <condition_variable>
#include <cstring>
#include <mutex>
#include <stdexcept>

#include <fcntl.h>
#include <unistd.h>

namespace intake::service {
namespace {

constexpr std::chrono::seconds look_every{1};
constexpr std::chrono::seconds write_every{60};
constexpr std::uint64_t entries_max = 100;
constexpr std::chrono::seconds command_max{20};

/// Whether a line was begun there and not ended.
bool ends_inside_line(std::string const& path) {
  int const file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  char last = '\n';
  auto const size = ::lseek(file, 0, SEEK_END);
  if (size > 0 && ::pread(file, &last, 1, size - 1) != 1) last = '\n';
  ::close(file);
  return last != '\n';
}

void append(std::string const& path, std::string const& lines) {
  // What may only be appended to is not mended otherwise.
  auto const text = (ends_inside_line(path) ? std::string(cut_mark) : std::string()) + lines;
  int const file = ::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0640);
  if (file < 0) throw std::runtime_error("can't open " + path + ": " + std::strerror(errno));
  // One write, so that a line is whole or cut at its end.
  auto const written = ::write(file, text.data(), text.size());
  bool const good = written == static_cast<ssize_t>(text.size()) && ::fsync(file) == 0;
  auto const reason = std::string(std::strerror(errno));
  ::close(file);
  if (!good) throw std::runtime_error("can't write " + path + ": " + reason);
}

}  // namespace

void head_watch::bring(place& to, std::vector<db::outside_head> const& heads,
                       std::function<void(std::string const&)> const& put) {
  std::string lines;
  for (auto const& each : heads) {
    auto const known = to.written.find(each.chain);
    if (known != to.written.end() && known->second == each.position.number) continue;
    lines += write_head(each, around_.world.now(), around_.keys);
  }
  if (lines.empty()) return;
  try {
    put(lines);
    for (auto const& each : heads) to.written[each.chain] = each.position.number;
  } catch (std::runtime_error const& fault) {
    ++failures_;
    around_.log.write(log_level::error, "audit-heads-not-written",
                      {{"because", log_name(fault.what())}});
  }
}

void head_watch::write() {
  try {
    auto const heads = db::current_heads(around_.desk);
    // One place that fails keeps nothing from the other.
    if (!around_.file.empty()) {
      bring(file_, heads, [&](std::string const& lines) { append(around_.file, lines); });
    }
    if (!around_.command.empty()) {
      bring(command_, heads,
            [&](std::string const& lines) { feed_command(around_.command, lines, command_max); });
    }
  } catch (db::database_error const&) {
    // /readyz and every request say so; nothing is added to the trail meanwhile.
  }
}

void head_watch::keep_writing(db::batch_writer const& writer) {
  if (around_.file.empty() && around_.command.empty()) return;
  thread_ = std::jthread([this, &writer](std::stop_token const& stop) {
    std::mutex mutex;
    std::condition_variable_any end;
    std::unique_lock lock(mutex);
    std::uint64_t entries = 0;
    auto next = std::chrono::steady_clock::now();
    while (!end.wait_for(lock, stop, look_every, [&] { return stop.stop_requested(); })) {
      auto const counts = writer.counts();
      auto const now = std::chrono::steady_clock::now();
      auto const added = counts.audit_entries + counts.submissions_stored;
      if (added - entries < entries_max && now < next) continue;
      write();
      entries = added;
      next = now + write_every;
    }
    write();
  });
}

}  // namespace intake::service

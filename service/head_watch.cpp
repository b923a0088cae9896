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

void append(std::string const& path, std::string_view text) {
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

void head_watch::write() {
  try {
    auto moved = db::current_heads(around_.desk);
    std::erase_if(moved, [this](db::outside_head const& each) {
      auto const known = written_.find(each.chain);
      return known != written_.end() && known->second == each.position.number;
    });
    if (moved.empty()) return;
    std::string lines;
    for (auto const& each : moved) lines += write_head(each, around_.world.now(), around_.keys);
    if (!around_.file.empty()) append(around_.file, lines);
    if (!around_.command.empty()) feed_command(around_.command, lines, command_max);
    for (auto const& each : moved) written_[each.chain] = each.position.number;
  } catch (db::database_error const&) {
    // /readyz and every request say so; nothing is added to the trail meanwhile.
  } catch (std::runtime_error const& fault) {
    around_.log.write(log_level::error, "audit-heads-not-written",
                      {{"because", log_name(fault.what())}});
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

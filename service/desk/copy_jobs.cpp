#include "service/desk/copy_jobs.hpp"

#include <algorithm>

namespace intake::service::desk {
namespace {

constexpr std::size_t at_work_max = 2;
constexpr std::size_t kept_max = 8;
constexpr std::chrono::minutes kept_for{15};

struct stopped {};

}  // namespace

struct copy_jobs::job {
  certs::uuid id{};
  certs::uuid account{};
  certs::utc_time begun{};
  view now{};
  mutable std::mutex mutex{};
  std::jthread thread{};

  view look() const {
    std::lock_guard const lock(mutex);
    return now;
  }
  void change(std::function<void(view&)> const& how) {
    std::lock_guard const lock(mutex);
    how(now);
  }
};

bool copy_jobs::is_old(job const& each) const {
  return each.look().at != stage::working && world_.now() - each.begun > kept_for;
}

void copy_jobs::drop_old() {
  std::erase_if(jobs_, [this](auto const& each) { return is_old(*each); });
  auto const oldest_done = [](auto const& each) { return each->look().at != stage::working; };
  while (jobs_.size() >= kept_max) jobs_.erase(std::ranges::find_if(jobs_, oldest_done));
}

std::optional<certs::uuid> copy_jobs::start(certs::uuid account, std::size_t total, work how) {
  std::lock_guard const lock(mutex_);
  drop_old();
  auto const busy = std::ranges::count_if(
      jobs_, [](auto const& each) { return each->look().at == stage::working; });
  if (static_cast<std::size_t>(busy) >= at_work_max) return std::nullopt;
  auto made = std::make_shared<job>();
  made->id = certs::new_uuid_v7(world_);
  made->account = account;
  made->begun = world_.now();
  made->now.total = total;
  made->thread = std::jthread([this, at = made.get(), how = std::move(how)](
                                  std::stop_token const& stop) { run(*at, stop, how); });
  jobs_.push_back(made);
  return made->id;
}

std::optional<copy_jobs::view> copy_jobs::look(certs::uuid id, certs::uuid account) const {
  std::lock_guard const lock(mutex_);
  auto const found = std::ranges::find_if(
      jobs_, [&](auto const& each) { return each->id == id && each->account == account; });
  if (found == jobs_.end() || is_old(**found)) return std::nullopt;
  return (*found)->look();
}

void copy_jobs::run(job& at, std::stop_token const& stop, work const& how) const {
  std::string trouble;
  try {
    auto made = std::make_shared<bulk_copy const>(how([&](std::size_t drawn) {
      if (stop.stop_requested()) throw stopped{};
      at.change([&](view& now) { now.drawn = drawn; });
    }));
    return at.change([&](view& now) {
      now.at = stage::ready;
      now.file = std::move(made);
    });
  } catch (bulk_refused const& why) {
    trouble = why.what();
  } catch (stopped const&) {
    trouble = "The service was stopped.";
  } catch (std::exception const& error) {
    // What the exception says is for the log: it may name machines and files.
    log_.write(log_level::error, "copies-not-made", {{"because", log_name(error.what())}});
    trouble =
        "The copies could not be made. Try again in a minute; if it happens again, tell "
        "your administrator.";
  }
  at.change([&](view& now) {
    now.at = stage::failed;
    now.trouble = trouble;
  });
}

}  // namespace intake::service::desk

#include "db/pool.hpp"

#include "db/connection.hpp"
#include "db/errors.hpp"
#include "db/transaction.hpp"

#include <condition_variable>
#include <mutex>
#include <utility>
#include <vector>

namespace intake::db {
namespace {

bool says_yes(pool& connections, statement const& question) noexcept {
  try {
    return read(connections,
                [&](session_scope const& s) { return s.run(question)[0][0].as<bool>(); });
  } catch (std::exception const&) {
    return false;
  }
}

}  // namespace

struct pool::state {
  pool_settings settings;
  std::mutex mutex;
  std::condition_variable freed;
  std::vector<std::unique_ptr<connection>> idle;
  std::size_t in_use = 0;

  /// Waits for the right to hold one more connection; gives an idle one if there is one.
  std::unique_ptr<connection> reserve() {
    std::unique_lock lock(mutex);
    auto const has_room = [this] { return in_use < settings.connections_max; };
    if (!freed.wait_for(lock, settings.wait_max, has_room)) {
      throw unavailable("every connection to the database is in use");
    }
    ++in_use;
    if (idle.empty()) return nullptr;
    auto connection = std::move(idle.back());
    idle.pop_back();
    return connection;
  }

  std::unique_ptr<connection> open() {
    try {
      return std::make_unique<connection>(
          connection_settings{settings.conninfo, settings.application_name,
                              settings.connect_timeout, settings.statement_timeout});
    } catch (...) {
      give_back(nullptr);
      throw;
    }
  }

  void give_back(std::unique_ptr<connection> returned) noexcept {
    {
      std::lock_guard const lock(mutex);
      --in_use;
      if (returned) idle.push_back(std::move(returned));
    }
    freed.notify_one();
  }

  void drop_idle() {
    std::vector<std::unique_ptr<connection>> dead;
    std::lock_guard const lock(mutex);
    dead.swap(idle);
  }
};

pool::pool(pool_settings settings) : state_(std::make_unique<state>()) {
  state_->settings = std::move(settings);
  state_->idle.reserve(state_->settings.connections_max);
}

pool::~pool() = default;

pool::lease pool::take() {
  auto connection = state_->reserve();
  if (!connection) connection = state_->open();
  return {*this, std::move(connection)};
}

pool::lease pool::take_new() {
  state_->drop_idle();
  return take();
}

bool pool::reachable() noexcept {
  static constexpr statement ask{"reachable", "SELECT true"};
  return says_yes(*this, ask);
}

bool pool::takes_rows() noexcept {
  static constexpr statement ask{"takes_rows",
                                 "SELECT current_setting('transaction_read_only') = 'off'"};
  if (says_yes(*this, ask)) return true;
  // A session knows only what was set when it began.
  state_->drop_idle();
  return false;
}

pool::lease::lease(pool& owner, std::unique_ptr<connection> connection)
    : pool_(&owner), connection_(std::move(connection)) {}

pool::lease::lease(lease&& other) noexcept
    : pool_(std::exchange(other.pool_, nullptr)), connection_(std::move(other.connection_)) {}

pool::lease& pool::lease::operator=(lease&& other) noexcept {
  std::swap(pool_, other.pool_);
  std::swap(connection_, other.connection_);
  return *this;
}

pool::lease::~lease() {
  if (pool_ != nullptr) pool_->state_->give_back(std::move(connection_));
}

void pool::lease::discard() {
  connection_.reset();
  if (auto* owner = std::exchange(pool_, nullptr)) owner->state_->give_back(nullptr);
}

}  // namespace intake::db

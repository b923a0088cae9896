#pragma once
#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

namespace intake::db {

class connection;

struct pool_settings {
  /// libpq connection string; one role a pool.
  std::string conninfo;
  std::size_t connections_max = 8;
  /// The longest wait for a free connection.
  std::chrono::milliseconds wait_max{2000};
  std::chrono::milliseconds connect_timeout{3000};
  /// PostgreSQL gives up on a statement after this long.
  std::chrono::milliseconds statement_timeout{5000};
  std::string application_name = "intake";
};

/// At most `connections_max` connections, opened when needed and kept; broken ones are replaced.
/// Thread-safe. The verbs of this folder (list_newest, open_submission, find_account …) take a
/// pool.
class pool {
 public:
  explicit pool(pool_settings);
  ~pool();
  pool(pool const&) = delete;
  pool& operator=(pool const&) = delete;

  /// A connection that goes back when the lease ends.
  class lease {
   public:
    lease(lease&&) noexcept;
    lease& operator=(lease&&) noexcept;
    ~lease();
    connection& operator*() const { return *connection_; }
    connection* operator->() const { return connection_.get(); }
    /// Closes it instead of giving it back: it broke, or its state is not known.
    void discard();

   private:
    friend class pool;
    lease(pool&, std::unique_ptr<connection>);
    pool* pool_;
    std::unique_ptr<connection> connection_;
  };

  /// Throws `unavailable` when none gets free within `wait_max` or PostgreSQL does not take a new
  /// one.
  lease take();
  /// The same, but never an idle one: after a restart of PostgreSQL all idle ones are dead.
  lease take_new();

  /// Whether it answers at all.
  bool reachable() noexcept;
  /// For /readyz: reachable, and neither a standby nor set to be read only.
  bool takes_rows() noexcept;

 private:
  struct state;
  std::unique_ptr<state> state_;
};

}  // namespace intake::db

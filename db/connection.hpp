#pragma once
#include <chrono>
#include <cstddef>
#include <string>

#include <pqxx/connection.hxx>
#include <pqxx/connection_base.hxx>
#include <pqxx/connectionpolicy.hxx>

namespace intake::db {

struct connection_settings {
  std::string conninfo;
  std::string application_name = "intake";
  std::chrono::milliseconds connect_timeout{3000};
  std::chrono::milliseconds statement_timeout{5000};
};

/// What the server said beside its answers. Only counted and named by SQLSTATE, never matched on
/// text.
struct notice_log {
  std::size_t count = 0;
  std::string last_sqlstate;
};

/// A pqxx connection that sees libpq's notices and never reconnects by itself: what a lost
/// connection means is decided by the caller, who alone knows whether a COMMIT was under way.
class connection final : public pqxx::connection_base {
 public:
  /// Throws `unavailable`.
  explicit connection(connection_settings const&);
  ~connection() noexcept;

  notice_log const& notices() const { return notices_; }
  void forget_notices() { notices_ = {}; }

  /// Makes a statement that another thread waits for fail at once. Safe while that thread uses the
  /// connection, as long as it does not destroy it.
  void break_off() noexcept;

 private:
  class noting_policy final : public pqxx::connect_direct {
   public:
    noting_policy(std::string const& options, notice_log& notices);
    handle do_completeconnect(handle) override;

   private:
    notice_log& notices_;
  };

  notice_log notices_;
  noting_policy policy_;
  int socket_ = -1;
};

/// The connection string with our schema, time limits and name put in, as keywords; what it says
/// itself about time limits and name stays. Throws `unavailable` where libpq cannot read it.
std::string with_defaults(connection_settings const&);

}  // namespace intake::db

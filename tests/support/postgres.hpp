#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

/// A real PostgreSQL for tests: started when first asked for, gone with the process however it
/// ends.
namespace intake::tests {

/// A throw-away cluster; see the script throwaway_postgres, which keeps it.
class cluster {
 public:
  /// `settings` are lines for postgresql.conf as NAME=VALUE, or "--no-fsync". Throws
  /// std::runtime_error.
  explicit cluster(std::vector<std::string> const& settings = {});
  ~cluster();
  cluster(cluster const&) = delete;
  cluster& operator=(cluster const&) = delete;

  std::string const& socket_directory() const { return socket_directory_; }
  std::string conninfo(std::string_view role, std::string_view database) const;

  void stop() { order("stop"); }
  /// As a power cut would.
  void kill() { order("kill"); }
  void start() { order("start"); }

  /// Has roles, schema and no rows; databases are copied from it. Made when first asked for.
  std::string const& template_database();

 private:
  void order(std::string_view);
  std::string read_line();

  int orders_ = -1;
  int answers_ = -1;
  pid_t keeper_ = -1;
  std::string socket_directory_;
  std::string template_;
};

/// One cluster for all tests of this process (fsync off). Only for tests that never stop it.
cluster& shared_cluster();

/// A database of its own, with the schema and without rows.
class database {
 public:
  explicit database(cluster& = shared_cluster());
  /// With the rows of another, to which nobody is connected.
  static std::unique_ptr<database> copy_of(database const& original);
  ~database();
  database(database const&) = delete;
  database& operator=(database const&) = delete;

  std::string conninfo(std::string_view role) const;

  /// Runs SQL as the superuser; gives the rows of the last statement as text. Throws
  /// std::runtime_error with PostgreSQL's sentence.
  std::vector<std::vector<std::string>> sql(std::string const& statements) const;
  /// The first column of the first row.
  std::string value(std::string const& query) const;

  /// Runs SQL as that role; gives the SQLSTATE, or "" where it was allowed.
  std::string refusal(std::string_view role, std::string const& statements) const;

 private:
  database(cluster& home, std::string const& original);

  cluster& home_;
  std::string name_;
};

}  // namespace intake::tests

#pragma once
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

namespace intake::service::backup {

struct scratch_settings {
  /// The folder of PostgreSQL's server programs: initdb, postgres.
  std::string programs;
  /// Needs the room that the database takes; the cluster is a folder in it that only its user may
  /// enter.
  std::string parent;
};

/// A PostgreSQL of its own for as long as this object lives, on a UNIX socket only; gone with all
/// it held. What is left of one whose program was killed goes with the next one's start. As root it
/// runs as the system's user postgres, because PostgreSQL refuses root.
class scratch_cluster {
 public:
  /// Throws std::runtime_error with a sentence.
  explicit scratch_cluster(scratch_settings const&);
  ~scratch_cluster();
  scratch_cluster(scratch_cluster const&) = delete;
  scratch_cluster& operator=(scratch_cluster const&) = delete;

  std::string conninfo(std::string_view role, std::string_view database) const;

 private:
  void create(scratch_settings const&);
  void start(std::string const& programs);
  pid_t spawn(std::vector<std::string> command) const;
  void remove() noexcept;

  std::string folder_;
  /// A lock on the folder: without it, it is nobody's any more.
  int claim_ = -1;
  pid_t server_ = -1;
};

}  // namespace intake::service::backup

#pragma once
#include "service/bulk_copy.hpp"
#include "service/log.hpp"

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace intake::service::desk {

/// Files of many copies, made while their page is looked at. They live in this process's memory
/// only: a few, for a quarter of an hour, each for the account that asked for it.
class copy_jobs {
 public:
  enum class stage { working, ready, failed };
  struct view {
    stage at = stage::working;
    std::size_t drawn = 0;
    std::size_t total = 0;
    std::string trouble{};  ///< a sentence for staff, where failed
    std::shared_ptr<bulk_copy const> file{};
  };

  copy_jobs(certs::world const& world, event_log const& log) : world_(world), log_(log) {}
  /// Ends the work under way at its next record and waits for it.
  ~copy_jobs() = default;
  copy_jobs(copy_jobs const&) = delete;
  copy_jobs& operator=(copy_jobs const&) = delete;

  using work = std::function<bulk_copy(bulk_progress const&)>;
  /// Nothing: as many are at work as may be. What `work` refers to must outlive this object.
  std::optional<certs::uuid> start(certs::uuid account, std::size_t total, work);

  /// Nothing: there is no such file, not any more, or it is somebody else's.
  std::optional<view> look(certs::uuid id, certs::uuid account) const;

 private:
  struct job;
  void run(job&, std::stop_token const&, work const&) const;
  bool is_old(job const&) const;
  void drop_old();

  certs::world const& world_;
  event_log const& log_;
  mutable std::mutex mutex_;
  std::vector<std::shared_ptr<job>> jobs_;
};

}  // namespace intake::service::desk

#pragma once
#include "db/submissions.hpp"
#include "service/outgoing/outgoing.hpp"

#include <chrono>
#include <filesystem>
#include <string>
#include <thread>

namespace intake::service::outgoing {

/// Puts the copy of every received version, and a JSON file about it, into a folder that another
/// program empties: each once, whatever ends this one meanwhile.
///
/// Order: both files under hidden names, synced → the copy's hash in the audit trail → the row that
/// it is handed over, with the end of its task → their names, the JSON file last. After an
/// interruption files with a row get their names, the others are made anew.
class watched_folder {
 public:
  watched_folder(application&, counters&);

  /// What an earlier run left, then those that are due. Throws what the database or the file
  /// system throws.
  void once(std::stop_token const& = {});
  void keep_on(std::chrono::milliseconds every);

 private:
  struct files;
  void finish_what_was_left();
  void hand_over(db::outbox_task const&);
  files files_of(db::submission_head const&) const;

  application& app_;
  counters& counts_;
  std::filesystem::path folder_;
  std::jthread thread_;
};

}  // namespace intake::service::outgoing

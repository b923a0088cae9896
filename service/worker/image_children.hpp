#pragma once
#include "service/limits.hpp"
#include "service/worker/file_reader.hpp"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace intake::service::worker {

struct image_settings {
  /// A program that lives in serve_one_file.
  std::vector<std::string> command;
  std::size_t children_max = image_children_max;
  std::chrono::milliseconds wait_max{image_wait_max};
  std::chrono::milliseconds read_max{image_read_max};
};

/// The child crashed, took too long or did not start: what it read is nothing we can use.
struct child_failed {};
/// No place became free in time; the same file may be sent again.
struct children_busy {};

using file_outcome = std::variant<clean_file, file_fault, child_failed, children_busy>;

/// Has each file read by a process of its own, which ends with it. Safe to use from several
/// threads.
class image_children {
 public:
  explicit image_children(image_settings);

  /// Never throws for what a file holds; `bytes` beyond `attachment_bytes_max` are too large.
  file_outcome read(std::string_view bytes);

  /// Children that did not answer, so far.
  std::size_t failed() const;

 private:
  class place;
  bool take();
  void give_back();
  file_outcome ask_child(std::string_view bytes);
  file_outcome give_up();

  image_settings settings_;
  mutable std::mutex mutex_;
  std::condition_variable freed_;
  std::size_t taken_ = 0;
  std::size_t failed_ = 0;
};

}  // namespace intake::service::worker

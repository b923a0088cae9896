#pragma once
#include "service/worker/frame.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

namespace intake::service::worker {

/// A program that answers frames on its standard output to frames on its standard input; its
/// standard error goes nowhere, it sees nothing of our environment. Killed with the object.
class child {
 public:
  /// Throws std::system_error where it does not start.
  explicit child(std::vector<std::string> command);
  ~child();
  child(child const&) = delete;
  child& operator=(child const&) = delete;

  /// Nothing where the child ended or the deadline passed: it is of no more use then.
  std::optional<std::string> ask(std::string_view bytes, std::size_t answer_bytes_max,
                                 deadline until);
  pid_t process() const { return process_; }

 private:
  pid_t process_ = -1;
  int to_ = -1;
  int from_ = -1;
};

}  // namespace intake::service::worker

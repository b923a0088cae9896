#pragma once
#include <stdexcept>
#include <string>

namespace intake::service {

/// What every command ends with.
enum class exit_code : int {
  good = 0,
  /// The input is bad: a form that is refused, a rule set with errors, an audit trail that was
  /// changed.
  input_bad = 1,
  /// A wrong call, or a file that can't be read.
  usage = 2,
  /// The database, the disk or the network did not do its part.
  world = 3,
  /// The service refused to start with this installation.
  refused = 4,
  /// Our own mistake.
  bug = 70,
};

/// Ends a command with a sentence for the person who called it, and a hint.
class command_failed : public std::runtime_error {
 public:
  command_failed(exit_code code, std::string const& sentence, std::string hint = {})
      : std::runtime_error(sentence), code_(code), hint_(std::move(hint)) {}
  exit_code code() const { return code_; }
  std::string const& hint() const { return hint_; }

 private:
  exit_code code_;
  std::string hint_;
};

}  // namespace intake::service

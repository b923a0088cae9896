#pragma once
#include "forms/insurance/rule_set.hpp"

#include <memory>
#include <mutex>
#include <string>

namespace intake::service {

/// A rule set with its name: the SHA-256 of its canonical rows, in hexadecimal.
struct named_rule_set {
  forms::insurance::rule_set set;
  std::string hash;
};

/// Its name for that.
std::string rule_set_name(forms::insurance::rule_set const&);

/// Reads the tables of a folder. Throws std::runtime_error whose text names file, row and column of
/// every mistake.
std::shared_ptr<named_rule_set const> load_rules(std::string const& folder);

/// The rule set that decides now; replaced as a whole, decisions under way keep theirs. A mutex and
/// not std::atomic<std::shared_ptr>: libstdc++'s spins on a lock bit, which cost a tenth of the
/// service's time whenever its holder was not running.
class rules_in_force {
 public:
  explicit rules_in_force(std::shared_ptr<named_rule_set const> first)
      : current_(std::move(first)) {}

  std::shared_ptr<named_rule_set const> current() const {
    std::lock_guard const lock(guard_);
    return current_;
  }
  void replace(std::shared_ptr<named_rule_set const> next) {
    std::lock_guard const lock(guard_);
    current_.swap(next);
    refused_.clear();
  }

  /// The set that ought to decide and cannot be read: what is in force stays in force, and staff
  /// are told by this name.
  void refuse(std::string name) {
    std::lock_guard const lock(guard_);
    refused_ = std::move(name);
  }
  /// Empty when all is well.
  std::string refused() const {
    std::lock_guard const lock(guard_);
    return refused_;
  }

 private:
  mutable std::mutex guard_;
  std::shared_ptr<named_rule_set const> current_;
  std::string refused_;
};

}  // namespace intake::service

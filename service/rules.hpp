#pragma once
#include "forms/insurance/rule_set.hpp"

#include <atomic>
#include <memory>
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

/// The rule set that decides now; replaced as a whole, decisions under way keep theirs.
class rules_in_force {
 public:
  explicit rules_in_force(std::shared_ptr<named_rule_set const> first)
      : current_(std::move(first)) {}

  std::shared_ptr<named_rule_set const> current() const { return current_.load(); }
  void replace(std::shared_ptr<named_rule_set const> next) { current_.store(std::move(next)); }

 private:
  std::atomic<std::shared_ptr<named_rule_set const>> current_;
};

}  // namespace intake::service

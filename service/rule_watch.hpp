#pragma once
#include "db/pool.hpp"
#include "service/log.hpp"
#include "service/rules.hpp"
#include "service/texts/clinic_time.hpp"

#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace intake::service {

/// Keeps the rules in force at what the database's activations say, else at the folder's. A set
/// that cannot be read never replaces one that can: the log says "rules-refused", once a set.
class rule_watch {
 public:
  struct surroundings {
    db::pool& desk;
    clinic_time const& clock;
    certs::world const& world;
    event_log const& log;
  };
  /// Begins with what holds today. Throws std::runtime_error where sets were activated and none of
  /// them can be read; throws db::unavailable.
  rule_watch(surroundings, std::string folder);

  rules_in_force& rules() { return rules_; }

  /// Looks now. The database being away changes nothing and is not reported here.
  void look();
  /// Reads the folder again as well. Throws std::runtime_error where it can't be used; then
  /// nothing has changed.
  void reload_folder();
  /// Looks every so often, in a thread of its own, until this object ends. Days begin at the
  /// clinic's midnight, so a set active from tomorrow decides tomorrow.
  void keep_looking(std::chrono::milliseconds every);

 private:
  std::shared_ptr<named_rule_set const> read_folder_rules();
  std::shared_ptr<named_rule_set const> first_rules();
  forms::insurance::date today() const;
  void replace_by_activated(std::string const& name);

  surroundings around_;
  std::string folder_;
  std::mutex looking_;
  std::shared_ptr<named_rule_set const> of_folder_;
  rules_in_force rules_;
  std::jthread thread_;
};

}  // namespace intake::service

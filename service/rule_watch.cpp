#include "service/rule_watch.hpp"

#include "db/errors.hpp"
#include "db/rule_sets.hpp"
#include "service/rule_store.hpp"

#include <condition_variable>
#include <stdexcept>

namespace intake::service {

rule_watch::rule_watch(surroundings around, std::string folder)
    : around_(around),
      folder_(std::move(folder)),
      of_folder_(read_folder_rules()),
      rules_(first_rules()) {}

// Kept in the database before it decides anything, so that every decision's set can be found.
std::shared_ptr<named_rule_set const> rule_watch::read_folder_rules() {
  auto read = load_rules(folder_);
  keep_rules(around_.desk, *read, read_folder(folder_, ".csv"), around_.world.now());
  return read;
}

std::shared_ptr<named_rule_set const> rule_watch::first_rules() {
  auto const activated = rules_on(around_.desk, today());
  for (auto const& why : activated.refused) {
    around_.log.write(log_level::error, "rules-refused", {{"because", log_name(why)}});
  }
  if (activated.set) return activated.set;
  if (!activated.refused.empty()) throw std::runtime_error(activated.refused.front());
  return of_folder_;
}

forms::insurance::date rule_watch::today() const {
  return std::chrono::sys_days{around_.clock.date(around_.world.now())};
}

void rule_watch::replace_by_activated(std::string const& name) {
  auto const before = rules_.current()->hash;
  try {
    rules_.replace(stored_rules(around_.desk, *parse_hash(name)));
    around_.log.write(log_level::info, "rules-changed",
                      {{"from", log_name(before)}, {"to", log_name(name)}});
  } catch (db::database_error const&) {
    throw;
  } catch (std::runtime_error const& fault) {
    if (rules_.refused() == name) return;
    rules_.refuse(name);
    around_.log.write(log_level::error, "rules-refused",
                      {{"because", log_name(fault.what())}, {"kept", log_name(before)}});
  }
}

void rule_watch::look() {
  std::scoped_lock const one_at_a_time(looking_);
  try {
    auto const act = db::rule_set_in_force(around_.desk, today());
    auto const wanted = act ? hash_text(act->hash) : of_folder_->hash;
    // A return to what goes on deciding anyway ends the alarm.
    if (rules_.current()->hash == wanted) return rules_.refuse({});
    if (act) return replace_by_activated(wanted);
    rules_.replace(of_folder_);
    around_.log.write(log_level::info, "rules-changed", {{"to", log_name(wanted)}});
  } catch (db::database_error const&) {
    // /readyz and every request say so; what is in force stays in force.
  }
}

void rule_watch::reload_folder() {
  auto read = read_folder_rules();
  {
    std::scoped_lock const one_at_a_time(looking_);
    of_folder_ = std::move(read);
    rules_.refuse({});
  }
  look();
}

void rule_watch::keep_looking(std::chrono::milliseconds every) {
  thread_ = std::jthread([this, every](std::stop_token const& stop) {
    std::mutex mutex;
    std::condition_variable_any end;
    std::unique_lock lock(mutex);
    while (!end.wait_for(lock, stop, every, [&] { return stop.stop_requested(); })) look();
  });
}

}  // namespace intake::service

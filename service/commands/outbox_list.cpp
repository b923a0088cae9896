#include "certs/utc_text.hpp"
#include "db/outbox.hpp"
#include "service/commands/client_desk.hpp"
#include "service/outgoing/outgoing.hpp"

#include <vector>

#include <fmt/format.h>

namespace intake::service::commands {
namespace {

constexpr int shown_max = 1'000;
std::vector<std::string_view> all_topics() {
  std::vector<std::string_view> topics;
  for (auto const& each : outgoing::record_events) topics.push_back(each.topic);
  topics.push_back(outgoing::folder_topic);
  return topics;
}

}  // namespace

exit_code outbox_list(surroundings const& around, config const& settings) {
  db::pool rows({.conninfo = settings.database_desk});
  for (auto const topic : all_topics()) {
    fmt::print(around.out, "{:<16} waiting {}\n", topic, db::count_waiting(rows, topic));
  }
  for (auto const& each : db::list_given_up(rows, shown_max)) {
    auto const second = std::chrono::floor<std::chrono::seconds>(each.given_up);
    fmt::print(around.out, "{:<16} given up {} after {} tries: {} version {}, {}\n",
               each.task.topic, certs::utc_text(second), each.task.attempts,
               certs::to_string(each.task.submission), each.task.version, each.because);
  }
  return exit_code::good;
}

exit_code outbox_retry(surroundings const& around, config const& settings) {
  client_desk home(around, settings);
  int tried = 0;
  for (auto const topic : all_topics()) tried += db::retry_given_up(home.rows, topic);
  home.audit("outbox-retried", fmt::format("{} tasks", tried));
  fmt::print(around.out, "Tried anew: {}\n", tried);
  return exit_code::good;
}

}  // namespace intake::service::commands

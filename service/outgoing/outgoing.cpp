#include "service/outgoing/outgoing.hpp"

#include <algorithm>

namespace intake::service::outgoing {
namespace {

constexpr std::chrono::seconds first_pause{15};
constexpr std::chrono::seconds pause_max{3600};

}  // namespace

void promise_event(application& app, std::string_view topic, certs::uuid submission,
                   std::int32_t version) {
  if (app.settings.webhook_url.empty()) return;
  db::promise_task(app.desk, topic, submission, version);
}

std::vector<std::string> topics_of(config const& settings) {
  std::vector<std::string> topics;
  if (!settings.webhook_url.empty()) topics.emplace_back(webhook_topic);
  if (!settings.watched_folder_path.empty()) topics.emplace_back(folder_topic);
  return topics;
}

std::chrono::seconds pause_after(int attempts) {
  auto pause = first_pause;
  for (int at = 1; at < attempts && pause < pause_max; ++at) pause *= 2;
  return std::min(pause, pause_max);
}

void failed(application& app, counters& counts, db::outbox_task const& task,
            std::string const& because, further_tries tries) {
  auto const now = app.world.now();
  bool const last = tries == further_tries::useless || task.attempts >= attempts_max;
  if (last) {
    db::give_up_task(app.desk, task, because, now);
    ++counts.given_up;
  } else {
    // Another worker may have taken it since: then it is theirs.
    (void)db::retry_task_later(app.desk, task, now + pause_after(task.attempts));
  }
  app.log.write(last ? log_level::error : log_level::warning,
                last ? log_word("outbox-given-up") : log_word("outbox-put-off"),
                {{"topic", log_name(task.topic)},
                 {"submission", log_name(certs::to_string(task.submission))},
                 {"attempts", task.attempts},
                 {"because", log_name(because)}});
}

}  // namespace intake::service::outgoing

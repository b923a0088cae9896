#include "service/outgoing/webhooks.hpp"

#include "certs/hex.hpp"
#include "certs/secret.hpp"
#include "certs/utc_text.hpp"
#include "db/submissions.hpp"
#include "forms/json_writer.hpp"
#include "service/http/client/loopback_url.hpp"
#include "service/keep_doing.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace intake::service::outgoing {
namespace {

constexpr int calls_at_once = 8;
constexpr std::chrono::seconds answer_max{10};
/// Nobody else takes them while all of them are tried.
constexpr std::chrono::seconds call_hold{calls_at_once * 10 + 60};
constexpr int gone = 410;

https_peer peer_of(config const& settings) {
  https_peer peer;
  peer.url = settings.webhook_url;
  peer.authority_file = settings.webhook_authority_file;
  peer.certificate_file = settings.webhook_certificate_file;
  peer.key_file = settings.webhook_key_file;
  peer.connect_max = answer_max;
  peer.whole_max = answer_max;
  peer.answer_bytes_max = 64 * 1024;
  peer.plain_text =
      is_loopback_url("http", settings.webhook_url) ? plain_http::allowed : plain_http::refused;
  return peer;
}

struct fault_words {
  https_fault fault;
  std::string_view words;
};
constexpr std::array faults{
    fault_words{https_fault::bad_settings, "the address or a file is not fit"},
    fault_words{https_fault::cannot_connect, "nobody answers there"},
    fault_words{https_fault::server_unverified, "its certificate is not what it should be"},
    fault_words{https_fault::client_refused, "the handshake failed"},
    fault_words{https_fault::timed_out, "no answer in time"},
    fault_words{https_fault::cut_off, "the connection ended"},
    fault_words{https_fault::too_large, "the answer is too long"},
    fault_words{https_fault::stopped, "the program ended"}};

std::string words_of(https_fault fault) {
  auto const found = std::ranges::find(faults, fault, &fault_words::fault);
  return std::string(found == faults.end() ? "it failed" : found->words);
}

std::optional<certs::utc_time> received_at(application& app, db::outbox_task const& task) {
  for (auto const& each : db::list_versions(app.desk, task.submission)) {
    if (each.version == task.version) return each.received;
  }
  return std::nullopt;
}

std::string_view event_of(db::outbox_task const& task) {
  if (task.topic == webhook_topic && task.version > 1) return "submission.amended";
  auto const* const found = std::ranges::find(record_events, task.topic, &record_event::topic);
  return found == std::end(record_events) ? record_events[0].name : found->name;
}

}  // namespace

std::string webhook_body(config const& settings, db::outbox_task const& task,
                         certs::utc_time received) {
  auto const submission = certs::to_string(task.submission);
  std::string text;
  forms::json_writer out(text);
  out.begin_object();
  auto const event = event_of(task);
  auto id = fmt::format("{}/{}", submission, task.version);
  if (task.topic != webhook_topic) id += fmt::format("/{}/{}", event, task.id);
  out.member("id", std::string_view(id)).member("event", event);
  auto const second = std::chrono::floor<std::chrono::seconds>(received);
  out.member("time", std::string_view(certs::utc_text(second)));
  out.member("submission", std::string_view(submission));
  out.member("version", static_cast<std::int64_t>(task.version));
  out.member("responses",
             std::string_view(settings.public_url() +
                              "/fhir/QuestionnaireResponse?identifier=urn:uuid:" + submission));
  out.end_object();
  return text;
}

std::string webhook_signature(std::string_view secret, certs::utc_time now, std::string_view body) {
  auto const seconds = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
  auto const what = fmt::format("{}.{}", seconds, body);
  std::string text = fmt::format("t={},v1=", seconds);
  certs::append_hex(text, certs::hmac_sha256(certs::as_bytes(secret), certs::as_bytes(what)));
  return text;
}

webhooks::webhooks(application& app, counters& counts)
    : app_(app), counts_(counts), client_(peer_of(app.settings)) {}

void webhooks::deliver(db::outbox_task const& task, std::stop_token const& stop) {
  auto const received = received_at(app_, task);
  if (!received) {
    (void)db::finish_task(app_.desk, task);
    return;
  }
  // What staff did has no time of its own that a patient's version would give.
  auto const when = task.topic == webhook_topic ? *received : app_.world.now();
  auto const body = webhook_body(app_.settings, task, when);
  auto const signature = webhook_signature(app_.settings.webhook_secret, app_.world.now(), body);
  std::string const fields[] = {"Intake-Signature: " + signature};
  auto const outcome = client_.post("application/json", body, stop, fields);
  auto const* answer = std::get_if<https_answer>(&outcome);
  if (answer != nullptr && answer->status / 100 == 2) {
    if (db::finish_task(app_.desk, task)) ++counts_.webhooks_delivered;
    return;
  }
  ++counts_.webhooks_failed;
  auto const because = answer != nullptr ? fmt::format("it answered {}", answer->status)
                                         : words_of(std::get<https_fault>(outcome));
  bool const useless = answer != nullptr && answer->status == gone;
  failed(app_, counts_, task, because, useless ? further_tries::useless : further_tries::sensible);
}

void webhooks::once(std::stop_token const& stop) {
  for (auto const& event : record_events) {
    auto const tasks =
        db::take_tasks(app_.desk, event.topic, calls_at_once, app_.world.now(), call_hold);
    for (auto const& task : tasks) {
      if (stop.stop_requested()) return;
      deliver(task, stop);
    }
  }
}

void webhooks::keep_on(std::chrono::milliseconds every) {
  thread_ = keep_doing(app_.log, "webhooks-failed", every,
                       [this](std::stop_token const& stop) { once(stop); });
}

}  // namespace intake::service::outgoing

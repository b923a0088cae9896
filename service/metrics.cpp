#include "service/metrics.hpp"

#include <array>

#include <fmt/format.h>

namespace intake::service {
namespace {

constexpr std::array<std::string_view, cut_reasons> cut_names{
    "connections_full", "address_full", "handshake_failed", "handshake_late", "head_late",
    "body_late",        "write_late",   "gate_refused",     "drained"};

class exposition {
 public:
  void head(std::string_view name, std::string_view kind, std::string_view help) {
    text_ += fmt::format("# HELP {0} {2}\n# TYPE {0} {1}\n", name, kind, help);
  }
  void sample(std::string_view name, std::string_view labels, std::uint64_t value) {
    text_ += fmt::format("{}{} {}\n", name, labels, value);
  }
  void single(std::string_view name, std::string_view kind, std::string_view help,
              std::uint64_t value) {
    head(name, kind, help);
    sample(name, "", value);
  }
  std::string take() { return std::move(text_); }
  std::string& text() { return text_; }

 private:
  std::string text_;
};

void add_latency(exposition& out, server_stats const& http) {
  constexpr std::string_view name = "intake_http_request_seconds";
  out.head(name, "histogram", "Time from the end of a request to the end of its response.");
  std::uint64_t total = 0;
  for (std::size_t i = 0; i < http.latency.size(); ++i) {
    total += http.latency[i];
    auto const bound = i < latency_bounds_us.size() ? fmt::format("{}", latency_bounds_us[i] / 1e6)
                                                    : std::string("+Inf");
    out.sample("intake_http_request_seconds_bucket", fmt::format("{{le=\"{}\"}}", bound), total);
  }
  out.text() += fmt::format("{0}_sum {1}\n{0}_count {2}\n", name,
                            static_cast<double>(http.latency_sum_us) / 1e6, total);
}

void add_http(exposition& out, server_stats const& http) {
  out.single("intake_http_connections_total", "counter", "Connections accepted.",
             http.connections_accepted);
  out.single("intake_http_connections", "gauge", "Connections open.", http.connections_open);
  out.head("intake_http_connections_cut_total", "counter",
           "Connections refused or cut, by reason.");
  for (std::size_t i = 0; i < cut_names.size(); ++i) {
    out.sample("intake_http_connections_cut_total", fmt::format("{{reason=\"{}\"}}", cut_names[i]),
               http.cut[i]);
  }
  out.head("intake_http_requests_total", "counter", "Requests answered, by status.");
  for (std::size_t i = 0; i < http.by_status.size(); ++i) {
    if (http.by_status[i] == 0) continue;
    out.sample("intake_http_requests_total", fmt::format("{{status=\"{}\"}}", i + 100),
               http.by_status[i]);
  }
  add_latency(out, http);
  out.single("intake_workers_busy", "gauge", "Workers with a request.", http.workers_busy);
  out.single("intake_workers", "gauge", "Workers.", http.workers);
  out.single("intake_queue_depth", "gauge", "Requests that wait for a worker.", http.queue_depth);
}

void add_handed(exposition& out, outgoing::counters const& handed) {
  out.single("intake_webhooks_delivered_total", "counter", "Events that their receiver took.",
             handed.webhooks_delivered.load());
  out.single("intake_webhooks_failed_total", "counter", "Tries that it did not take.",
             handed.webhooks_failed.load());
  out.single("intake_files_handed_over_total", "counter", "Copies put into the watched folder.",
             handed.files_written.load());
  out.single("intake_outbox_given_up_total", "counter",
             "Events and copies that were tried too often: see `intake outbox list`.",
             handed.given_up.load());
}

}  // namespace

std::string write_metrics(server_stats const& http, db::batch_writer_counts const& writer,
                          event_log const& log, rules_in_force const& rules, watched const& seen) {
  exposition out;
  add_http(out, http);
  out.single("intake_submissions_stored_total", "counter", "Submissions committed.",
             writer.submissions_stored);
  out.single("intake_commits_total", "counter", "Transactions of the batch writer.",
             writer.batches);
  out.single("intake_audit_entries_total", "counter", "Audit entries committed.",
             writer.audit_entries);
  out.single("intake_commits_in_doubt_total", "counter",
             "Commits whose result had to be asked for again.", writer.batches_in_doubt);
  out.single("intake_database_connections_total", "counter", "Connections the writer has made.",
             writer.connections);
  out.single("intake_database_usable", "gauge",
             "1 while submissions can be stored, as /readyz says.", seen.database_usable ? 1 : 0);
  out.single("intake_audit_chains_given_up_total", "counter",
             "Audit chains whose head was not as this program had sealed it: raise an alarm.",
             writer.chains_given_up);
  out.single("intake_writer_queued", "gauge", "Rows that wait for a commit.", writer.queued);
  out.single("intake_log_lines_lost_total", "counter", "Log lines that could not be written.",
             log.lost_lines());
  out.single("intake_rules_refused", "gauge",
             "1 while the insurance rules that ought to decide can't be read: raise an alarm.",
             rules.refused().empty() ? 0 : 1);
  out.single("intake_backup_verified_timestamp_seconds", "gauge",
             "When the newest verified backup was made; 0: there is none.",
             static_cast<std::uint64_t>(seen.backup_seconds));
  out.single("intake_certificate_expires_timestamp_seconds", "gauge",
             "When the server's certificate ends.",
             static_cast<std::uint64_t>(seen.certificate_ends));
  out.single("intake_key_wraps", "gauge",
             "Data keys wrapped under the current key; rotate it before 2^30.",
             static_cast<std::uint64_t>(seen.key_wraps));
  out.single("intake_audit_head_failures_total", "counter",
             "Signed heads that the file or the command outside did not take: raise an alarm.",
             static_cast<std::uint64_t>(seen.head_failures));
  if (seen.handed != nullptr) add_handed(out, *seen.handed);
  return out.take();
}

}  // namespace intake::service

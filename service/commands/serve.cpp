#include "certs/secret.hpp"
#include "certs/tls.hpp"
#include "db/schema.hpp"
#include "service/application.hpp"
#include "service/backup/watch.hpp"
#include "service/clinic/in_force.hpp"
#include "service/commands/commands.hpp"
#include "service/delivery/delivery_watch.hpp"
#include "service/desk/copy_jobs.hpp"
#include "service/dispatch.hpp"
#include "service/eligibility/asking_worker.hpp"
#include "service/eligibility/questions.hpp"
#include "service/guarded_memory.hpp"
#include "service/head_watch.hpp"
#include "service/health.hpp"
#include "service/housekeeping.hpp"
#include "service/http/listener.hpp"
#include "service/installation.hpp"
#include "service/key_watch.hpp"
#include "service/languages.hpp"
#include "service/metrics.hpp"
#include "service/outgoing/watched_folder.hpp"
#include "service/outgoing/webhooks.hpp"
#include "service/patients/body_drawing.hpp"
#include "service/production.hpp"
#include "service/responses.hpp"
#include "service/rule_watch.hpp"
#include "service/worker/image_children.hpp"
#include "service/worker/render_pool.hpp"
#include "service/writer_settings.hpp"

#include <algorithm>
#include <atomic>
#include <thread>

#include <fmt/format.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>

namespace intake::service::commands {
namespace {

constexpr std::chrono::seconds clinic_looked_at_every{5};
constexpr std::chrono::seconds rules_looked_at_every{10};
constexpr std::chrono::hours backups_looked_at_every{1};
constexpr std::chrono::seconds keys_told_every{30};
constexpr std::chrono::seconds housekeeping_every{15};
constexpr std::chrono::seconds deliveries_looked_at_every{2};
constexpr std::chrono::seconds outbox_looked_at_every{2};

/// A second time, and so it tells how the first went.
void tell_unlocked_memory(event_log const& log) {
  if (guard_memory() == certs::secret_memory::locked) return;
  log.write(log_level::warning, "keys-not-locked-in-memory");
}

/// Every connection is a descriptor, and shells give a program 1,024 of them.
void allow_descriptors() {
  rlimit most{};
  if (::getrlimit(RLIMIT_NOFILE, &most) != 0 || most.rlim_cur >= most.rlim_max) return;
  most.rlim_cur = most.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &most);
}

/// Blocked before the first thread starts, so that only `wait` ever takes them.
class signals {
 public:
  signals() {
    sigemptyset(&set_);
    for (int const each : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&set_, each);
    pthread_sigmask(SIG_BLOCK, &set_, nullptr);
    ::signal(SIGPIPE, SIG_IGN);
  }
  int wait() {
    int got = 0;
    sigwait(&set_, &got);
    return got;
  }

 private:
  sigset_t set_{};
};

std::shared_ptr<ssl_ctx_st> load_tls(config const& settings, certs::world const& world,
                                     std::atomic<std::int64_t>& ends) {
  certs::tls_files files{settings.tls_certificate_file, settings.tls_key_file, {}};
  if (!settings.tls_client_authority_file.empty())
    files.client_ca = settings.tls_client_authority_file;
  auto loaded = certs::load_server_tls(files, world.now());
  if (!loaded) throw command_failed(exit_code::refused, loaded.error().sentence);
  ends = loaded->certificate.not_after.time_since_epoch().count();
  return loaded->context;
}

void log_request(application const& app, served_request const& served) {
  app.log.write(served.status >= 500 ? log_level::error : log_level::info, "request",
                {{"request", log_name(served.request_id)},
                 {"address", log_name(served.client_address)},
                 {"route", log_name(route_of(served))},
                 {"status", served.status},
                 {"microseconds", static_cast<std::int64_t>(served.took.count())},
                 {"bytes_in", static_cast<std::int64_t>(served.body_bytes_in)},
                 {"bytes_out", static_cast<std::int64_t>(served.bytes_out)}});
}

/// A request keeps the clinic as it was when it came, whatever is set meanwhile.
server_hooks hooks_of(clinic::in_force& live) {
  return {.handle = [&live](request const& asked) { return dispatch(live.current(), asked); },
          .is_quick = [&live](request const& asked) { return is_quick(live.current(), asked); },
          .admit = [&live](request const& head) { return admit(live.current(), head); },
          .refuse =
              [&live](int status, std::string_view sentence, request const* asked) {
                return refuse(live.current(), status, sentence, asked);
              },
          .served = [&live](served_request const& served) { log_request(live.current(), served); }};
}

server_settings settings_of(config const& settings, certs::world const& world,
                            std::atomic<std::int64_t>& certificate_ends) {
  server_settings made;
  made.addresses = {{settings.server_address, static_cast<std::uint16_t>(settings.server_port)}};
  made.limits.connections_max = static_cast<std::size_t>(settings.server_connections_max);
  made.limits.connections_per_address_max =
      std::max<std::size_t>(8, made.limits.connections_max / 4);
  made.tls_context = [&settings, &world, &certificate_ends] {
    return load_tls(settings, world, certificate_ends);
  };
  made.trusted_proxies = settings.server_trusted_proxies;
  made.worker_threads = static_cast<std::size_t>(settings.server_workers);
  made.socket_threads = std::max(1U, std::thread::hardware_concurrency() / 2);
  return made;
}

/// What the metrics tell beside what the servers and the writer count.
struct watchers {
  application& app;
  backup::watch const& backups;
  key_watch const& keys;
  outgoing::counters const& handed;
  head_watch const& heads;
  std::atomic<std::int64_t> const& certificate_ends;

  watched look() const {
    return {.backup_seconds = backups.newest_seconds(),
            .key_wraps = keys.wraps(),
            .handed = &handed,
            .certificate_ends = certificate_ends,
            .head_failures = heads.failures(),
            .database_usable = is_database_usable(app)};
  }
};

/// Prometheus asks here; loopback only and without TLS, because nothing in it is anybody's.
std::unique_ptr<http_server> start_metrics(application& app, config const& settings,
                                           http_server const& main, watchers const& seen) {
  if (settings.metrics_port == 0) return nullptr;
  server_settings made;
  made.addresses = {{"127.0.0.1", static_cast<std::uint16_t>(settings.metrics_port)}};
  made.limits.connections_max = 16;
  made.socket_threads = 1;
  made.worker_threads = 1;
  server_hooks hooks;
  hooks.handle = [&app, &main, seen](request const& asked) {
    if (asked.path != "/metrics") return plain_response(404, "only /metrics is here\n");
    return plain_response(
        200, write_metrics(main.stats(), app.writer.counts(), app.log, app.rules, seen.look()));
  };
  auto server = std::make_unique<http_server>(std::move(made), std::move(hooks), app.world);
  server->start();
  return server;
}

void reload(application& app, installation const& parts, key_watch& keys, rule_watch& rules,
            http_server& server) {
  try {
    server.reload_tls();
    parts.reload_keys(app.settings);
    keys.tell();
    rules.reload_folder();
    app.log.write(log_level::info, "reloaded",
                  {{"rules", log_name(rules.rules().current()->hash)},
                   {"key", log_name(app.keks.current_id())}});
  } catch (std::exception const& error) {
    // What was in force stays in force.
    app.log.write(log_level::error, "reload-failed", {{"because", log_name(error.what())}});
  }
}

void require_fit_for_production(config const& settings, installation const& parts,
                                named_rule_set const& deciding, db::pool& desk) {
  if (settings.parsed_mode() != operating_mode::production) return;
  auto const now = clinic::read_effective(settings, desk).settings;
  auto const open = production_obstacles(now, parts, deciding, &desk);
  if (open.empty()) return;
  throw command_failed(
      exit_code::refused,
      fmt::format("this installation is not ready for real patients: {} ({} in all)",
                  open.front().what, open.size()),
      "`intake config check --production` lists everything and what to do about it");
}

db::pool_settings pool_for(config const& settings, std::string const& role, int connections_max) {
  db::pool_settings made;
  made.conninfo = role;
  made.connections_max = static_cast<std::size_t>(connections_max);
  made.wait_max = std::chrono::seconds(settings.database_wait_seconds);
  return made;
}

/// One process a core; more would only wait for each other.
worker::render_pool_settings drawing_settings(config const& settings) {
  worker::render_pool_settings made;
  made.command = {"/proc/self/exe", "worker", "render"};
  for (auto const& each : settings.fonts_files)
    made.command.insert(made.command.end(), {"--font", each});
  made.children = std::clamp(std::thread::hardware_concurrency(), 1U, 8U);
  return made;
}

std::unique_ptr<worker::render_pool> start_drawing(config const& settings) {
  try {
    return std::make_unique<worker::render_pool>(drawing_settings(settings));
  } catch (render_failed const& error) {
    throw command_failed(exit_code::refused, error.what(),
                         "copies are drawn in processes of their own, with seccomp and limits");
  }
}

/// An evaluation has none to lose.
log_level level_of_old_backups(config const& settings) {
  bool const is_real = settings.parsed_mode() == operating_mode::production;
  return is_real ? log_level::error : log_level::info;
}

clinic_look look_of(config const& settings) {
  try {
    return read_clinic_look(settings);
  } catch (std::runtime_error const& error) {
    throw command_failed(exit_code::refused, error.what());
  }
}

/// What the build made, and the body's outlines, which are the copies' own.
struct plain_assets {
  explicit plain_assets(surroundings const& around)
      : drawing(patients::body_drawing()), sources(around.assets.begin(), around.assets.end()) {
    sources.push_back({"body.svg", drawing});
  }

  std::string drawing;
  std::vector<asset_store::source> sources;
};

/// The worker's own connections and role, so that payers who are slow keep nobody at the desk
/// waiting; nothing where there is no line.
struct billing_office {
  db::pool rows;
  application app;
  eligibility::asking_worker worker;

  explicit billing_office(application& a)
      : rows(pool_for(a.settings, a.settings.database_billing,
                      a.settings.eligibility_asks_at_once + 1)),
        app(seen_with(a, rows)),
        worker(app) {
    worker.keep_asking();
  }
};

std::unique_ptr<billing_office> open_billing(application& app) {
  if (!eligibility::is_connected(app.settings)) return nullptr;
  return std::make_unique<billing_office>(app);
}

/// What is under way finishes first.
void stop_serving(http_server& server, config const& settings, key_watch& keys,
                  event_log const& log) {
  log.write(log_level::info, "stopping");
  server.drain(std::chrono::seconds(settings.server_drain_seconds));
  keys.tell();
  log.write(log_level::info, "stopped");
}

}  // namespace

exit_code serve(surroundings const& around, config const& settings) {
  signals stop;
  event_log const log(STDERR_FILENO, around.world.now);
  tell_unlocked_memory(log);
  allow_descriptors();
  installation const parts(settings);
  texts const words;
  auto const offered = offered_languages(settings, parts.forms(), words);
  page_templates const pages;
  plain_assets const plain(around);
  auto const look = look_of(settings);
  auto const assets = styled_assets(plain.sources, look);
  db::require_schema(settings.database_portal);
  // Before anything is written.
  auto writing = writer_settings(settings, parts.keys(), "serve");
  db::pool desk(pool_for(settings, settings.database_desk, settings.database_desk_connections));
  db::pool portal(
      pool_for(settings, settings.database_portal, settings.database_portal_connections));
  rule_watch rules({desk, parts.clock(), around.world, log}, settings.rules_folder);
  require_fit_for_production(settings, parts, *rules.rules().current(), desk);
  certs::password_hasher passwords(around.world);
  machine_clients clients(desk, parts.keys(), around.world);
  db::batch_writer writer(std::move(writing), around.world);
  rate_limits limits;
  auto const drawing = start_drawing(settings);
  worker::image_children images({.command = {"/proc/self/exe", "worker", "image"}});
  clinic::values const nothing_set;
  clinic::in_force live({plain.sources, look});
  desk::copy_jobs copies(around.world, log);
  std::atomic<bool> draining = false;
  application app{settings,     around.world,  log,         parts.forms(), rules.rules(),
                  parts.keys(), parts.keks(),  writer,      desk,          portal,
                  clients,      limits,        passwords,   pages,         words,
                  offered,      parts.clock(), assets,      *drawing,      parts.places(),
                  copies,       images,        nothing_set, live,          draining};
  live.begin(app);
  std::atomic<std::int64_t> certificate_ends = 0;
  http_server server(settings_of(settings, around.world, certificate_ends), hooks_of(live),
                     around.world);
  backup::watch backups({desk, around.world, log, level_of_old_backups(settings)});
  key_watch keys({desk, around.world, parts.keks(), log, settings.server_instance});
  head_watch heads({desk, around.world, log, parts.keys(), settings.audit_heads_file,
                    settings.audit_heads_command});
  outgoing::counters handed;
  auto const metrics =
      start_metrics(app, settings, server, {app, backups, keys, handed, heads, certificate_ends});
  server.start();
  live.keep_looking(clinic_looked_at_every);
  rules.keep_looking(rules_looked_at_every);
  backups.keep_looking(backups_looked_at_every);
  keys.keep_telling(keys_told_every);
  heads.keep_writing(writer);
  delivery::delivery_watch deliveries(app);
  deliveries.keep_on(deliveries_looked_at_every);
  housekeeping chores(app);
  chores.keep_on(housekeeping_every);
  auto const billing = open_billing(app);
  outgoing::webhooks events(app, handed);
  if (!settings.webhook_url.empty()) events.keep_on(outbox_looked_at_every);
  outgoing::watched_folder folder(app, handed);
  if (!settings.watched_folder_path.empty()) folder.keep_on(outbox_looked_at_every);
  log.write(log_level::info, "listening",
            {{"port", settings.server_port}, {"rules", log_name(rules.rules().current()->hash)}});

  while (stop.wait() == SIGHUP) reload(app, parts, keys, rules, server);
  draining = true;
  stop_serving(server, settings, keys, log);
  return exit_code::good;
}

}  // namespace intake::service::commands

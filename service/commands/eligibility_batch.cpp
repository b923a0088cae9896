#include "forms/insurance/calendar.hpp"
#include "service/application.hpp"
#include "service/clinic/in_force.hpp"
#include "service/commands/eligibility_commands.hpp"
#include "service/desk/copy_jobs.hpp"
#include "service/eligibility/folders.hpp"
#include "service/eligibility/questions.hpp"
#include "service/eligibility/work_list.hpp"
#include "service/installation.hpp"
#include "service/key_watch.hpp"
#include "service/languages.hpp"
#include "service/rule_watch.hpp"
#include "service/writer_settings.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <unistd.h>

namespace intake::service::commands {
namespace {

/// The day list and what is told of it want the whole application; nothing of it listens here.
struct quiet_application {
  installation parts;
  event_log log;
  db::pool desk;
  db::pool portal;
  rule_watch rules;
  machine_clients clients;
  certs::password_hasher passwords;
  db::batch_writer writer;
  rate_limits limits{};
  page_templates pages{};
  texts words{};
  std::vector<language> offered;
  asset_store assets;
  own_renderer drawer;
  desk::copy_jobs copies;
  worker::image_children images{{.command = {"/proc/self/exe", "worker", "image"}}};
  clinic::values nothing_set{};
  clinic::in_force live;
  std::atomic<bool> draining = false;
  application of_files;

  quiet_application(surroundings const& around, config const& settings)
      : parts(settings),
        log(STDERR_FILENO, around.world.now),
        desk({.conninfo = settings.database_desk}),
        portal({.conninfo = settings.database_portal}),
        rules({desk, parts.clock(), around.world, log}, settings.rules_folder),
        clients(desk, parts.keys(), around.world),
        passwords(around.world),
        writer(writer_settings(settings, parts.keys(), "command"), around.world),
        offered(offered_languages(settings, parts.forms(), words)),
        assets(around.assets),
        drawer(parts.faces()),
        copies(around.world, log),
        live({around.assets, {}}),
        of_files{settings,     around.world,  log,         parts.forms(), rules.rules(),
                 parts.keys(), parts.keks(),  writer,      desk,          portal,
                 clients,      limits,        passwords,   pages,         words,
                 offered,      parts.clock(), assets,      drawer,        parts.places(),
                 copies,       images,        nothing_set, live,          draining} {
    live.begin(of_files);
  }

  application& now() { return live.current(); }
};

void audit(db::batch_writer& writer, eligibility::work_rows const& work) {
  db::audit_entry entry;
  entry.action = "eligibility-asked";
  entry.who = db::actor_kind::command;
  entry.actor = fmt::format("uid {}", ::getuid());
  entry.purpose = "eligibility";
  // A submission's coverages stand beside each other.
  for (auto const& each : work.rows) {
    bool const again = !entry.shown.empty() && entry.shown.back() == each.submission;
    if (!again) entry.shown.push_back(each.submission);
  }
  writer.append(std::move(entry));
}

/// Standard error is the operator's mail from cron: receipts name records there, not patients.
void tell(surroundings const& around, eligibility::made_batch const& made,
          eligibility::work_rows const& work) {
  fmt::print(around.err, "{} coverages are asked about, {} are not.\n", made.asked,
             made.left_out.size());
  for (auto const& each : made.left_out) {
    auto const row =
        std::ranges::find(work.rows, each.submission, &eligibility::work_row::submission);
    fmt::print(around.err, "  receipt {}, coverage {}: {}\n",
               row == work.rows.end() ? std::string("unknown") : row->receipt, each.coverage,
               each.why);
  }
}

}  // namespace

exit_code eligibility_batch(surroundings const& around, config const& settings,
                            eligibility_batch_options const& options) {
  if (auto const missing = eligibility::cannot_ask(settings); !missing.empty()) {
    throw command_failed(exit_code::usage, missing);
  }
  auto used = settings;
  if (!options.folder.empty()) used.eligibility_outbox_folder = options.folder;
  if (used.eligibility_outbox_folder.empty()) {
    throw command_failed(exit_code::usage, "no folder to write to is known",
                         "give --folder DIR, or set [eligibility] outbox_folder");
  }
  quiet_application quiet(around, used);
  auto& app = quiet.now();
  auto const now = around.world.now();
  auto const day = options.day.empty() ? std::optional(std::chrono::sys_days{app.clock.date(now)})
                                       : forms::insurance::read_iso_date(options.day);
  if (!day) throw command_failed(exit_code::usage, "--day wants a day as YYYY-MM-DD");
  auto const work = eligibility::work_of_day(app, *day, now);
  audit(app.writer, work);
  auto const made = eligibility::make_batch(app, work.rows, {}, now);
  tell_wraps(quiet.desk, quiet.parts.keks());
  if (made.id) {
    if (auto const why = eligibility::put_into_folder(app, made); !why.empty()) {
      throw command_failed(exit_code::input_bad, why,
                           "the questions are stored: download them from Eligibility, Files");
    }
    fmt::print(around.out, "{}\n", made.file_name);
  }
  tell(around, made, work);
  return exit_code::good;
}

}  // namespace intake::service::commands

#include "db/batch_writer.hpp"
#include "db/submissions.hpp"
#include "forms/calendar.hpp"
#include "forms/insurance/calendar.hpp"
#include "forms/insurance/csv.hpp"
#include "service/clinic/effective.hpp"
#include "service/commands/commands.hpp"
#include "service/consents.hpp"
#include "service/installation.hpp"
#include "service/writer_settings.hpp"

#include <fmt/format.h>
#include <unistd.h>

namespace intake::service::commands {
namespace {

constexpr int rows_a_page = 500;

/// Walks every submission, newest first; `unread` counts what did not open.
struct walk {
  db::pool& desk;
  installation const& parts;
  consent_search& search;
  std::vector<certs::uuid> read{};
  std::size_t unread = 0;

  void page_by_page() {
    std::optional<db::page_mark> after;
    for (;;) {
      auto const rows = db::list_newest(desk, after, rows_a_page);
      for (auto const& row : rows) one(row.head.id);
      if (rows.size() < rows_a_page) return;
      after = db::page_mark{rows.back().head.first_received, rows.back().head.id};
    }
  }

  void one(certs::uuid id) {
    auto const stored = db::open_submission(desk, id);
    if (!stored) return;
    auto const reading = open_record(parts.keks(), parts.forms(), *stored);
    if (!reading.record) {
      ++unread;
      return;
    }
    read.push_back(id);
    search.add(stored->head, *reading.record);
  }
};

void audit(db::batch_writer& writer, std::vector<certs::uuid> const& read) {
  for (std::size_t at = 0; at == 0 || at < read.size(); at += db::shown_max) {
    db::audit_entry entry;
    entry.action = "consents-due-listed";
    entry.who = db::actor_kind::command;
    entry.actor = fmt::format("uid {}", ::getuid());
    entry.purpose = "command-line";
    auto const end = std::min(read.size(), at + db::shown_max);
    entry.shown.assign(read.begin() + static_cast<std::ptrdiff_t>(at),
                       read.begin() + static_cast<std::ptrdiff_t>(end));
    writer.append(std::move(entry));
  }
}

std::string table_of(std::vector<due_consent> const& due, clinic_time const& clock) {
  namespace insurance = forms::insurance;
  std::string table =
      "receipt,patient,birth_date,consent,signed_edition,signed_on,edition_in_force\n";
  for (auto const& each : due) {
    auto const signed_on = clock.fhir_date(each.signed_at);
    for (auto const* cell : {&each.receipt, &each.patient, &each.birth_date, &each.consent,
                             &each.signed_edition, &signed_on, &each.edition_in_force}) {
      insurance::append_csv_cell(table, *cell, insurance::formula_policy::disarm);
      table += ',';
    }
    table.back() = '\n';
  }
  return table;
}

}  // namespace

exit_code consent_due(surroundings const& around, config const& settings,
                      consent_due_options const& options) {
  if (!options.day.empty() && !forms::days_of(options.day)) {
    throw command_failed(exit_code::usage, "--on wants a day as YYYY-MM-DD");
  }
  installation const parts(settings);
  auto const today = parts.clock().fhir_date(around.world.now());
  db::pool desk({.conninfo = settings.database_desk});
  db::batch_writer writer(writer_settings(settings, parts.keys(), "command"), around.world);
  clinic::installed_now const now(settings, parts, desk);
  consent_search search(now.forms, options.day.empty() ? today : options.day);
  walk reading{desk, parts, search};
  reading.page_by_page();
  // What was read is in the trail before anything of it is shown.
  audit(writer, reading.read);
  fmt::print(around.out, "{}", table_of(search.due(), parts.clock()));
  fmt::print(around.err, "{} texts are to be signed again; {} submissions read.\n",
             search.due().size(), reading.read.size());
  if (reading.unread == 0) return exit_code::good;
  throw command_failed(
      exit_code::world,
      fmt::format("{} submissions could not be opened and are not counted", reading.unread),
      "`intake audit verify` says whether they were changed");
}

}  // namespace intake::service::commands

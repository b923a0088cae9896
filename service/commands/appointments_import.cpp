#include "db/batch_writer.hpp"
#include "service/appointment_import.hpp"
#include "service/clinic/effective.hpp"
#include "service/commands/commands.hpp"
#include "service/files.hpp"
#include "service/installation.hpp"
#include "service/key_watch.hpp"
#include "service/writer_settings.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <unistd.h>

namespace intake::service::commands {
namespace {

std::string read_list(std::string const& file) {
  try {
    return read_input(file);
  } catch (std::exception const& error) {
    throw command_failed(exit_code::usage, error.what());
  }
}

void audit(db::batch_writer& writer, std::vector<certs::uuid> const& ids) {
  for (std::size_t at = 0; at < ids.size(); at += db::shown_max) {
    auto const end = std::min(ids.size(), at + db::shown_max);
    db::audit_entry entry;
    entry.action = "appointments-imported";
    entry.who = db::actor_kind::command;
    entry.actor = fmt::format("uid {}", ::getuid());
    entry.purpose = "day-list";
    entry.shown.assign(ids.begin() + static_cast<std::ptrdiff_t>(at),
                       ids.begin() + static_cast<std::ptrdiff_t>(end));
    writer.append(std::move(entry));
  }
}

}  // namespace

exit_code appointments_import(surroundings const& around, config const& settings,
                              appointments_import_options const& options) {
  auto const text = read_list(options.file);
  installation const parts(settings);
  db::pool desk({.conninfo = settings.database_desk});
  clinic::installed_now const now(settings, parts, desk);
  auto const list = read_appointment_list(options.file, text, now.places, now.forms.packets);
  for (auto const& each : list.problems) {
    fmt::print(around.out, "{}: {} ({})\n", forms::insurance::place_of(each), each.message,
               each.hint);
  }
  if (forms::insurance::has_error(list.problems)) {
    throw command_failed(exit_code::input_bad, "nothing was imported",
                         "mend the rows named above and import the file again");
  }
  db::batch_writer writer(writer_settings(settings, parts.keys(), "command"), around.world);
  auto const done = book_list(desk, {around.world, parts.keks(), parts.keys()}, list.entries,
                              [&](booked_list const& stored) { audit(writer, stored.touched); });
  tell_wraps(desk, parts.keks());
  if (!done) {
    throw command_failed(exit_code::world,
                         "nothing was imported: somebody else is taking over a list now",
                         "import the file again in a moment");
  }
  fmt::print(around.out, "Appointments: {}.\n", counts_in_words(done->counts, "added"));
  return exit_code::good;
}

}  // namespace intake::service::commands

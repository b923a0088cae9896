#include "certs/atomic_file.hpp"
#include "certs/escrow.hpp"
#include "service/clinic/effective.hpp"
#include "service/commands/key_acts.hpp"
#include "service/commands/output_file.hpp"
#include "service/production.hpp"

#include <fmt/format.h>

namespace intake::service::commands {
namespace {

void record(config const& settings, certs::key_set const& keys) {
  std::string ids;
  for (auto const& each : keys.keks) ids += each.id + "\n";
  certs::write_file_atomically(escrow_record_file(settings), certs::as_bytes(ids), 0600,
                               certs::if_exists::replace);
}

}  // namespace

exit_code key_escrow(surroundings const& around, config const& settings,
                     key_escrow_options const& options) {
  auto const keys = read_keys(settings);
  auto const sheet = certs::write_escrow_sheet(
      keys.set, {clinic::settings_now(settings).clinic_name,
                 std::chrono::floor<std::chrono::seconds>(around.world.now())});
  audit_key_act_if_possible(around, settings, keys, "keys-printed");
  if (options.output.empty()) {
    auto const text = certs::as_text(sheet);
    fmt::print(around.out, "{}", text);
    // A sheet that nobody has must not count as printed: a rotation would rely on it.
    require_written(around.out);
  } else {
    certs::write_file_atomically(options.output, sheet, 0600, certs::if_exists::refuse);
    fmt::print(around.out,
               "Wrote {}. Print it, lock it away in another building, then delete the file.\n",
               options.output);
  }
  record(settings, keys.set);
  return exit_code::good;
}

}  // namespace intake::service::commands

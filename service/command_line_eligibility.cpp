#include "service/command_line_builder.hpp"

#include <CLI/CLI.hpp>

namespace intake::service {

void line_builder::add_eligibility(CLI::App& app) {
  auto* group = app.add_subcommand("eligibility", "Asking payers");
  group->require_subcommand(1);
  auto* batch = group->add_subcommand(
      "batch", "Write a day's questions as one X12 270 file into a folder; for cron");
  auto& b = line_.eligibility_batch;
  batch->add_option("--day", b.day, "The day of the visits, YYYY-MM-DD; today if not given");
  batch->add_option("--folder", b.folder, "Instead of [eligibility] outbox_folder");
  on(batch,
     [this] { return commands::eligibility_batch(around_, settings(), line_.eligibility_batch); });
}

}  // namespace intake::service

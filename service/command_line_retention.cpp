#include "service/command_line_builder.hpp"

#include <CLI/CLI.hpp>

namespace intake::service {

void line_builder::add_retention(CLI::App& app) {
  auto* retention = app.add_subcommand("retention", "Records whose time is over");
  retention->require_subcommand(1);
  auto* due = retention->add_subcommand("due", "Count the records whose time is over");
  due->add_flag("--propose", line_.retention_due.propose, "Propose that their keys be destroyed");
  on(due, [this] { return commands::retention_due(around_, settings(), line_.retention_due); });
  on(retention->add_subcommand("list", "Name the proposals, and how many have approved each"),
     [this] { return commands::retention_list(around_, settings()); });
  auto& a = line_.retention_approve;
  auto* approve = retention->add_subcommand("approve", "Record that a person approves a proposal");
  approve->add_option("ID", a.id, "The proposal, as the list names it")->required();
  approve->add_option("--account", a.account, "User name of a manager or administrator")
      ->required();
  approve
      ->add_option("--password-file", a.password_file,
                   "File whose first line is that person's password; - is standard input")
      ->required();
  on(approve,
     [this] { return commands::retention_approve(around_, settings(), line_.retention_approve); });
  auto* purge = retention->add_subcommand(
      "purge", "Destroy the data keys of a proposal that two people approved, for ever");
  purge->add_option("ID", line_.retention_purge.id, "The proposal, as the list names it")
      ->required();
  on(purge,
     [this] { return commands::retention_purge(around_, settings(), line_.retention_purge); });
  add_holds(*retention);
}

void line_builder::add_holds(CLI::App& retention) {
  auto& h = line_.retention_hold;
  auto* hold = retention.add_subcommand("hold", "Keep a record whatever its age");
  hold->add_option("RECEIPT", h.receipt, "The record's receipt")->required();
  hold->add_option("--reason", h.reason, "Why; it stands in the audit trail")->required();
  on(hold, [this] { return commands::retention_hold(around_, settings(), line_.retention_hold); });
  auto* release = retention.add_subcommand("release", "End a hold");
  release->add_option("RECEIPT", h.receipt, "The record's receipt")->required();
  release->add_option("--reason", h.reason, "Why; it stands in the audit trail")->required();
  on(release,
     [this] { return commands::retention_release(around_, settings(), line_.retention_hold); });
}

}  // namespace intake::service

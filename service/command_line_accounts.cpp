#include "service/command_line_builder.hpp"

#include <CLI/CLI.hpp>

namespace intake::service {
namespace {

using account_command = exit_code (*)(commands::surroundings const&, config const&,
                                      commands::account_options const&);

struct account_row {
  char const* word;
  char const* help;
  account_command act;
};

constexpr account_row rows[] = {
    {"disable", "End an account's sessions and let it sign in no more", commands::account_disable},
    {"enable", "Let a disabled account sign in again", commands::account_enable},
    {"reset-password", "Make the password void and print a one-time code to choose another with",
     commands::account_reset_password},
    {"reset-second-factor", "Forget app, passkeys and recovery codes of somebody who lost them",
     commands::account_reset_second_factor},
    {"sign-out", "End an account's sessions", commands::account_sign_out}};

}  // namespace

void line_builder::add_accounts(CLI::App& app) {
  auto* account = app.add_subcommand("account", "Staff who may sign in");
  account->require_subcommand(1);
  on(account->add_subcommand("list", "List accounts with role, state and second factor"),
     [this] { return commands::account_list(around_, settings()); });
  auto* add =
      account->add_subcommand("add", "Add an account; prints a one-time code to begin with");
  auto& a = line_.account_add;
  add->add_option("NAME", a.name, "User name")->required();
  add->add_option("--role", a.role, "front-desk, clinician, billing, manager or administrator")
      ->required();
  add->add_option("--password-file", a.password_file,
                  "File whose first line is the password, instead of a code; - is standard input");
  add->add_flag("--demo", a.demo, "Mark it as an account of an evaluation: production refuses it");
  on(add, [this] { return commands::account_add(around_, settings(), line_.account_add); });
  for (auto const& row : rows) {
    auto* command = account->add_subcommand(row.word, row.help);
    command->add_option("NAME", line_.account.name, "User name")->required();
    on(command, [this, act = row.act] { return act(around_, settings(), line_.account); });
  }
  auto* role = account->add_subcommand("role", "Give an account another role");
  role->add_option("NAME", line_.account.name, "User name")->required();
  role->add_option("ROLE", line_.account.role,
                   "front-desk, clinician, billing, manager or administrator")
      ->required();
  on(role, [this] { return commands::account_role(around_, settings(), line_.account); });

  auto* begin = app.add_subcommand(
      "setup", "Make the first administrator of a new installation and print a one-time code");
  begin->add_option("--name", line_.set_up.name, "User name")->capture_default_str();
  on(begin, [this] { return commands::set_up(around_, settings(), line_.set_up); });
}

}  // namespace intake::service

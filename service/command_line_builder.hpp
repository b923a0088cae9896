#pragma once
#include "service/commands/account_commands.hpp"
#include "service/commands/backup_commands.hpp"
#include "service/commands/client_commands.hpp"
#include "service/commands/commands.hpp"
#include "service/commands/eligibility_commands.hpp"
#include "service/commands/form_commands.hpp"
#include "service/commands/key_commands.hpp"
#include "service/commands/retention_commands.hpp"
#include "service/commands/rule_commands.hpp"
#include "service/commands/x12_commands.hpp"

#include <functional>
#include <map>
#include <string>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace intake::service {

/// The options of all commands; CLI11 fills them in while it parses.
struct parsed_line {
  std::string config_file = "/etc/intake/intake.toml";
  commands::migrate_options migrate;
  commands::worker_render_options worker_render;
  commands::config_check_options config_check;
  commands::account_add_options account_add;
  commands::account_options account;
  commands::account_options set_up{.name = "admin"};
  commands::client_add_options client_add;
  commands::client_name_option client;
  commands::certs_dev_options certs_dev;
  commands::certs_issue_options certs_issue;
  commands::certs_revoke_options certs_revoke;
  commands::key_new_options key_new;
  commands::key_escrow_options key_escrow;
  commands::key_passphrase_options key_passphrase;
  commands::key_rotate_options key_rotate;
  commands::key_retire_options key_retire;
  commands::key_verify_options key_verify;
  commands::audit_verify_options audit_verify;
  commands::backup_options backup;
  commands::restore_options restore;
  commands::retention_due_options retention_due;
  commands::retention_approve_options retention_approve;
  commands::retention_purge_options retention_purge;
  commands::retention_hold_options retention_hold;
  commands::submission_pdf_options submission_pdf;
  commands::consent_due_options consent_due;
  commands::appointments_import_options appointments_import;
  commands::invitation_new_options invitation_new;
  commands::pdf_verify_options pdf_verify;
  commands::form_lint_options form_lint;
  commands::form_translations_options form_translations;
  commands::form_validate_options form_validate;
  commands::form_render_options form_render;
  commands::fhirpath_options fhirpath;
  commands::rules_check_options rules_check;
  commands::rules_decide_options rules_decide;
  commands::eligibility_batch_options eligibility_batch;
  commands::x12_read_options x12_read;
  commands::x12_write_270_options x12_write_270;
  commands::rules_diff_options rules_diff;
  commands::rules_replay_options rules_replay;
  commands::rules_import_options rules_import;
  commands::rules_approve_options rules_approve;
  commands::rules_activate_options rules_activate;
  commands::rules_list_options rules_list;
  commands::version_options version;
  /// What to do once everything is parsed.
  std::function<exit_code()> action;
};

/// Builds the command line, a method a group of commands; large groups are in files of their own,
/// command_line_forms.cpp and the like.
class line_builder {
 public:
  line_builder(commands::surroundings const& around,
               std::map<std::string, std::string> const& environment, parsed_line& line)
      : around_(around), environment_(environment), line_(line) {}

  void build(CLI::App&);

 private:
  config settings() const;
  /// Runs the action once everything is parsed.
  void on(CLI::App* command, std::function<exit_code()> action);
  /// --format text|json.
  static void add_format(CLI::App* command, commands::output_format&);

  void add_running(CLI::App&);
  void add_config(CLI::App&);
  void add_accounts(CLI::App&);
  void add_clients(CLI::App&);
  void add_certs(CLI::App&);
  void add_outbox(CLI::App&);
  void add_keys(CLI::App&);
  void add_passphrase(CLI::App& key);
  void add_rotation(CLI::App& key);
  void add_records(CLI::App&);
  void add_backup(CLI::App&);
  void add_retention(CLI::App&);
  void add_holds(CLI::App& retention);
  void add_day_list(CLI::App&);
  void add_forms(CLI::App&);
  void add_fhirpath(CLI::App&);
  void add_rules(CLI::App&);
  void add_rule_proofs(CLI::App&);
  void add_rule_acts(CLI::App&);
  void add_x12(CLI::App&);
  void add_eligibility(CLI::App&);

  commands::surroundings const& around_;
  std::map<std::string, std::string> const& environment_;
  parsed_line& line_;
  CLI::Option* config_option_ = nullptr;
};

}  // namespace intake::service

#include "service/production.hpp"

#include "certs/dev_ca.hpp"
#include "certs/key_set.hpp"
#include "db/accounts.hpp"
#include "db/backup_checks.hpp"
#include "db/clients.hpp"
#include "db/connection_policy.hpp"
#include "service/files.hpp"

#include <algorithm>
#include <array>
#include <filesystem>

namespace intake::service {
namespace {

using obstacles = std::vector<obstacle>;

void look_at_certificate(obstacles& found, config const& settings) {
  try {
    if (!certs::is_from_development_ca(read_file(settings.tls_certificate_file))) return;
    found.push_back(
        {"the server certificate comes from a development authority",
         "set [tls] certificate_file and key_file to a certificate that patients' phones trust"});
  } catch (std::exception const& error) {
    found.push_back({error.what(), "set [tls] certificate_file"});
  }
}

void look_at_accounts(obstacles& found, db::pool* desk) {
  if (desk == nullptr) {
    found.push_back({"the accounts could not be looked at", "start the database and ask again"});
    return;
  }
  for (auto const& account : db::list_accounts(*desk)) {
    if (!account.demo || account.disabled) continue;
    found.push_back({"the account \"" + account.name + "\" has a password that was printed",
                     "disable it, and add accounts for your own people with `intake account add`"});
  }
  for (auto const& client : db::list_clients(*desk)) {
    if (!client.demo || client.disabled) continue;
    found.push_back(
        {"the API client \"" + client.id + "\" is one of the evaluation", "disable it"});
  }
}

void look_at_rules(obstacles& found, named_rule_set const& deciding) {
  if (deciding.set.tables().meta.purpose != forms::insurance::set_purpose::example) return;
  found.push_back(
      {"the insurance rules are the example (purpose: example)",
       "import your clinic's own tables, with purpose production in meta.csv, by `intake rules "
       "import`, or put them in [rules] folder"});
}

void look_at_forms(obstacles& found, installation const& parts) {
  for (auto const& form : parts.forms().library.forms()) {
    auto const& header = form->header();
    if (header.approval == "sample") {
      found.push_back({"the text of the form \"" + header.id + "\" is a sample",
                       "have counsel approve its text and remove its approval extension"});
    }
  }
}

void look_at_keys(obstacles& found, config const& settings, installation const& parts) {
  if (certs::is_evaluation_kek(parts.keks().current_id())) {
    found.push_back({"the current key was made for an evaluation",
                     "begin a new installation: set mode = \"production\", then `intake key new`"});
  }
  auto const record = escrow_record_file(settings);
  bool const printed =
      std::filesystem::exists(record) &&
      read_file(record).find(parts.keks().current_id() + "\n") != std::string::npos;
  if (!printed) {
    found.push_back(
        {"the current key was never printed for escrow: without it a dead disk loses every form",
         "run `intake key escrow` and lock the sheet away in another building"});
  }
}

void look_at_connections(obstacles& found, config const& settings) {
  for (auto const& each :
       {settings.database_portal, settings.database_desk, settings.database_billing,
        settings.database_migrate, settings.database_backup, settings.database_rekey,
        settings.database_retention}) {
    if (!db::crosses_network_unproven(each)) continue;
    found.push_back({"a connection to the database crosses a network without proof of who answers",
                     "add sslmode=verify-full and sslrootcert to it, or use a UNIX socket"});
    return;
  }
}

void look_at_clearinghouse(obstacles& found, config const& settings) {
  if (!settings.eligibility_clearinghouse_is_simulator) return;
  found.push_back({"eligibility is asked of a simulator, which makes its answers up",
                   "set [eligibility] clearinghouse_url to your clearinghouse's, and remove "
                   "clearinghouse_is_simulator"});
}

void look_at_heads(obstacles& found, config const& settings) {
  if (!settings.audit_heads_file.empty() || !settings.audit_heads_command.empty()) return;
  found.push_back(
      {"where the audit trail stands is written down nowhere outside the database",
       "set [audit] heads_file to a file that is only appended to, or heads_command to a program "
       "that keeps the lines on another machine"});
}

/// Only whether there ever was one: a start must not depend on last night's backup, and its age is
/// an alert (backup_watch.hpp).
void look_at_backups(obstacles& found, db::pool* desk) {
  if (desk != nullptr && db::newest_good_backup(*desk)) return;
  found.push_back({"no backup was verified",
                   "run `intake backup DIR --verify` with DIR on another machine's disk"});
}

}  // namespace

obstacles clinic_obstacles(config const& settings) {
  obstacles found;
  config const untouched;
  if (settings.clinic_name == untouched.clinic_name ||
      settings.clinic_name.starts_with("Example")) {
    found.push_back({"the clinic has a placeholder name", "set [clinic] name"});
  }
  // 555-0100 to 555-0199 are set aside for invented numbers (NANPA).
  if (settings.clinic_phone.find("555-01") != std::string::npos) {
    found.push_back({"the clinic has a placeholder telephone number", "set [clinic] phone"});
  }
  return found;
}

std::string escrow_record_file(config const& settings) {
  return settings.keys_file + ".escrowed";
}

std::vector<obstacle> production_obstacles(config const& settings, installation const& parts,
                                           named_rule_set const& deciding, db::pool* desk) {
  auto found = clinic_obstacles(settings);
  look_at_certificate(found, settings);
  look_at_accounts(found, desk);
  look_at_rules(found, deciding);
  look_at_forms(found, parts);
  look_at_keys(found, settings, parts);
  look_at_backups(found, desk);
  look_at_heads(found, settings);
  look_at_clearinghouse(found, settings);
  look_at_connections(found, settings);
  return found;
}

}  // namespace intake::service

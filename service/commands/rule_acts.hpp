#pragma once
#include "db/batch_writer.hpp"
#include "db/pool.hpp"
#include "forms/insurance/calendar.hpp"
#include "service/commands/rule_commands.hpp"
#include "service/installation.hpp"
#include "service/rules.hpp"

#include <memory>
#include <string>

/// What the commands about rule sets share.
namespace intake::service::commands {

/// An installation's database as a command uses it: the rows, and the trail of what was done.
class rule_desk {
 public:
  rule_desk(surroundings const&, config const&);

  certs::world const& world;
  installation parts;
  db::pool desk;
  db::batch_writer writer;
  forms::insurance::date today;

  /// With what managers have set. Throws db::unavailable.
  locations places();
  /// An entry of the person at the machine: the trail holds the system's user and the way.
  static db::audit_entry entry(std::string action);
  /// Writes that something was done to a set.
  void audit(std::string action, std::string const& hash,
             db::audit_outcome = db::audit_outcome::done);

 private:
  config const& settings_;
};

/// Who sits at the machine is not known to us: "uid 0".
std::string machine_user();

/// The full name of the one set in the database that begins so. Throws command_failed.
std::string full_hash(db::pool&, std::string const& beginning);

/// A folder of tables, or the beginning of a name in the database. Throws command_failed.
std::shared_ptr<named_rule_set const> rules_from(std::string const& folder_or_hash, db::pool* desk);

/// Visits from that day on whose decision another set would change: one a line, with the sentence
/// to say. Opens stored decisions, and the trail says so before.
void print_call_list(std::FILE* out, rule_desk&, named_rule_set const& from,
                     named_rule_set const& to, forms::insurance::date from_day);

}  // namespace intake::service::commands

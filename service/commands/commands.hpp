#pragma once
#include "certs/uuid.hpp"
#include "service/assets/assets.hpp"
#include "service/commands/exit_code.hpp"
#include "service/config.hpp"

#include <cstdio>
#include <optional>
#include <span>
#include <string>
#include <vector>

/// What `intake` can do, one file each. A command throws command_failed, or what the world did to
/// it; the caller turns both into a sentence and an exit code.
namespace intake::service::commands {

struct surroundings {
  certs::world world;
  std::FILE* out;
  std::FILE* err;
  /// Style sheets, built into the program and not into the libraries.
  std::span<asset_store::source const> assets;
};

enum class output_format { text, json };

/// Runs the service until SIGTERM or SIGINT; SIGHUP loads certificate and rules again.
exit_code serve(surroundings const&, config const&);

struct migrate_options {
  /// A superuser's connection string: makes roles and database first. Empty: they are there.
  std::string bootstrap;
};
exit_code migrate(surroundings const&, config const&, migrate_options const&);

struct config_check_options {
  bool for_production = false;
};
exit_code config_check(surroundings const&, config const&, config_check_options const&);

struct account_add_options {
  std::string name;
  std::string role;
  std::string password_file;
  bool demo = false;
};
exit_code account_add(surroundings const&, config const&, account_add_options const&);

struct client_add_options {
  std::string name;
  std::vector<std::string> scopes;
  bool demo = false;
};
/// Prints the secret, once.
exit_code client_add(surroundings const&, config const&, client_add_options const&);

struct certs_dev_options {
  std::string folder;
  std::vector<std::string> names;
};
exit_code certs_dev(surroundings const&, certs_dev_options const&);

exit_code key_new(surroundings const&, config const&);

struct key_escrow_options {
  /// Empty: standard output.
  std::string output;
};
exit_code key_escrow(surroundings const&, config const&, key_escrow_options const&);

struct audit_verify_options {
  output_format format = output_format::text;
};
exit_code audit_verify(surroundings const&, config const&, audit_verify_options const&);

struct submission_pdf_options {
  /// UUID or receipt.
  std::string id;
  /// "-": standard output.
  std::string output;
};
exit_code submission_pdf(surroundings const&, config const&, submission_pdf_options const&);

struct consent_due_options {
  /// YYYY-MM-DD; empty: the clinic's today.
  std::string day;
};
/// Reads every submission, and audits that it did.
exit_code consent_due(surroundings const&, config const&, consent_due_options const&);

struct form_lint_options {
  std::vector<std::string> files;
  /// Languages that every text must have.
  std::vector<std::string> languages;
  output_format format = output_format::text;
  /// A folder of forms with their plan: also what each packet costs a patient.
  std::string packet;
};
/// 0 every form loads, 1 one is refused (or a packet is over its budget), 2 one can't be read.
exit_code form_lint(surroundings const&, form_lint_options const&);
/// The part of `form lint --packet`: answers, words and minutes of each packet.
exit_code packet_lint(surroundings const&, std::string const& folder, output_format);

struct form_translations_options {
  std::vector<std::string> files;
  /// BCP 47; empty: all.
  std::string language;
};
/// Prints, as CSV, each translation that nobody has signed for.
exit_code form_translations(surroundings const&, form_translations_options const&);

struct form_validate_options {
  std::string response;
  /// Empty: the form contained in the response.
  std::string questionnaire;
  bool lenient_order = false;
};
/// Prints the OperationOutcome: 0 valid (warnings allowed), 1 invalid, 2 unusable.
exit_code form_validate(surroundings const&, form_validate_options const&);

struct form_render_options {
  /// Empty: the form contained in the response.
  std::string questionnaire;
  /// Empty: the form is drawn blank, to be filled in with a pen.
  std::string response;
  /// BCP 47: the language of a blank form.
  std::string language;
  std::string output;
};
/// Writes the PDF of a form, filled in or blank, without a database.
exit_code form_render(surroundings const&, form_render_options const&);

struct fhirpath_options {
  std::string expression;
  std::string resource;
};
/// Prints what an expression gives, as a JSON array: 0 good, 1 a bad or failing expression, 2 a
/// file that can't be read. today() and now() are those of UTC.
exit_code fhirpath(surroundings const&, fhirpath_options const&);

struct rules_check_options {
  std::string folder;
  output_format format = output_format::text;
};
exit_code rules_check(surroundings const&, rules_check_options const&);

struct rules_decide_options {
  std::string folder;
  /// "payer=medicare", "accident_kind=none": the names of insurance::visit_from_values and
  /// coverage_from_values.
  std::vector<std::string> facts;
  output_format format = output_format::text;
};
exit_code rules_decide(surroundings const&, rules_decide_options const&);

struct x12_read_options {
  std::string file;
  /// The day that verdicts are about, as 2026-11-28; empty: none.
  std::string date;
  bool is_strict = false;
};
/// Prints one JSON document, with what the payer says of patients: 0 clean, 1 read with deviations,
/// 2 refused or unreadable.
exit_code x12_read(surroundings const&, x12_read_options const&);

struct x12_write_270_options {
  std::string request;
  /// "-": standard output.
  std::string output;
  bool line_ends = false;
};
/// Writes the 270 that a request asks for: 0 written, 1 the request is refused, 2 it can't be read.
exit_code x12_write_270(surroundings const&, x12_write_270_options const&);
struct rules_diff_options {
  /// Folders of tables, or beginnings of names in the database.
  std::string from;
  std::string to;
  output_format format = output_format::text;
};
/// Rows that differ and decisions that would change: stored ones where there is a configuration,
/// else the cases of tests.csv. Always 0: a change is no mistake.
exit_code rules_diff(surroundings const&, config const*, rules_diff_options const&);

struct rules_replay_options {
  output_format format = output_format::text;
};
/// Makes every stored decision again by the rule set that it names: 1 where one differs.
exit_code rules_replay(surroundings const&, config const&, rules_replay_options const&);

struct rules_import_options {
  std::string folder;
};
/// 1 where the tables have errors; then nothing is imported.
exit_code rules_import(surroundings const&, config const&, rules_import_options const&);

struct rules_approve_options {
  std::string hash;
  std::string account;
  std::string password_file;
};
exit_code rules_approve(surroundings const&, config const&, rules_approve_options const&);

struct rules_activate_options {
  std::string hash;
  /// YYYY-MM-DD at the clinic; empty: today.
  std::string from;
};
/// Prints whom to call.
exit_code rules_activate(surroundings const&, config const&, rules_activate_options const&);
/// Lets the set that decided before this one decide again; prints whom to call.
exit_code rules_return(surroundings const&, config const&);

struct rules_list_options {
  output_format format = output_format::text;
};
exit_code rules_list(surroundings const&, config const&, rules_list_options const&);

struct version_options {
  bool licences = false;
};
exit_code show_version(surroundings const&, version_options const&);

}  // namespace intake::service::commands

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

struct worker_render_options {
  /// The configuration's `fonts.files`; empty: Debian's that are there.
  std::vector<std::string> fonts;
  /// One document, section by section.
  bool long_document = false;
};
/// What `serve` starts to draw copies in: reads documents from standard input until it ends.
exit_code worker_render(worker_render_options const&);
/// What `serve` starts for each file that a patient attaches: reads it from standard input, writes
/// what is kept of it.
exit_code worker_image();

struct config_check_options {
  bool for_production = false;
};
exit_code config_check(surroundings const&, config const&, config_check_options const&);

struct certs_dev_options {
  std::string folder;
  std::vector<std::string> names;
};
exit_code certs_dev(surroundings const&, certs_dev_options const&);

struct key_new_options {
  /// An escrow sheet as it was typed in: its keys, instead of new ones. Empty: none.
  std::string sheet;
  /// From [keys] passphrase_file, else typed twice.
  bool under_passphrase = false;
};
/// Never overwrites a key file. With [keys] token_module the KEK is made in the token.
exit_code key_new(surroundings const&, config const&, key_new_options const&);

struct key_escrow_options {
  /// Empty: standard output.
  std::string output;
};
exit_code key_escrow(surroundings const&, config const&, key_escrow_options const&);

struct audit_verify_options {
  /// A file of signed heads ([audit] heads_file) to compare with; empty: none.
  std::string heads;
  output_format format = output_format::text;
};
exit_code audit_verify(surroundings const&, config const&, audit_verify_options const&);

struct submission_pdf_options {
  /// UUIDs or receipts; several go into one file, each patient on a new sheet.
  std::vector<std::string> ids;
  /// "-": standard output.
  std::string output;
  /// desk, clinical, patient or billing.
  std::string copy = "desk";
  /// Its first line opens the file, which is encrypted then; empty: it is not.
  std::string password_file = {};
};
exit_code submission_pdf(surroundings const&, config const&, submission_pdf_options const&);

struct consent_due_options {
  /// YYYY-MM-DD; empty: the clinic's today.
  std::string day;
};
/// Reads every submission, and audits that it did.
exit_code consent_due(surroundings const&, config const&, consent_due_options const&);

struct appointments_import_options {
  /// CSV; "-": standard input.
  std::string file;
};
/// All rows or, where one is wrong, none. The same file again changes nothing.
exit_code appointments_import(surroundings const&, config const&,
                              appointments_import_options const&);

struct invitation_new_options {
  /// "Last, First".
  std::string name;
  std::string birth_date;
  std::string visit = "new-patient";
  std::string phone{};
  std::string mail{};
  std::string language = "en";
  /// A PDF sheet to print, with the QR code; empty: none, "-": standard output.
  std::string output{};
};
/// Prints the link, once: only a hash of it is kept.
exit_code invitation_new(surroundings const&, config const&, invitation_new_options const&);

struct pdf_verify_options {
  std::string file;
};
/// Says when, from what and by whom a file of ours was made. 0: the trail holds its making, 1: it
/// does not, so the file was changed or comes from elsewhere.
exit_code pdf_verify(surroundings const&, config const&, pdf_verify_options const&);

struct version_options {
  bool licences = false;
};
exit_code show_version(surroundings const&, version_options const&);

}  // namespace intake::service::commands

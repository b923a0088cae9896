#pragma once
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace intake::service {

/// What this installation is for. An evaluation says so on every page and copy; production refuses
/// to start while anything of an evaluation is left in it.
enum class operating_mode { evaluation, production };

/// Every setting of the program with its default; `[section] key_unit` of the TOML file is
/// `section_key_unit` here.
struct config {
  std::string mode = "evaluation";

  std::string clinic_name = "Example Pain Center";
  std::string clinic_phone = "(561) 555-0142";
  /// "#rrggbb" of links, buttons and lines; empty: the program's own.
  std::string clinic_colour;
  /// SVG or PNG, at most 16 KiB; empty: the name alone stands on top of pages.
  std::string clinic_logo_file;
  std::string clinic_time_zone = "America/New_York";
  /// Where patients come to, one "id, time zone, name" each; empty: one place, in the zone above.
  std::vector<std::string> clinic_locations;

  std::string server_address = "127.0.0.1";
  int server_port = 8443;
  /// What patients and staff type; links and Location headers begin with it. Empty: made from
  /// address and port.
  std::string server_public_url;
  /// Names this process in the audit trail; two instances of one clinic have different ones.
  std::string server_instance = "main";
  int server_workers = 96;
  int server_connections_max = 4096;
  /// Addresses or networks of the clinic's own reverse proxies, whose X-Forwarded-For is believed.
  std::vector<std::string> server_trusted_proxies;
  int server_drain_seconds = 20;
  int metrics_port = 9464;

  std::string tls_certificate_file = "tls/server.crt";
  std::string tls_key_file = "tls/server.key";
  std::string tls_client_authority_file;
  /// Needed by `certs issue` alone.
  std::string tls_client_authority_key_file;

  std::string database_portal = "host=/run/intake dbname=intake user=intake_portal";
  std::string database_desk = "host=/run/intake dbname=intake user=intake_desk";
  std::string database_billing = "host=/run/intake dbname=intake user=intake_billing";
  std::string database_migrate = "host=/run/intake dbname=intake user=intake_migrate";
  std::string database_backup = "host=/run/intake dbname=intake user=intake_backup";
  std::string database_rekey = "host=/run/intake dbname=intake user=intake_rekey";
  std::string database_retention = "host=/run/intake dbname=intake user=intake_retention";
  int database_desk_connections = 8;
  int database_portal_connections = 16;
  int database_wait_seconds = 3;
  bool database_require_standby = false;

  std::string keys_file = "keys/intake.keys";
  /// A file whose first line opens a sealed key file; empty: it is typed.
  std::string keys_passphrase_file;
  /// The PKCS#11 module of a token that holds the KEKs; empty: the key file does.
  std::string keys_token_module;
  /// The token's label.
  std::string keys_token = "intake";
  /// A file whose first line is the token's PIN; empty: it is typed.
  std::string keys_token_pin_file;
  std::string forms_folder = "/usr/share/intake/packet";
  std::string rules_folder = "/usr/share/intake/rules/example";
  /// How many different people approve a rule set before it may be activated: 1 or 2.
  int rules_approvers = 1;
  std::vector<std::string> fonts_files;

  /// Where the signed heads of the audit trail are appended; empty: nowhere.
  std::string audit_heads_file;
  std::vector<std::string> audit_heads_command;

  /// PostgreSQL's server programs, for the throw-away cluster that `backup --verify` restores into.
  std::string backup_postgres_programs = "/usr/lib/postgresql/15/bin";
  std::string backup_scratch_folder = "/var/tmp";
  /// The oldest backup that is kept; a key is retired no sooner.
  int backup_keep_days = 35;

  /// From the last contact; Florida asks five.
  int retention_years = 7;
  /// Who was a child at the last contact is kept until this age, if that is later.
  int retention_minors_until_age = 25;

  /// Roles that must have a second factor in production; an evaluation asks nobody for one.
  std::vector<std::string> accounts_second_factor_roles{"front-desk", "clinician", "billing",
                                                        "manager", "administrator"};
  /// X12: who sends and who receives (ISA06, ISA08), as the clearinghouse gave it to the clinic.
  std::string eligibility_sender;
  std::string eligibility_receiver;
  std::string eligibility_sender_qualifier = "ZZ";
  std::string eligibility_receiver_qualifier = "ZZ";
  /// The clinic's own; payers know it by this number only.
  std::string eligibility_npi;
  /// T while it is tried, P for real patients.
  std::string eligibility_usage = "T";
  /// EQ01: 30 is the plan as a whole.
  std::vector<std::string> eligibility_service_types{"30"};
  /// Where the day's questions are put, and answers are found; empty: download and upload only.
  std::string eligibility_outbox_folder;
  std::string eligibility_inbox_folder;
  /// Where questions go over the line, "https://…"; empty: no line.
  std::string eligibility_clearinghouse_url;
  /// PEM: who vouches for the clearinghouse's server; empty: the system's authorities.
  std::string eligibility_clearinghouse_authority_file;
  /// What it asks of us: a client certificate, or a user with a password, or both.
  std::string eligibility_clearinghouse_certificate_file;
  std::string eligibility_clearinghouse_key_file;
  std::string eligibility_clearinghouse_user;
  std::string eligibility_clearinghouse_password;
  /// "PayloadType=payload_type": fields of the CAQH CORE envelope that it calls otherwise.
  std::vector<std::string> eligibility_clearinghouse_fields;
  std::string eligibility_clearinghouse_rule_version = "2.2.0";
  /// It is the simulator of the tests: everything says so, and production refuses it.
  bool eligibility_clearinghouse_is_simulator = false;
  /// Of all instances together, and of each.
  int eligibility_asks_a_minute = 30;
  int eligibility_asks_at_once = 2;
  /// Medicare's system is asked about visits ahead from this hour at the clinic until that one.
  int eligibility_medicare_from_hour = 20;
  int eligibility_medicare_until_hour = 7;

  /// Programs, with their full path, that take a link for a patient over: one line of JSON each.
  std::vector<std::string> delivery_mail_command;
  std::vector<std::string> delivery_phone_command;
  /// A mail server, where there is no program: "smtps://host:465" or "smtp://host:587".
  std::string delivery_smtp_url;
  std::string delivery_smtp_user;
  std::string delivery_smtp_password;
  /// PEM; empty: the system's authorities.
  std::string delivery_smtp_authority_file;
  /// What messages say they come from: neither the clinic's kind nor a reason.
  std::string delivery_mail_from;
  /// Where received versions are told of, ids only: https, or http on this machine; empty: nowhere.
  std::string webhook_url;
  /// What events are signed with, at least 32 characters.
  std::string webhook_secret;
  /// PEM: who vouches for the receiver; empty: the system's authorities.
  std::string webhook_authority_file;
  /// PEM: what the receiver asks of us.
  std::string webhook_certificate_file;
  std::string webhook_key_file;

  /// A folder for a copy and a JSON file of every received version; empty: none.
  std::string watched_folder_path;
  /// Which copy: desk, clinical or billing.
  std::string watched_folder_copy = "desk";

  int session_idle_minutes = 15;
  int session_absolute_hours = 12;
  int forms_token_hours = 24;
  int forms_invitation_days = 14;
  /// Mood, substance and scored forms also to minors and to who answers for somebody else.
  bool forms_ask_everybody = false;

  operating_mode parsed_mode() const;
  std::string public_url() const;
};

/// One thing wrong with the configuration, at its place; line and column are 0 where it came from
/// the environment.
struct config_problem {
  std::string file;
  std::size_t line = 0;
  std::size_t column = 0;
  std::string message;
  std::string hint;
};

struct config_source {
  std::string file_name;
  std::string toml;
  /// `INTAKE_SECTION__KEY` overrides `[section] key`; `INTAKE_SECTION__KEY_FILE` names a file that
  /// holds the value.
  std::map<std::string, std::string> environment;
};

struct config_result {
  config settings;
  std::vector<config_problem> problems;
};

/// Reads file < environment. An unknown key, a wrong type or a value out of range is a problem; all
/// are reported. Relative file names are taken from the folder of `file_name`.
config_result read_config(config_source const&);

/// `config print`: every setting in force as TOML, secrets hidden.
std::string print_config(config const&);

/// "file:3:7: message (hint)".
std::string to_text(config_problem const&);

}  // namespace intake::service

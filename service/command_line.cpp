#include "service/command_line.hpp"

#include "db/errors.hpp"
#include "service/files.hpp"
#include "service/version.hpp"

#include <functional>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace intake::service {
namespace {

using commands::output_format;

std::map<std::string, output_format> const formats{{"text", output_format::text},
                                                   {"json", output_format::json}};

/// The options of all commands; CLI11 fills them in while it parses.
struct parsed_line {
  std::string config_file = "/etc/intake/intake.toml";
  commands::migrate_options migrate;
  commands::config_check_options config_check;
  commands::account_add_options account_add;
  commands::client_add_options client_add;
  commands::certs_dev_options certs_dev;
  commands::key_escrow_options key_escrow;
  commands::audit_verify_options audit_verify;
  commands::submission_pdf_options submission_pdf;
  commands::consent_due_options consent_due;
  commands::form_lint_options form_lint;
  commands::form_translations_options form_translations;
  commands::form_validate_options form_validate;
  commands::form_render_options form_render;
  commands::fhirpath_options fhirpath;
  commands::rules_check_options rules_check;
  commands::rules_decide_options rules_decide;
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

class line_builder {
 public:
  line_builder(commands::surroundings const& around,
               std::map<std::string, std::string> const& environment, parsed_line& line)
      : around_(around), environment_(environment), line_(line) {}

  void build(CLI::App& app) {
    app.require_subcommand(1);
    app.set_help_all_flag("--help-all", "Help for every command");
    config_option_ = app.add_option("--config", line_.config_file, "Configuration file (TOML)")
                         ->envname("INTAKE_CONFIG")
                         ->capture_default_str();
    app.fallthrough();
    add_running(app);
    add_config(app);
    add_people(app);
    add_keys(app);
    add_records(app);
    add_forms(app);
    add_fhirpath(app);
    add_rules(app);
    add_x12(app);
  }

 private:
  config settings() const {
    std::string text;
    try {
      text = read_file(line_.config_file);
    } catch (std::exception const& error) {
      throw command_failed(exit_code::usage, error.what(), "say where it is with --config FILE");
    }
    auto result = read_config({line_.config_file, text, environment_});
    if (!result.problems.empty()) {
      std::string all = "the configuration has mistakes:";
      for (auto const& each : result.problems) all += "\n  " + to_text(each);
      throw command_failed(exit_code::usage, all);
    }
    return std::move(result.settings);
  }

  template <class Action>
  void on(CLI::App* command, Action action) {
    command->callback([this, action] { line_.action = action; });
  }

  void add_running(CLI::App& app) {
    on(app.add_subcommand(
           "serve", "Run the service until SIGTERM; SIGHUP loads certificate and rules again"),
       [this] { return commands::serve(around_, settings()); });
    auto* migrate = app.add_subcommand("migrate", "Bring the database to this program's schema");
    migrate->add_option(
        "--bootstrap", line_.migrate.bootstrap,
        "Make roles and database first, as this superuser (libpq connection string)");
    on(migrate, [this] { return commands::migrate(around_, settings(), line_.migrate); });
    auto* version = app.add_subcommand("version", "Print the version");
    version->add_flag("--licences", line_.version.licences,
                      "Also the licences of all that is built in");
    on(version, [this] { return commands::show_version(around_, line_.version); });
  }

  void add_config(CLI::App& app) {
    auto* group = app.add_subcommand("config", "Look at the configuration");
    group->require_subcommand(1);
    auto* check =
        group->add_subcommand("check", "Read everything that `serve` reads, and say what is wrong");
    check->add_flag("--production", line_.config_check.for_production,
                    "Also say what stands between this installation and real patients");
    on(check, [this] { return commands::config_check(around_, settings(), line_.config_check); });
    on(group->add_subcommand("print", "Print every setting in force; secrets are hidden"), [this] {
      fmt::print(around_.out, "{}", print_config(settings()));
      return exit_code::good;
    });
  }

  void add_people(CLI::App& app) {
    auto* account = app.add_subcommand("account", "Staff who may sign in");
    account->require_subcommand(1);
    auto* add = account->add_subcommand("add", "Add an account");
    auto& a = line_.account_add;
    add->add_option("NAME", a.name, "User name")->required();
    add->add_option("--role", a.role, "front-desk, clinician, billing, manager or administrator")
        ->required();
    add->add_option("--password-file", a.password_file,
                    "File whose first line is the password; - is standard input")
        ->required();
    add->add_flag("--demo", a.demo,
                  "Mark it as an account of an evaluation: production refuses it");
    on(add, [this] { return commands::account_add(around_, settings(), line_.account_add); });

    auto* client = app.add_subcommand("client", "Machines that may use the API");
    client->require_subcommand(1);
    auto* add_client = client->add_subcommand("add", "Add a client and print its secret, once");
    auto& c = line_.client_add;
    add_client->add_option("NAME", c.name, "What the client calls itself")->required();
    add_client->add_option("--scope", c.scopes, "What it may do: submit")->required();
    add_client->add_flag("--demo", c.demo,
                         "Mark it as a client of an evaluation: production refuses it");
    on(add_client, [this] { return commands::client_add(around_, settings(), line_.client_add); });
  }

  void add_keys(CLI::App& app) {
    auto* certs = app.add_subcommand("certs", "Certificates");
    certs->require_subcommand(1);
    auto* dev = certs->add_subcommand(
        "dev", "Make a certificate authority and a server certificate for an evaluation");
    dev->add_option("FOLDER", line_.certs_dev.folder, "An existing folder")->required();
    dev->add_option("--name", line_.certs_dev.names,
                    "Further DNS names or addresses beside localhost");
    on(dev, [this] { return commands::certs_dev(around_, line_.certs_dev); });

    auto* key = app.add_subcommand("key", "The keys that everything is sealed under");
    key->require_subcommand(1);
    on(key->add_subcommand("new", "Make the key file of a new installation; never overwrites one"),
       [this] { return commands::key_new(around_, settings()); });
    auto* escrow = key->add_subcommand(
        "escrow", "Print the sheet that brings the keys back when the disk is gone");
    escrow->add_option("-o,--output", line_.key_escrow.output, "Write it to a new file instead");
    on(escrow, [this] { return commands::key_escrow(around_, settings(), line_.key_escrow); });
  }

  void add_records(CLI::App& app) {
    auto* submission = app.add_subcommand("submission", "Received forms");
    submission->require_subcommand(1);
    auto* pdf = submission->add_subcommand("pdf", "Write the PDF copy of a submission");
    pdf->add_option("ID", line_.submission_pdf.id, "Its id or its receipt")->required();
    pdf->add_option("-o,--output", line_.submission_pdf.output,
                    "File to write; - is standard output")
        ->required();
    on(pdf, [this] { return commands::submission_pdf(around_, settings(), line_.submission_pdf); });

    auto* consent = app.add_subcommand("consent", "What patients signed");
    consent->require_subcommand(1);
    auto* due = consent->add_subcommand(
        "due", "List, as CSV, who must sign again because a text was replaced");
    due->add_option("--on", line_.consent_due.day,
                    "As of that day, YYYY-MM-DD; today if not given");
    on(due, [this] { return commands::consent_due(around_, settings(), line_.consent_due); });

    auto* audit = app.add_subcommand("audit", "The audit trail");
    audit->require_subcommand(1);
    auto* verify =
        audit->add_subcommand("verify", "Hash the whole trail again and name the first bad entry");
    verify->add_option("--format", line_.audit_verify.format, "text or json")
        ->transform(CLI::CheckedTransformer(formats));
    on(verify, [this] { return commands::audit_verify(around_, settings(), line_.audit_verify); });
  }

  void add_forms(CLI::App& app) {
    auto* form = app.add_subcommand("form", "FHIR Questionnaires and the answers to them");
    form->require_subcommand(1);
    auto* lint = form->add_subcommand("lint", "Say everything that is wrong or unwise in forms");
    auto& l = line_.form_lint;
    auto* files = lint->add_option("FILES", l.files, "Questionnaires, or Bundles of them");
    lint->add_option("--packet", l.packet,
                     "A folder of forms with its plan: every form, and what each packet costs a "
                     "patient")
        ->excludes(files);
    lint->add_option("--languages", l.languages,
                     "Languages that every text must have, for example en es ht");
    lint->add_option("--format", l.format, "text or json")
        ->transform(CLI::CheckedTransformer(formats));
    on(lint, [this] { return commands::form_lint(around_, line_.form_lint); });

    auto* translations = form->add_subcommand(
        "translations", "List, as CSV, the translations that nobody has reviewed");
    auto& t = line_.form_translations;
    translations->add_option("FILES", t.files, "Questionnaires")->required();
    translations->add_option("--language", t.language, "Only this one: es or ht");
    on(translations,
       [this] { return commands::form_translations(around_, line_.form_translations); });

    auto* validate =
        form->add_subcommand("validate", "Check a QuestionnaireResponse against its form");
    auto& v = line_.form_validate;
    validate->add_option("RESPONSE", v.response, "The response")->required();
    validate->add_option("--questionnaire", v.questionnaire,
                         "Its form, where the response does not contain it");
    validate->add_flag("--lenient-order", v.lenient_order, "Items in another order are a warning");
    on(validate, [this] { return commands::form_validate(around_, line_.form_validate); });

    auto* render = form->add_subcommand(
        "render", "Write a form as PDF, filled in or blank, without a database");
    auto& r = line_.form_render;
    render->add_option("--questionnaire", r.questionnaire,
                       "The form, where the response does not contain it");
    render->add_option("--response", r.response, "The answers; without them the form is blank");
    render->add_option("--language", r.language, "Language of a blank form: en, es or ht");
    render->add_option("-o,--output", r.output, "File to write; - is standard output")->required();
    on(render, [this] { return commands::form_render(around_, line_.form_render); });
  }

  void add_fhirpath(CLI::App& app) {
    auto* command = app.add_subcommand("fhirpath", "Evaluate an expression on a FHIR resource");
    command->add_option("EXPRESSION", line_.fhirpath.expression, "FHIRPath, quoted")->required();
    command->add_option("--resource", line_.fhirpath.resource, "JSON file of the resource")
        ->required();
    on(command, [this] { return commands::fhirpath(around_, line_.fhirpath); });
  }

  void add_rules(CLI::App& app) {
    auto* rules = app.add_subcommand("rules", "Accepted-insurance rules");
    rules->require_subcommand(1);
    auto* check = rules->add_subcommand(
        "check", "Say everything that is wrong or unwise in a folder of tables");
    check->add_option("FOLDER", line_.rules_check.folder, "Folder of the rule tables")->required();
    check->add_option("--format", line_.rules_check.format, "text or json")
        ->transform(CLI::CheckedTransformer(formats));
    on(check, [this] { return commands::rules_check(around_, line_.rules_check); });
    auto* decide = rules->add_subcommand("decide", "Explain the decision on one set of facts");
    auto& d = line_.rules_decide;
    decide->add_option("FOLDER", d.folder, "Folder of the rule tables")->required();
    decide->add_option("FACTS", d.facts, "payer=medicare accident_kind=none age=71 …");
    decide->add_option("--format", d.format, "text or json")
        ->transform(CLI::CheckedTransformer(formats));
    on(decide, [this] { return commands::rules_decide(around_, line_.rules_decide); });
    add_rule_proofs(*rules);
    add_rule_acts(*rules);
  }

  void add_rule_proofs(CLI::App& rules) {
    auto* diff = rules.add_subcommand(
        "diff",
        "Say which rows differ and which decisions would change: with --config stored "
        "ones, else the cases of tests.csv");
    auto& d = line_.rules_diff;
    diff->add_option("FROM", d.from, "Folder of tables, or the name of a set in the database")
        ->required();
    diff->add_option("TO", d.to, "The same")->required();
    diff->add_option("--format", d.format, "text or json")
        ->transform(CLI::CheckedTransformer(formats));
    on(diff, [this] {
      if (config_option_->count() == 0) {
        return commands::rules_diff(around_, nullptr, line_.rules_diff);
      }
      auto const read = settings();
      return commands::rules_diff(around_, &read, line_.rules_diff);
    });
    auto* replay = rules.add_subcommand(
        "replay", "Make every stored decision again by the rule set that it names");
    replay->add_option("--format", line_.rules_replay.format, "text or json")
        ->transform(CLI::CheckedTransformer(formats));
    on(replay, [this] { return commands::rules_replay(around_, settings(), line_.rules_replay); });
    auto* list = rules.add_subcommand("list", "Name the rule sets of the database and their lives");
    list->add_option("--format", line_.rules_list.format, "text or json")
        ->transform(CLI::CheckedTransformer(formats));
    on(list, [this] { return commands::rules_list(around_, settings(), line_.rules_list); });
  }

  void add_rule_acts(CLI::App& rules) {
    auto* import =
        rules.add_subcommand("import", "Check a folder of tables and keep it as a draft");
    import->add_option("FOLDER", line_.rules_import.folder, "Folder of the rule tables")
        ->required();
    on(import, [this] { return commands::rules_import(around_, settings(), line_.rules_import); });
    auto* approve = rules.add_subcommand("approve", "Record that a person approves a draft");
    auto& a = line_.rules_approve;
    approve->add_option("HASH", a.hash, "The set's name, or how it begins")->required();
    approve->add_option("--account", a.account, "User name of billing or a manager")->required();
    approve
        ->add_option("--password-file", a.password_file,
                     "File whose first line is that person's password; - is standard input")
        ->required();
    on(approve,
       [this] { return commands::rules_approve(around_, settings(), line_.rules_approve); });
    auto* activate =
        rules.add_subcommand("activate", "Let an approved set decide, and say whom to call");
    auto& v = line_.rules_activate;
    activate->add_option("HASH", v.hash, "The set's name, or how it begins")->required();
    activate->add_option("--from", v.from, "First day, YYYY-MM-DD; else today");
    on(activate,
       [this] { return commands::rules_activate(around_, settings(), line_.rules_activate); });
    on(rules.add_subcommand("return", "Let the set that decided before decide again"),
       [this] { return commands::rules_return(around_, settings()); });
  }

  void add_x12(CLI::App& app) {
    auto* x12 = app.add_subcommand("x12", "Eligibility inquiries and their answers, X12 270/271");
    x12->require_subcommand(1);
    auto* read = x12->add_subcommand(
        "read", "Print what a 270, 271, 999, 997 or TA1 says, and where it deviates");
    auto& r = line_.x12_read;
    read->add_option("FILE", r.file, "The file")->required();
    read->add_option("--date", r.date, "The day that is asked about, for example 2026-11-28");
    read->add_flag("--strict", r.is_strict, "A file with any deviation is refused");
    on(read, [this] { return commands::x12_read(around_, line_.x12_read); });
    auto* write = x12->add_subcommand("write-270", "Write the 270 that a request asks for");
    auto& w = line_.x12_write_270;
    w.output = "-";
    write->add_option("REQUEST", w.request, "The request (JSON)")->required();
    write->add_option("-o,--output", w.output, "File to write; - is standard output")
        ->capture_default_str();
    write->add_flag("--line-ends", w.line_ends, "A line end after each segment");
    on(write, [this] { return commands::x12_write_270(around_, line_.x12_write_270); });
  }

  commands::surroundings const& around_;
  std::map<std::string, std::string> const& environment_;
  parsed_line& line_;
  CLI::Option* config_option_ = nullptr;
};

int complain(commands::surroundings const& around, exit_code code, std::string_view sentence,
             std::string_view hint = {}) {
  fmt::print(around.err, "intake: {}\n", sentence);
  if (!hint.empty()) fmt::print(around.err, "  hint: {}\n", hint);
  return static_cast<int>(code);
}

int act(commands::surroundings const& around, parsed_line const& line) {
  try {
    return static_cast<int>(line.action());
  } catch (command_failed const& failed) {
    return complain(around, failed.code(), failed.what(), failed.hint());
  } catch (db::schema_refused const& refused) {
    return complain(around, exit_code::refused, refused.what());
  } catch (db::database_error const& error) {
    return complain(around, exit_code::world, error.what());
  } catch (std::logic_error const& error) {
    return complain(around, exit_code::bug, error.what(),
                    "this is a mistake of the program; please report it");
  } catch (std::exception const& error) {
    return complain(around, exit_code::world, error.what());
  }
}

}  // namespace

int run_command_line(commands::surroundings const& around, std::vector<std::string> arguments,
                     std::map<std::string, std::string> const& environment) {
  parsed_line line;
  CLI::App app("Intake: patient forms from the phone to the desk.", "intake");
  line_builder builder(around, environment, line);
  builder.build(app);
  try {
    std::ranges::reverse(arguments);  // CLI11 takes them last first
    app.parse(std::move(arguments));
  } catch (CLI::CallForHelp const&) {
    fmt::print(around.out, "{}", app.help());
    return 0;
  } catch (CLI::CallForAllHelp const&) {
    fmt::print(around.out, "{}", app.help("", CLI::AppFormatMode::All));
    return 0;
  } catch (CLI::ParseError const& error) {
    return complain(around, exit_code::usage, error.what(), "intake --help lists all commands");
  }
  return act(around, line);
}

}  // namespace intake::service

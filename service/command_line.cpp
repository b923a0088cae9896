#include "service/command_line.hpp"

#include "db/errors.hpp"
#include "service/command_line_builder.hpp"
#include "service/files.hpp"
#include "service/version.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace intake::service {

void line_builder::build(CLI::App& app) {
  app.require_subcommand(1);
  app.set_help_all_flag("--help-all", "Help for every command");
  app.set_version_flag("--version", std::string(version));
  config_option_ = app.add_option("--config", line_.config_file, "Configuration file (TOML)")
                       ->envname("INTAKE_CONFIG")
                       ->capture_default_str();
  app.fallthrough();
  add_running(app);
  add_config(app);
  add_accounts(app);
  add_clients(app);
  add_certs(app);
  add_outbox(app);
  add_keys(app);
  add_records(app);
  add_backup(app);
  add_retention(app);
  add_day_list(app);
  add_forms(app);
  add_fhirpath(app);
  add_rules(app);
  add_x12(app);
  add_eligibility(app);
}

config line_builder::settings() const {
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

void line_builder::on(CLI::App* command, std::function<exit_code()> action) {
  command->callback([this, action = std::move(action)] { line_.action = action; });
}

void line_builder::add_format(CLI::App* command, commands::output_format& format) {
  command->add_option_function<std::string>(
      "--format",
      [&format](std::string const& word) {
        if (word != "text" && word != "json")
          throw CLI::ValidationError("--format takes text or json");
        format = word == "json" ? commands::output_format::json : commands::output_format::text;
      },
      "text or json");
}

void line_builder::add_running(CLI::App& app) {
  on(app.add_subcommand("serve",
                        "Run the service until SIGTERM; SIGHUP loads certificate and rules again"),
     [this] { return commands::serve(around_, settings()); });
  auto* migrate = app.add_subcommand("migrate", "Bring the database to this program's schema");
  migrate->add_option("--bootstrap", line_.migrate.bootstrap,
                      "Make roles and database first, as this superuser (libpq connection string)");
  on(migrate, [this] { return commands::migrate(around_, settings(), line_.migrate); });
  // Not for people: the empty group keeps it out of the help.
  auto* worker = app.add_subcommand("worker", "Processes that serve starts")->group("");
  worker->require_subcommand(1);
  auto* draw = worker->add_subcommand("render", "Draw documents from standard input");
  draw->add_option("--font", line_.worker_render.fonts, "A font file");
  draw->add_flag("--long", line_.worker_render.long_document, "One document, section by section");
  on(draw, [this] { return commands::worker_render(line_.worker_render); });
  auto* image = worker->add_subcommand("image", "Read a picture or a PDF from standard input");
  on(image, [] { return commands::worker_image(); });
  auto* show = app.add_subcommand("version", "Print the version");
  show->add_flag("--licences", line_.version.licences, "Also the licences of all that is built in");
  on(show, [this] { return commands::show_version(around_, line_.version); });
}

void line_builder::add_config(CLI::App& app) {
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

void line_builder::add_records(CLI::App& app) {
  auto* submission = app.add_subcommand("submission", "Received forms");
  submission->require_subcommand(1);
  auto* pdf = submission->add_subcommand(
      "pdf", "Write the PDF copy of a submission, or of up to 200 as one file: all or none");
  pdf->add_option("ID", line_.submission_pdf.ids, "Ids or receipts")->required()->expected(-1);
  pdf->add_option("-o,--output", line_.submission_pdf.output, "File to write; - is standard output")
      ->required();
  pdf->add_option("--copy", line_.submission_pdf.copy, "desk, clinical, patient or billing")
      ->capture_default_str();
  pdf->add_option("--password-file", line_.submission_pdf.password_file,
                  "Encrypt it (AES-256): the file's first line opens it, 12 to 127 characters");
  on(pdf, [this] { return commands::submission_pdf(around_, settings(), line_.submission_pdf); });

  auto* consent = app.add_subcommand("consent", "What patients signed");
  consent->require_subcommand(1);
  auto* due = consent->add_subcommand(
      "due", "List, as CSV, who must sign again because a text was replaced");
  due->add_option("--on", line_.consent_due.day, "As of that day, YYYY-MM-DD; today if not given");
  on(due, [this] { return commands::consent_due(around_, settings(), line_.consent_due); });

  auto* copies = app.add_subcommand("pdf", "PDF files that were made here");
  copies->require_subcommand(1);
  auto* check = copies->add_subcommand(
      "verify", "Say from the audit trail when, from what and by whom a file was made");
  check->add_option("FILE", line_.pdf_verify.file, "The file")->required();
  on(check, [this] { return commands::pdf_verify(around_, settings(), line_.pdf_verify); });

  auto* audit = app.add_subcommand("audit", "The audit trail");
  audit->require_subcommand(1);
  auto* verify =
      audit->add_subcommand("verify", "Hash the whole trail again and name the first bad entry");
  add_format(verify, line_.audit_verify.format);
  verify->add_option("--heads", line_.audit_verify.heads,
                     "Also compare with the signed heads of this file, kept outside the database");
  on(verify, [this] { return commands::audit_verify(around_, settings(), line_.audit_verify); });
}

void line_builder::add_day_list(CLI::App& app) {
  auto* group = app.add_subcommand("appointments", "Who comes when");
  group->require_subcommand(1);
  auto* load = group->add_subcommand(
      "import", "Take over the day list of the clinic's schedule; again is safe");
  load->add_option("FILE", line_.appointments_import.file, "CSV with a header; - is standard input")
      ->required();
  on(load, [this] {
    return commands::appointments_import(around_, settings(), line_.appointments_import);
  });

  auto* invitation = app.add_subcommand("invitation", "Links for one patient to their forms");
  invitation->require_subcommand(1);
  auto* make = invitation->add_subcommand("new", "Make a link and print it, once");
  auto& i = line_.invitation_new;
  make->add_option("--name", i.name, "\"Last, First\"")->required();
  make->add_option("--born", i.birth_date, "Date of birth, 1961-02-28 or 2/28/1961")->required();
  make->add_option("--visit", i.visit, "Kind of visit: chooses the packet")->capture_default_str();
  make->add_option("--phone", i.phone, "Telephone, for the record");
  make->add_option("--mail", i.mail, "E-mail, for the record");
  make->add_option("--language", i.language, "en, es or ht")->capture_default_str();
  make->add_option("-o,--output", i.output, "Also write a PDF sheet with the QR code");
  on(make, [this] { return commands::invitation_new(around_, settings(), line_.invitation_new); });
}

namespace {

int complain(commands::surroundings const& around, exit_code code, std::string_view sentence,
             std::string_view hint = {}) {
  fmt::print(around.err, "intake: {}\n", sentence);
  if (!hint.empty()) fmt::print(around.err, "  hint: {}\n", hint);
  return static_cast<int>(code);
}

/// A command's name is in front of its own arguments; "" where every word that ought to be one is.
std::string unknown_command(CLI::App const& app, std::vector<std::string> const& arguments) {
  auto const* group = &app;
  std::string path;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    auto const& word = arguments[i];
    if (group->get_subcommands([](CLI::App const*) { return true; }).empty()) return {};
    if (word == "--config") ++i;
    if (word.starts_with('-')) continue;
    auto const named =
        group->get_subcommands([&word](CLI::App const* each) { return each->get_name() == word; });
    path += (path.empty() ? "" : " ") + word;
    if (named.empty()) return path;
    group = named.front();
  }
  return {};
}

/// CLI11's own has no options of commands in groups.
void print_help_of_all(std::FILE* out, CLI::App const& app, std::string const& name) {
  if (app.get_group().empty() && app.get_parent() != nullptr) return;
  auto const space = name.rfind(' ');
  fmt::print(out, "{}\n", app.help(space == name.npos ? "" : name.substr(0, space)));
  for (auto const* each : app.get_subcommands([](CLI::App const*) { return true; })) {
    print_help_of_all(out, *each, name + " " + each->get_name());
  }
}

/// Good is only what reached whoever called: a disk may be full, a reader gone.
int ended(commands::surroundings const& around, exit_code code) {
  if (std::fflush(around.out) == 0 && std::ferror(around.out) == 0) return static_cast<int>(code);
  return complain(around, exit_code::world, "not all that was printed could be written",
                  "the command did what it does beside printing");
}

int act(commands::surroundings const& around, parsed_line const& line) {
  try {
    return ended(around, line.action());
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
  if (auto const unknown = unknown_command(app, arguments); !unknown.empty()) {
    return complain(around, exit_code::usage, "There is no command '" + unknown + "'",
                    "intake --help lists all commands");
  }
  try {
    std::ranges::reverse(arguments);  // CLI11 takes them last first
    app.parse(std::move(arguments));
  } catch (CLI::CallForHelp const&) {
    fmt::print(around.out, "{}", app.help());
    return ended(around, exit_code::good);
  } catch (CLI::CallForVersion const&) {
    fmt::print(around.out, "intake {}\n", version);
    return ended(around, exit_code::good);
  } catch (CLI::CallForAllHelp const&) {
    print_help_of_all(around.out, app, "intake");
    return ended(around, exit_code::good);
  } catch (CLI::ParseError const& error) {
    return complain(around, exit_code::usage, error.what(), "intake --help lists all commands");
  }
  return act(around, line);
}

}  // namespace intake::service

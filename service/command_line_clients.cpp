#include "service/command_line_builder.hpp"

#include <CLI/CLI.hpp>

namespace intake::service {
namespace {

constexpr char const* scopes_help =
    "What it may do: submit, read:demographic, read:coverage, read:clinical, read:behavioural, "
    "read:consent, submit:eligibility";

}  // namespace

void line_builder::add_clients(CLI::App& app) {
  auto* client = app.add_subcommand("client", "Machines that may use the API");
  client->require_subcommand(1);
  auto* add = client->add_subcommand("add", "Add a client and print its secret, once");
  auto& c = line_.client_add;
  add->add_option("NAME", c.name, "What the client calls itself")->required();
  add->add_option("--scope", c.scopes, scopes_help)->required();
  add->add_flag("--demo", c.demo, "Mark it as a client of an evaluation: production refuses it");
  on(add, [this] { return commands::client_add(around_, settings(), line_.client_add); });
  on(client->add_subcommand("list", "List clients with what they may do"),
     [this] { return commands::client_list(around_, settings()); });
  auto* disable = client->add_subcommand("disable", "Let a client in no more");
  disable->add_option("NAME", line_.client.name, "What the client calls itself")->required();
  on(disable, [this] { return commands::client_disable(around_, settings(), line_.client); });
}

void line_builder::add_outbox(CLI::App& app) {
  auto* outbox = app.add_subcommand("outbox", "What is handed over to other programs");
  outbox->require_subcommand(1);
  on(outbox->add_subcommand("list", "Say how much waits, and list what was given up and why"),
     [this] { return commands::outbox_list(around_, settings()); });
  on(outbox->add_subcommand("retry", "Try anew what was given up"),
     [this] { return commands::outbox_retry(around_, settings()); });
}

void line_builder::add_certs(CLI::App& app) {
  auto* certs = app.add_subcommand("certs", "Certificates");
  certs->require_subcommand(1);
  auto* dev = certs->add_subcommand(
      "dev", "Make a certificate authority and a server certificate for an evaluation");
  dev->add_option("FOLDER", line_.certs_dev.folder, "An existing folder")->required();
  dev->add_option("--name", line_.certs_dev.names,
                  "Further DNS names or addresses beside localhost");
  on(dev, [this] { return commands::certs_dev(around_, line_.certs_dev); });

  auto& i = line_.certs_issue;
  auto* issue = certs->add_subcommand(
      "issue", "Issue a certificate to an API client, which is added where it is not there");
  issue->add_option("NAME", i.name, "What the client is called")->required();
  issue->add_option("--scope", i.scopes, scopes_help);
  issue->add_option("-o,--output", i.output, "An existing folder for NAME.crt and NAME.key")
      ->capture_default_str();
  issue->add_option("--days", i.days, "How long it is good")
      ->check(CLI::Range(1, 825))
      ->capture_default_str();
  on(issue, [this] { return commands::certs_issue(around_, settings(), line_.certs_issue); });
  on(certs->add_subcommand("list", "List clients' certificates"),
     [this] { return commands::certs_list(around_, settings()); });
  auto* revoke = certs->add_subcommand("revoke", "Take back a client's certificates, or one");
  revoke
      ->add_option("WHICH", line_.certs_revoke.which,
                   "The client's name, or a fingerprint of `certs list`")
      ->required();
  on(revoke, [this] { return commands::certs_revoke(around_, settings(), line_.certs_revoke); });
}

}  // namespace intake::service

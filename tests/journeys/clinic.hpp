#pragma once
#include "db/accounts.hpp"
#include "service/application.hpp"
#include "service/dispatch.hpp"
#include "service/installation.hpp"
#include "service/worker/render_pool.hpp"
#include "tests/support/postgres.hpp"

#include <chrono>
#include <cstdio>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace intake::tests {

/// A whole clinic in one process, on a real PostgreSQL, without sockets: requests go in as values
/// and come out as responses. Each has a database and keys of its own.
class clinic {
 public:
  /// `forms_folder` empty: the packet of the source tree.
  explicit clinic(std::string const& forms_folder = {});
  /// A second instance of the same clinic, with its database and keys.
  explicit clinic(clinic& beside);
  ~clinic();

  /// A fresh form token, as GET /fhir/Questionnaire/{id} mints it.
  std::string token();
  service::response get(std::string const& path_and_query,
                        std::map<std::string, std::string> const& fields = {});
  service::response post_fhir(std::string body, std::map<std::string, std::string> fields = {});
  /// The same to another address; `authorization` empty: none.
  service::response post_to(std::string const& path, std::string body, std::string authorization);
  /// Posts fields as a browser does, with the signed-in cookie if there is one.
  service::response post_form(std::string const& path,
                              std::vector<std::pair<std::string, std::string>> const& fields);

  /// Posts a body of any type from an own page, with the cookie.
  service::response post_body(std::string const& path, std::string content_type, std::string body);

  /// Adds a machine client; gives what it sends as its Authorization field.
  std::string add_client(std::string const& name, std::vector<std::string> scopes);

  void add_account(std::string const& name, db::account_role);
  /// Adds the account, signs in by the page and keeps the cookie for what follows.
  void sign_in(std::string const& name, db::account_role);
  void sign_out() { cookie_.clear(); }
  /// Keeps the cookie that an answer set, as a browser does.
  void keep_cookie_of(service::response const&);
  /// The same beside those it has: somebody of staff who types a patient's forms.
  void add_cookie_of(service::response const&);
  /// Several browsers in one test: the cookie of one, to be used again.
  std::string const& cookie() const { return cookie_; }
  void use_cookie(std::string value) { cookie_ = std::move(value); }
  std::string csrf();
  /// Where the next requests come from.
  void use_address(std::string address) { address_ = std::move(address); }

  /// The time that the service believes it is: today's noon at the clinic, so that no test depends
  /// on the hour at which it runs. Tests move it.
  certs::utc_time now;
  database& rows() { return *rows_; }
  /// As it is now, with what managers have set.
  service::application& app();
  service::rules_in_force& rules();
  service::installation const& parts() const { return *parts_; }
  service::config const& settings() const { return settings_; }
  /// As if the clinic had set `[forms] ask_everybody`.
  void ask_everybody() { settings_.forms_ask_everybody = true; }
  /// Handlers take it for one with real patients; what keeps such a one from starting is not asked.
  void take_for_production() { settings_.mode = "production"; }
  /// As if the clinic had a clearinghouse that takes files.
  void use_eligibility(std::string const& outbox_folder, std::string const& inbox_folder);
  /// As if the clinic had set `[delivery]`: programs that take links over.
  void use_delivery(std::vector<std::string> mail_command, std::vector<std::string> phone_command);
  void use_mail_server(std::string url, std::string authority_file = {});
  /// The same with a line to a clearinghouse; the settings are the caller's to change until the
  /// first request.
  service::config& use_line(std::string const& url);
  /// As the worker that asks over the line sees it: with the role intake_billing.
  service::application& billing();
  /// As if `[webhook]` and `[watched_folder]` had been set.
  void use_webhook(std::string const& url, std::string const& secret);
  void use_watched_folder(std::string const& path, std::string const& copy);
  /// As if a rule set had been activated.
  void use_rules(std::string const& folder);
  /// From now on copies are drawn in children that this command starts, as `serve` does.
  void draw_in(std::vector<std::string> command, std::chrono::milliseconds render_max);
  /// All that the service has logged so far.
  std::string logged() const;
  /// Replaces the keys as if another key file had been installed.
  void install_other_keys();

  static constexpr std::string_view password = "correct horse battery staple";

 private:
  service::response ask(service::request);
  void build();

  std::string folder_;
  service::config settings_;
  certs::world world_;
  std::shared_ptr<database> rows_;
  std::unique_ptr<service::installation> parts_;
  struct running;
  std::unique_ptr<running> running_;
  std::string cookie_;
  std::string address_ = "192.0.2.7";
  int asked_ = 0;
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> log_;
  service::worker::render_pool_settings drawing_;
};

/// The text of a response's body.
std::string const& body_of(service::response const&);
/// A field of a response; empty where there is none.
std::string field_of(service::response const&, std::string_view lower_case_name);
/// The value of the first attribute `name="…"` that follows `after` in HTML.
std::string attribute_after(std::string const& html, std::string_view after, std::string_view name);
std::string read_text_file(std::string const& path);
/// The whole sample packet with its dates filled in.
std::string sample_packet();

}  // namespace intake::tests

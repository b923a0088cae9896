#include "tests/journeys/clinic.hpp"

#include "certs/kek_file.hpp"
#include "certs/random.hpp"
#include "db/clients.hpp"
#include "forms/base64.hpp"
#include "service/clinic/in_force.hpp"
#include "service/desk/copy_jobs.hpp"
#include "service/http/fields.hpp"
#include "service/languages.hpp"
#include "service/machine_clients.hpp"
#include "service/writer_settings.hpp"

#include <filesystem>
#include <fstream>
#include <future>
#include <stdexcept>

#include <stdlib.h>
#include <unistd.h>

namespace intake::tests {
namespace {

constexpr service::asset_store::source styles[] = {
    {"intake.css", "body{}"}, {"intake.js", ""},   {"desk.js", ""},
    {"live.js", ""},          {"body_map.js", ""}, {"signature.js", ""},
    {"passkey.js", ""},       {"billing.js", ""},  {"body.svg", "<svg/>"}};

std::string new_folder() {
  std::string path = std::filesystem::temp_directory_path() / "intake-clinic-XXXXXX";
  if (::mkdtemp(path.data()) == nullptr) throw std::runtime_error("no temporary folder");
  return path;
}

std::unique_ptr<service::renderer> drawer_of(service::worker::render_pool_settings const& drawing,
                                             pdf::typefaces const& faces) {
  if (drawing.command.empty()) return std::make_unique<service::own_renderer>(faces);
  return std::make_unique<service::worker::render_pool>(drawing);
}

/// As a connection does, but the test waits.
service::response when_answered(service::response made) {
  auto* const later = std::get_if<service::later_answer>(&made.body);
  if (later == nullptr) return made;
  auto const start = std::move(*later);
  std::promise<service::response> given;
  start([&](service::answer_maker const& make) { given.set_value(make()); });
  return given.get_future().get();
}

}  // namespace

struct clinic::running {
  running(service::config const& settings, certs::world const& world,
          service::installation const& parts, int log_to,
          service::worker::render_pool_settings const& drawing)
      : log(log_to, world.now),
        rules(parts.rules()),
        offered(service::offered_languages(settings, parts.forms(), words)),
        assets(styles),
        desk({.conninfo = settings.database_desk}),
        portal({.conninfo = settings.database_portal}),
        clients(desk, parts.keys(), world),
        passwords(world),
        drawer(drawer_of(drawing, parts.faces())),
        writer(service::writer_settings(settings, parts.keys(), "test"), world),
        live({styles, {}}),
        copies(world, log),
        app{settings,     world,         log,         parts.forms(), rules,
            parts.keys(), parts.keks(),  writer,      desk,          portal,
            clients,      limits,        passwords,   pages,         words,
            offered,      parts.clock(), assets,      *drawer,       parts.places(),
            copies,       images,        nothing_set, live,          draining},
        billing_rows({.conninfo = settings.database_billing}),
        billing(service::seen_with(app, billing_rows)) {
    live.begin(app);
  }

  service::event_log log;
  service::rules_in_force rules;
  service::texts words;
  std::vector<service::language> offered;
  service::page_templates pages;
  service::asset_store assets;
  db::pool desk;
  db::pool portal;
  service::machine_clients clients;
  service::rate_limits limits;
  certs::password_hasher passwords;
  std::unique_ptr<service::renderer> drawer;
  service::worker::image_children images{{.command = {INTAKE_IMAGE_WORKER}}};
  db::batch_writer writer;
  service::clinic::values nothing_set;
  service::clinic::in_force live;
  service::desk::copy_jobs copies;
  std::atomic<bool> draining = false;
  service::application app;
  db::pool billing_rows;
  service::application billing;
};

clinic::clinic(std::string const& forms_folder)
    : now(std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now())),
      folder_(new_folder()),
      world_{.now = [this] { return now; }, .random = certs::random_bytes},
      rows_(std::make_shared<database>()),
      log_(std::tmpfile(), std::fclose) {
  settings_.database_portal = rows_->conninfo("intake_portal");
  settings_.database_desk = rows_->conninfo("intake_desk");
  settings_.database_billing = rows_->conninfo("intake_billing");
  settings_.keys_file = folder_ + "/intake.keys";
  settings_.forms_folder = forms_folder.empty() ? INTAKE_SOURCE "/forms/packet" : forms_folder;
  settings_.rules_folder = INTAKE_SOURCE "/forms/rules/example";
  certs::create_key_file(settings_.keys_file, certs::new_key_set(world_));
  build();
  auto const& clock = app().clock;
  now = *clock.instant(std::chrono::sys_days{clock.date(now)}, std::chrono::hours(12));
}

clinic::clinic(clinic& beside)
    : now(beside.now),
      folder_(new_folder()),
      settings_(beside.settings_),
      world_{.now = [this] { return now; }, .random = certs::random_bytes},
      rows_(beside.rows_),
      log_(std::tmpfile(), std::fclose) {
  settings_.server_instance = "second";
  build();
}

clinic::~clinic() {
  running_.reset();
  std::filesystem::remove_all(folder_);
}

void clinic::build() {
  running_.reset();
  parts_ = std::make_unique<service::installation>(settings_);
  running_ = std::make_unique<running>(settings_, world_, *parts_, ::fileno(log_.get()), drawing_);
}

void clinic::draw_in(std::vector<std::string> command, std::chrono::milliseconds render_max) {
  drawing_.command = std::move(command);
  drawing_.render_max = render_max;
  build();
}

std::string clinic::logged() const {
  auto const length = ::lseek(::fileno(log_.get()), 0, SEEK_END);
  std::string text(static_cast<std::size_t>(length), '\0');
  if (::pread(::fileno(log_.get()), text.data(), text.size(), 0) != length) {
    throw std::runtime_error("the log can't be read");
  }
  return text;
}

void clinic::install_other_keys() {
  auto other = certs::new_key_set(world_);
  auto mine = certs::read_key_file(settings_.keys_file);
  // Sessions and tokens still work: only the key that wraps data keys is another.
  other.index_root = std::move(mine.index_root);
  certs::replace_key_file(settings_.keys_file, other);
  build();
}

void clinic::use_eligibility(std::string const& outbox_folder, std::string const& inbox_folder) {
  settings_.eligibility_sender = "EXAMPLECLINIC";
  settings_.eligibility_receiver = "EXAMPLEHUB";
  settings_.eligibility_npi = "1234567893";
  settings_.eligibility_outbox_folder = outbox_folder;
  settings_.eligibility_inbox_folder = inbox_folder;
}

void clinic::use_delivery(std::vector<std::string> mail_command,
                          std::vector<std::string> phone_command) {
  settings_.delivery_mail_command = std::move(mail_command);
  settings_.delivery_phone_command = std::move(phone_command);
  settings_.delivery_mail_from = "office@example.org";
}

void clinic::use_mail_server(std::string url, std::string authority_file) {
  use_delivery({}, {});
  settings_.delivery_smtp_authority_file = std::move(authority_file);
  settings_.delivery_smtp_url = std::move(url);
}

service::config& clinic::use_line(std::string const& url) {
  use_eligibility({}, {});
  settings_.eligibility_clearinghouse_url = url;
  return settings_;
}

service::application& clinic::app() {
  return running_->live.current();
}

service::application& clinic::billing() {
  return running_->billing;
}

void clinic::use_webhook(std::string const& url, std::string const& secret) {
  settings_.webhook_url = url;
  settings_.webhook_secret = secret;
}

void clinic::use_watched_folder(std::string const& path, std::string const& copy) {
  settings_.watched_folder_path = path;
  settings_.watched_folder_copy = copy;
}

void clinic::use_rules(std::string const& folder) {
  running_->rules.replace(service::load_rules(folder));
}

service::response clinic::ask(service::request asked) {
  asked.client_address = address_;
  asked.request_id = "test-" + std::to_string(++asked_);
  asked.received = now;
  if (!cookie_.empty()) asked.fields.push_back({"cookie", cookie_});
  return when_answered(service::dispatch(app(), asked));
}

service::response clinic::get(std::string const& path_and_query,
                              std::map<std::string, std::string> const& fields) {
  service::request asked;
  for (auto const& [name, value] : fields) asked.fields.push_back({name, value});
  auto const mark = path_and_query.find('?');
  asked.path = path_and_query.substr(0, mark);
  if (mark != std::string::npos) asked.query = path_and_query.substr(mark + 1);
  return ask(std::move(asked));
}

service::response clinic::post_fhir(std::string body, std::map<std::string, std::string> fields) {
  service::request asked;
  asked.method = service::http_method::post;
  asked.path = "/fhir/QuestionnaireResponse";
  asked.body = std::move(body);
  fields.emplace("content-type", "application/fhir+json");
  if (!fields.contains("authorization")) fields.emplace("authorization", "Bearer " + token());
  for (auto& [name, value] : fields) asked.fields.push_back({name, value});
  return ask(std::move(asked));
}

service::response clinic::post_to(std::string const& path, std::string body,
                                  std::string authorization) {
  service::request asked;
  asked.method = service::http_method::post;
  asked.path = path;
  asked.body = std::move(body);
  asked.fields = {{"content-type", "application/fhir+json"}};
  if (!authorization.empty()) asked.fields.push_back({"authorization", std::move(authorization)});
  return ask(std::move(asked));
}

service::response clinic::post_form(
    std::string const& path, std::vector<std::pair<std::string, std::string>> const& fields) {
  service::request asked;
  asked.method = service::http_method::post;
  auto const mark = path.find('?');
  asked.path = path.substr(0, mark);
  if (mark != std::string::npos) asked.query = path.substr(mark + 1);
  asked.fields = {{"content-type", "application/x-www-form-urlencoded"},
                  {"sec-fetch-site", "same-origin"}};
  for (auto const& [name, value] : fields) {
    asked.body += (asked.body.empty() ? "" : "&") + service::percent_encode(name) + "=" +
                  service::percent_encode(value);
  }
  return ask(std::move(asked));
}

service::response clinic::post_body(std::string const& path, std::string content_type,
                                    std::string body) {
  service::request asked;
  asked.method = service::http_method::post;
  asked.path = path;
  asked.fields = {{"content-type", std::move(content_type)}, {"sec-fetch-site", "same-origin"}};
  asked.body = std::move(body);
  return ask(std::move(asked));
}

service::rules_in_force& clinic::rules() {
  return running_->rules;
}

std::string clinic::token() {
  return field_of(get("/fhir/Questionnaire/registration"), "intake-form-token");
}

std::string clinic::add_client(std::string const& name, std::vector<std::string> scopes) {
  std::string const secret = "a secret of the tests";
  auto const hash = service::client_secret_hash(parts_->keys(), name, secret);
  db::client client;
  client.id = name;
  client.secret_hash.assign(hash.begin(), hash.end());
  client.scopes = std::move(scopes);
  client.created = now;
  if (db::add_client(app().desk, client) != db::account_change::done) {
    throw std::runtime_error("the test client could not be added");
  }
  return "Basic " + forms::encode_base64(name + ":" + secret);
}

void clinic::add_account(std::string const& name, db::account_role role) {
  db::account account;
  account.id = certs::new_uuid_v7(world_);
  account.name = name;
  account.role = role;
  account.password_hash = app().passwords.hash(world_, password);
  account.created = now;
  if (db::add_account(app().desk, account) != db::account_change::done) {
    throw std::runtime_error("the test account could not be added");
  }
}

void clinic::sign_in(std::string const& name, db::account_role role) {
  add_account(name, role);
  auto const answer =
      post_form("/desk/sign-in", {{"name", name}, {"password", std::string(password)}});
  if (answer.status != 303 || field_of(answer, "set-cookie").empty()) {
    throw std::runtime_error("sign-in failed");
  }
  keep_cookie_of(answer);
}

void clinic::keep_cookie_of(service::response const& answer) {
  auto const cookie = field_of(answer, "set-cookie");
  cookie_ = cookie.substr(0, cookie.find(';'));
}

void clinic::add_cookie_of(service::response const& answer) {
  auto const before = std::move(cookie_);
  keep_cookie_of(answer);
  if (!before.empty()) cookie_ = before + "; " + cookie_;
}

std::string clinic::csrf() {
  return attribute_after(body_of(get("/desk")), "name=\"csrf\"", "value");
}

std::string const& body_of(service::response const& answer) {
  return std::get<std::string>(answer.body);
}

std::string field_of(service::response const& answer, std::string_view name) {
  for (auto const& each : answer.fields) {
    if (each.name == name) return each.value;
  }
  return {};
}

std::string attribute_after(std::string const& html, std::string_view after,
                            std::string_view name) {
  auto const start = html.find(after);
  if (start == std::string::npos) return {};
  auto const needle = std::string(name) + "=\"";
  auto const at = html.find(needle, start);
  if (at == std::string::npos) return {};
  auto const begin = at + needle.size();
  return html.substr(begin, html.find('"', begin) - begin);
}

std::string read_text_file(std::string const& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("can't read " + path);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string sample_packet() {
  auto text = read_text_file(INTAKE_SOURCE "/tests/data/packet/sample-packet.json");
  for (auto at = text.find("{{today"); at != std::string::npos; at = text.find("{{today", at)) {
    text.replace(at, text.find("}}", at) + 2 - at, "2026-11-20");
  }
  return text;
}

}  // namespace intake::tests

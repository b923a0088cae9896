// Every route × role × state of what it names, against tests/data/authorisation.csv; each cell
// says of which audiences answers are shown, and that no others are.
#include "certs/base64.hpp"
#include "db/broken_glass.hpp"
#include "db/sessions.hpp"
#include "service/files.hpp"
#include "service/guards.hpp"
#include "service/routes.hpp"
#include "service/rule_store.hpp"
#include "tests/certs/temporary_folder.hpp"
#include "tests/journeys/clinic.hpp"
#include "tests/journeys/pdf_text.hpp"

#include <cstdio>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <thread>

#include <gtest/gtest.h>

namespace intake::tests {
namespace {

using db::account_role;
using service::http_method;

constexpr std::array<std::string_view, 6> roles{"anonymous", "front-desk", "clinician",
                                                "billing",   "manager",    "administrator"};
constexpr std::array<std::string_view, 4> named_states{"own", "other", "missing", "deleted"};

struct marker {
  char letter;
  std::string_view text;
};
// Answers of the sample packet that stand nowhere else, one for each audience.
constexpr marker markers[] = {{'D', "Brien-Mu"},
                              {'C', "Example Supplement G"},
                              {'L', "like a toothache"},
                              {'B', "A few times a month or less"},
                              {'S', "(son)"}};

std::vector<std::string> split(std::string const& text, char at) {
  std::vector<std::string> parts;
  std::istringstream in(text);
  for (std::string part; std::getline(in, part, at);) parts.push_back(part);
  return parts;
}

/// "GET /desk own front-desk" → "ok D".
using cell_map = std::map<std::string, std::string>;

std::string cell_name(std::string_view method, std::string_view route, std::string_view state,
                      std::string_view role) {
  return std::string(method) + " " + std::string(route) + " " + std::string(state) + " " +
         std::string(role);
}

cell_map written_cells() {
  cell_map cells;
  std::ifstream in(INTAKE_TEST_DATA "/authorisation.csv");
  std::string line;
  while (std::getline(in, line)) {
    if (line.empty() || line.starts_with('#') || line.starts_with("method,")) continue;
    auto const row = split(line, ',');
    EXPECT_EQ(row.size(), 3 + roles.size()) << line;
    if (row.size() != 3 + roles.size()) continue;
    for (auto const& state : split(row[2], ' ')) {
      for (std::size_t at = 0; at < roles.size(); ++at) {
        auto const name = cell_name(row[0], row[1], state, roles[at]);
        EXPECT_TRUE(cells.emplace(name, row[3 + at]).second) << name << " stands there twice";
      }
    }
  }
  return cells;
}

std::vector<std::string_view> states_of(service::route const& row) {
  if (row.pattern.find('{') == row.pattern.npos) return {"any"};
  return {named_states.begin(), named_states.end()};
}

std::string text_of(service::response const& answer) {
  std::string bytes;
  if (auto const* whole = std::get_if<std::string>(&answer.body)) bytes = *whole;
  if (auto const* next = std::get_if<service::body_generator>(&answer.body)) {
    for (auto piece = (*next)(); !piece.empty(); piece = (*next)()) bytes += piece;
  }
  // A ZIP of one copy holds it as it is.
  if (bytes.starts_with("PK")) {
    auto const from = bytes.find("%PDF-");
    bytes = bytes.substr(from, bytes.rfind("%%EOF") + 5 - from);
  }
  return bytes.starts_with("%PDF-") ? text_of_pdf(bytes) : bytes;
}

/// What of each audience is in it: "DCL".
std::string letters_in(std::string const& text) {
  std::string letters;
  for (auto const& each : markers) {
    if (text.find(each.text) != std::string::npos) letters += each.letter;
  }
  return letters;
}

bool leads_to_sign_in(service::response const& answer) {
  return answer.status == 303 && field_of(answer, "location").starts_with("/desk/sign-in") &&
         field_of(answer, "set-cookie").empty();
}

/// The word of the table for an answer to this role.
std::string word_of(service::response const& answer, http_method method, bool signed_in) {
  if (leads_to_sign_in(answer) && !signed_in) return "in";
  if (answer.status == 403) return "no";
  if (answer.status == 404) return "none";
  if (method == http_method::post && answer.status < 500 && answer.status != 401) return "may";
  if (answer.status == 200) return "ok";
  if (answer.status == 303) return "go";
  return std::to_string(answer.status);
}

class walked_clinic {
 public:
  walked_clinic() {
    own_ = submit();
    other_ = submit();
    deleted_ = submit();
    clinic_.rows().sql("ALTER TABLE wrapped_key DISABLE TRIGGER ALL");
    clinic_.rows().sql("DELETE FROM wrapped_key WHERE submission_id = '" + deleted_ + "'");
    for (std::size_t at = 1; at < roles.size(); ++at) {
      clinic_.add_account(std::string(roles[at]), *db::parse_account_role(roles[at]));
    }
    clinic_.add_account("gone", account_role::front_desk);
    clinic_.rows().sql("UPDATE account SET disabled = now() WHERE name = 'gone'");
    handed_over_ = begin_visit();
    EXPECT_EQ(clinic_.post_form("/visit/help", {{"phone", "305-555-0199"}}).status, 303);
    not_handed_over_ = begin_visit();
    seen_glass_ = new_glass();
    clinic_.rows().sql("UPDATE broken_glass SET seen = now(), seen_by = account_id");
    service::keep_rules(clinic_.app().desk, *clinic_.app().rules.current(),
                        service::read_folder(clinic_.settings().rules_folder, ".csv"), clinic_.now);
    use("front-desk");
    clinic_.post_form("/desk/today/walk-in", {{"csrf", csrf_},
                                              {"place", "main"},
                                              {"name", "O’Brien-Muñoz, Nora"},
                                              {"born", "3/8/1951"},
                                              {"visit", "new-patient"}});
    appointment_ = clinic_.rows().value("SELECT id FROM appointment LIMIT 1");
    clinic_.post_form("/desk/appointments/" + appointment_ + "/invite", {{"csrf", csrf_}});
    for (auto const role : {"front-desk", "clinician", "billing", "manager"}) {
      start_job(role, "pdf");
      start_job(role, "zip");
    }
  }

  /// Signs in anew: an act may have ended the session before.
  void use(std::string_view role) {
    if (role == "anonymous") {
      clinic_.sign_out();
      csrf_.clear();
      return;
    }
    auto const account = db::find_account(clinic_.app().desk, role);
    certs::bytes value(32);
    clinic_.app().world.random(value);
    auto const cookie = certs::base64url_encode(value);
    db::session session;
    session.id_hash = service::session_id_hash(clinic_.app().keys, cookie);
    session.account = account->id;
    clinic_.app().world.random(session.csrf_secret);
    session.started = session.last_seen = clinic_.now;
    db::start_session(clinic_.app().desk, session);
    clinic_.use_cookie(std::string(service::session_cookie) + "=" + cookie);
    csrf_ = service::csrf_token(session);
  }

  service::response ask(service::route const& row, std::string_view state, std::string_view role) {
    use(role);
    auto const path = path_of(row, state, role);
    if (row.method == http_method::get) return clinic_.get(path);
    if (row.pattern.starts_with("/fhir/")) return clinic_.post_body(path, "application/json", "{}");
    return clinic_.post_form(
        path, {{"csrf", csrf_}, {"to", "arrived"}, {"seen", "0"}, {"submission", other_}});
  }

 private:
  std::string submit() {
    clinic_.now += std::chrono::seconds(1);
    auto packet = sample_packet();
    auto const at = packet.find("urn:uuid:") + 9;
    packet.replace(at, 36, certs::to_string(certs::new_uuid_v7(clinic_.app().world)));
    EXPECT_EQ(clinic_.post_fhir(packet).status, 201);
    return clinic_.rows().value("SELECT id FROM submission ORDER BY received DESC LIMIT 1");
  }

  /// A patient's draft, by somebody who is not signed in.
  std::string begin_visit() {
    clinic_.sign_out();
    clinic_.now += std::chrono::seconds(1);  // so that the newest id is the newest draft's
    clinic_.keep_cookie_of(clinic_.post_form("/visit", {{"kind", "new-patient"}}));
    return clinic_.rows().value("SELECT id FROM draft ORDER BY id DESC LIMIT 1");
  }

  /// Somebody opened more than their role allows, and nobody has looked at it.
  std::string new_glass() {
    db::broken_glass broken;
    broken.id = certs::new_uuid_v7(clinic_.app().world);
    broken.account = db::find_account(clinic_.app().desk, "gone")->id;
    broken.submission = *certs::parse_uuid(own_);
    broken.reason = "of a test";
    broken.opened = clinic_.now;
    broken.ends = clinic_.now + std::chrono::hours(1);
    db::break_glass(clinic_.app().desk, broken);
    return certs::to_string(broken.id);
  }

  void start_job(std::string const& role, std::string const& as) {
    use(role);
    auto const begun =
        clinic_.post_form("/desk/copies", {{"csrf", csrf_}, {"id", own_}, {"as", as}});
    auto const url = field_of(begun, "location");
    jobs_[as + " " + role] = url.substr(url.rfind('/') + 1);
    for (int at = 0; at < 2000 && !field_of(clinic_.get(url), "refresh").empty(); ++at) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  }

  std::string job_of(std::string const& as, std::string_view state, std::string_view role) const {
    auto const own = jobs_.find(as + " " + std::string(role));
    if (state == "own") return own == jobs_.end() ? jobs_.at(as + " front-desk") : own->second;
    return jobs_.at(as + (role == "manager" ? " billing" : " manager"));
  }

  std::string record_of(std::string_view state) const {
    if (state == "deleted") return deleted_;
    return state == "own" ? own_ : other_;
  }

  std::string account_id(std::string const& name) {
    return certs::to_string(db::find_account(clinic_.app().desk, name)->id);
  }

  /// What stands for a parameter where something is there.
  std::string value_of(std::string_view pattern, std::string_view name, std::string_view state,
                       std::string_view role) {
    auto const under = [&](std::string_view beginning) { return pattern.starts_with(beginning); };
    if (under("/assets/")) return clinic_.app().assets.url("intake.css").substr(8);
    if (name == "form") return "registration";
    if (under("/forms/") || under("/fhir/Questionnaire/")) return "peg";
    if (under("/fhir/InsurancePlan/")) return plan();
    if (under("/desk/emergencies/")) return state == "deleted" ? seen_glass_ : new_glass();
    if (under("/desk/help/")) return state == "own" ? handed_over_ : not_handed_over_;
    if (under("/desk/clinic/settings/")) return "clinic.name";
    if (under("/desk/clinic/places/")) return "main";
    if (under("/desk/clinic/editions/")) return "treatment-2026-01";
    if (under("/desk/copies/")) {
      return job_of(pattern.ends_with(".zip") ? "zip" : "pdf", state, role);
    }
    if (under("/desk/appointments/")) return appointment_;
    if (under("/desk/invitations/")) {
      return clinic_.rows().value("SELECT id FROM invitation ORDER BY id LIMIT 1");
    }
    if (under("/desk/rules/")) return clinic_.app().rules.current()->hash;
    if (under("/desk/accounts/")) {
      if (state == "deleted") return account_id("gone");
      return account_id(state == "own" && role != "anonymous" ? std::string(role) : "front-desk");
    }
    if (name == "number") return "1";
    if (under("/paper/")) return "new-patient";
    if (under("/desk/submissions/") || under("/desk/work/") || under("/desk/coverages/")) {
      return record_of(state);
    }
    return "1";
  }

  std::string plan() {
    auto const text = body_of(clinic_.get("/fhir/InsurancePlan"));
    auto const at = text.find("\"resourceType\":\"InsurancePlan\",\"id\":\"");
    return at == std::string::npos ? "1" : text.substr(at + 37, text.find('"', at + 37) - at - 37);
  }

  static std::string missing_value(std::string_view pattern) {
    if (pattern.starts_with("/desk/rules/")) return std::string(64, 'a');
    if (pattern.starts_with("/visit/") || pattern.starts_with("/forms/") ||
        pattern.starts_with("/fhir/"))
      return "nothing";
    if (pattern.starts_with("/assets/")) return "nothing.css";
    return "0198c5d0-0000-7000-8000-000000000001";
  }

  std::string path_of(service::route const& row, std::string_view state, std::string_view role) {
    std::string path;
    bool first = true;
    for (std::size_t at = 0; at < row.pattern.size();) {
      if (row.pattern[at] != '{') {
        path += row.pattern[at++];
        continue;
      }
      auto const end = row.pattern.find('}', at);
      auto const name = row.pattern.substr(at + 1, end - at - 1);
      bool const missing = state == "missing" && first;
      path += missing ? missing_value(row.pattern) : value_of(row.pattern, name, state, role);
      first = false;
      at = end + 1;
    }
    return path;
  }

  clinic clinic_;
  std::string own_, other_, deleted_, appointment_, csrf_;
  std::string handed_over_, not_handed_over_, seen_glass_;
  std::map<std::string, std::string> jobs_;
};

/// Empty where the answer is what the cell says.
std::string difference(std::string const& cell, service::response const& answer,
                       service::route const& row, bool signed_in) {
  auto const method = row.method;
  // What a form offers to choose from is no answer.
  bool const is_form =
      row.pattern.starts_with("/fhir/Questionnaire") || row.pattern.starts_with("/paper/");
  auto const letters = is_form ? std::string() : letters_in(text_of(answer));
  auto const word = word_of(answer, method, signed_in);
  auto const space = cell.find(' ');
  auto const wanted = cell.substr(0, space);
  auto const wanted_letters = space == std::string::npos ? "" : cell.substr(space + 1);
  bool const shut = wanted == "shut" && (word == "none" || word == "500" || word == "410");
  bool const forms = wanted == "may" && letters == wanted_letters;
  if ((word == wanted || shut) && (letters == wanted_letters || forms)) return {};
  return "is " + word + (letters.empty() ? "" : " " + letters) + " (" +
         std::to_string(answer.status) + "), and the table says " + cell;
}

TEST(Authorisation, EveryRouteHasItsCellsAndNoCellIsOfNoRoute) {
  auto cells = written_cells();
  for (auto const& row : service::routes()) {
    for (auto const state : states_of(row)) {
      for (auto const role : roles) {
        auto const name = cell_name(service::method_name(row.method), row.pattern, state, role);
        EXPECT_EQ(cells.erase(name), 1U) << "authorisation.csv has no cell for " << name;
      }
    }
  }
  EXPECT_TRUE(cells.empty()) << "no route is meant by " << cells.begin()->first;
}

TEST(Authorisation, EveryCellHolds) {
  auto const cells = written_cells();
  walked_clinic home;
  std::size_t walked = 0;
  for (auto const& row : service::routes()) {
    auto const method = service::method_name(row.method);
    for (auto const state : states_of(row)) {
      for (auto const role : roles) {
        auto const name = cell_name(method, row.pattern, state, role);
        auto const cell = cells.find(name);
        if (cell == cells.end() || cell->second == "-") continue;
        auto const answer = home.ask(row, state, role);
        EXPECT_EQ(difference(cell->second, answer, row, role != "anonymous"), "") << name;
        ++walked;
      }
    }
  }
  EXPECT_GT(walked, 800U);
}

}  // namespace
}  // namespace intake::tests

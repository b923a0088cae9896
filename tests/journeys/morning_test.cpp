// The sample day from 7:45 to noon through the desk's own pages: the front desk, a clinician,
// billing and the manager get through it, and what they print is read back.
#include "db/audit_log.hpp"
#include "forms/plan/sample_answers.hpp"
#include "tests/certs/temporary_folder.hpp"
#include "tests/journeys/clinic.hpp"
#include "tests/support/multipart_writer.hpp"

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::tests {
namespace {

using db::account_role;
using testing::HasSubstr;
using testing::Not;

constexpr char const* sample_day = INTAKE_SOURCE "/deploy/sample-day/";

/// What a reader of the sheet reads; nothing where poppler is not installed.
std::optional<std::string> printed_text(std::string const& pdf) {
  if (std::system("command -v pdftotext >/dev/null 2>&1") != 0) return std::nullopt;
  certs::temporary_folder const folder;
  auto const path = (folder / "sheet.pdf").string();
  std::ofstream(path, std::ios::binary) << pdf;
  auto* const pipe = ::popen(("pdftotext '" + path + "' -").c_str(), "r");
  std::string text;
  std::array<char, 4096> buffer{};
  for (std::size_t got = 0; (got = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) {
    text.append(buffer.data(), got);
  }
  ::pclose(pipe);
  return text;
}

std::string pulled(service::response const& answer) {
  auto const& next = std::get<service::body_generator>(answer.body);
  std::string out;
  for (auto piece = next(); !piece.empty(); piece = next()) out += piece;
  return out;
}

class Morning : public testing::Test {
 protected:
  Morning() {
    at(7, 45);
    for (auto const& [name, role] :
         {std::pair("front", account_role::front_desk),
          std::pair("doctor", account_role::clinician), std::pair("money", account_role::billing),
          std::pair("boss", account_role::manager)}) {
      c.sign_in(name, role);
      cookies[name] = c.cookie();
    }
    for (auto const& file : std::filesystem::directory_iterator(sample_day)) {
      auto const name = file.path().filename().string();
      bool const is_packet = name.size() > 3 && name[0] >= '0' && name[0] <= '9';
      if (is_packet) packets.insert(name);
    }
    for (auto const& name : packets) {
      auto const text = forms::with_dates(read_text_file(sample_day + name), day());
      EXPECT_EQ(c.post_fhir(text).status, 201) << name;
    }
  }

  std::chrono::sys_days day() { return std::chrono::sys_days{c.app().clock.date(c.now)}; }
  void at(int hour, int minute) {
    c.now = *c.app().clock.instant(day(), std::chrono::hours(hour) + std::chrono::minutes(minute));
    // Nobody leaves the desk alone so long that it signs them out.
    c.rows().sql("UPDATE session SET last_seen = started + interval '4 hours'");
  }
  void is(std::string const& who) { c.use_cookie(cookies.at(who)); }

  std::string page(std::string const& path) {
    auto const answer = c.get(path);
    EXPECT_EQ(answer.status, 200) << path;
    return body_of(answer);
  }
  void press(std::string const& path, std::vector<std::pair<std::string, std::string>> fields) {
    fields.emplace_back("csrf", c.csrf());
    auto const answer = c.post_form(path, fields);
    EXPECT_EQ(answer.status, 303) << path << "\n" << body_of(answer).substr(0, 400);
  }
  /// The value of an attribute in the row of the day list that has these words.
  std::string in_row(std::string const& words, std::string const& after, std::string const& name) {
    auto const html = page("/desk/today");
    auto const at = html.find(words);
    EXPECT_NE(at, html.npos) << words;
    return attribute_after(html.substr(html.rfind("<tr", at)), after, name);
  }
  void set_state(std::string const& who, std::string const& to) {
    auto const row = in_row(who, "<div class=\"intake-acts\"", "action");
    auto const seen = in_row(who, "name=\"seen\"", "value");
    press(row, {{"to", to}, {"seen", seen}, {"back", "/desk/today"}});
  }
  std::string record_of(std::string const& family) {
    auto const answer = c.post_form("/desk/search", {{"csrf", c.csrf()}, {"find", family}});
    auto const html = body_of(answer);
    auto const at = html.find("href=\"/desk/submissions/");
    EXPECT_NE(at, html.npos) << family;
    return html.substr(at + 6, 17 + 36 + 1);
  }
  std::string sheet(std::string const& path) {
    auto const answer = c.get(path);
    EXPECT_EQ(answer.status, 200) << path;
    return printed_text(body_of(answer)).value_or("");
  }
  void take_over_the_list();
  void see_every_alert();

  clinic c;
  std::map<std::string, std::string> cookies;
  std::set<std::string> packets;
};

void Morning::take_over_the_list() {
  auto const csv =
      forms::with_dates(read_text_file(std::string(sample_day) + "appointments.csv"), day());
  auto const token = c.csrf();
  auto const looked = c.post_body(
      "/desk/day-list", "multipart/form-data; boundary=xXx",
      write_multipart({{"csrf", {}, "text/plain", token}, {"list", "day.csv", "text/csv", csv}},
                      "xXx"));
  ASSERT_THAT(body_of(looked), HasSubstr("10 new, 0 changed"));
  auto const text = attribute_after(body_of(looked), "name=\"text\"", "value");
  auto const taken =
      c.post_form("/desk/day-list", {{"csrf", token}, {"act", "import"}, {"text", text}});
  EXPECT_THAT(body_of(taken), HasSubstr("10 added"));
}

void Morning::see_every_alert() {
  for (int i = 0; i < 30; ++i) {
    auto const html = page("/desk/today");
    auto const at = html.find("Alerts that nobody has seen");
    if (at == html.npos) return;
    press(attribute_after(html.substr(at), "<form", "action"),
          {{"code", attribute_after(html.substr(at), "name=\"code\"", "value")},
           {"back", "/desk/today"}});
  }
  ADD_FAILURE() << "alerts stay open";
}

TEST_F(Morning, FromAQuarterToEightToNoon) {
  is("front");
  take_over_the_list();
  auto html = page("/desk/today");
  for (auto const* part : {"Désir, Marie-Thérèse", "Oglethorpe, Samuel", "forms: nothing received",
                           "signature: Agreement to be treated"}) {
    EXPECT_THAT(html, HasSubstr(part));
  }

  at(7, 55);
  is("doctor");
  see_every_alert();
  auto const brooks = record_of("brooks");
  EXPECT_THAT(page(brooks), HasSubstr("PHQ-9")) << "the clinician reads behavioural answers";
  is("front");
  EXPECT_THAT(page(brooks), Not(HasSubstr("Little interest")));

  at(8, 0);
  set_state("Désir, Marie-Thérèse", "arrived");
  auto const desir = record_of("desir");
  auto const desk_copy = sheet(desir + ".pdf");
  if (!desk_copy.empty()) {
    EXPECT_THAT(desk_copy, HasSubstr("Marie-Thérèse"));
    EXPECT_THAT(desk_copy, HasSubstr("Desk copy"));
    EXPECT_THAT(desk_copy, HasSubstr("Takes a blood thinner"));
  }

  at(9, 45);
  set_state("Carter, Denise", "no-show");
  html = page("/desk/today");
  EXPECT_GT(html.find("Carter, Denise"), html.find("Left, and no-shows")) << "off the board";

  at(10, 30);
  auto const first =
      html.substr(html.rfind("href=\"", html.find("signature: Agreement to be treated")) + 6);
  auto const missing = first.substr(0, first.find('"'));
  auto const to_sign = sheet(missing + ".pdf");
  if (!to_sign.empty()) {
    EXPECT_THAT(to_sign, HasSubstr("Valdés, Carmen"));
    EXPECT_THAT(to_sign, HasSubstr("Agreement to be treated"));
    EXPECT_THAT(to_sign, Not(HasSubstr("Notice of privacy"))) << "exactly that page";
  }
  press(missing,
        {{"act", "paper"}, {"mark", attribute_after(page(missing), "name=\"mark\"", "value")}});
  EXPECT_THAT(page("/desk/today"),
              HasSubstr("Agreement to be treated: signed on paper, seen by front, 10:30"));

  at(11, 0);
  is("money");
  EXPECT_THAT(page("/desk/decisions"), HasSubstr("Désir"));
  auto const work = page("/desk/work?state=attention");
  auto const item = attribute_after(work, "<div class=\"intake-acts\"", "action");
  auto const seen = attribute_after(work.substr(work.find(item)), "name=\"seen\"", "value");
  press(item, {{"to", "done"}, {"seen", seen}, {"back", "/desk/work?state=attention"}});
  EXPECT_THAT(page("/desk/work?state=attention"), Not(HasSubstr(item)));
  auto const billing_copy = sheet(desir + ".pdf");
  if (!billing_copy.empty()) {
    EXPECT_THAT(billing_copy, HasSubstr("Billing copy"));
    EXPECT_THAT(billing_copy, Not(HasSubstr("blood thinner")));
  }

  at(11, 50);
  is("boss");
  auto const begun = c.post_form(
      "/desk/copies", {{"csrf", c.csrf()}, {"id", desir.substr(18)}, {"id", brooks.substr(18)}});
  ASSERT_EQ(begun.status, 303);
  auto const job = field_of(begun, "location");
  for (int i = 0; i < 2'000 && !field_of(c.get(job), "refresh").empty(); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  auto const both = printed_text(pulled(c.get(job + ".pdf")));
  if (both) {
    EXPECT_THAT(*both, HasSubstr("Marie-Thérèse"));
    EXPECT_THAT(*both, HasSubstr("Keisha"));
  }

  at(12, 0);
  EXPECT_TRUE(db::verify_audit(c.app().desk, c.app().keys.key(certs::key_role::audit_head).view(),
                               db::audit_depth::ciphertexts)
                  .findings.empty());
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM audit_event WHERE action IN ('pdf-downloaded', "
                           "'blank-page-printed') AND content IS NULL"),
            "0")
      << "every sheet's bytes are in the trail";
}

}  // namespace
}  // namespace intake::tests

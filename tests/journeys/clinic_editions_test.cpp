// From when until when a consent may be signed, set by a manager who sees before what it means.
#include "service/clinic/in_force.hpp"
#include "tests/certs/temporary_folder.hpp"
#include "tests/journeys/clinic.hpp"

#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::tests {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr char const* old_edition = "treatment-2026-01";
constexpr char const* new_edition = "treatment-2034-01";

void replace_all(std::string& text, std::string const& what, std::string const& by) {
  for (auto at = text.find(what); at != text.npos; at = text.find(what, at + by.size())) {
    text.replace(at, what.size(), by);
  }
}

/// The text of this edition need not be signed any more.
void make_optional(std::string const& path, char const* edition) {
  auto text = read_text_file(path);
  std::string const required = "\"required\": true";
  text.replace(text.find(required, text.find(edition)), required.size(), "\"required\": false");
  std::ofstream(path) << text;
}

/// The packet, and a second version of its consents in which one text has another edition, from
/// 2034 on.
struct packet_of_two_versions {
  packet_of_two_versions() {
    auto const forms = folder / "forms";
    std::filesystem::copy(INTAKE_SOURCE "/forms/packet", forms,
                          std::filesystem::copy_options::recursive);
    auto text = read_text_file((forms / "consent.json").string());
    replace_all(text, "\"version\": \"1.0.0\"", "\"version\": \"2.0.0\"");
    auto const at = text.find(old_edition);
    auto const from = text.find("2026-01-01", at);
    text.replace(from, 10, "2034-01-01");
    replace_all(text, old_edition, new_edition);
    std::ofstream(forms / "consent-2.json") << text;
    make_optional((forms / "feedback.json").string(), "publish-2026-01");
  }
  std::string path() const { return (folder / "forms").string(); }

  certs::temporary_folder folder;
};

class ClinicEditions : public testing::Test {
 protected:
  ClinicEditions() : c(packet.path()) {
    EXPECT_EQ(c.post_fhir(sample_packet()).status, 201);
    c.sign_in("boss", db::account_role::manager);
  }

  static std::string path_of(std::string const& edition) {
    return "/desk/clinic/editions/" + edition;
  }
  /// A button of the edition's page.
  service::response press(std::string const& edition, std::string const& act,
                          std::string const& from = {}, std::string const& until = {}) {
    return c.post_form(path_of(edition), {{"csrf", c.csrf()},
                                          {"seen", seen(edition)},
                                          {"act", act},
                                          {"from", from},
                                          {"until", until}});
  }
  /// Presses it, then what the page asks.
  int confirm(std::string const& edition, std::string const& act) {
    auto const asked = press(edition, act);
    EXPECT_EQ(asked.status, 200) << body_of(asked);
    auto const html = body_of(asked);
    auto const undo = html.find("name=\"undo\"") == html.npos ? "" : "yes";
    return c
        .post_form(path_of(edition), {{"csrf", c.csrf()},
                                      {"seen", attribute_after(html, "name=\"seen\"", "value")},
                                      {"act", "set"},
                                      {"undo", undo},
                                      {"from", attribute_after(html, "name=\"from\"", "value")},
                                      {"until", attribute_after(html, "name=\"until\"", "value")}})
        .status;
  }
  std::string seen(std::string const& edition) {
    return attribute_after(body_of(c.get(path_of(edition))), "name=\"seen\"", "value");
  }
  std::string version_shown(clinic& of) {
    auto const html = body_of(of.get("/forms/consent"));
    auto const at = html.find("fhir/Questionnaire/consent|");
    return at == html.npos ? "" : html.substr(at + 27, 5);
  }

  packet_of_two_versions packet;
  clinic c;
};

TEST_F(ClinicEditions, BeginInEveryInstanceAfterItWasSaidHowManySignAgain) {
  clinic second(c);
  EXPECT_EQ(version_shown(c), "1.0.0");
  auto const asked = body_of(press(new_edition, "begin"));
  EXPECT_THAT(asked, HasSubstr("as far as the newest 1 records tell"));
  EXPECT_THAT(asked, HasSubstr("<td class=\"govuk-table__cell\">1</td>"
                               "<td class=\"govuk-table__cell\">0</td>"));
  EXPECT_THAT(asked, Not(HasSubstr("rest on that day")));
  EXPECT_EQ(version_shown(c), "1.0.0") << "to look changes nothing";
  EXPECT_EQ(c.rows().value("SELECT cardinality(shown) FROM audit_event WHERE action = "
                           "'consents-due-shown'"),
            "1");
  ASSERT_EQ(confirm(new_edition, "begin"), 303);
  EXPECT_EQ(version_shown(c), "2.0.0");
  second.app().live.look();
  EXPECT_EQ(version_shown(second), "2.0.0");
  EXPECT_THAT(body_of(c.get("/desk/clinic")), HasSubstr("(set here by boss on "));
  auto const due = body_of(c.get("/desk/consents-due"));
  EXPECT_THAT(due, HasSubstr(old_edition));
  EXPECT_THAT(due, HasSubstr(new_edition));

  ASSERT_EQ(confirm(new_edition, "undo"), 303);
  EXPECT_EQ(version_shown(c), "1.0.0");
  EXPECT_THAT(body_of(c.get("/desk/consents-due")), HasSubstr("Nobody among them."));
  EXPECT_EQ(c.rows().value("SELECT string_agg(action || ' ' || purpose, '; ' ORDER BY number) FROM "
                           "audit_event WHERE action LIKE 'clinic-setting-%'"),
            "clinic-setting-changed clinic, edition.treatment-2034-01; "
            "clinic-setting-taken-back clinic, edition.treatment-2034-01");
}

TEST_F(ClinicEditions, OfARequiredConsentOneStaysInForceOnEveryDay) {
  auto const alone = press(old_edition, "stop");
  EXPECT_EQ(alone.status, 422);
  EXPECT_THAT(body_of(alone), HasSubstr("nobody could sign &quot;Agreement to be treated&quot;"));
  ASSERT_EQ(confirm(new_edition, "begin"), 303);
  ASSERT_EQ(confirm(old_edition, "stop"), 303);
  EXPECT_EQ(press(new_edition, "stop").status, 422);
  EXPECT_EQ(press(new_edition, "undo").status, 422) << "the file's begins in 2034 only";
  ASSERT_EQ(confirm(old_edition, "undo"), 303);
  ASSERT_EQ(confirm(new_edition, "undo"), 303);
  EXPECT_EQ(press("publish-2026-01", "stop").status, 200) << "it need not be signed";
}

TEST_F(ClinicEditions, WhatElseRestsInTheFormIsNamed) {
  auto const asked = press("privacy-2026-01", "look", "2035-01-01", "2035-12-31");
  EXPECT_EQ(asked.status, 422) << "nobody could sign it until then";
  auto const html = body_of(press(new_edition, "look", "2033-01-01", "2040-12-31"));
  EXPECT_THAT(html, Not(HasSubstr("rest on that day")));
  auto const later = body_of(press(new_edition, "look", "2036-06-01", ""));
  EXPECT_THAT(later, HasSubstr("rest on that day"));
  EXPECT_THAT(later, HasSubstr("Notice of privacy practices"));
}

TEST_F(ClinicEditions, DaysThatAreNoneAreSaidAtTheirField) {
  struct row {
    char const* from;
    char const* until;
    char const* field;
    char const* sentence;
  };
  for (auto const& each : {row{"soon", "", "from", "Write the day as"},
                           row{"2026-02-30", "", "from", "Write the day as"},
                           row{"", "13/13/2026", "until", "Write the day as"},
                           row{"2026-12-02", "2026-12-01", "until", "before the first one"}}) {
    SCOPED_TRACE(std::string(each.from) + " " + each.until);
    auto const answer = press(old_edition, "look", each.from, each.until);
    EXPECT_EQ(answer.status, 422);
    auto const html = body_of(answer);
    EXPECT_THAT(html, HasSubstr(std::string("<a href=\"#") + each.field + "\">"));
    EXPECT_THAT(html, HasSubstr(each.sentence));
    EXPECT_EQ(attribute_after(html, "id=\"from\"", "value"), each.from) << "nothing is lost";
    EXPECT_EQ(attribute_after(html, "id=\"until\"", "value"), each.until);
  }
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM clinic_setting"), "0");
}

TEST_F(ClinicEditions, WhoseActCameInBetweenIsNotOverwritten) {
  auto const before = seen(new_edition);
  ASSERT_EQ(confirm(new_edition, "begin"), 303);
  auto const late = c.post_form(path_of(new_edition), {{"csrf", c.csrf()},
                                                       {"seen", before},
                                                       {"act", "set"},
                                                       {"from", "2033-01-01"},
                                                       {"until", "2036-01-01"}});
  EXPECT_EQ(late.status, 409);
  EXPECT_THAT(body_of(late), HasSubstr("Somebody else changed the clinic"));
  EXPECT_THAT(body_of(late), HasSubstr("value=\"2033-01-01\""));
}

}  // namespace
}  // namespace intake::tests

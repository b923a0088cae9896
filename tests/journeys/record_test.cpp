// One submission at the desk: summary first, the patient's words, notes, void, the same patient,
// typed for somebody.
#include "forms/plan/sample_answers.hpp"
#include "service/copy.hpp"
#include "tests/journeys/clinic.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::tests {
namespace {

using db::account_role;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

struct opened_desk {
  clinic c;
  std::string id;

  explicit opened_desk(char const* sample = "01-medicare-supplement-kreyol") {
    id = send(sample);
    c.sign_in("front", account_role::front_desk);
  }
  std::string send(char const* sample) {
    c.now += std::chrono::seconds(1);
    auto const day = std::chrono::sys_days{c.app().clock.date(c.now)};
    auto text = read_text_file(std::string(INTAKE_SOURCE "/deploy/sample-day/") + sample + ".json");
    text = forms::with_dates(text, day);
    if (auto const at = text.find("urn:uuid:"); at != text.npos) {
      text.replace(at + 9, 36, certs::to_string(certs::new_uuid_v7(c.app().world)));
    }
    auto const sent = c.post_fhir(text);
    EXPECT_EQ(sent.status, 201) << body_of(sent);
    return c.rows().value("SELECT id FROM submission ORDER BY received DESC, id DESC LIMIT 1");
  }
  std::string page(std::string const& of = {}) {
    return body_of(c.get("/desk/submissions/" + (of.empty() ? id : of)));
  }
  service::response act(std::string const& what, std::string const& words,
                        std::string const& other = {}) {
    c.now += std::chrono::seconds(1);
    return c.post_form("/desk/submissions/" + id + "/acts",
                       {{"csrf", c.csrf()}, {"act", what}, {"words", words}, {"other", other}});
  }
  std::string find(std::string const& typed) {
    return body_of(c.post_form("/desk/search", {{"csrf", c.csrf()}, {"find", typed}}));
  }
};

TEST(Record, ShowsTheSummaryBeforeTheAnswers) {
  opened_desk d;
  auto const html = d.page();
  auto const answers = html.find("id=\"answers\"");
  ASSERT_NE(answers, html.npos);
  for (auto const* part : {"class=\"intake-body\"", "Allergies", "Medicines", "Insurance"}) {
    auto const at = html.find(part);
    EXPECT_LT(at, answers) << part;
  }
}

TEST(Record, ShowsThePatientsWordsBesideTheEnglishQuestion) {
  opened_desk d;
  EXPECT_THAT(d.page(), HasSubstr("lang=\"ht\""));
  auto const english = d.send("12-tricare-prime");
  EXPECT_THAT(d.page(english), Not(HasSubstr("class=\"intake-quiet\" lang=")));
}

TEST(Record, SaysWhoHasSeenIt) {
  opened_desk d;
  d.page();
  EXPECT_THAT(d.page(), HasSubstr("<td class=\"govuk-table__cell\">front (front-desk)</td><td "
                                  "class=\"govuk-table__cell\">submission opened</td>"));
}

TEST(Record, KeepsNotesAndNeedsWordsForThem) {
  opened_desk d;
  EXPECT_EQ(d.act("note", "").status, 422);
  ASSERT_EQ(d.act("note", "Called her daughter <script>").status, 303);
  EXPECT_THAT(d.page(), HasSubstr("Called her daughter &lt;script&gt;"));
  EXPECT_EQ(d.act("vanish", "x").status, 400);
  EXPECT_EQ(d.c.rows().value("SELECT count(*) FROM record_act WHERE position('daughter'::bytea IN "
                             "content) > 0"),
            "0");
}

TEST(Record, VoidLeavesTheListsAndSaysSo) {
  opened_desk d;
  EXPECT_THAT(d.find("desir"), HasSubstr("/desk/submissions/" + d.id));
  EXPECT_THAT(body_of(d.c.get("/desk")), HasSubstr(d.id));
  EXPECT_EQ(d.act("void", "").status, 422) << "a reason is typed";
  EXPECT_EQ(d.act("void", " \t ").status, 422) << "in letters";
  EXPECT_EQ(d.act("restore", "nothing to restore").status, 409);
  ASSERT_EQ(d.act("void", "sent twice").status, 303);
  EXPECT_EQ(d.act("void", "another reason").status, 409) << "the first reason stays";
  EXPECT_THAT(d.find("desir"), Not(HasSubstr("/desk/submissions/" + d.id)));
  EXPECT_THAT(body_of(d.c.get("/desk")), Not(HasSubstr(d.id)));
  EXPECT_THAT(body_of(d.c.get("/desk/work?state=attention")), Not(HasSubstr("row-" + d.id)));
  EXPECT_THAT(d.page(), HasSubstr("sent twice"));
  auto const stored = db::open_submission(d.c.app().desk, *certs::parse_uuid(d.id));
  auto const reading = service::open_record(d.c.app().keks, d.c.app().forms, *stored);
  auto& app = d.c.app();
  auto const copy =
      service::copy_of({app.settings, app.forms, app.clock, app.keys, app.words, app.drawer},
                       stored->head, *reading.record, pdf::copy_profile::desk);
  auto const& first = copy.sections.front().blocks;
  bool const said = std::ranges::any_of(first, [](pdf::block const& each) {
    auto const* const notice = std::get_if<pdf::notice>(&each);
    return notice != nullptr && !notice->lines.empty() && notice->lines.front().starts_with("VOID");
  });
  EXPECT_TRUE(said) << "the copy's first notice";
  ASSERT_EQ(d.act("restore", "it was her sister's that came twice").status, 303);
  EXPECT_THAT(d.find("desir"), HasSubstr("/desk/submissions/" + d.id));
  EXPECT_EQ(d.c.rows().value("SELECT count(*) FROM record_act"), "2") << "nothing is deleted";
}

TEST(Record, ASecondOneOfTheSamePatientIsOfferedWithReasonsAndTakenBack) {
  opened_desk d;
  auto const second = d.send("01-medicare-supplement-kreyol");
  auto const html = d.page();
  EXPECT_THAT(html, HasSubstr("same last name and date of birth; same telephone"));
  EXPECT_THAT(html, Not(HasSubstr("But: ")));
  ASSERT_EQ(d.act("join", "", second).status, 303);
  EXPECT_THAT(d.page(), HasSubstr("Not the same patient"));
  EXPECT_THAT(d.page(second), HasSubstr("Not the same patient")) << "from both sides";
  ASSERT_EQ(d.act("part", "", second).status, 303);
  EXPECT_THAT(d.page(), Not(HasSubstr("Not the same patient")));
  EXPECT_EQ(d.act("join", "", d.id).status, 404) << "not with itself";
  EXPECT_EQ(d.act("join", "", certs::to_string(certs::uuid{})).status, 404);
}

TEST(Record, StaffTypeOneAnswerAndTheVersionSaysSo) {
  opened_desk d("12-tricare-prime");
  auto const html = d.page();
  auto const what = attribute_after(html, "form=\"typed\"", "value");
  auto const begun = d.c.post_form("/desk/submissions/" + d.id + "/fill-in",
                                   {{"csrf", d.c.csrf()}, {"what", what}, {"interpreter", "Rosa"}});
  ASSERT_EQ(begun.status, 303) << body_of(begun);
  EXPECT_THAT(field_of(begun, "location"), StartsWith("/visit/correction"));
  auto const desk_cookie = d.c.cookie();
  d.c.add_cookie_of(begun);
  EXPECT_THAT(body_of(d.c.get("/visit/correction?lang=en")), HasSubstr("front"));
  d.c.keep_cookie_of(begun);
  EXPECT_EQ(d.c.post_form("/desk/submissions/" + d.id + "/fill-in", {{"csrf", "forged"}}).status,
            303)
      << "the patient's cookie signs nobody in";
  d.c.use_cookie(desk_cookie);
  EXPECT_EQ(d.c.post_form("/desk/submissions/" + d.id + "/fill-in",
                          {{"csrf", d.c.csrf()}, {"what", what + ".no"}})
                .status,
            400);
}

TEST(Record, IsForWhoKeepsTheDay) {
  opened_desk d;
  d.c.sign_in("money", account_role::billing);
  EXPECT_EQ(d.c.get("/desk/submissions/" + d.id).status, 403);
  EXPECT_EQ(d.act("void", "x").status, 403);
}

}  // namespace
}  // namespace intake::tests

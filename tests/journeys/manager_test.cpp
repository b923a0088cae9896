// What a manager and a clinician take out of the records: numbers, trends, one patient's whole
// record.
#include "db/numbers.hpp"
#include "forms/json_reader.hpp"
#include "service/appointment_book.hpp"
#include "tests/certs/temporary_folder.hpp"
#include "tests/journeys/clinic.hpp"
#include "tests/journeys/fhir_client.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::tests {
namespace {

using db::account_role;
using testing::HasSubstr;
using testing::Not;

/// PEG answers alone, whose mean is `mean`.
std::string submit_peg(clinic& c, int mean) {
  c.now += std::chrono::hours(24 * 30);
  auto const question = [&](std::string const& id) {
    return R"({"linkId":")" + id + R"(","answer":[{"valueInteger":)" + std::to_string(mean) + "}]}";
  };
  auto const answer =
      c.post_fhir(R"({"resourceType":"QuestionnaireResponse","status":"completed",)"
                  R"("questionnaire":"https://intake.example/fhir/Questionnaire/peg","item":[)"
                  R"({"linkId":"peg","item":[)" +
                  question("peg.pain") + "," + question("peg.enjoyment") + "," +
                  question("peg.activity") + "]}]}");
  EXPECT_EQ(answer.status, 201) << body_of(answer);
  return c.rows().value("SELECT id FROM submission ORDER BY received DESC LIMIT 1");
}

TEST(Numbers, CountFormsVisitsWorkAndDecisions) {
  clinic c;
  auto const on_time = submit_sample(c);
  auto const late = submit_sample(c);
  submit_sample(c);
  std::vector<std::string> visits;
  for (auto const& submission : {on_time, late}) {
    certs::uuid id;
    service::book_appointment(
        c.app().desk, {c.app().world, c.app().keks, c.app().keys},
        {.number = "",
         .location = "main",
         .starts_at = c.now + std::chrono::minutes(submission == on_time ? 30 : -60),
         .who = {.family = "Somebody",
                 .given = "Else",
                 .birth_date = "1950-01-01",
                 .visit_kind = "new-patient"}},
        id);
    c.rows().sql(
        "INSERT INTO appointment_match (appointment_id, submission_id, act, how, at) VALUES ('" +
        certs::to_string(id) + "', '" + submission + "', 'match', 'staff', now())");
  }
  auto const until = c.now + std::chrono::hours(24);
  auto const forms = db::forms_a_day(c.app().desk, c.now - std::chrono::hours(24), until,
                                     c.settings().clinic_time_zone);
  ASSERT_EQ(forms.size(), 1U);
  EXPECT_EQ(forms[0].submissions, 3);
  auto const seen = db::visits_a_day(c.app().desk, c.now - std::chrono::hours(24), until,
                                     c.settings().clinic_time_zone);
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_EQ(seen[0].visits, 2);
  EXPECT_EQ(seen[0].with_forms, 1) << "forms that came after the visit began were not there";

  c.sign_in("front", account_role::front_desk);
  body_of(c.get("/desk/work?state=attention"));
  auto const item = c.rows().value(
      "SELECT submission_id FROM work_item WHERE state IN ('new', 'attention') LIMIT 1");
  c.now += std::chrono::minutes(10);
  EXPECT_EQ(
      c.post_form("/desk/work/" + item, {{"csrf", c.csrf()}, {"to", "done"}, {"seen", "1"}}).status,
      303);
  auto const work = db::work_a_day(c.app().desk, c.now - std::chrono::hours(24), until,
                                   c.settings().clinic_time_zone);
  ASSERT_EQ(work.size(), 1U);
  EXPECT_EQ(work[0].done, 1);
  EXPECT_GE(work[0].median_minutes, 10);

  c.sign_in("boss", account_role::manager);
  auto const html = body_of(c.get("/desk/numbers?days=7"));
  EXPECT_THAT(html, HasSubstr("3 submissions in 7 days."));
  EXPECT_THAT(html, HasSubstr("1 of 2 visits (50 %)."));
  EXPECT_THAT(html, HasSubstr("Of the newest 3 submissions, 3 with a decision."));
  EXPECT_THAT(html, HasSubstr("<svg class=\"intake-chart\""));
  EXPECT_THAT(html, Not(HasSubstr("Brien"))) << "no patient is in it";
}

class Trends : public testing::Test {
 protected:
  Trends() {
    for (int const mean : {8, 5, 3}) pegs.push_back(submit_peg(c, mean));
    c.sign_in("doctor", account_role::clinician);
  }

  std::string page() { return body_of(c.get("/desk/submissions/" + pegs.back())); }
  void join(std::string const& other) {
    c.now += std::chrono::seconds(1);
    EXPECT_EQ(c.post_form("/desk/submissions/" + pegs.back() + "/acts",
                          {{"csrf", c.csrf()}, {"act", "join"}, {"other", other}})
                  .status,
              303);
  }

  clinic c;
  std::vector<std::string> pegs;
};

TEST_F(Trends, AreOfTheSamePatientOnly) {
  EXPECT_THAT(page(), Not(HasSubstr("Over the visits"))) << "nobody said that they are one";
  join(pegs[0]);
  join(pegs[1]);
  auto const html = page();
  EXPECT_THAT(html, HasSubstr("Over the visits"));
  EXPECT_THAT(html, HasSubstr("PEG, 0 to 10 over the visits"));
  auto const at = [&](std::string const& value) {
    return html.find("<td class=\"govuk-table__cell\">" + value + "</td>");
  };
  EXPECT_LT(at("8"), at("5"));
  EXPECT_LT(at("5"), at("3"));
}

/// A ZIP's files by name, read by a program that shares no code with ours.
std::map<std::string, std::string> unzipped(std::string const& bytes) {
  certs::temporary_folder const folder;
  auto const path = (folder / "record.zip").string();
  std::ofstream(path, std::ios::binary) << bytes;
  auto const into = (folder / "out").string();
  auto const unpack =
      "python3 -c \"import sys,zipfile; zipfile.ZipFile(sys.argv[1]).extractall(sys.argv[2])\" '" +
      path + "' '" + into + "'";
  EXPECT_EQ(std::system(unpack.c_str()), 0);
  std::map<std::string, std::string> files;
  for (auto const& each : std::filesystem::directory_iterator(into)) {
    files.emplace(each.path().filename(), read_text_file(each.path()));
  }
  return files;
}

TEST(RecordExport, HasTheCopyAndFhirOfAllThatAreOnePatients) {
  if (std::system("python3 -c 'import zipfile'") != 0) GTEST_SKIP() << "python3 reads the ZIP";
  clinic c;
  auto const one = submit_sample(c);
  auto const other = submit_sample(c);
  submit_sample(c);
  c.sign_in("front", account_role::front_desk);
  EXPECT_EQ(c.post_form("/desk/submissions/" + one + "/export", {{"csrf", c.csrf()}}).status, 403);
  c.sign_in("doctor", account_role::clinician);
  EXPECT_EQ(c.post_form("/desk/submissions/" + one + "/acts",
                        {{"csrf", c.csrf()}, {"act", "join"}, {"other", other}})
                .status,
            303);
  auto const answer = c.post_form("/desk/submissions/" + one + "/export", {{"csrf", c.csrf()}});
  ASSERT_EQ(answer.status, 200) << body_of(answer);
  EXPECT_EQ(field_of(answer, "content-type"), "application/zip");
  auto const files = unzipped(body_of(answer));
  EXPECT_EQ(std::ranges::count_if(files, [](auto const& f) { return f.first.ends_with(".pdf"); }),
            2);
  std::size_t bundles = 0;
  for (auto const& [name, text] : files) {
    EXPECT_THAT(name, Not(HasSubstr("Brien")));
    if (!name.ends_with("-fhir.json")) continue;
    ++bundles;
    auto const document = forms::read_json(text, {.bytes_max = std::size_t{1} << 22});
    ASSERT_TRUE(document) << name;
    EXPECT_EQ(document->root().text_of("resourceType"), "Bundle");
    for (auto const* type : {"Patient", "QuestionnaireResponse", "Coverage", "Consent"}) {
      EXPECT_THAT(text, HasSubstr(std::string("\"resourceType\":\"") + type + '"')) << name;
    }
  }
  EXPECT_EQ(bundles, 2U);
  EXPECT_EQ(c.rows().value("SELECT cardinality(shown) FROM audit_event WHERE action = "
                           "'record-exported' AND content IS NOT NULL"),
            "2");
}

}  // namespace
}  // namespace intake::tests

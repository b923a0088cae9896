#include "service/commands/commands.hpp"
#include "tests/certs/temporary_folder.hpp"
#include "tests/journeys/clinic.hpp"
#include "tests/journeys/fhir_client.hpp"

#include <cstdio>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::tests {
namespace {

using db::account_role;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::string pdf_path(std::string const& id) {
  return "/desk/submissions/" + id + ".pdf";
}

std::string audited(clinic& c, std::string const& action, std::string const& outcome = "done") {
  return c.rows().value("SELECT count(*) FROM audit_event WHERE action = '" + action +
                        "' AND outcome = '" + outcome + "'");
}

struct verified {
  service::exit_code code;
  std::string out;
};

/// `intake pdf verify` on a file of these bytes.
verified verify_file(clinic& c, std::string const& bytes) {
  certs::temporary_folder const folder;
  auto const path = folder / "copy.pdf";
  std::ofstream(path, std::ios::binary) << bytes;
  auto* const out = std::tmpfile();
  auto const code = service::commands::pdf_verify(
      {.world = c.app().world, .out = out, .err = stderr, .assets = {}}, c.settings(),
      {path.string()});
  std::string text(static_cast<std::size_t>(std::ftell(out)), '\0');
  std::rewind(out);
  text.resize(std::fread(text.data(), 1, text.size(), out));
  std::fclose(out);
  return {code, text};
}

TEST(Desk, WhoIsNotSignedInIsSentToSignInAndBack) {
  clinic c;
  auto const answer = c.get("/desk");
  EXPECT_EQ(answer.status, 303);
  EXPECT_EQ(field_of(answer, "location"), "/desk/sign-in?next=%2Fdesk");
  EXPECT_EQ(field_of(c.get("/desk/work?state=done&q=1"), "location"),
            "/desk/sign-in?next=%2Fdesk%2Fwork%3Fstate%3Ddone%26q%3D1");
  EXPECT_THAT(body_of(c.get("/desk/sign-in?next=%2Fdesk")), HasSubstr("name=\"password\""));
}

TEST(Desk, WrongNameAndWrongPasswordGetTheSameWords) {
  clinic c;
  c.add_account("front", account_role::front_desk);
  auto const wrong_password = c.post_form("/desk/sign-in", {{"name", "front"}, {"password", "x"}});
  auto const wrong_name = c.post_form("/desk/sign-in", {{"name", "frond"}, {"password", "x"}});
  EXPECT_EQ(wrong_password.status, 401);
  EXPECT_EQ(wrong_name.status, 401);
  auto same = body_of(wrong_name);
  same.replace(same.find("frond"), 5, "front");
  EXPECT_EQ(body_of(wrong_password), same);
  EXPECT_EQ(audited(c, "signed-in", "refused"), "2");
}

TEST(Desk, NextNeverLeadsToAnotherSite) {
  clinic c;
  c.add_account("front", account_role::front_desk);
  for (auto const* next :
       {"https://evil.example/", "//evil.example", "/desk//evil", "/\\evil", ""}) {
    auto const answer = c.post_form(
        "/desk/sign-in",
        {{"name", "front"}, {"password", std::string(clinic::password)}, {"next", next}});
    EXPECT_EQ(field_of(answer, "location"), "/desk/today") << next;
  }
}

TEST(Desk, ListsWhatArrivedAndTheTrailHoldsWhoSawIt) {
  clinic c;
  submit_sample(c);
  c.sign_in("front", account_role::front_desk);
  auto const page = body_of(c.get("/desk"));
  EXPECT_THAT(page, HasSubstr("O’Brien-Muñoz, Nora"));
  EXPECT_THAT(page, HasSubstr("Accepted, with conditions"));
  EXPECT_THAT(page, HasSubstr("Takes a blood thinner"));
  EXPECT_EQ(audited(c, "list-shown"), "1");
}

TEST(Desk, WhyABehaviouralAlertWasRaisedIsTheCliniciansToKnow) {
  clinic c;
  auto const answer = c.post_fhir(
      R"({"resourceType":"QuestionnaireResponse","status":"in-progress",)"
      R"("questionnaire":"https://intake.example/fhir/Questionnaire/mood","item":[)"
      R"({"linkId":"mood","item":[{"linkId":"mood.safe","answer":[{"valueCoding":)"
      R"({"system":"https://intake.example/fhir/CodeSystem/yes-no","code":"no"}}]}]}]})");
  ASSERT_EQ(answer.status, 201) << body_of(answer);
  c.sign_in("front", account_role::front_desk);
  EXPECT_THAT(body_of(c.get("/desk")), HasSubstr("Alert: ask the clinician"));
  EXPECT_THAT(body_of(c.get("/desk")), Not(HasSubstr("safe at home")));
  c.sign_in("doctor", account_role::clinician);
  EXPECT_THAT(body_of(c.get("/desk")), HasSubstr("safe at home"));
}

TEST(Desk, AnEmptyListSaysSo) {
  clinic c;
  c.sign_in("front", account_role::front_desk);
  EXPECT_THAT(body_of(c.get("/desk")), HasSubstr("No forms have arrived yet"));
}

TEST(Desk, TheListGoesOnOverPages) {
  clinic c;
  for (int i = 0; i < 51; ++i) {
    c.now += std::chrono::seconds(1);
    EXPECT_EQ(
        c.post_fhir(R"({"resourceType":"QuestionnaireResponse","status":"in-progress",)"
                    R"("questionnaire":"https://intake.example/fhir/Questionnaire/pain-history"})")
            .status,
        201);
  }
  c.sign_in("front", account_role::front_desk);
  auto const first = body_of(c.get("/desk"));
  auto const at = first.find("/desk?after=");
  ASSERT_NE(at, std::string::npos);
  auto const second = body_of(c.get(first.substr(at, first.find('"', at) - at)));
  EXPECT_THAT(second, HasSubstr("(no name given)"));
  EXPECT_THAT(second, Not(HasSubstr("/desk?after=")));
  EXPECT_EQ(c.get("/desk?after=nonsense").status, 400);
}

TEST(Desk, ADownloadedCopyIsAPdfAndItsHashIsInTheTrailFirst) {
  clinic c;
  auto const id = submit_sample(c);
  c.sign_in("front", account_role::front_desk);
  auto const answer = c.get(pdf_path(id));
  EXPECT_EQ(answer.status, 200);
  EXPECT_THAT(body_of(answer), StartsWith("%PDF-1.7"));
  EXPECT_EQ(field_of(answer, "content-type"), "application/pdf");
  EXPECT_THAT(field_of(answer, "content-disposition"), HasSubstr("attachment; filename=\"intake-"));
  EXPECT_THAT(field_of(answer, "content-disposition"), Not(HasSubstr("Brien")));
  EXPECT_EQ(audited(c, "pdf-downloaded"), "1");
  EXPECT_EQ(body_of(c.get(pdf_path(id))), body_of(answer));
}

struct copy_case {
  char const* name;
  account_role role;
  char const* query;
  int status;
  char const* file_ending;
};

class DeskCopies : public testing::TestWithParam<copy_case> {};

TEST_P(DeskCopies, AreForTheirReaders) {
  auto const& tested = GetParam();
  clinic c;
  auto const id = submit_sample(c);
  c.sign_in("reader", tested.role);
  auto const answer = c.get(pdf_path(id) + tested.query);
  EXPECT_EQ(answer.status, tested.status);
  EXPECT_EQ(audited(c, "refused", "refused"), tested.status == 403 ? "1" : "0");
  EXPECT_EQ(audited(c, "pdf-downloaded"), tested.status == 200 ? "1" : "0");
  if (tested.status != 200) {
    EXPECT_THAT(body_of(answer), Not(HasSubstr("%PDF")));
    return;
  }
  EXPECT_THAT(field_of(answer, "content-disposition"), HasSubstr(tested.file_ending));
}

INSTANTIATE_TEST_SUITE_P(
    Roles, DeskCopies,
    testing::Values(
        copy_case{"front_desk", account_role::front_desk, "", 200, "-desk.pdf"},
        copy_case{"front_desk_clinical", account_role::front_desk, "?copy=clinical", 403, ""},
        copy_case{"front_desk_patient", account_role::front_desk, "?copy=patient", 403, ""},
        copy_case{"billing", account_role::billing, "", 200, "-billing.pdf"},
        copy_case{"billing_desk", account_role::billing, "?copy=desk", 403, ""},
        copy_case{"billing_clinical", account_role::billing, "?copy=clinical", 403, ""},
        copy_case{"clinician", account_role::clinician, "", 200, "-clinical.pdf"},
        copy_case{"clinician_desk", account_role::clinician, "?copy=desk", 200, "-desk.pdf"},
        copy_case{"manager", account_role::manager, "?copy=patient", 200, "-patient.pdf"},
        copy_case{"manager_billing", account_role::manager, "?copy=billing", 200, "-billing.pdf"},
        copy_case{"manager_clinical", account_role::manager, "?copy=clinical", 403, ""},
        copy_case{"no_such_copy", account_role::clinician, "?copy=all", 400, ""}),
    [](auto const& tested) { return std::string(tested.param.name); });

TEST(Desk, TheTrailKnowsAFileThatWasMadeHereAndNoOther) {
  clinic c;
  auto const id = submit_sample(c);
  c.sign_in("front", account_role::front_desk);
  auto const made = body_of(c.get(pdf_path(id)));
  auto const known = verify_file(c, made);
  EXPECT_EQ(known.code, service::exit_code::good);
  EXPECT_THAT(known.out, HasSubstr("of submission " + id + ", version 1"));
  EXPECT_THAT(known.out, HasSubstr("pdf-downloaded (copy-for-visit: desk)"));
  auto changed = made;
  changed[changed.size() / 2] ^= 1;
  auto const other = verify_file(c, changed);
  EXPECT_EQ(other.code, service::exit_code::input_bad);
  EXPECT_THAT(other.out, HasSubstr("holds no file of these bytes"));
}

TEST(Desk, NothingLeavesWhileTheTrailCannotBeWritten) {
  clinic c;
  auto const id = submit_sample(c);
  c.sign_in("front", account_role::front_desk);
  c.rows().sql("REVOKE INSERT ON audit_event FROM intake_portal");
  auto const answer = c.get(pdf_path(id));
  EXPECT_GE(answer.status, 500);
  EXPECT_THAT(body_of(answer), Not(HasSubstr("%PDF")));
}

TEST(Desk, RolesThatMayNotReadRecordsAreRefusedAndThatIsAudited) {
  clinic c;
  auto const id = submit_sample(c);
  c.sign_in("root", account_role::administrator);
  EXPECT_EQ(c.get("/desk").status, 403);
  EXPECT_EQ(c.get(pdf_path(id)).status, 403);
  EXPECT_EQ(audited(c, "refused", "refused"), "2");
}

TEST(Desk, SignOutEndsTheSessionAndNeedsItsToken) {
  clinic c;
  c.sign_in("front", account_role::front_desk);
  EXPECT_EQ(c.post_form("/desk/sign-out", {}).status, 403);
  EXPECT_EQ(c.post_form("/desk/sign-out", {{"csrf", "x"}}).status, 403);
  EXPECT_EQ(c.get("/desk").status, 200);
  EXPECT_EQ(c.post_form("/desk/sign-out", {{"csrf", c.csrf()}}).status, 303);
  EXPECT_EQ(c.get("/desk").status, 303);
}

TEST(Desk, AnIdleSessionEnds) {
  clinic c;
  c.sign_in("front", account_role::front_desk);
  c.now += std::chrono::minutes(14);
  EXPECT_EQ(c.get("/desk").status, 200);
  c.now += std::chrono::minutes(16);
  EXPECT_EQ(c.get("/desk").status, 303);
}

TEST(Desk, ARecordThatWasTamperedWithIsNeverShown) {
  struct damage {
    std::string_view name;
    std::string sql;
  };
  damage const cases[] = {
      {"a flipped bit", "UPDATE part SET sealed = set_byte(sealed, 40, get_byte(sealed, 40) # 1)"},
      {"rows swapped",
       "UPDATE part p SET sealed = q.sealed FROM part q WHERE p.name = q.name AND "
       "(p.submission_id, p.version) <> (q.submission_id, q.version)"},
      {"another data key",
       "UPDATE wrapped_key SET wrapped = set_byte(wrapped, 3, get_byte(wrapped, 3) # 1)"},
  };
  for (auto const& each : cases) {
    clinic c;
    auto const id = submit_sample(c);
    submit_sample(c);
    c.sign_in("front", account_role::front_desk);
    c.rows().sql(each.sql);
    auto const answer = c.get(pdf_path(id));
    EXPECT_EQ(answer.status, 500) << each.name;
    EXPECT_THAT(body_of(answer), HasSubstr("This submission can&#39;t be shown")) << each.name;
    EXPECT_EQ(audited(c, "pdf-downloaded", "failed"), "1") << each.name;
    EXPECT_THAT(body_of(c.get("/desk")), HasSubstr("be opened")) << each.name;
  }
}

TEST(Desk, WithOtherKeysRecordsStayShutAndTheListSaysWhy) {
  clinic c;
  auto const id = submit_sample(c);
  c.sign_in("front", account_role::front_desk);
  c.install_other_keys();
  EXPECT_EQ(c.get(pdf_path(id)).status, 500);
  EXPECT_THAT(body_of(c.get("/desk")), HasSubstr("Tell your administrator"));
}

TEST(Desk, AnUnknownSubmissionIsNotFound) {
  clinic c;
  c.sign_in("front", account_role::front_desk);
  EXPECT_EQ(c.get(pdf_path("0190163d-8694-739b-aea5-966c26f8ad91")).status, 404);
  EXPECT_EQ(c.get(pdf_path("nonsense")).status, 404);
}

}  // namespace
}  // namespace intake::tests

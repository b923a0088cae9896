// What is made of a packet for clients: patients, consents, extraction, copies; void and destroyed
// records.
#include "tests/journeys/fhir_client.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::tests {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

TEST(ReadApi, AVoidRecordLeavesSearchesAndSaysSoWhereItIsRead) {
  clinic c;
  auto const id = submit_sample(c);
  auto const who = reader(c, "ehr", every_scope());
  c.sign_in("maria", db::account_role::front_desk);
  auto const made = c.post_form("/desk/submissions/" + id + "/acts",
                                {{"csrf", c.csrf()}, {"act", "void"}, {"words", "a test"}});
  ASSERT_EQ(made.status, 303) << body_of(made);
  c.sign_out();
  EXPECT_TRUE(ids_in(c.get("/fhir/QuestionnaireResponse", who)).empty());
  EXPECT_TRUE(ids_in(c.get("/fhir/Patient?_id=" + id, who)).empty());
  auto known = who;
  known["if-none-match"] = "W/\"1\"";
  auto const read = c.get("/fhir/QuestionnaireResponse/" + id + ".peg", known);
  EXPECT_EQ(read.status, 200);
  EXPECT_THAT(body_of(read), HasSubstr("\"status\":\"entered-in-error\""));
  EXPECT_THAT(body_of(c.get("/fhir/DocumentReference/" + id + ".desk", who)),
              HasSubstr("\"status\":\"entered-in-error\""));
  EXPECT_EQ(c.get("/fhir/QuestionnaireResponse/" + id + "/$extract", who).status, 422);
}

TEST(ReadApi, WhatDoesNotOpenIsSaidAndWhatWasDestroyedIsGone) {
  clinic c;
  auto const id = submit_sample(c);
  auto const gone = submit_sample(c);
  auto const who = reader(c, "ehr", every_scope());
  c.rows().sql("ALTER TABLE wrapped_key DISABLE TRIGGER ALL");
  c.rows().sql("DELETE FROM wrapped_key WHERE submission_id = '" + gone + "'");
  EXPECT_EQ(c.get("/fhir/QuestionnaireResponse/" + gone + ".peg", who).status, 410);
  EXPECT_EQ(c.get("/fhir/Binary/" + gone + ".1.desk", who).status, 410);
  c.install_other_keys();
  EXPECT_EQ(c.get("/fhir/QuestionnaireResponse/" + id + ".peg", who).status, 500);
  auto const found = c.get("/fhir/QuestionnaireResponse", who);
  EXPECT_EQ(found.status, 200);
  EXPECT_TRUE(ids_in(found).empty());
  EXPECT_THAT(body_of(found),
              AllOf(HasSubstr("OperationOutcome"), HasSubstr(id), Not(HasSubstr(gone))));
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM audit_event WHERE action = 'responses-searched' "
                           "AND outcome = 'failed' AND subject = '" +
                           id + "'"),
            "1");
}

TEST(ReadApi, ExtractGivesPatientCoverageAndConsentAsATransaction) {
  clinic c;
  auto const id = submit_sample(c);
  auto const who = reader(c, "ehr", {"read:demographic", "read:coverage", "read:consent"});
  auto const whole = c.get("/fhir/QuestionnaireResponse/" + id + "/$extract", who);
  ASSERT_EQ(whole.status, 200) << body_of(whole);
  EXPECT_THAT(body_of(whole),
              AllOf(HasSubstr(R"("type":"transaction")"),
                    HasSubstr(R"("family":"O’Brien-Muñoz","given":["Nora","Mae"])"),
                    HasSubstr(R"("birthDate":"1951-03-08")"), HasSubstr(R"("gender":"female")"),
                    HasSubstr(R"({"system":"phone","value":"407-555-0142"})"),
                    HasSubstr(R"({"system":"email","value":"nora@example.com"})"),
                    HasSubstr(R"("state":"FL")"), HasSubstr(R"("name":{"text":"Tom O’Brien"})"),
                    HasSubstr(R"("request":{"method":"PUT","url":"Patient/)" + id + "\"}"),
                    HasSubstr(R"("reference":"Patient/)" + id + "\""),
                    HasSubstr(R"("subscriberId":"1EG4-TE5-MK73")"),
                    HasSubstr(id + ".consent.treatment"), HasSubstr(R"("status":"active")")));
  // One form alone gives what it tells.
  auto const registration =
      c.get("/fhir/QuestionnaireResponse/" + id + ".registration/$extract", who);
  EXPECT_THAT(ids_in(registration), ElementsAre(id));
  EXPECT_EQ(ids_in(c.get("/fhir/QuestionnaireResponse/" + id + ".coverage/$extract", who)).size(),
            2U);
  // Scopes cut it.
  auto const billing = reader(c, "biller", {"read:coverage"});
  EXPECT_EQ(ids_in(c.get("/fhir/QuestionnaireResponse/" + id + "/$extract", billing)).size(), 2U);
  EXPECT_EQ(c.get("/fhir/QuestionnaireResponse/" + id + ".registration/$extract", billing).status,
            404);
  EXPECT_EQ(c.get("/fhir/QuestionnaireResponse/" + id + "/$extract",
                  reader(c, "clinical", {"read:clinical"}))
                .status,
            403);
  EXPECT_EQ(body_of(c.get("/fhir/Patient/" + id, who)).substr(0, 40),
            R"({"resourceType":"Patient","id":")" + id.substr(0, 8));
}

TEST(ReadApi, ConsentsSayWhatWasSignedAndWhatWasNot) {
  clinic c;
  auto const id = submit_sample(c);
  auto const who = reader(c, "ehr", {"read:consent"});
  auto const found = c.get("/fhir/Consent?patient=" + id + "&_count=200", who);
  ASSERT_EQ(found.status, 200);
  auto const ids = ids_in(found);
  ASSERT_FALSE(ids.empty());
  for (auto const& each : ids) {
    auto const one = c.get("/fhir/Consent/" + each, who);
    EXPECT_EQ(one.status, 200) << each;
    EXPECT_THAT(body_of(found), HasSubstr(body_of(one)));
    EXPECT_THAT(body_of(one), AllOf(HasSubstr("policyRule"), HasSubstr("sourceReference")));
  }
}

TEST(ReadApi, CopiesAreThoseOfTheRolesWhoseAudiencesAClientHas) {
  clinic c;
  auto const id = submit_sample(c);
  struct copy_case {
    std::string name;
    std::vector<std::string> scopes;
    std::vector<std::string> copies;
  };
  copy_case const cases[] = {
      {"everything", every_scope(), {"clinical", "desk", "billing"}},
      {"no behaviour",
       {"read:demographic", "read:coverage", "read:clinical", "read:consent"},
       {"desk", "billing"}},
      {"money", {"read:demographic", "read:coverage", "read:consent"}, {"billing"}},
      {"coverage alone", {"read:coverage"}, {}},
  };
  for (auto const& each : cases) {
    auto const who = reader(c, each.name, each.scopes);
    auto const found = c.get("/fhir/DocumentReference?patient=Patient/" + id, who);
    std::vector<std::string> wanted;
    for (auto const& copy : each.copies) wanted.push_back(id + "." + copy);
    EXPECT_EQ(ids_in(found), wanted) << each.name;
    for (std::string const copy : {"clinical", "desk", "billing", "patient"}) {
      bool const may = std::ranges::count(each.copies, copy) > 0;
      auto const pdf = c.get("/fhir/Binary/" + id + ".1." + copy, who);
      EXPECT_EQ(pdf.status, may ? 200 : 403) << each.name << " " << copy;
      EXPECT_EQ(body_of(pdf).starts_with("%PDF-"), may);
    }
  }
}

TEST(ReadApi, ACopyLeavesAfterItsHashIsInTheTrail) {
  clinic c;
  auto const id = submit_sample(c);
  auto const who = reader(c, "ehr", every_scope());
  auto const document = c.get("/fhir/DocumentReference/" + id + ".desk", who);
  EXPECT_THAT(body_of(document), HasSubstr("/fhir/Binary/" + id + ".1.desk"));
  auto const pdf = c.get("/fhir/Binary/" + id + ".1.desk", who);
  ASSERT_EQ(pdf.status, 200);
  EXPECT_EQ(field_of(pdf, "content-type"), "application/pdf");
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM audit_event WHERE action = 'pdf-downloaded' AND "
                           "actor = 'ehr' AND content IS NOT NULL AND subject = '" +
                           id + "'"),
            "1");
  auto resource = who;
  resource["accept"] = "application/fhir+json";
  auto const json = c.get("/fhir/Binary/" + id + ".1.desk", resource);
  EXPECT_THAT(body_of(json), AllOf(HasSubstr(R"("resourceType":"Binary")"),
                                   HasSubstr(R"("contentType":"application/pdf")")));
  EXPECT_EQ(c.get("/fhir/Binary/" + id + ".2.desk", who).status, 404);
  EXPECT_EQ(c.get("/fhir/Binary/" + id + ".1.nothing", who).status, 404);
}

TEST(ReadApi, WithHeadNoCopyLeavesAndTheTrailSaysNone) {
  clinic c;
  auto const id = submit_sample(c);
  service::request asked;
  asked.method = service::http_method::head;
  asked.path = "/fhir/Binary/" + id + ".1.desk";
  asked.fields = {{"authorization", c.add_client("ehr", every_scope())}};
  asked.received = c.now;
  auto const head = service::dispatch(c.app(), asked);
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(field_of(head, "content-type"), "application/pdf");
  EXPECT_THAT(field_of(head, "content-disposition"), HasSubstr(".pdf"));
  // Its length is not known, so none may be said.
  EXPECT_TRUE(std::holds_alternative<service::body_generator>(head.body));
  EXPECT_EQ(c.rows().value("SELECT string_agg(action, ' ') FROM audit_event WHERE actor = 'ehr'"),
            "binary-opened");
  service::served_request served;
  served.method = "HEAD";
  served.path = asked.path;
  EXPECT_EQ(service::route_of(served), "/fhir/Binary/{id}");
  asked.path = "/fhir/Binary/" + id + ".1.patient";
  EXPECT_EQ(service::dispatch(c.app(), asked).status, 403);
}

TEST(ReadApi, WhatIsMadeOfAResponseIsFoundByIt) {
  clinic c;
  auto const id = submit_sample(c);
  auto const who = reader(c, "ehr", every_scope());
  auto const count = [&](std::string const& query) {
    auto const answer = c.get("/fhir/" + query, who);
    EXPECT_EQ(answer.status, 200) << query << body_of(answer);
    return ids_in(answer).size();
  };
  for (std::string const search : {"Consent?source-reference=", "DocumentReference?related="}) {
    auto const all = count(search + "QuestionnaireResponse/" + id);
    EXPECT_GT(all, 0U);
    EXPECT_EQ(count(search + "QuestionnaireResponse/" + id + ".consent"), all);
    EXPECT_EQ(count(search + "QuestionnaireResponse/" + id + ".nothing"), 0U);
    EXPECT_EQ(count(search + "Patient/" + id), 0U);
  }
  EXPECT_EQ(count("Consent?source-reference=" + id + ".peg"), 0U);
}

TEST(ReadApi, AnAttachedFileIsReadWhereItsQuestionIs) {
  clinic c;
  auto const id = submit_sample(c);
  auto const address = "/fhir/Binary/" + id + ".1.file-1";
  auto const billing = reader(c, "biller", {"read:coverage"});
  EXPECT_THAT(body_of(c.get("/fhir/QuestionnaireResponse/" + id + ".coverage", billing)),
              HasSubstr(address));
  auto const file = c.get(address, billing);
  ASSERT_EQ(file.status, 200);
  EXPECT_EQ(field_of(file, "content-type"), "image/jpeg");
  EXPECT_TRUE(body_of(file).starts_with("\xff\xd8"));
  EXPECT_EQ(c.get(address, reader(c, "clinical", {"read:clinical"})).status, 403);
  EXPECT_EQ(c.get("/fhir/Binary/" + id + ".1.file-99", billing).status, 404);
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM audit_event WHERE action = "
                           "'attachment-downloaded' AND outcome = 'done' AND content IS NOT NULL"),
            "1");
}

TEST(ReadApi, TheCapabilityStatementNamesAllOfIt) {
  clinic c;
  auto const said = body_of(c.get("/fhir/metadata"));
  for (std::string const type :
       {"QuestionnaireResponse", "Patient", "Coverage", "Consent", "DocumentReference", "Binary"}) {
    EXPECT_THAT(said, HasSubstr("\"type\":\"" + type + "\""));
  }
  EXPECT_THAT(said, AllOf(HasSubstr("QuestionnaireResponse-extract"), HasSubstr("\"vread\""),
                          HasSubstr("\"name\":\"authored\"")));
}

}  // namespace
}  // namespace intake::tests

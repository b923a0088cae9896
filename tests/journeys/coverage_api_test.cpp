// What a packet tells about insurance, as FHIR Coverage for a client that may read it.
#include "tests/journeys/clinic.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::tests {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

/// Submits the sample packet; gives its id.
std::string submit(clinic& c) {
  auto const location = field_of(c.post_fhir(sample_packet()), "location");
  auto const begin = location.find("/QuestionnaireResponse/") + 23;
  return location.substr(begin, 36);
}

TEST(CoverageApi, IsReadWithTheScopeAndRecordedFirst) {
  clinic c;
  auto const id = submit(c);
  std::map<std::string, std::string> const reader{
      {"authorization", c.add_client("biller", {"read:coverage"})}};
  auto const found = c.get("/fhir/Coverage?response=QuestionnaireResponse/" + id, reader);
  ASSERT_EQ(found.status, 200) << body_of(found);
  EXPECT_THAT(
      body_of(found),
      AllOf(HasSubstr(R"("total":2)"), HasSubstr(R"("resourceType":"Coverage")"),
            HasSubstr(R"("status":"active")"), HasSubstr(R"("subscriberId":"1EG4-TE5-MK73")"),
            HasSubstr(R"("beneficiary":{"display":")"),
            HasSubstr(R"("payor":[{"display":"Original Medicare"}])"), HasSubstr(R"("order":1)"),
            HasSubstr(R"("order":2)")));
  auto const one = c.get("/fhir/Coverage/" + id + "-1", reader);
  ASSERT_EQ(one.status, 200);
  EXPECT_THAT(body_of(found), HasSubstr(body_of(one)));
  EXPECT_THAT(body_of(c.get("/fhir/Coverage?_id=" + id + "-1", reader)), HasSubstr(R"("total":1)"));
  EXPECT_THAT(body_of(c.get("/fhir/Coverage?_id=" + id + "-3", reader)), HasSubstr(R"("total":0)"));
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM audit_event WHERE action = 'coverage-read' AND "
                           "who = 'client' AND actor = 'biller' AND outcome = 'done' AND "
                           "subject = '" +
                           id + "'"),
            "4");
  EXPECT_THAT(body_of(c.get("/fhir/metadata")), HasSubstr(R"("type":"Coverage")"));
}

TEST(CoverageApi, IsFoundByWhatIsItsOwnAlone) {
  clinic c;
  auto const id = submit(c);
  std::map<std::string, std::string> const reader{
      {"authorization", c.add_client("biller", {"read:coverage"})}};
  auto const home = c.settings().public_url() + "/fhir/";
  struct search_case {
    std::string query;
    std::string total;
  };
  search_case const cases[] = {
      {"_id=" + id + "-1," + id + "-2", "2"},
      {"_id=" + id + "-2,nonsense", "1"},
      {"_id=" + id, "0"},
      {"response=QuestionnaireResponse/" + id + ".coverage", "2"},
      {"response=QuestionnaireResponse/" + id + ".peg", "0"},
      {"response=" + home + "QuestionnaireResponse/" + id, "2"},
      {"response=Patient/" + id, "0"},
      {"patient=Patient/" + id, "2"},
      {"beneficiary=" + home + "Patient/" + id + ",Patient/" + id, "2"},
      {"patient=Patient/" + id + "GARBAGE", "0"},
      {"patient=Organization/" + id, "0"},
      {"patient=https://elsewhere.example/fhir/Patient/" + id, "0"},
      {"_count=0&patient=" + id, "2"},
  };
  for (auto const& each : cases) {
    EXPECT_THAT(body_of(c.get("/fhir/Coverage?" + each.query, reader)),
                HasSubstr("\"total\":" + each.total))
        << each.query;
  }
  EXPECT_EQ(c.get("/fhir/Coverage?_id=,", reader).status, 400);
}

TEST(CoverageApi, RefusesWhoMayNotAndWhatIsNotThere) {
  clinic c;
  auto const id = submit(c);
  std::map<std::string, std::string> const sender{
      {"authorization", c.add_client("sender", {"submit"})}};
  std::map<std::string, std::string> const reader{
      {"authorization", c.add_client("biller", {"read:coverage"})}};
  EXPECT_EQ(c.get("/fhir/Coverage/" + id + "-1").status, 401);
  EXPECT_EQ(c.get("/fhir/Coverage?response=" + id).status, 401);
  EXPECT_EQ(c.get("/fhir/Coverage/" + id + "-1", sender).status, 403);
  EXPECT_EQ(c.get("/fhir/Coverage/" + id + "-9", reader).status, 404);
  EXPECT_EQ(c.get("/fhir/Coverage/nonsense", reader).status, 404);
  EXPECT_EQ(c.get("/fhir/Coverage", reader).status, 400);
  EXPECT_EQ(c.get("/fhir/Coverage?subscriber=x", reader).status, 400);
  EXPECT_EQ(c.get("/fhir/Coverage?_count=x&response=" + id, reader).status, 400);
  EXPECT_THAT(
      body_of(c.get("/fhir/Coverage?response=0b0e5d3c-7f0a-4d6e-9d4f-2f6f3c1a9b77", reader)),
      HasSubstr(R"("total":0)"));
  c.install_other_keys();
  auto const shut = c.get("/fhir/Coverage/" + id + "-1", reader);
  EXPECT_EQ(shut.status, 500);
  EXPECT_THAT(body_of(shut), Not(HasSubstr("subscriberId")));
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM audit_event WHERE action = 'coverage-read' AND "
                           "outcome = 'failed'"),
            "1");
}

}  // namespace
}  // namespace intake::tests

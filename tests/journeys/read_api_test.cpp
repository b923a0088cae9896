// What packets hold, as FHIR for clients: which answers which scopes see, by pages, in the trail
// before it leaves.
#include "tests/journeys/fhir_client.hpp"

#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::tests {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TEST(ReadApi, AClientSeesTheAnswersOfItsScopesAndNoOthers) {
  clinic c;
  auto const id = submit_sample(c);
  for (auto const& mine : scope_answers()) {
    auto const who = reader(c, "only " + mine.scope.substr(5), {mine.scope});
    auto const found = c.get("/fhir/QuestionnaireResponse?identifier=urn:uuid:" + id, who);
    ASSERT_EQ(found.status, 200) << body_of(found);
    for (auto const& each : scope_answers()) {
      bool const may = each.scope == mine.scope;
      EXPECT_EQ(body_of(found).find(each.answer) != std::string::npos, may)
          << mine.scope << " reads " << each.scope;
    }
    // What the search shows is what reading shows.
    for (auto const& one : ids_in(found)) {
      auto const read = c.get("/fhir/QuestionnaireResponse/" + one, who);
      ASSERT_EQ(read.status, 200) << one;
      EXPECT_THAT(body_of(found), HasSubstr(body_of(read)));
    }
  }
  auto const all = c.get("/fhir/QuestionnaireResponse", reader(c, "all", every_scope()));
  for (auto const& each : scope_answers()) EXPECT_THAT(body_of(all), HasSubstr(each.answer));
  EXPECT_THAT(body_of(all), Not(HasSubstr("SUBSETTED")));
}

TEST(ReadApi, AResponseIsReadByIdWithItsVersionAndRecordedFirst) {
  clinic c;
  auto const id = submit_sample(c);
  auto const who = reader(c, "ehr", every_scope());
  auto const one = c.get("/fhir/QuestionnaireResponse/" + id + ".registration", who);
  ASSERT_EQ(one.status, 200) << body_of(one);
  EXPECT_EQ(field_of(one, "etag"), "W/\"1\"");
  EXPECT_FALSE(field_of(one, "last-modified").empty());
  EXPECT_THAT(body_of(one), AllOf(HasSubstr("\"id\":\"" + id + ".registration\""),
                                  HasSubstr("\"versionId\":\"1\""),
                                  HasSubstr("\"subject\":{\"reference\":\"Patient/" + id + "\"}"),
                                  HasSubstr("Questionnaire/registration|1.0.0"),
                                  HasSubstr("\"value\":\"urn:uuid:" + id + "\"")));
  auto known = who;
  known["if-none-match"] = "W/\"1\"";
  EXPECT_EQ(c.get("/fhir/QuestionnaireResponse/" + id + ".registration", known).status, 304);
  auto const version = "/fhir/QuestionnaireResponse/" + id + ".registration/_history/";
  EXPECT_EQ(body_of(c.get(version + "1", who)), body_of(one));
  EXPECT_EQ(c.get(version + "2", who).status, 404);
  EXPECT_EQ(c.get(version + "x", who).status, 404);
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM audit_event WHERE action = 'response-read' AND "
                           "who = 'client' AND actor = 'ehr' AND version = 1 AND subject = '" +
                           id + "'"),
            "3");
}

TEST(ReadApi, TheLocationOfWhatWasSentLeadsToIt) {
  clinic c;
  auto const location = field_of(c.post_fhir(sample_packet()), "location");
  auto const read =
      c.get(location.substr(location.find("/fhir/")), reader(c, "ehr", {"read:demographic"}));
  EXPECT_EQ(read.status, 200) << location;
  EXPECT_THAT(body_of(read), HasSubstr("Brien-Mu"));
}

TEST(ReadApi, WhoMayNotHearsSoAndWhatIsNotThereIsNotFound) {
  clinic c;
  auto const id = submit_sample(c);
  auto const sender = reader(c, "sender", {"submit"});
  auto const billing = reader(c, "biller", {"read:coverage"});
  for (std::string const type :
       {"QuestionnaireResponse", "Patient", "Consent", "DocumentReference"}) {
    EXPECT_EQ(c.get("/fhir/" + type).status, 401) << type;
    EXPECT_EQ(c.get("/fhir/" + type + "/" + id + ".peg").status, 401) << type;
    EXPECT_EQ(c.get("/fhir/" + type, sender).status, 403) << type;
    EXPECT_EQ(c.get("/fhir/" + type + "/" + id + ".peg", sender).status, 403) << type;
    EXPECT_EQ(post_search(c, type, "", sender).status, 403) << type;
  }
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM audit_event WHERE action = 'refused' AND actor = "
                           "'sender'"),
            "12");
  // Another audience's form looks as if it were not there.
  EXPECT_EQ(c.get("/fhir/QuestionnaireResponse/" + id + ".phq", billing).status, 404);
  EXPECT_EQ(c.get("/fhir/Patient/" + id, billing).status, 403);
  auto const all = reader(c, "all", every_scope());
  std::vector<std::string> const paths{"0198c5d0-0000-7000-8000-000000000001.peg",
                                       "nonsense",
                                       "..",
                                       "%00",
                                       id + ".",
                                       id + ".nothing",
                                       id + "-1",
                                       id + ".registration.x"};
  for (auto const& path : paths) {
    EXPECT_EQ(c.get("/fhir/QuestionnaireResponse/" + path, all).status, 404) << path;
  }
  EXPECT_THAT(body_of(c.get("/fhir/QuestionnaireResponse/" + id, all)), HasSubstr("identifier="));
}

TEST(ReadApi, SearchesByWhatItSays) {
  clinic c;
  auto const first = submit_sample(c);
  auto const receipt = c.rows().value("SELECT receipt FROM submission WHERE id = '" + first + "'");
  c.now += std::chrono::hours(48);
  auto const second = submit_sample(c);
  auto const who = reader(c, "ehr", every_scope());
  auto const count = [&](std::string const& query) {
    auto const answer = c.get("/fhir/QuestionnaireResponse?_count=200&" + query, who);
    EXPECT_EQ(answer.status, 200) << query << body_of(answer);
    return ids_in(answer).size();
  };
  auto const all = count("");
  auto const each = count("identifier=" + receipt);
  ASSERT_GT(each, 5U);
  EXPECT_EQ(all, 2 * each);
  EXPECT_EQ(count("identifier=urn:ietf:rfc:3986%7Curn:uuid:" + second), each);
  EXPECT_EQ(count("identifier=" + receipt + ",urn:uuid:" + second), all);
  EXPECT_EQ(count("identifier=7KD2M9QX3C"), 0U);
  EXPECT_EQ(count("patient=Patient/" + first), each);
  EXPECT_EQ(count("subject=" + second), each);
  EXPECT_EQ(count("patient=" + first + "&identifier=urn:uuid:" + second), 0U);
  EXPECT_EQ(count("_id=" + first + ".registration," + second + ".coverage"), 2U);
  EXPECT_EQ(count("_id=nonsense"), 0U);
  EXPECT_EQ(count("questionnaire=https://intake.example/fhir/Questionnaire/coverage"), 2U);
  EXPECT_EQ(count("questionnaire=https://intake.example/fhir/Questionnaire/coverage%7C1.0.0"), 2U);
  EXPECT_EQ(count("questionnaire=https://intake.example/fhir/Questionnaire/coverage%7C9"), 0U);
  // Repeated is AND, and what is somebody else's is nobody's here.
  std::string const canonical = "questionnaire=https://intake.example/fhir/Questionnaire/";
  EXPECT_EQ(count(canonical + "coverage&" + canonical + "registration"), 0U);
  EXPECT_EQ(count(canonical + "coverage&" + canonical + "coverage%7C1.0.0"), 2U);
  EXPECT_EQ(count(canonical + "coverage," + canonical.substr(14) + "registration"), 4U);
  EXPECT_EQ(count("_id=" + first + ".coverage&_id=" + first + ".x"), 0U);
  EXPECT_EQ(count("_id=" + first + ".coverage&_id=" + first + ".x," + first + ".coverage"), 1U);
  auto const home = c.settings().public_url() + "/fhir/";
  EXPECT_EQ(count("patient=" + home + "Patient/" + first), each);
  for (auto const& stranger :
       {"Patient/" + first + "GARBAGE", "Patient/" + first + ".coverage", "Organization/" + first,
        "https://elsewhere.example/fhir/Patient/" + first, "fhir/Patient/" + first,
        home + "Organization/" + first, home + first + "/Patient"}) {
    EXPECT_EQ(count("patient=" + stranger), 0U) << stranger;
    EXPECT_EQ(count("subject=" + stranger + ",Patient/" + second), each) << stranger;
  }
  EXPECT_EQ(count("identifier=http://other.example%7C" + first), 0U);
  EXPECT_EQ(count("identifier=http://other.example%7Curn:uuid:" + first), 0U);
  EXPECT_EQ(count("identifier=http://other.example%7C" + receipt), 0U);
  EXPECT_EQ(count("identifier=%7Curn:uuid:" + first), 0U);
  auto const day = c.rows().value(
      "SELECT to_char(received AT TIME ZONE 'America/New_York', 'YYYY-MM-DD') FROM submission "
      "WHERE id = '" +
      second + "'");
  EXPECT_EQ(count("_lastUpdated=" + day), each);
  EXPECT_EQ(count("_lastUpdated=ge" + day), each);
  EXPECT_EQ(count("_lastUpdated=lt" + day), each);
  EXPECT_EQ(count("_lastUpdated=gt" + day), 0U);
  EXPECT_EQ(count("_lastUpdated=ge2000&_lastUpdated=lt" + day), each);
  // The sample says when it was filled in.
  EXPECT_EQ(count("authored=2026-11-20"), all);
  EXPECT_EQ(count("authored=ge2026-11-20T09:41:00-05:00&authored=lt2026-11-21"), all);
  EXPECT_EQ(count("authored=lt2026-11-20"), 0U);
}

TEST(ReadApi, CountsWithoutShowingAnybody) {
  clinic c;
  auto const first = submit_sample(c);
  submit_sample(c);
  auto const who = reader(c, "ehr", every_scope());
  for (auto const& [query, total] : {std::pair{std::string("_count=0"), 2},
                                     std::pair{"_count=0&identifier=urn:uuid:" + first, 1},
                                     std::pair{std::string("_count=0&identifier=7KD2M9QX3C"), 0}}) {
    auto const answer = c.get("/fhir/Patient?" + query, who);
    EXPECT_EQ(answer.status, 200) << query;
    EXPECT_THAT(body_of(answer), HasSubstr("\"total\":" + std::to_string(total))) << query;
    EXPECT_THAT(body_of(answer), AllOf(Not(HasSubstr("\"entry\"")), Not(HasSubstr("next"))));
  }
}

TEST(ReadApi, FormatsThatAreNotThereAreRefused) {
  clinic c;
  auto const id = submit_sample(c);
  auto const who = reader(c, "ehr", every_scope());
  auto const asked = [&](std::string const& path, std::string const& accept) {
    auto fields = who;
    if (!accept.empty()) fields["accept"] = accept;
    return c.get(path, fields);
  };
  for (auto const* accept : {"application/fhir+xml", "text/xml, application/xml;q=0.9",
                             "text/turtle", "application/json;q=0, application/fhir+xml"}) {
    auto const answer = asked("/fhir/Patient/" + id, accept);
    EXPECT_EQ(answer.status, 406) << accept;
    EXPECT_THAT(body_of(answer), HasSubstr("OperationOutcome"));
  }
  EXPECT_EQ(asked("/fhir/Patient?_format=xml", "").status, 406);
  EXPECT_EQ(asked("/fhir/metadata?_format=application/fhir%2Bxml", "application/json").status, 406);
  EXPECT_EQ(asked("/fhir/Binary/" + id + ".1.desk", "application/fhir+xml").status, 406);
  for (auto const* accept :
       {"", "*/*", "application/json", "application/fhir+json; fhirVersion=4.0", "application/*",
        "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"}) {
    EXPECT_EQ(asked("/fhir/Patient/" + id, accept).status, 200) << accept;
  }
  EXPECT_EQ(asked("/fhir/Patient?_format=application/fhir+json", "text/xml").status, 200);
  EXPECT_EQ(asked("/fhir/Questionnaire?_format=json", "").status, 200);
  EXPECT_EQ(asked("/fhir/Binary/" + id + ".1.desk", "application/pdf").status, 200);
  auto const before = c.rows().value("SELECT count(*) FROM submission");
  EXPECT_EQ(c.post_fhir(sample_packet(), {{"accept", "application/fhir+xml"}}).status, 406);
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM submission"), before);
}

TEST(ReadApi, PagesLeadThroughEverythingOnceInOrder) {
  clinic c;
  std::vector<std::string> submissions;
  for (int at = 0; at < 5; ++at) submissions.push_back(submit_sample(c));
  auto const who = reader(c, "ehr", every_scope());
  auto const whole =
      ids_in(c.get("/fhir/QuestionnaireResponse?_count=200&_sort=_lastUpdated", who));
  ASSERT_EQ(whole.front().substr(0, 36), submissions.front());
  for (std::string const order : {"_lastUpdated", "-_lastUpdated"}) {
    for (std::size_t const size : {1U, 3U, 7U, 100U}) {
      std::vector<std::string> walked;
      auto url = "/fhir/QuestionnaireResponse?_sort=" + order + "&_count=" + std::to_string(size);
      for (int pages = 0; !url.empty() && pages < 200; ++pages) {
        auto const page = c.get(url, who);
        ASSERT_EQ(page.status, 200);
        auto const ids = ids_in(page);
        EXPECT_LE(ids.size(), size);
        walked.insert(walked.end(), ids.begin(), ids.end());
        url = link_in(page, "next");
      }
      EXPECT_EQ(std::set(walked.begin(), walked.end()).size(), walked.size()) << order << size;
      EXPECT_EQ(walked.size(), whole.size()) << order << size;
      auto const& first = order == "_lastUpdated" ? submissions.front() : submissions.back();
      EXPECT_EQ(walked.front().substr(0, 36), first);
    }
  }
  // What came meanwhile does not move what is still to come.
  auto const page = c.get("/fhir/QuestionnaireResponse?_count=3", who);
  submit_sample(c);
  auto const next = ids_in(c.get(link_in(page, "next"), who));
  for (auto const& each : ids_in(page)) EXPECT_EQ(std::ranges::count(next, each), 0);
}

TEST(ReadApi, ASearchIsInTheTrailWithWhomItShowed) {
  clinic c;
  auto const first = submit_sample(c);
  auto const second = submit_sample(c);
  auto const who = reader(c, "ehr", {"read:demographic"});
  c.get(
      "/fhir/QuestionnaireResponse?questionnaire=https://intake.example/fhir/Questionnaire/"
      "registration",
      who);
  EXPECT_EQ(c.rows().value("SELECT shown FROM audit_event WHERE action = 'responses-searched'"),
            "{" + second + "," + first + "}");
  c.get("/fhir/Patient?_id=" + first, who);
  EXPECT_EQ(c.rows().value("SELECT shown FROM audit_event WHERE action = 'patients-searched'"),
            "{" + first + "}");
}

TEST(ReadApi, SearchByPostIsTheSameAndNothingStandsInTheAddress) {
  clinic c;
  auto const id = submit_sample(c);
  auto const who = reader(c, "ehr", every_scope());
  auto const by_get = c.get("/fhir/QuestionnaireResponse?identifier=urn:uuid:" + id, who);
  auto const by_post =
      post_search(c, "QuestionnaireResponse", "identifier=urn%3Auuid%3A" + id, who);
  EXPECT_EQ(by_post.status, 200);
  EXPECT_EQ(ids_in(by_get), ids_in(by_post));
  EXPECT_EQ(ids_in(post_search(c, "Coverage", "response=" + id, who)).size(), 2U);
  auto wrong = who;
  wrong["content-type"] = "application/json";
  service::request asked;
  asked.method = service::http_method::post;
  asked.path = "/fhir/QuestionnaireResponse/_search";
  asked.fields = {{"content-type", "application/json"}, {"authorization", who.at("authorization")}};
  asked.body = "{}";
  EXPECT_EQ(service::dispatch(c.app(), asked).status, 415);
}

struct hostile_case {
  std::string name;
  std::string query;
  int strict;
  int lenient;
};

class ReadApiHostile : public testing::TestWithParam<hostile_case> {};

TEST_P(ReadApiHostile, IsAnsweredByAnOperationOutcome) {
  static clinic home;
  static std::string const id = submit_sample(home);
  static header_fields const who = reader(home, "ehr", every_scope());
  auto const& given = GetParam();
  auto const strict = home.get("/fhir/QuestionnaireResponse?" + given.query, who);
  EXPECT_EQ(strict.status, given.strict) << body_of(strict) << home.logged();
  if (given.strict != 200) {
    EXPECT_THAT(body_of(strict), HasSubstr("OperationOutcome"));
  }
  auto lenient = who;
  lenient["prefer"] = "handling=lenient";
  auto const bent = home.get("/fhir/QuestionnaireResponse?" + given.query, lenient);
  EXPECT_EQ(bent.status, given.lenient) << body_of(bent);
  if (given.strict != given.lenient) {
    EXPECT_THAT(body_of(bent), AllOf(HasSubstr("\"mode\":\"outcome\""), HasSubstr("was ignored")));
  }
}

INSTANTIATE_TEST_SUITE_P(
    cases, ReadApiHostile,
    testing::Values(hostile_case{"unknown_parameter", "name=Nora", 400, 200},
                    hostile_case{"modifier", "identifier:not=1", 400, 200},
                    hostile_case{"chain", "patient.name=x", 400, 200},
                    hostile_case{"offset", "_offset=1", 400, 200},
                    hostile_case{"include", "_include=*", 400, 200},
                    hostile_case{"markup", "%3Cscript%3E=1", 400, 200},
                    hostile_case{"count_text", "_count=many", 400, 400},
                    hostile_case{"count_negative", "_count=-1", 400, 400},
                    hostile_case{"count_none", "_count=0", 200, 200},
                    hostile_case{"system_alone", "identifier=urn:ietf:rfc:3986%7C", 400, 400},
                    hostile_case{"count_huge", "_count=4000000000", 200, 200},
                    hostile_case{"no_date", "_lastUpdated=yesterday", 400, 400},
                    hostile_case{"no_such_day", "_lastUpdated=2026-02-30", 400, 400},
                    hostile_case{"prefix_ne", "authored=ne2026-11-20", 400, 400},
                    hostile_case{"first_year", "_lastUpdated=ge0001", 200, 200},
                    hostile_case{"last_year", "_lastUpdated=le9999-12-31", 200, 200},
                    hostile_case{"empty_value", "_id=", 400, 400},
                    hostile_case{"commas", "_id=,,,", 400, 400},
                    hostile_case{"sort", "_sort=authored", 400, 400},
                    hostile_case{"cursor", "_cursor=AAAA", 400, 400},
                    hostile_case{"cursor_bits", "_cursor=%FF", 400, 400},
                    hostile_case{"bad_escape", "_id=%zz", 400, 400},
                    hostile_case{"sql", "identifier=%27%3B%20DROP%20TABLE%20part%3B--", 200, 200},
                    hostile_case{"array", "questionnaire=%7B%22a%22%2CNULL%7D", 200, 200},
                    hostile_case{"nul", "_id=%00", 400, 400}),
    [](auto const& shown) { return shown.param.name; });

}  // namespace
}  // namespace intake::tests

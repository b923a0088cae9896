#include "tests/journeys/clinic.hpp"

#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::tests {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::string page(clinic& c, std::string const& query = {}) {
  auto const answer = c.get("/insurance" + query);
  EXPECT_EQ(answer.status, 200);
  return body_of(answer);
}

TEST(InsurancePage, SaysWhatIsAcceptedWithoutAnAccountOrScript) {
  clinic c;
  auto const html = page(c);
  EXPECT_THAT(html, HasSubstr("Example Blue: Example Blue Select PPO"));
  EXPECT_THAT(html, HasSubstr("This is not a promise that a service is covered"));
  EXPECT_THAT(html, HasSubstr(">Accepted, with conditions<"));
  EXPECT_THAT(html, Not(HasSubstr("Example Blue Local HMO")));
  EXPECT_THAT(html, Not(HasSubstr("<script>"))) << "nothing inline";
  EXPECT_THAT(body_of(c.get("/")), HasSubstr("href=\"/insurance?lang=en\""));
}

struct search_case {
  char const* name;
  char const* query;
  char const* found;
  char const* not_found;
};

class InsuranceSearch : public testing::TestWithParam<search_case> {};

TEST_P(InsuranceSearch, Finds) {
  static clinic c;
  auto const html = page(c, GetParam().query);
  EXPECT_THAT(html, HasSubstr(GetParam().found));
  EXPECT_THAT(html.substr(0, html.find("id=\"check\"")), Not(HasSubstr(GetParam().not_found)));
}

INSTANTIATE_TEST_SUITE_P(
    words, InsuranceSearch,
    testing::Values(
        search_case{"by_plan", "?q=local+hmo", "Example Blue Local HMO", "Select PPO"},
        search_case{"by_alias_of_the_payer", "?q=medigap", "Example Supplement", "Example Blue:"},
        search_case{"by_alias_of_the_plan", "?q=Gulf+Dual", "Example Gulf Dual Care", "Select PPO"},
        search_case{"without_accents_and_case", "?q=%C3%89XAMPLE+mutual", "Example Mutual",
                    "Example Blue:"},
        search_case{"a_refusal_offers_a_way_on", "?q=local+hmo", "You can still come", "Select"},
        search_case{"in_spanish", "?q=local+hmo&lang=es", "Usted puede venir igualmente",
                    "You can"},
        search_case{"in_haitian_creole", "?q=local+hmo&lang=ht", "Ou ka vini kanmenm", "You can"},
        search_case{"nothing", "?q=no+such+plan", "does not mean that we do not take it",
                    "Example Blue:"},
        search_case{"markup", "?q=%3Cscript%3Ealert(1)%3C/script%3E",
                    "&lt;script&gt;alert(1)&lt;/script&gt;", "<script>"},
        search_case{"spaces_are_no_search", "?q=+", "Example Blue Select PPO", "Local HMO"},
        search_case{"bad_escape", "?q=%zz", "Example Blue Select PPO", "Local HMO"}),
    [](auto const& shown) { return std::string(shown.param.name); });

TEST(InsurancePage, ChecksAPlanAndKeepsNothing) {
  clinic c;
  auto const answer = c.post_form("/insurance", {{"payer", "example_blue"},
                                                 {"plan_name", "blue care"},
                                                 {"referral", "no"},
                                                 {"accident_kind", "none"}});
  EXPECT_EQ(answer.status, 200);
  auto const html = body_of(answer);
  EXPECT_THAT(html, HasSubstr("HMO plans need a referral from your primary doctor"));
  EXPECT_THAT(html, HasSubstr("This is not a promise"));
  EXPECT_THAT(html, HasSubstr("What we will need"));
  EXPECT_THAT(html, HasSubstr("value=\"blue care\""));
  EXPECT_THAT(
      html, HasSubstr("id=\"referral-no\" name=\"referral\" type=\"radio\" value=\"no\" checked"));
  for (auto const* table : {"submission", "part", "search_token", "outbox", "audit_event"}) {
    EXPECT_EQ(c.rows().value(std::string("SELECT count(*) FROM ") + table), "0") << table;
  }
}

struct check_case {
  char const* name;
  std::vector<std::pair<std::string, std::string>> fields;
  char const* outcome;
};

std::string attribute_of_json(std::string const& json, std::string const& name) {
  auto const at = json.find("\"" + name + "\":");
  auto const begin = at + name.size() + 3;
  return at == json.npos ? "" : json.substr(begin, json.find_first_of(",}", begin) - begin);
}

std::vector<std::string> ids_in(std::string const& bundle) {
  std::vector<std::string> ids;
  std::string const before = R"("resourceType":"InsurancePlan","id":")";
  for (auto at = bundle.find(before); at != bundle.npos; at = bundle.find(before, at + 1)) {
    auto const begin = at + before.size();
    ids.push_back(bundle.substr(begin, bundle.find('"', begin) - begin));
  }
  return ids;
}

/// Path and query of the link "next"; empty on the last page.
std::string next_link(std::string const& bundle) {
  std::string const before = R"("relation":"next","url":")";
  auto const at = bundle.find(before);
  if (at == bundle.npos) return {};
  auto const path = bundle.find("/fhir/", at);
  return bundle.substr(path, bundle.find('"', path) - path);
}

class InsuranceCheck : public testing::TestWithParam<check_case> {};

TEST_P(InsuranceCheck, SaysTheOutcomeInWords) {
  static clinic c;
  auto const answer = c.post_form("/insurance", GetParam().fields);
  EXPECT_EQ(answer.status, 200);
  EXPECT_THAT(body_of(answer), HasSubstr(std::string("intake-answer\">") + GetParam().outcome));
}

INSTANTIATE_TEST_SUITE_P(
    plans, InsuranceCheck,
    testing::Values(
        check_case{"a_part_of_its_name_is_not_the_plan",
                   {{"payer", "example_blue"}, {"plan_name", "Select"}, {"accident_kind", "none"}},
                   "Our staff will check"},
        check_case{"accepted",
                   {{"payer", "example_blue"},
                    {"plan_name", "Example Blue Select PPO"},
                    {"accident_kind", "none"}},
                   "Accepted"},
        check_case{"not_accepted",
                   {{"payer", "example_blue"}, {"plan_name", "Blue Local HMO"}},
                   "Not accepted at the moment"},
        check_case{"nothing_said", {}, "Our staff will check"},
        check_case{"nonsense",
                   {{"payer", "x"}, {"accident_kind", "meteor"}, {"outcome", "accept"}},
                   "Our staff will check"},
        check_case{"work",
                   {{"payer", "example_blue"}, {"accident_kind", "work"}},
                   "Our staff will check"}),
    [](auto const& shown) { return std::string(shown.param.name); });

TEST(InsurancePlan, IsSearchedAndRead) {
  clinic c;
  auto const found = c.get("/fhir/InsurancePlan?name=blue+local");
  EXPECT_EQ(found.status, 200);
  EXPECT_THAT(body_of(found), AllOf(HasSubstr(R"("total":1)"), HasSubstr(R"("id":"contract.K102")"),
                                    HasSubstr(R"("valueCode":"not_accepted")"),
                                    HasSubstr(R"("period":{"start":"2025-01-01"})"),
                                    HasSubstr(R"("ownedBy":{"display":"Example Blue"})")));
  EXPECT_THAT(body_of(c.get("/fhir/InsurancePlan?name=local")), HasSubstr(R"("total":0)"));
  EXPECT_THAT(body_of(c.get("/fhir/InsurancePlan?name:contains=LOCAL")), HasSubstr(R"("total":1)"));
  EXPECT_THAT(body_of(c.get("/fhir/InsurancePlan?status=retired")), HasSubstr(R"("total":0)"));
  EXPECT_EQ(c.get("/fhir/InsurancePlan?owned-by=x").status, 400);
  EXPECT_THAT(body_of(c.get("/fhir/InsurancePlan/payer.va-community-care")),
              HasSubstr(R"("alias":["VA",)"));
  EXPECT_EQ(c.get("/fhir/InsurancePlan/none").status, 404);
  EXPECT_THAT(body_of(c.get("/fhir/InsurancePlan?_id=contract.K102")),
              AllOf(HasSubstr(R"("total":1)"), HasSubstr(R"("id":"contract.K102")")));
  EXPECT_THAT(body_of(c.get("/fhir/InsurancePlan?_id=none")), HasSubstr(R"("total":0)"));
  EXPECT_THAT(body_of(c.get("/fhir/metadata")), HasSubstr(R"("type":"InsurancePlan")"));
}

TEST(InsurancePlan, IsReadPageByPage) {
  clinic c;
  std::string const all = body_of(c.get("/fhir/InsurancePlan"));
  auto const total = attribute_of_json(all, "total");
  std::set<std::string> seen;
  std::string next = "/fhir/InsurancePlan?_count=3&status=active";
  int pages = 0;
  while (!next.empty() && pages < 100) {
    auto const answer = c.get(next);
    ASSERT_EQ(answer.status, 200);
    auto const page = ids_in(body_of(answer));
    EXPECT_LE(page.size(), 3U);
    for (auto const& id : page) EXPECT_TRUE(seen.insert(id).second) << id;
    EXPECT_EQ(attribute_of_json(body_of(answer), "total"), total);
    next = next_link(body_of(answer));
    ++pages;
  }
  EXPECT_EQ(std::to_string(seen.size()), total);
  EXPECT_GT(pages, 2);
  EXPECT_THAT(ids_in(body_of(c.get("/fhir/InsurancePlan?_count=0"))), IsEmpty());
  EXPECT_EQ(c.get("/fhir/InsurancePlan?_count=many").status, 400);
  EXPECT_EQ(c.get("/fhir/InsurancePlan?_offset=-1").status, 400);
}

}  // namespace
}  // namespace intake::tests

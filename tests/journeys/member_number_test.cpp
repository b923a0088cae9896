// Numbers that nobody may keep never reach the database, by page and by API.
#include "tests/journeys/clinic.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::tests {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string with_member_id(std::string const& number) {
  auto packet = sample_packet();
  std::string const published = "1EG4-TE5-MK73";
  return packet.replace(packet.find(published), published.size(), number);
}

struct number_case {
  char const* name;
  char const* number;
  int status;
  char const* said;
};

class MemberNumber : public testing::TestWithParam<number_case> {};

TEST_P(MemberNumber, IsKeptOrRefused) {
  clinic c;
  auto const answer = c.post_fhir(with_member_id(GetParam().number));
  EXPECT_EQ(answer.status, GetParam().status) << body_of(answer);
  EXPECT_THAT(body_of(answer), HasSubstr(GetParam().said));
  EXPECT_THAT(body_of(answer), Not(HasSubstr("45-6789")));
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM part WHERE name = 'answers'"),
            answer.status == 201 ? "1" : "0");
}

INSTANTIATE_TEST_SUITE_P(
    medicare, MemberNumber,
    testing::Values(number_case{"of_cms", "1EG4-TE5-MK73", 201, ""},
                    number_case{"lower_case_and_spaces", " 1eg4 te5 mk73", 201, ""},
                    // Wrong, but nobody's secret: a rule never refuses a form.
                    number_case{"mistyped", "1EG4-TE5-MK7S", 201, ""},
                    number_case{"retired", "123-45-6789A", 422, "number-not-kept"},
                    number_case{"retired_of_a_wife", "123 45 6789 B1", 422, "old Medicare number"},
                    number_case{"social_security", "123-45-6789", 422, "Social Security number"}),
    [](auto const& shown) { return std::string(shown.param.name); });

std::string with_other_payer(std::string const& payer, std::string const& number) {
  auto packet = with_member_id(number);
  std::string const medicare = R"(CodeSystem/payer", "code": "medicare", "display": )";
  auto const at = packet.find(medicare);
  return packet.replace(at, medicare.size(),
                        R"(CodeSystem/payer", "code": ")" + payer + R"(", "display": )");
}

TEST(MemberNumber, OfMedicaidIsNoSocialSecurityNumber) {
  clinic c;
  EXPECT_EQ(c.post_fhir(with_other_payer("medicaid", "123456789")).status, 422);
  EXPECT_EQ(c.post_fhir(with_other_payer("example_mutual", "123-45-6789")).status, 422);
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM part"), "0");
  EXPECT_EQ(c.post_fhir(with_other_payer("medicaid", "951234567")).status, 201);
}

TEST(MemberNumber, RefusalNamesItsPlaceInThePacket) {
  clinic c;
  auto const body = body_of(c.post_fhir(with_member_id("123-45-6789A")));
  EXPECT_THAT(body, HasSubstr("coverage.plan[0]/coverage.plan.member-id"));
}

}  // namespace
}  // namespace intake::tests

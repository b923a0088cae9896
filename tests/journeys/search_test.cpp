// Somebody is found by what was typed, all of them and nobody else, and no address says who.
#include "service/search.hpp"

#include "certs/receipt.hpp"
#include "tests/journeys/clinic.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::tests {
namespace {

using db::account_role;
using testing::HasSubstr;
using testing::Not;

struct person {
  char const* family;
  char const* given;
  char const* born;
  char const* phone;
};

constexpr person people[] = {
    {"García-Márquez", "José Luis", "1958-03-09", "305-555-0101"},
    {"Garcia", "Ana", "1961-02-28", "305-555-0102"},
    {"O'Brien", "Nora", "1958-03-09", "786-555-0101"},
    {"Ng", "Wei", "1990-01-01", "239-555-0199"},
    {"Smith", "John", "1970-07-07", "561-555-0110"},
    {"Smith", "John", "1970-07-07", "561-555-0111"},
    {"Łukasiewicz", "Żaneta", "1944-12-31", "+48 22 555 01 01"},
};

/// A registration with these answers and no other.
std::string registration(clinic& c, person const& who) {
  auto const item = [](std::string const& id, std::string const& value) {
    return R"({"linkId":")" + id + R"(","answer":[{)" + value + "}]}";
  };
  auto const text = [](std::string const& value) { return R"("valueString":")" + value + '"'; };
  auto const group = [](std::string const& id, std::string const& items) {
    return R"({"linkId":")" + id + R"(","item":[)" + items + "]}";
  };
  return R"({"resourceType":"QuestionnaireResponse","status":"in-progress",)"
         R"("identifier":{"system":"urn:ietf:rfc:3986","value":"urn:uuid:)" +
         certs::to_string(certs::new_uuid_v7(c.app().world)) +
         R"("},"questionnaire":"https://intake.example/fhir/Questionnaire/registration","item":[)" +
         group("patient.name", item("patient.name.given", text(who.given)) + "," +
                                   item("patient.name.family", text(who.family))) +
         "," +
         group("patient.birth",
               item("patient.birth-date", std::string(R"("valueDate":")") + who.born + '"')) +
         "," + group("patient.contact", item("patient.phone", text(who.phone))) + "]}";
}

struct found_case {
  char const* name;
  char const* typed;
  int found;
};

constexpr found_case cases[] = {
    {"a beginning, in any case and without accents", "gar", 2},
    {"the second of two surnames", "marq", 1},
    {"family and given name in any order", "jose garcia", 1},
    {"a comma between them", "García, Ana", 1},
    {"an apostrophe or none", "obrien", 1},
    {"a space for an apostrophe", "O Brien", 1},
    {"the same beside another name", "nora o brien", 1},
    {"a letter that belongs to no name", "x brien", 0},
    {"two letters that are the whole name", "ng", 1},
    {"two letters that only begin a name", "ga", 0},
    {"a birth date as people write it", "3/9/1958", 2},
    {"a birth date and a name", "nora 1958-03-09", 1},
    {"four digits", "0101", 3},
    {"four digits and a name", "0101 nora", 1},
    {"a whole number with marks", "(305) 555-0102", 1},
    {"two of one name and birth date are two", "smith john", 2},
    {"letters of other alphabets' ends", "lukas", 1},
    {"nobody", "zzz", 0},
    {"a longer word than the name", "garciax", 0},
};

std::string shown_last(clinic& c) {
  return c.rows().value(
      "SELECT coalesce(cardinality(shown), 0) FROM audit_event WHERE action = "
      "'search' ORDER BY number DESC LIMIT 1");
}

service::response find(clinic& c, std::string const& typed) {
  return c.post_form("/desk/search", {{"csrf", c.csrf()}, {"find", typed}});
}

TEST(Search, FindsAllAndNobodyElse) {
  clinic c;
  for (auto const& who : people) {
    auto const sent = c.post_fhir(registration(c, who));
    ASSERT_EQ(sent.status, 201) << body_of(sent);
  }
  c.sign_in("front", account_role::front_desk);
  for (auto const& each : cases) {
    auto const answer = find(c, each.typed);
    EXPECT_EQ(answer.status, 200) << each.name;
    EXPECT_EQ(shown_last(c), std::to_string(each.found)) << each.name;
  }
  EXPECT_THAT(body_of(find(c, "smith john")), HasSubstr("They may be two people"));
  EXPECT_THAT(body_of(find(c, "garcia ana")), Not(HasSubstr("They may be two people")));
  EXPECT_EQ(find(c, "").status, 422);
  EXPECT_EQ(find(c, "x").status, 422);
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM audit_event WHERE purpose LIKE '%garcia%' OR "
                           "action LIKE '%garcia%'"),
            "0")
      << "the trail says whose forms were shown, not what was typed";
}

TEST(Search, ByReceiptAndMemberNumber) {
  clinic c;
  ASSERT_EQ(c.post_fhir(sample_packet()).status, 201);
  auto const receipt = c.rows().value("SELECT receipt FROM submission");
  auto const packet = sample_packet();
  auto const at = packet.find("coverage.plan.member-id");
  ASSERT_NE(at, packet.npos);
  auto const text = packet.find("valueString", at);
  auto const begins = packet.find('"', text + 13) + 1;
  auto const number = packet.substr(begins, packet.find('"', begins) - begins);
  c.sign_in("money", account_role::billing);
  find(c, certs::spoken_form(*certs::parse_receipt(receipt)));
  EXPECT_EQ(shown_last(c), "1");
  find(c, number);
  EXPECT_EQ(shown_last(c), "1") << number;
  find(c, number + "9");
  EXPECT_EQ(shown_last(c), "0");
}

TEST(Search, IsAuditedAndForWhoReadsRecords) {
  clinic c;
  c.sign_in("root", account_role::administrator);
  EXPECT_EQ(c.get("/desk/search").status, 403);
  c.sign_in("front", account_role::front_desk);
  EXPECT_EQ(c.get("/desk/search?find=garcia").status, 200) << "an address asks for nobody";
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM audit_event WHERE action = 'search'"), "0");
}

}  // namespace
}  // namespace intake::tests

// A copy whose drawing crashes, hangs or eats memory costs one answer, and nothing else.
#include "tests/journeys/clinic.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::tests {
namespace {

using db::account_role;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

/// The sample patient under another family name; gives the submission's id.
std::string submit_as(clinic& c, std::string const& family) {
  c.now += std::chrono::seconds(1);
  auto packet = sample_packet();
  packet.replace(packet.find("urn:uuid:") + 9, 36,
                 certs::to_string(certs::new_uuid_v7(c.app().world)));
  std::string const name = "O’Brien-Muñoz";
  for (auto at = packet.find(name); at != std::string::npos; at = packet.find(name, at + 1)) {
    packet.replace(at, name.size(), family);
  }
  EXPECT_EQ(c.post_fhir(packet).status, 201);
  return c.rows().value("SELECT id FROM submission ORDER BY received DESC LIMIT 1");
}

std::string copy_path(std::string const& id) {
  return "/desk/submissions/" + id + ".pdf";
}

std::size_t count_of(std::string const& text, std::string_view word) {
  std::size_t count = 0;
  for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) ++count;
  return count;
}

struct fault_case {
  char const* name;
  std::chrono::milliseconds render_max{30'000};
};

class CopyFault : public testing::TestWithParam<fault_case> {};

TEST_P(CopyFault, CostsOneAnswer500AndOneLineOfTheLog) {
  clinic c;
  c.draw_in({INTAKE_FAULTY_WORKER}, GetParam().render_max);
  auto const bad = submit_as(c, std::string("Planted-") + GetParam().name);
  auto const good = submit_as(c, "Sample");
  c.sign_in("front", account_role::front_desk);
  auto const before = c.logged().size();

  auto const refused = c.get(copy_path(bad));
  EXPECT_EQ(refused.status, 500);
  EXPECT_THAT(field_of(refused, "content-type"), StartsWith("text/html"));
  auto const lines = c.logged().substr(before);
  EXPECT_EQ(count_of(lines, "\n"), 1U) << lines;
  EXPECT_THAT(lines, HasSubstr("\"request-failed\""));
  auto const at = lines.find("test-");
  ASSERT_NE(at, std::string::npos) << lines;
  auto const incident = lines.substr(at, lines.find('"', at) - at);
  EXPECT_THAT(body_of(refused), HasSubstr(incident));
  for (auto const* personal : {"Planted", "Nora", "Apixaban"}) {
    EXPECT_THAT(lines, Not(HasSubstr(personal)));
    EXPECT_THAT(body_of(refused), Not(HasSubstr(personal)));
  }

  auto const next = c.get(copy_path(good));
  EXPECT_EQ(next.status, 200);
  EXPECT_THAT(body_of(next), StartsWith("%PDF-1.7"));
  EXPECT_EQ(c.logged().size(), before + lines.size());
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM audit_event WHERE action = 'pdf-downloaded'"),
            "1");
}

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
// Sanitized children have no limit of memory: they reserve terabytes.
constexpr fault_case faults[] = {{"abort"}, {"throw"}, {"hang", std::chrono::seconds(3)}};
#else
constexpr fault_case faults[] = {
    {"abort"}, {"segment"}, {"throw"}, {"memory"}, {"hang", std::chrono::seconds(3)}};
#endif
INSTANTIATE_TEST_SUITE_P(Planted, CopyFault, testing::ValuesIn(faults),
                         [](auto const& tested) { return std::string(tested.param.name); });

TEST(UnfaithfulCopy, IsNotHandedOutButNamesTheAnswer) {
  clinic c;
  c.draw_in({INTAKE_FAULTY_WORKER}, std::chrono::seconds(30));
  auto const id = submit_as(c, "Planted-unfaithful");
  c.sign_in("front", account_role::front_desk);
  auto const refused = c.get(copy_path(id));
  EXPECT_EQ(refused.status, 500);
  EXPECT_THAT(body_of(refused), HasSubstr("Affected: medicine[1]/medicine.name."));
  EXPECT_THAT(body_of(refused), Not(HasSubstr("%PDF")));
  EXPECT_EQ(c.rows().value("SELECT outcome FROM audit_event WHERE action = 'pdf-downloaded'"),
            "failed");
}

}  // namespace
}  // namespace intake::tests

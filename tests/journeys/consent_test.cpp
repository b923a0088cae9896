#include "db/submissions.hpp"
#include "service/consents.hpp"
#include "tests/journeys/clinic.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::tests {
namespace {

std::vector<service::due_consent> due_on(clinic& c, std::string const& day) {
  service::consent_search search(c.parts().forms(), day);
  for (auto const& row : db::list_newest(c.app().desk, {}, 100)) {
    auto const stored = db::open_submission(c.app().desk, row.head.id);
    auto const reading = service::open_record(c.app().keks, c.parts().forms(), *stored);
    EXPECT_TRUE(reading.record) << reading.fault;
    search.add(stored->head, *reading.record);
  }
  return search.due();
}

TEST(Consents, WhoSignedATextThatHasEndedIsListed) {
  clinic c;
  ASSERT_EQ(c.post_fhir(sample_packet()).status, 201);
  EXPECT_TRUE(due_on(c, "2026-11-28").empty());
  auto const ended = due_on(c, "2036-01-01");
  ASSERT_FALSE(ended.empty());
  for (auto const& each : ended) {
    EXPECT_THAT(each.patient, testing::HasSubstr("Nora"));
    EXPECT_FALSE(each.signed_edition.empty());
    EXPECT_TRUE(each.edition_in_force.empty()) << "the packet has no later edition";
    EXPECT_EQ(each.receipt.size(), 10U);
  }
}

}  // namespace
}  // namespace intake::tests

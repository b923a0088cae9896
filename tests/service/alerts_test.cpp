#include "service/alerts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::service {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

form_store const& packet() {
  static auto const loaded = load_forms(INTAKE_SOURCE "/forms/packet");
  return loaded;
}

TEST(Alerts, TellTheClinicianWhyThereIsNoScore) {
  std::vector<std::string> const english{"registration", "phq", "gad"};
  EXPECT_THAT(stand_in_sentences(packet(), english), IsEmpty());
  std::vector<std::string> const creole{"registration", "sadness"};
  auto const said = stand_in_sentences(packet(), creole);
  ASSERT_EQ(said.size(), 1U) << "once, though several packets ask it";
  EXPECT_THAT(said[0], HasSubstr(packet().library.find_by_id("phq")->header().title.text));
}

TEST(Alerts, EachIsSaidOnceAndBehaviouralReasonsToTheClinicianOnly) {
  std::vector<std::string> const codes{"self-harm", "opioid-sedative", "blood-thinner", "unsigned"};
  auto const front = alert_sentences(packet().alerts, codes, alert_reader::front_desk);
  EXPECT_THAT(front, ElementsAre("Alert: ask the clinician", HasSubstr("blood thinner"),
                                 "Agreement not signed"));
  auto const clinician = alert_sentences(packet().alerts, codes, alert_reader::clinician);
  EXPECT_EQ(clinician.size(), 4U);
  EXPECT_THAT(clinician[0], HasSubstr("self-harm"));
  std::vector<std::string> const unknown{"of-another-version"};
  EXPECT_THAT(alert_sentences(packet().alerts, unknown, alert_reader::clinician),
              ElementsAre("of-another-version"));
}

}  // namespace
}  // namespace intake::service

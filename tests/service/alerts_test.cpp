#include "service/alerts.hpp"

#include "forms/from_fields.hpp"

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

/// What the desk reads when these agreements are answered so.
std::vector<std::string> said_of(std::vector<std::string> const& agreements, std::string_view how) {
  auto const* form = packet().library.find_by_id("consent");
  std::vector<std::string> names;
  auto const value = "https://intake.example/fhir/CodeSystem/signing-choice|" + std::string(how);
  for (auto const& each : agreements) {
    auto const choice = "consent." + each + ".choice";
    names.push_back("consent." + each + "/" + choice);
  }
  std::vector<forms::form_field> fields;
  for (auto const& name : names) fields.push_back({.name = name, .value = value});
  auto const read = forms::from_fields(*form, fields);
  forms::answered_form const answered[] = {{form, &read.answers}};
  auto const codes = alerts_of(packet().alerts, answered);
  for (auto const& code : codes) EXPECT_LE(code.size(), 40U) << "cut in a list";
  return alert_sentences(packet().alerts, codes, alert_reader::front_desk);
}

TEST(Alerts, NameTheAgreementsThatTheDeskHasToAskFor) {
  EXPECT_THAT(said_of({"treatment", "privacy"}, "type"), IsEmpty());
  EXPECT_THAT(said_of({"treatment"}, "desk"), ElementsAre("Not signed: treatment"));
  EXPECT_THAT(said_of({"treatment", "privacy"}, "decline"),
              ElementsAre("Not signed: treatment, privacy"));
  EXPECT_THAT(
      said_of({"treatment", "privacy", "financial", "benefits", "messages", "release"}, "desk"),
      ElementsAre("Not signed: treatment, privacy, financial and 3 more"));
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

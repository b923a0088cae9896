// Terms that a packet sets running, by what it tells.
#include "service/terms.hpp"

#include "forms/from_fields.hpp"
#include "service/form_store.hpp"

#include <deque>
#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::service {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// Names and values, as a page sends them.
using fields = std::vector<std::pair<std::string, std::string>>;

form_store const& packet() {
  static auto const loaded = load_forms(INTAKE_SOURCE "/forms/packet");
  return loaded;
}

/// Codes and the patient's English of the terms of a packet that was filled in on 2026-11-25, the
/// day before Thanksgiving.
struct heard {
  std::vector<std::string> codes, sentences;
};

heard terms_of_packet(std::map<std::string, fields> const& filled_in) {
  std::deque<forms::answers> kept;
  std::vector<forms::answered_form> answered;
  for (auto const& [form, typed] : filled_in) {
    auto const* const read = packet().library.find_by_id(form);
    std::vector<forms::form_field> sent;
    for (auto const& [name, value] : typed) sent.push_back({name, value});
    kept.push_back(forms::from_fields(*read, sent).answers);
    answered.push_back({read, &kept.back()});
  }
  heard said;
  using namespace std::chrono;
  auto const day = year{2026} / November / 25;
  for (auto const& term : terms_of(answered, day, day)) {
    said.codes.push_back(term.code);
    said.sentences.push_back(term.patient.en);
  }
  return said;
}

std::string coding(std::string const& item, std::string const& code) {
  return "https://intake.example/fhir/CodeSystem/" + item + "|" + code;
}

fields coverage(std::string const& accident, std::string const& have) {
  return {{"accident/accident.kind", coding("accident.kind", accident)},
          {"coverage/coverage.have", coding("coverage.have", have)}};
}

fields work(std::string const& approved) {
  return {{"work.insurance/work.insurance.approved", coding("yes-no", approved)}};
}

TEST(Terms, ACarrierHasThreeBusinessDaysFromTheDayThatWeAsk) {
  // Thanksgiving and a weekend lie between: Friday, Monday, Tuesday.
  for (auto const* const approved : {"no", "dont-know"}) {
    EXPECT_THAT(
        terms_of_packet({{"coverage", coverage("work", "yes")}, {"accident-work", work(approved)}})
            .codes,
        ElementsAre("carrier-answer.2026-12-01"))
        << approved;
  }
  EXPECT_THAT(terms_of_packet({{"coverage", coverage("work", "yes")}}).codes,
              ElementsAre("carrier-answer.2026-12-01"))
      << "nobody asked whether it is approved";
  EXPECT_THAT(
      terms_of_packet({{"coverage", coverage("work", "yes")}, {"accident-work", work("yes")}})
          .codes,
      IsEmpty());
}

TEST(Terms, WhoPaysAloneIsOwedAnEstimate) {
  auto const owed = terms_of_packet({{"coverage", coverage("none", "self-pay")}});
  EXPECT_THAT(owed.codes, ElementsAre("estimate.2026-12-01"));
  EXPECT_THAT(owed.sentences, ElementsAre("We owe you a written estimate by December 1, 2026."));
  EXPECT_THAT(
      terms_of_packet({{"self-pay", {{"estimate/estimate.how", coding("estimate.how", "mail")}}}})
          .codes,
      ElementsAre("estimate.2026-12-01"))
      << "who has insurance and does not want to use it";
  EXPECT_THAT(terms_of_packet({{"coverage", coverage("none", "yes")}}).codes, IsEmpty());
}

TEST(Terms, SeveralRunAtOnce) {
  auto const both = terms_of_packet({{"coverage", coverage("work", "self-pay")}});
  EXPECT_THAT(both.codes, ElementsAre("carrier-answer.2026-12-01", "estimate.2026-12-01"));
}

TEST(Terms, AreWordsForStaff) {
  EXPECT_EQ(term_words("pip-day-14.2026-11-24"),
            "Auto accident: first care by November 24, 2026 (day 14)");
  EXPECT_EQ(term_words("carrier-answer.2026-12-01"),
            "Work injury: ask the carrier for authorization in writing; it has until December 1, "
            "2026 to answer");
  EXPECT_EQ(term_words("estimate.2026-12-01"),
            "Pays alone: written estimate due by December 1, 2026");
  EXPECT_EQ(term_words("estimate.soon"), "");
  EXPECT_EQ(term_words("self-harm"), "");
}

}  // namespace
}  // namespace intake::service

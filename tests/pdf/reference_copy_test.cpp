#include "forms/json_reader.hpp"
#include "forms/response.hpp"
#include "pdf/blank_form.hpp"
#include "pdf/form_copy.hpp"

#include <map>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::pdf {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// References that nobody gave a display.
constexpr char const* doctors_form = R"({
  "resourceType": "Questionnaire", "url": "https://clinic.example/doctors", "status": "active",
  "item": [
    {"linkId": "yours", "text": "Your doctor", "type": "reference"},
    {"linkId": "number", "text": "Their number", "type": "reference"},
    {"linkId": "none", "text": "Another doctor", "type": "reference"},
    {"linkId": "pick", "text": "Ours", "type": "choice", "answerOption": [
      {"valueReference": {"reference": "Practitioner/1", "display": "Dr. A"}},
      {"valueReference": {"reference": "Practitioner/2"}},
      {"valueReference": {"identifier": {"system": "urn:npi", "value": "1234567893"}}}]}
  ]})";

constexpr char const* doctors_answers = R"({
  "resourceType": "QuestionnaireResponse", "status": "completed",
  "questionnaire": "https://clinic.example/doctors",
  "item": [
    {"linkId": "yours", "answer": [{"valueReference": {"reference": "Practitioner/9"}}]},
    {"linkId": "number", "answer": [{"valueReference":
      {"identifier": {"system": "urn:npi", "value": "1234567893"}}}]},
    {"linkId": "pick", "answer": [{"valueReference": {"reference": "Practitioner/1"}}]}
  ]})";

TEST(ReferenceCopy, PrintsWhatThereIsToReadOfAReference) {
  auto const form = *forms::read_questionnaire(doctors_form);
  auto const json = *forms::read_json(doctors_answers);
  auto const response = forms::read_response(form, json.root());
  ASSERT_THAT(response.problems, IsEmpty());
  filled_form const filled[] = {{&form, &response.answers}};
  std::map<std::string, answer> printed;
  auto const copy = form_copy(filled, {});
  for (auto const& each : copy.sections.front().blocks) {
    if (auto const* found = std::get_if<answer>(&each)) printed[found->key] = *found;
  }
  EXPECT_EQ(printed["yours"].value, "Practitioner/9");
  EXPECT_EQ(printed["yours"].state, answer_state::given);
  EXPECT_EQ(printed["number"].value, "1234567893");
  EXPECT_EQ(printed["number"].state, answer_state::given);
  EXPECT_EQ(printed["pick"].value, "Dr. A") << "the option's words";
  EXPECT_EQ(printed["none"].state, answer_state::not_answered);
}

TEST(ReferenceCopy, OffersEveryOptionOnABlankForm) {
  auto const form = *forms::read_questionnaire(doctors_form);
  std::vector<std::string> offered;
  auto const sheet = blank_form(form, {});
  for (auto const& each : sheet.sections.front().blocks) {
    auto const* blank = std::get_if<blank_answer>(&each);
    if (blank != nullptr && blank->kind == blank_kind::choice) offered = blank->options;
  }
  EXPECT_THAT(offered, ElementsAre("Dr. A", "Practitioner/2", "1234567893"));
}

}  // namespace
}  // namespace intake::pdf

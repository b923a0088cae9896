// Scores are the clinic's to compute, whatever a client sends.
#include "db/submissions.hpp"
#include "forms/answers.hpp"
#include "service/record.hpp"
#include "tests/journeys/clinic.hpp"

#include <gtest/gtest.h>

namespace intake::tests {
namespace {

struct sent_case {
  char const* name;
  std::string score;
};

TEST(Scores, AreComputedHereBeforeTheRecordIsSealed) {
  for (auto const& [name, score] :
       {sent_case{"none sent", ""},
        {"a wrong one sent", R"(,{"linkId":"peg.mean","answer":[{"valueDecimal":1}]})"}}) {
    clinic c;
    auto const answer = c.post_fhir(
        R"({"resourceType":"QuestionnaireResponse","status":"completed",)"
        R"("questionnaire":"https://intake.example/fhir/Questionnaire/peg","item":[)"
        R"({"linkId":"peg","item":[{"linkId":"peg.pain","answer":[{"valueInteger":7}]},)"
        R"({"linkId":"peg.enjoyment","answer":[{"valueInteger":5}]},)"
        R"({"linkId":"peg.activity","answer":[{"valueInteger":9}]})" +
        score + "]}]}");
    ASSERT_EQ(answer.status, 201) << name << body_of(answer);
    auto const rows = db::list_newest(c.app().desk, {}, 1);
    auto const stored = db::open_submission(c.app().desk, rows.at(0).head.id);
    auto const reading = service::open_record(c.app().keks, c.parts().forms(), *stored);
    ASSERT_TRUE(reading.record) << reading.fault;
    auto const& peg = reading.record->forms.at(0);
    auto const mean = forms::first_text(*peg.form, peg.response.answers, "peg.mean");
    EXPECT_EQ(std::stod(mean), 7.0) << name;
  }
}

}  // namespace
}  // namespace intake::tests

#include "pdf/form_copy.hpp"

#include "forms/json_reader.hpp"
#include "forms/response.hpp"
#include "pdf/answer_text.hpp"
#include "pdf/blank_form.hpp"
#include "pdf/render.hpp"
#include "pdf/signature_pad.hpp"
#include "tests/pdf/sample.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::pdf {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr char const* form_text = R"({
  "resourceType": "Questionnaire", "id": "pain", "url": "https://clinic.example/pain",
  "version": "2", "status": "active", "title": "Your pain",
  "item": [
    {"linkId": "where", "text": "Where is it worst?", "type": "choice",
     "_text": {"extension": [{"url": "http://hl7.org/fhir/StructureDefinition/translation",
       "extension": [{"url": "lang", "valueCode": "ht"},
                     {"url": "content", "valueString": "Ki kote li pi mal?"}]}]},
     "answerOption": [{"valueCoding": {"system": "urn:x", "code": "back", "display": "Back",
       "_display": {"extension": [{"url": "http://hl7.org/fhir/StructureDefinition/translation",
         "extension": [{"url": "lang", "valueCode": "ht"},
                       {"url": "content", "valueString": "Do"}]}]}}}]},
    {"linkId": "since", "text": "Since when?", "type": "date"},
    {"linkId": "score", "text": "How strong?", "type": "decimal"},
    {"linkId": "surgery", "text": "Surgery?", "type": "boolean"},
    {"linkId": "surgery.which", "text": "Which surgery?", "type": "string",
     "enableWhen": [{"question": "surgery", "operator": "=", "answerBoolean": true}]},
    {"linkId": "secret", "text": "Hidden question", "type": "string",
     "extension": [{"url": "http://hl7.org/fhir/StructureDefinition/questionnaire-hidden",
                    "valueBoolean": true}]},
    {"linkId": "medicine", "text": "Medicine", "type": "group", "repeats": true, "item": [
      {"linkId": "medicine.name", "text": "Name", "type": "string"},
      {"linkId": "medicine.dose", "text": "Dose", "type": "string"}]}
  ]})";

constexpr char const* answers_text = R"({
  "resourceType": "QuestionnaireResponse", "status": "completed",
  "questionnaire": "https://clinic.example/pain|2",
  "item": [
    {"linkId": "where", "answer": [{"valueCoding": {"system": "urn:x", "code": "back"}}]},
    {"linkId": "since", "answer": [{"valueDate": "2019-06"}]},
    {"linkId": "score", "answer": [{"valueDecimal": 7.50}]},
    {"linkId": "surgery", "answer": [{"valueBoolean": false}]},
    {"linkId": "medicine", "item": [
      {"linkId": "medicine.name", "answer": [{"valueString": "Gabapentin"}]},
      {"linkId": "medicine.dose", "answer": [{"valueString": "300 mg"}]}]},
    {"linkId": "medicine", "item": [
      {"linkId": "medicine.name", "answer": [{"valueString": "Apixaban"}]}]}
  ]})";

class FormCopy : public testing::Test {
 protected:
  FormCopy() {
    about_.patient_name = "Nora O’Brien-Muñoz";
    about_.receipt = "7K3QX-94MZ2";
    about_.submitted = "November 23, 2026, 9:14 AM EST";
    about_.record_id = "0190a1b2-0000-7000-8000-000000000001";
    about_.alerts = {"Takes a blood thinner"};
    about_.decision = copy_decision{decided::review,
                                    "To be reviewed",
                                    {"Plan unknown."},
                                    "No rule spoke for this plan.",
                                    "catch-all"};
  }

  document copy() {
    filled_form const filled[] = {{&form_, &response_.answers}};
    return form_copy(filled, about_);
  }

  template <typename T>
  std::vector<T> blocks_of(document const& from) {
    std::vector<T> out;
    for (auto const& each : from.sections.front().blocks) {
      if (auto const* found = std::get_if<T>(&each)) out.push_back(*found);
    }
    return out;
  }

  answer answer_of(document const& from, std::string_view key) {
    for (auto const& each : blocks_of<answer>(from)) {
      if (each.key == key) return each;
    }
    ADD_FAILURE() << "no answer " << key;
    return {};
  }

  forms::questionnaire form_ = *forms::read_questionnaire(form_text);
  forms::json_document json_ = *forms::read_json(answers_text);
  forms::response response_ = forms::read_response(form_, json_.root());
  copy_facts about_;
};

TEST_F(FormCopy, ReadsItsOwnSample) {
  ASSERT_THAT(response_.problems, IsEmpty());
}

TEST_F(FormCopy, PrintsEachValueAsAPersonReadsIt) {
  auto const made = copy();
  EXPECT_EQ(answer_of(made, "where").value, "Back");
  EXPECT_EQ(answer_of(made, "since").value, "June 2019");
  EXPECT_EQ(answer_of(made, "score").value, "7.50");
  EXPECT_EQ(answer_of(made, "surgery").value, "No");
}

TEST_F(FormCopy, OmitsWhatWasNotAsked) {
  for (auto const& each : blocks_of<answer>(copy())) {
    EXPECT_NE(each.key, "surgery.which") << "disabled";
    EXPECT_NE(each.key, "secret") << "hidden";
  }
}

TEST_F(FormCopy, SaysNotAnsweredOfWhatWasAsked) {
  response_.answers.items.erase(response_.answers.items.begin());
  auto const made = answer_of(copy(), "where");
  EXPECT_EQ(made.state, answer_state::not_answered);
  EXPECT_EQ(made.value, "");
}

TEST_F(FormCopy, PutsThePatientsWordsBeside) {
  about_.patient_language = "ht";
  auto const made = answer_of(copy(), "where");
  EXPECT_EQ(made.question, "Where is it worst?");
  EXPECT_EQ(made.question_own_words, "Ki kote li pi mal?");
  EXPECT_EQ(made.value, "Back");
  EXPECT_EQ(made.value_own_words, "Do");
}

TEST_F(FormCopy, MakesATableOfARepeatingGroup) {
  auto tables = blocks_of<table>(copy());
  std::erase_if(tables, [](table const& each) { return each.columns.front().title != "Name"; });
  ASSERT_EQ(tables.size(), 1U);
  ASSERT_EQ(tables[0].rows.size(), 2U);
  EXPECT_EQ(tables[0].rows[0][1].text, "300 mg");
  EXPECT_EQ(tables[0].rows[1][0].key, "medicine[2]/medicine.name");
  EXPECT_EQ(tables[0].rows[1][1].state, answer_state::not_answered);
}

TEST_F(FormCopy, ShowsDecisionAndRuleToTheDesk) {
  auto const notices = blocks_of<notice>(copy());
  ASSERT_EQ(notices.size(), 3U);
  EXPECT_EQ(notices[2].title, "Eligibility: Not checked");
  EXPECT_EQ(notices[0].kind, notice_kind::alert);
  EXPECT_EQ(notices[1].kind, notice_kind::open);
  EXPECT_THAT(notices[1].title, HasSubstr("To be reviewed"));
  EXPECT_THAT(notices[1].lines, Contains("No rule spoke for this plan."));
  EXPECT_THAT(notices[1].lines, Contains("Rule: catch-all"));
}

TEST_F(FormCopy, KeepsAlertsAndRulesFromThePatient) {
  about_.profile = copy_profile::patient;
  auto const notices = blocks_of<notice>(copy());
  ASSERT_EQ(notices.size(), 1U);
  EXPECT_THAT(notices[0].lines, testing::Not(Contains("Rule: catch-all")));
}

TEST_F(FormCopy, SaysOnTheFirstPageToEverybodyWhatItReplaces) {
  about_.record_notes = {"This is version 2. It replaces version 1."};
  for (auto const profile : {copy_profile::desk, copy_profile::clinical, copy_profile::patient}) {
    about_.profile = profile;
    auto const blocks = copy().sections.front().blocks;
    ASSERT_GE(blocks.size(), 2U);
    auto const* first = std::get_if<notice>(&blocks[1]);
    ASSERT_NE(first, nullptr) << "right below the title";
    EXPECT_THAT(first->lines, Contains("This is version 2. It replaces version 1."));
  }
}

TEST_F(FormCopy, EndsWithTheCertificate) {
  auto const made = copy();
  auto const codes = blocks_of<qr_code>(made);
  ASSERT_EQ(codes.size(), 1U);
  EXPECT_EQ(codes[0].payload, "0190a1b2-0000-7000-8000-000000000001|1");
}

TEST_F(FormCopy, RendersWithoutDefects) {
  about_.patient_language = "ht";
  EXPECT_THAT(render(copy(), sample::plain_faces()).defects, IsEmpty());
}

/// Facts of a sheet that may be anybody's.
copy_facts of_nobody(copy_facts about) {
  about.patient_name.clear();
  about.born.clear();
  return about;
}

TEST_F(FormCopy, LeavesRoomForAPenInABlankForm) {
  about_ = of_nobody(about_);
  auto const made = blank_form(form_, about_);
  auto const blanks = blocks_of<blank_answer>(made);
  ASSERT_EQ(blanks.size(), 13U);
  EXPECT_EQ(blanks[0].question, "Patient's name");
  EXPECT_EQ(blanks[1].question, "Date of birth");
  EXPECT_EQ(blanks[2].kind, blank_kind::choice);
  EXPECT_EQ(blanks[2].options, (std::vector<std::string>{"Back"}));
  EXPECT_EQ(blanks[6].question, "Which surgery?");
  EXPECT_THAT(render(made, sample::plain_faces()).defects, IsEmpty());
}

TEST_F(FormCopy, PrintsWhoseABlankFormIsWhereThatIsKnown) {
  auto const made = blank_form(form_, about_);
  EXPECT_EQ(made.sections.front().patient.name, about_.patient_name);
  auto const blanks = blocks_of<blank_answer>(made);
  EXPECT_EQ(blanks.size(), 11U);
  EXPECT_NE(blanks.front().question, "Patient's name") << "nobody writes what is printed";
}

TEST_F(FormCopy, PutsEveryFormOfABlankPacketOnANewSheet) {
  about_ = of_nobody(about_);
  forms::questionnaire const* const packet[] = {&form_, &form_};
  auto const made = blank_packet(packet, about_);
  ASSERT_EQ(made.sections.size(), 2U);
  EXPECT_EQ(made.sides, printed_on::both);
  for (auto const& each : made.sections) {
    auto const& last = std::get<qr_code>(each.blocks.back());
    EXPECT_EQ(last.payload, "https://clinic.example/pain|2");
    EXPECT_THAT(each.footer, HasSubstr("pain|2"));
    EXPECT_EQ(each.patient.name, "");
  }
}

TEST(BlankForm, LeavesOutACodeThatNoSquareHolds) {
  struct {
    std::string url;
    bool code;
  } const cases[] = {{"", false},
                     {R"("url": "urn:a",)", true},
                     {R"("url": "urn:)" + std::string(2327, 'a') + R"(",)", true},
                     {R"("url": "urn:)" + std::string(2328, 'a') + R"(",)", false}};
  for (auto const& each : cases) {
    auto const form = *forms::read_questionnaire(
        R"({"resourceType": "Questionnaire", "status": "active", )" + each.url +
        R"("item": [{"linkId": "a", "text": "A", "type": "string"}]})");
    auto const made = blank_form(form, {});
    auto const& last = made.sections.front().blocks.back();
    EXPECT_EQ(std::holds_alternative<qr_code>(last), each.code) << each.url.size();
    EXPECT_THAT(render(made, sample::plain_faces()).defects, IsEmpty());
  }
}

struct date_case {
  char const* name;
  char const* given;
  char const* printed;
};

class PrintedDate : public testing::TestWithParam<date_case> {};
TEST_P(PrintedDate, Is) {
  EXPECT_EQ(printed_date(GetParam().given, {}), GetParam().printed);
}
INSTANTIATE_TEST_SUITE_P(Dates, PrintedDate,
                         testing::Values(date_case{"day", "1951-08-01", "August 1, 1951"},
                                         date_case{"month", "1951-12", "December 1951"},
                                         date_case{"year", "1951", "1951"},
                                         date_case{"no_month", "1951-13", "1951-13"},
                                         date_case{"words", "last spring", "last spring"},
                                         date_case{"empty", "", ""}),
                         [](auto const& tested) { return std::string(tested.param.name); });

class PrintedTime : public testing::TestWithParam<date_case> {};
TEST_P(PrintedTime, Is) {
  EXPECT_EQ(printed_time(GetParam().given), GetParam().printed);
}
INSTANTIATE_TEST_SUITE_P(Times, PrintedTime,
                         testing::Values(date_case{"morning", "09:14:00", "9:14 AM"},
                                         date_case{"midnight", "00:05:00", "12:05 AM"},
                                         date_case{"noon", "12:00:00", "12:00 PM"},
                                         date_case{"seconds", "23:59:30", "11:59:30 PM"},
                                         date_case{"words", "noon", "noon"}),
                         [](auto const& tested) { return std::string(tested.param.name); });

TEST(ReadStrokes, ReadsWhatTheFieldSends) {
  // {"width":300,"height":100,"strokes":[[[1,2],[3.5,4]],[[5,6]]]}
  auto const read = read_strokes(
      "eyJ3aWR0aCI6MzAwLCJoZWlnaHQiOjEwMCwic3Ryb2tlcyI6W1tbMSwyXSxbMy41LDRdXSxbWzUsNl1dXX0=");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->pad_width, 300);
  ASSERT_EQ(read->strokes.size(), 2U);
  EXPECT_EQ(read->strokes[0][1].x, 3.5F);
}

TEST(ReadStrokes, RefuseWhatIsNone) {
  for (auto const* each : {"", "e30=", "iVBORw0KGgo=", "not base64!", "eyJ3aWR0aCI6"}) {
    EXPECT_FALSE(read_strokes(each)) << each;
  }
}

}  // namespace
}  // namespace intake::pdf

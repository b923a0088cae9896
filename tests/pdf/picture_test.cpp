// A photo of a card in a copy: where its answer stands, with its caption, as it was.
#include "forms/form_reader.hpp"
#include "forms/json_reader.hpp"
#include "forms/response.hpp"
#include "pdf/document_wire.hpp"
#include "pdf/form_copy.hpp"
#include "pdf/render.hpp"
#include "tests/pdf/viewer.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::pdf {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

constexpr char const* form_text = R"({
  "resourceType": "Questionnaire", "url": "https://clinic.example/plan", "version": "1",
  "status": "active", "title": "Your plans",
  "item": [{"linkId": "plan", "text": "Plan", "type": "group", "repeats": true, "item": [
    {"linkId": "front", "text": "Front of the card", "type": "attachment"},
    {"linkId": "letter", "text": "Letter", "type": "attachment"}]}]})";

constexpr char const* answers_text = R"({
  "resourceType": "QuestionnaireResponse", "status": "completed",
  "questionnaire": "https://clinic.example/plan|1",
  "item": [
    {"linkId": "plan", "item": [{"linkId": "letter", "answer": [{"valueAttachment":
      {"contentType": "application/pdf", "size": 9, "hash": "aGFzaA==", "title": "letter.pdf"}}]}]},
    {"linkId": "plan", "item": [{"linkId": "front", "answer": [{"valueAttachment":
      {"contentType": "image/jpeg", "size": 9, "hash": "aGFzaA==", "title": "IMG_7.JPG"}}]}]}]})";

/// Red, green / blue, white; 160 by 100 pixels.
std::string quarters() {
  std::ifstream file(INTAKE_TEST_DATA "/pictures/quarters.jpg", std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

document copy_with(std::vector<copy_picture> pictures) {
  auto const form = forms::read_questionnaire(form_text);
  auto const answers = forms::read_json(answers_text);
  auto const response =
      forms::read_response(*form, answers->root(), forms::origin_claims::believed);
  copy_facts about;
  about.pictures = std::move(pictures);
  filled_form const packet[] = {{&*form, &response.answers}};
  return form_copy(packet, about);
}

rendered drawn(document const& copy) {
  static typefaces const faces;
  return render(read_document(write_document(copy)), faces);
}

/// How many pixels of a page are nearly that grey.
double count_grey(viewer::pixels const& page, int wanted) {
  return static_cast<double>(std::ranges::count_if(page.grey, [wanted](char each) {
    return std::abs(static_cast<unsigned char>(each) - wanted) <= 6;
  }));
}

TEST(Picture, StandsAtItsAnswerWithItsCaption) {
  INTAKE_NEEDS("pdftotext");
  INTAKE_NEEDS("pdftoppm");
  auto const copy = drawn(copy_with({{"plan[2]/front", quarters()}}));
  EXPECT_THAT(copy.defects, IsEmpty());
  auto const text = viewer::text(copy.bytes);
  EXPECT_THAT(text, HasSubstr("letter.pdf"));
  auto const name = text.find("IMG_7.JPG");
  ASSERT_NE(name, std::string::npos);
  EXPECT_NE(text.find("Front of the card", name), std::string::npos) << "the caption";
  // Luminance of red, green and blue (ITU-R BT.601): each has a quarter of 240 by 150 points.
  auto const page = viewer::page(copy.bytes, 1, 72);
  auto const without = viewer::page(drawn(copy_with({})).bytes, 1, 72);
  for (int grey : {87, 130, 52}) {
    EXPECT_NEAR(count_grey(page, grey) - count_grey(without, grey), 120 * 75, 900) << grey;
  }
}

TEST(Picture, OfAnotherAnswerIsNowhere) {
  for (auto const* key : {"plan[3]/front", "plan/front", "front", ""}) {
    EXPECT_EQ(drawn(copy_with({{key, quarters()}})).bytes.find("/DCTDecode"), std::string::npos)
        << key;
  }
}

TEST(Picture, GivesTheSameBytesEachTime) {
  auto const copy = copy_with({{"plan[2]/front", quarters()}});
  EXPECT_EQ(drawn(copy).bytes, drawn(copy).bytes);
}

}  // namespace
}  // namespace intake::pdf

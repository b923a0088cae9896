#include "forms/signature_strokes.hpp"

#include "forms/base64.hpp"
#include "tests/forms/support.hpp"

#include <random>
#include <string>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::forms {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::string_view signed_text =
    R"({"width":600,"height":200,"strokes":[[[1,2],[3.5,40]],[[5,6]]]})";

TEST(Signature, IsReadAsItWasDrawn) {
  auto const read = read_signature(std::string(signed_text));
  ASSERT_TRUE(read);
  EXPECT_EQ(*read, (drawn_signature{600, 200, {{{1, 2}, {3.5, 40}}, {{5, 6}}}}));
  EXPECT_EQ(write_signature(*read), signed_text);
}

struct refused_strokes_case {
  std::string_view name;
  std::string_view text;
};

class RefusedSignature : public ::testing::TestWithParam<refused_strokes_case> {};

TEST_P(RefusedSignature, IsNone) {
  EXPECT_FALSE(read_signature(std::string(GetParam().text)));
}

refused_strokes_case const refused_strokes[] = {
    {"Nothing", ""},
    {"NoObject", "[]"},
    {"NoStrokes", R"({"width":600,"height":200})"},
    {"NoWidth", R"({"height":200,"strokes":[]})"},
    {"OneMemberMore", R"({"width":600,"height":200,"strokes":[],"name":"x"})"},
    {"TwiceTheSameMember", R"({"width":600,"width":600,"height":200,"strokes":[]})"},
    {"WidthOfNothing", R"({"width":0,"height":200,"strokes":[]})"},
    {"WidthBeyondAnyScreen", R"({"width":10001,"height":200,"strokes":[]})"},
    {"WidthAsText", R"({"width":"600","height":200,"strokes":[]})"},
    {"StrokesAreNoList", R"({"width":600,"height":200,"strokes":{}})"},
    {"StrokeIsNoList", R"({"width":600,"height":200,"strokes":[1]})"},
    {"StrokeWithoutPoints", R"({"width":600,"height":200,"strokes":[[]]})"},
    {"PointOfOneNumber", R"({"width":600,"height":200,"strokes":[[[1]]]})"},
    {"PointOfThreeNumbers", R"({"width":600,"height":200,"strokes":[[[1,2,3]]]})"},
    {"PointOfTexts", R"({"width":600,"height":200,"strokes":[[["1","2"]]]})"},
    {"PointFarAway", R"({"width":600,"height":200,"strokes":[[[1,10201]]]})"},
    {"PointBeyondAllNumbers", R"({"width":600,"height":200,"strokes":[[[1e400,2]]]})"},
    {"SomethingBehind", R"({"width":600,"height":200,"strokes":[]} x)"},
    {"CutOff", R"({"width":600,"height":200,"strokes":[[[1,2],[3)"},
};
INSTANTIATE_TEST_SUITE_P(All, RefusedSignature, ::testing::ValuesIn(refused_strokes),
                         [](auto const& one) { return std::string(one.param.name); });

TEST(Signature, IsBounded) {
  auto const of_strokes = [](std::size_t count) {
    std::string text = R"({"width":600,"height":200,"strokes":[[[1,2]])";
    for (std::size_t i = 1; i < count; ++i) text += ",[[1,2]]";
    return text + "]}";
  };
  EXPECT_TRUE(read_signature(of_strokes(signature_strokes_max)));
  EXPECT_FALSE(read_signature(of_strokes(signature_strokes_max + 1)));
  std::string const padded = std::string(signed_text) + std::string(signature_bytes_max, ' ');
  EXPECT_FALSE(read_signature(padded));
}

TEST(Signature, IsDrawnWhenAStrokeGoesSomewhere) {
  EXPECT_FALSE(is_drawn({600, 200, {}}));
  EXPECT_FALSE(is_drawn({600, 200, {{{5, 5}}, {{50, 50}}}})) << "taps";
  EXPECT_FALSE(is_drawn({600, 200, {{{5, 5}, {5.3, 5.3}}}})) << "a pen that rested";
  EXPECT_TRUE(is_drawn({600, 200, {{{5, 5}}, {{5, 5}, {5, 6}}}}));
}

/// Whatever is read is written and read as the same; nothing else happens, whatever comes.
TEST(Signature, SurvivesWhatIsNone) {
  std::mt19937 random(20261128);
  constexpr std::string_view pieces = "{}[]\",:0123456789.-+eE \\width";
  int read_again = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string text(signed_text);
    auto const changes = 1 + random() % 3;
    for (std::size_t k = 0; k < changes; ++k) {
      auto const at = random() % text.size();
      text[at] = random() % 4 == 0 ? static_cast<char>(random()) : pieces[random() % pieces.size()];
    }
    auto const read = read_signature(text);
    if (!read) continue;
    ++read_again;
    ASSERT_EQ(read_signature(write_signature(*read)), read) << write_signature(*read);
  }
  EXPECT_GT(read_again, 100) << "changed numbers are still signatures";
}

constexpr std::string_view item =
    R"({"linkId":"s","text":"Sign here","type":"attachment","required":true,"extension":[
        {"url":"urn:intake:control","valueCode":"signature"},
        {"url":"http://hl7.org/fhir/StructureDefinition/mimeType","valueCode":"application/json"}]})";

std::vector<std::string> problems_with(std::string_view json) {
  return support::summaries(support::problems_of(
      support::form_of(item),
      support::response_text(fmt::format(
          R"({{"linkId":"s","answer":[{{"valueAttachment":{{"contentType":"application/json","data":"{}"}}}}]}})",
          encode_base64(json)))));
}

TEST(Signature, IsCheckedBeforeItIsReceived) {
  EXPECT_THAT(problems_with(signed_text), IsEmpty());
  EXPECT_THAT(problems_with(R"({"width":600,"height":200,"strokes":[]})"),
              ElementsAre("signature-empty @QuestionnaireResponse.item[0].answer[0] s"));
  EXPECT_THAT(problems_with(R"({"width":600,"height":200,"strokes":"<script>"})"),
              ElementsAre("signature-unreadable @QuestionnaireResponse.item[0].answer[0] s"));
}

}  // namespace
}  // namespace intake::forms

/// Words of forms that outlive a document: they change no byte, and a patient's are not among them.
#include "pdf/shape.hpp"
#include "tests/pdf/sample.hpp"

#include <gtest/gtest.h>

namespace intake::pdf {
namespace {

document asked(std::string question, std::string value, std::string language = "en") {
  auto out = sample::of({answer{"q", std::move(question), "", std::move(value)}});
  out.about.language = std::move(language);
  return out;
}

TEST(FormWords, TheSameBytesWhateverWasDrawnBefore) {
  form_words kept;
  document const days[] = {sample::of_everything(), asked("Where does it hurt?", "Nora’s back"),
                           asked("Ki kote ou santi doulè a?", "do", "ht"), sample::of_everything(),
                           asked("Where does it hurt?", "hurt where")};
  for (auto const& each : days) {
    EXPECT_EQ(render(each, sample::plain_faces(), kept).bytes,
              render(each, sample::plain_faces()).bytes);
  }
}

TEST(FormWords, AreThoseOfQuestionsAndNeverThoseOfAnswers) {
  form_words kept;
  render(asked("Where does it hurt?", "back"), sample::plain_faces(), kept);
  auto const before = kept.size();
  EXPECT_GE(before, 5U) << "four words and the space between them";
  render(asked("Where does it hurt?", "Grandmother’s kitchen stairs"), sample::plain_faces(), kept);
  EXPECT_EQ(kept.size(), before);
  auto hurts = asked("Where does it hurt?", "back");
  auto& blocks = hurts.sections.front().blocks;
  blocks.push_back(body_map{"hurt", {{"q2", "neck", "zygoma", "pòmèt", "7"}}, {}});
  render(hurts, sample::plain_faces(), kept);
  auto const with_body = kept.size();
  std::get<body_map>(blocks.back()).marks.front() = {"q2", "neck", "philtrum", "sivilye", "8"};
  render(hurts, sample::plain_faces(), kept);
  EXPECT_EQ(kept.size(), with_body) << "a place of the body is an answer";
  render(asked("Where does it burn?", "back"), sample::plain_faces(), kept);
  EXPECT_EQ(kept.size(), with_body + 1);
}

TEST(FormWords, DoNotGrowForEver) {
  form_words kept;
  for (std::size_t round = 0; round < 3; ++round) {
    std::string many;
    for (std::size_t at = 0; at < form_words::words_max; ++at) {
      many += "w" + std::to_string(round * form_words::words_max + at) + " ";
    }
    render(asked(many, "yes"), sample::plain_faces(), kept);
  }
  EXPECT_LE(kept.size(), 2 * form_words::words_max) << "of a regular and a bold face";
}

}  // namespace
}  // namespace intake::pdf

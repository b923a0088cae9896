#include "pdf/fidelity.hpp"

#include "pdf/content.hpp"
#include "pdf/render.hpp"
#include "tests/pdf/sample.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::pdf {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Fidelity : public testing::Test {
 protected:
  fidelity_check check_{sample::plain_faces()};
};

TEST_F(Fidelity, AcceptsTheTextInPieces) {
  auto const id = check_.watch("pain.where", "Lower  back\nand hip");
  check_.drawn(id, u"Lower back");
  check_.drawn(id, u"and hip");
  EXPECT_THAT(check_.defects(), IsEmpty());
}

struct loss_case {
  char const* name;
  std::u16string drawn;
};

class FidelityLoss : public testing::TestWithParam<loss_case> {};

TEST_P(FidelityLoss, IsNamed) {
  fidelity_check check(sample::plain_faces());
  check.drawn(check.watch("other", "fine"), u"fine");
  check.drawn(check.watch("medicine[2]/medicine.name", "5 mg ẵ"), GetParam().drawn);
  EXPECT_THAT(check.defects(), ElementsAre("medicine[2]/medicine.name"));
}

INSTANTIATE_TEST_SUITE_P(Faults, FidelityLoss,
                         testing::Values(loss_case{"lost", u""}, loss_case{"cut", u"5 mg"},
                                         loss_case{"lost_accent", u"5 mg a"},
                                         loss_case{"another_digit", u"6 mg ẵ"},
                                         loss_case{"order", u"mg 5 ẵ"},
                                         loss_case{"drawn_twice", u"5 mg ẵ5 mg ẵ"}),
                         [](auto const& tested) { return std::string(tested.param.name); });

TEST_F(Fidelity, NamesWhatStandsBeyondTheMargins) {
  auto const id = check_.watch("q", "text");
  check_.drawn(id, u"text");
  check_.misplaced(id);
  EXPECT_THAT(check_.defects(), ElementsAre("q"));
}

TEST_F(Fidelity, SeesWhatTheDrawnCodesCopyAsAndNotWhatWasShaped) {
  form_words kept;
  typesetter type(sample::plain_faces(), "en", kept);
  font_book fonts(sample::plain_faces());
  text_stream stream(sample::plain_faces(), fonts, check_);
  auto line = type.set("Lower back", {}, 300, check_.watch("q", "Lower back")).front();
  line.end -= 1;
  stream.draw(line, 54, 700);
  EXPECT_THAT(check_.defects(), ElementsAre("q"));
}

TEST(RenderDefects, NameAnAnswerThatIsWiderThanItsColumn) {
  table narrow{"", std::vector<column>(40, column{}), {{}}};
  for (int at = 0; at < 40; ++at) narrow.rows.front().push_back({"c" + std::to_string(at), "W"});
  auto const copy = render(sample::of({narrow}), sample::plain_faces());
  EXPECT_THAT(copy.defects, testing::Contains("c39"));
}

}  // namespace
}  // namespace intake::pdf

#include "pdf/protect.hpp"

#include "pdf/render.hpp"
#include "tests/pdf/sample.hpp"
#include "tests/pdf/viewer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::pdf {
namespace {

constexpr char const* password = "correct horse battery";

std::string protected_copy() {
  auto copy = sample::of_answer("Dull ache");
  copy.about.title = "A title to be hidden";
  return protect(render(copy, sample::plain_faces()).bytes, password, "the owner's, long enough");
}

TEST(Protect, OpensWithThePasswordOnly) {
  INTAKE_NEEDS("qpdf");
  auto const file = protected_copy();
  EXPECT_NE(viewer::run(file, {"qpdf", "--check", "{}"}).status, 0);
  EXPECT_NE(viewer::run(file, {"qpdf", "--password=another one 12", "--check", "{}"}).status, 0);
  auto const opened =
      viewer::run(file, {"qpdf", std::string("--password=") + password, "--check", "{}"});
  EXPECT_EQ(opened.status, 0) << opened.out << opened.err;
}

TEST(Protect, EncryptsWithAes256) {
  INTAKE_NEEDS("qpdf");
  auto const seen = viewer::run(
      protected_copy(), {"qpdf", std::string("--password=") + password, "--show-encryption", "{}"});
  EXPECT_THAT(seen.out, testing::HasSubstr("R = 6"));
  EXPECT_THAT(seen.out, testing::HasSubstr("stream encryption method: AESv3"));
  EXPECT_THAT(seen.out, testing::HasSubstr("string encryption method: AESv3"));
}

TEST(Protect, LeavesNothingReadable) {
  INTAKE_NEEDS("pdftotext");
  auto const file = protected_copy();
  EXPECT_EQ(file.find("A title"), std::string::npos);
  auto const seen = viewer::run(file, {"pdftotext", "-upw", password, "{}", "-"});
  EXPECT_THAT(seen.out, testing::HasSubstr("Dull ache"));
}

TEST(Protect, RefusesWhatIsNoPdf) {
  EXPECT_THROW(protect("no PDF", password, password), std::runtime_error);
}

TEST(Protect, TakesPasswordsThatEveryViewerReadsAlike) {
  EXPECT_TRUE(is_fit_password(password));
  EXPECT_FALSE(is_fit_password("too short"));
  EXPECT_FALSE(is_fit_password(std::string(128, 'x')));
  EXPECT_FALSE(is_fit_password("contraseña larga"));
  EXPECT_FALSE(is_fit_password("with a\ttab in it"));
}

}  // namespace
}  // namespace intake::pdf

#include "service/worker/image_children.hpp"

#include "tests/support/sample_files.hpp"

#include <thread>

#include <gtest/gtest.h>

namespace intake::service::worker {
namespace {

using std::chrono::seconds;
using tests::jpeg_file;

image_settings one_child() {
  return {.command = {INTAKE_IMAGE_WORKER}, .wait_max = seconds(30), .read_max = seconds(30)};
}

TEST(ImageChildren, ReadWhatIsReadHere) {
  image_children children(one_child());
  for (auto const& file : {jpeg_file(), tests::png_file(), tests::plain_pdf()}) {
    auto const outcome = children.read(file);
    auto const* kept = std::get_if<clean_file>(&outcome);
    ASSERT_NE(kept, nullptr);
    EXPECT_EQ(kept->bytes, read_file(file)->bytes);
  }
  EXPECT_EQ(std::get<file_fault>(children.read("nothing that we know")), file_fault::unknown_kind);
  EXPECT_EQ(children.failed(), 0U);
}

TEST(ImageChildren, AFileThatIsTooLargeStartsNobody) {
  image_children children({.command = {"/nowhere/worker"}});
  auto const large = jpeg_file() + std::string(attachment_bytes_max, 'x');
  EXPECT_EQ(std::get<file_fault>(children.read(large)), file_fault::too_large);
  EXPECT_EQ(children.failed(), 0U);
}

class ImageFault : public testing::TestWithParam<char const*> {};

TEST_P(ImageFault, CostsItsFileAndNoOther) {
  auto made = one_child();
  if (GetParam() == std::string("hang")) made.read_max = seconds(1);
  image_children children(made);
  EXPECT_TRUE(std::holds_alternative<child_failed>(children.read(GetParam())));
  EXPECT_EQ(children.failed(), 1U);
  EXPECT_TRUE(std::holds_alternative<clean_file>(children.read(jpeg_file())));
}

#if defined(__SANITIZE_ADDRESS__)
// Sanitized children have no limit of memory: they reserve terabytes.
constexpr char const* reading_faults[] = {"abort", "segment", "exit", "throw", "nonsense", "hang"};
#else
constexpr char const* reading_faults[] = {"abort",  "segment",  "exit", "throw",
                                          "memory", "nonsense", "hang"};
#endif
INSTANTIATE_TEST_SUITE_P(Planted, ImageFault, testing::ValuesIn(reading_faults),
                         [](auto const& tested) { return std::string(tested.param); });

TEST(ImageChildren, LetNothingOutOfTheSandbox) {
  image_children children(one_child());
  auto const outcome = children.read("escape");
  ASSERT_TRUE(std::holds_alternative<clean_file>(outcome));
  EXPECT_EQ(std::get<clean_file>(outcome).bytes, "");
}

TEST(ImageChildren, WhoFindsNoPlaceInTimeHearsThatTheyAreBusy) {
  auto made = one_child();
  made.children_max = 1;
  made.wait_max = std::chrono::milliseconds(100);
  made.read_max = seconds(3);
  image_children children(made);
  std::jthread const hanging([&] { children.read("hang"); });
  std::this_thread::sleep_for(std::chrono::milliseconds(500));
  EXPECT_TRUE(std::holds_alternative<children_busy>(children.read(jpeg_file())));
}

/// No process is our own fault and may pass; one that ends without a word may be the file's.
TEST(ImageChildren, AProgramThatDoesNotStartIsAFailure) {
  image_children missing({.command = {"/nowhere/worker"}});
  EXPECT_TRUE(std::holds_alternative<children_busy>(missing.read(jpeg_file())));
  EXPECT_EQ(missing.failed(), 1U);
  image_children silent({.command = {"/bin/true"}});
  EXPECT_TRUE(std::holds_alternative<child_failed>(silent.read(jpeg_file())));
}

}  // namespace
}  // namespace intake::service::worker

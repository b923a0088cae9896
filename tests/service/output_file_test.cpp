// Where a command's result goes.
#include "service/commands/output_file.hpp"

#include "certs/random.hpp"
#include "tests/certs/temporary_folder.hpp"

#include <array>
#include <fstream>
#include <iterator>
#include <thread>

#include <gtest/gtest.h>
#include <sys/stat.h>

namespace intake::service::tests {
namespace {

class OutputFile : public testing::Test {
 protected:
  std::string path(std::string const& name) const { return (folder_ / name).string(); }
  void write(std::string const& target) const {
    commands::write_output(
        {.world = certs::system_world(), .out = stdout, .err = stderr, .assets = {}}, target,
        "result");
  }
  static std::string text_of(std::string const& file) {
    std::ifstream in(file);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  static mode_t mode_of(std::string const& file) {
    struct stat status {};
    EXPECT_EQ(::lstat(file.c_str(), &status), 0) << file;
    return status.st_mode;
  }

  certs::temporary_folder folder_;
};

TEST_F(OutputFile, IsReadByItsOwnerAloneWhateverWasThere) {
  write(path("new"));
  std::ofstream(path("old")) << "before";
  ::chmod(path("old").c_str(), 0666);
  write(path("old"));
  for (auto const* each : {"new", "old"}) {
    EXPECT_EQ(mode_of(path(each)), S_IFREG | 0600U) << each;
    EXPECT_EQ(text_of(path(each)), "result") << each;
  }
}

TEST_F(OutputFile, GoesWhereASymbolicLinkLeadsAndTheLinkStays) {
  std::ofstream(path("target")) << "before";
  std::filesystem::create_symlink("target", path("link"));
  write(path("link"));
  EXPECT_TRUE(S_ISLNK(mode_of(path("link"))));
  EXPECT_EQ(text_of(path("target")), "result");
}

TEST_F(OutputFile, APipeTakesItAndStays) {
  ASSERT_EQ(::mkfifo(path("pipe").c_str(), 0600), 0);
  std::string heard;
  std::thread reader([&] { heard = text_of(path("pipe")); });
  write(path("pipe"));
  reader.join();
  EXPECT_EQ(heard, "result");
  EXPECT_TRUE(S_ISFIFO(mode_of(path("pipe"))));
}

TEST_F(OutputFile, ADeviceTakesItOrSaysWhyNot) {
  std::filesystem::create_symlink("/dev/full", path("full"));
  std::filesystem::create_symlink("/dev/null", path("null"));
  write(path("null"));
  EXPECT_THROW(write(path("full")), command_failed);
  EXPECT_TRUE(S_ISCHR(mode_of("/dev/null")));
}

}  // namespace
}  // namespace intake::service::tests

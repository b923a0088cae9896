#include "service/files.hpp"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

namespace intake::service {
namespace {

// A socket cannot be opened by a name under /dev or /proc, as a pipe of another user cannot.
TEST(Files, TheStandardInputIsReadThroughItsDescriptor) {
  int ends[2];
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
  ASSERT_EQ(::write(ends[1], "day list", 8), 8);
  ::close(ends[1]);
  int const before = ::dup(STDIN_FILENO);
  ::dup2(ends[0], STDIN_FILENO);
  ::close(ends[0]);
  auto const text = read_input("-");
  ::dup2(before, STDIN_FILENO);
  ::close(before);
  EXPECT_EQ(text, "day list");
}

TEST(Files, OthersAreReadByTheirName) {
  EXPECT_EQ(read_input(INTAKE_SOURCE "/LICENSE"), read_file(INTAKE_SOURCE "/LICENSE"));
  EXPECT_THROW(read_input("/nowhere/at/all"), std::runtime_error);
}

}  // namespace
}  // namespace intake::service

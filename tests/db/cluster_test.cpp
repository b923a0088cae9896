// The throw-away cluster itself: nothing of it may stay behind.
#include "tests/support/postgres.hpp"

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

#include <gtest/gtest.h>
#include <unistd.h>

namespace intake::tests {
namespace {

std::string const script = INTAKE_SOURCE "/tests/support/with_postgres";

bool vanishes(std::string const& directory) {
  for (int i = 0; i < 100; ++i) {
    if (!std::filesystem::exists(directory)) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  return false;
}

/// Runs a shell command beside a cluster; gives the directory that the cluster had.
std::string run_beside(std::string const& command, int& status) {
  auto const note = std::filesystem::temp_directory_path() /
                    ("intake-cluster-test." + std::to_string(::getpid()));
  status = std::system((script + " --no-fsync sh -c 'echo $PGHOST >" + note.string() + "; " +
                        command + "' 2>/dev/null")
                           .c_str());
  std::string directory;
  std::ifstream(note) >> directory;
  std::filesystem::remove(note);
  return directory;
}

TEST(cluster, gives_back_the_commands_status_and_vanishes) {
  int status = 0;
  auto const directory = run_beside("psql -qAtXc \"SELECT 1\" >/dev/null && exit 7", status);
  EXPECT_EQ(WEXITSTATUS(status), 7);
  ASSERT_NE(directory, "");
  EXPECT_FALSE(std::filesystem::exists(directory));
}

TEST(cluster, vanishes_when_whoever_started_it_is_killed) {
  int status = 0;
  auto const directory = run_beside("kill -9 $PPID", status);
  ASSERT_NE(directory, "");
  EXPECT_TRUE(vanishes(directory));
}

TEST(cluster, vanishes_with_its_object) {
  std::string directory;
  {
    cluster const one({"--no-fsync"});
    directory = one.socket_directory();
    EXPECT_TRUE(std::filesystem::exists(directory));
  }
  EXPECT_FALSE(std::filesystem::exists(directory));
}

}  // namespace
}  // namespace intake::tests

#include "tests/service/command_run.hpp"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>
#include <unistd.h>

namespace intake::service {
namespace {

namespace fs = std::filesystem;

tests::command_end run(std::string const& expression, std::string const& file) {
  using namespace std::chrono;
  certs::world const world{[] { return certs::utc_time{sys_days{2026y / 11 / 28} + 9h}; }, {}};
  return tests::run_command(world, {"fhirpath", expression, "--resource", file});
}

class FhirpathCommand : public ::testing::Test {
 protected:
  void SetUp() override {
    path_ = fs::temp_directory_path() / ("intake_fhirpath_" + std::to_string(getpid()) + ".json");
    std::ofstream{path_} << R"({"resourceType":"Patient","name":[{"given":["Ann","Bea"]}],)"
                         << R"("birthDate":"1965-06-15","contact":[{"gender":"female"}]})";
  }
  void TearDown() override { fs::remove(path_); }
  fs::path path_;
};

TEST_F(FhirpathCommand, PrintsOneJsonArray) {
  auto const found = run("Patient.name.given", path_);
  EXPECT_EQ(found.code, 0) << found.err;
  EXPECT_EQ(found.out, "[\"Ann\",\"Bea\"]\n");
  EXPECT_EQ(run("contact", path_).out, "[{\"gender\":\"female\"}]\n");
  EXPECT_EQ(run("today() | 1.50 | 2 days", path_).out,
            "[\"2026-11-28\",1.50,{\"value\":2,\"unit\":\"days\"}]\n");
  EXPECT_EQ(run("photo", path_).out, "[]\n");
}

TEST_F(FhirpathCommand, NamesTheColumnOfWhatIsWrong) {
  auto const bad = run("name.given.(", path_);
  EXPECT_EQ(bad.code, 1);
  EXPECT_NE(bad.err.find("column 12"), std::string::npos) << bad.err;
  auto const failing = run("birthDate + name.given.first()", path_);
  EXPECT_EQ(failing.code, 1);
  EXPECT_NE(failing.err.find("column 11"), std::string::npos) << failing.err;
  EXPECT_EQ(failing.err.find("Ann"), std::string::npos) << "says what somebody answered";
}

TEST_F(FhirpathCommand, NeedsAFileThatCanBeRead) {
  EXPECT_EQ(run("1", "/nowhere/patient.json").code, 2);
  std::ofstream{path_} << "{";
  EXPECT_EQ(run("1", path_).code, 2);
}

}  // namespace
}  // namespace intake::service

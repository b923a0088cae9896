// A ZIP that others can read, whose names lead nowhere else.
#include "service/zip/archive.hpp"

#include <stdexcept>

#include <gtest/gtest.h>

namespace intake::service::zip {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::sys_seconds made =
    std::chrono::sys_days{std::chrono::year{2026} / 11 / 28} + 9h + 5min + 31s;

TEST(ZipArchive, HoldsItsEntriesAsTheyAreAndIsTheSameEveryTime) {
  archive_entry const entries[] = {{"a.pdf", "first content", made},
                                   {"b.pdf", std::string("with\0zero", 9), made}};
  auto const bytes = write_archive(entries);
  EXPECT_EQ(bytes, write_archive(entries));
  EXPECT_TRUE(bytes.starts_with("PK\x03\x04"));
  EXPECT_NE(bytes.find("a.pdffirst content"), bytes.npos) << "stored, not deflated";
  EXPECT_NE(bytes.find(std::string("with\0zero", 9)), bytes.npos);
  // APPNOTE 4.3.7: time and date stand at 10 and 12 of a local header, low byte first.
  auto const at = [&](std::size_t i) {
    return static_cast<unsigned char>(bytes[i]) | static_cast<unsigned char>(bytes[i + 1]) << 8;
  };
  EXPECT_EQ(at(10), 9 << 11 | 5 << 5 | 15);
  EXPECT_EQ(at(12), (2026 - 1980) << 9 | 11 << 5 | 28);
}

TEST(ZipArchive, TakesNoNameThatCouldLeadElsewhere) {
  struct name_case {
    char const* why;
    char const* name;
  };
  constexpr name_case cases[] = {{"up", "../copy.pdf"},
                                 {"a folder", "a/copy.pdf"},
                                 {"a folder of another system", "a\\copy.pdf"},
                                 {"none", ""},
                                 {"a hidden one", ".copy"},
                                 {"a space", "a copy.pdf"},
                                 {"a letter that somebody's system lacks", "Muñoz.pdf"}};
  for (auto const& each : cases) {
    archive_entry const entries[] = {{each.name, "x", made}};
    EXPECT_THROW(write_archive(entries), std::runtime_error) << each.why;
  }
  archive_entry const twice[] = {{"a.pdf", "x", made}, {"a.pdf", "y", made}};
  EXPECT_THROW(write_archive(twice), std::runtime_error);
}

TEST(ZipArchive, OfNothingIsNotWritten) {
  EXPECT_THROW(write_archive({}), std::runtime_error);
}

}  // namespace
}  // namespace intake::service::zip

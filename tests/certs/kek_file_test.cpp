#include "certs/kek_file.hpp"

#include "certs/hash_chain.hpp"
#include "certs/hex.hpp"
#include "certs/utc_text.hpp"
#include "tests/certs/temporary_folder.hpp"
#include "tests/certs/test_world.hpp"

#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

namespace intake::certs {
namespace {

using testing::HasSubstr;

key_set two_keks() {
  auto const w = test_world();
  auto keys = new_key_set(w);
  add_kek(keys, w);
  return keys;
}

std::string text_of(key_set const& keys) {
  return std::string(as_text(write_key_file(keys)));
}

std::string with_check(std::string line) {
  auto const hash = sha256(as_bytes(line));
  line += ' ';
  append_hex(line, bytes_view(hash).first(4));
  return line + '\n';
}

void expect_same(key_set const& a, key_set const& b) {
  ASSERT_EQ(a.keks.size(), b.keks.size());
  for (std::size_t i = 0; i < a.keks.size(); ++i) {
    EXPECT_EQ(a.keks[i].id, b.keks[i].id);
    EXPECT_EQ(a.keks[i].state, b.keks[i].state);
    EXPECT_EQ(a.keks[i].created, b.keks[i].created);
    EXPECT_TRUE(a.keks[i].key == b.keks[i].key);
  }
  EXPECT_TRUE(a.index_root == b.index_root);
}

TEST(KeyFile, ReadsWhatItWrites) {
  auto const keys = two_keks();
  expect_same(parse_key_file(text_of(keys)).value(), keys);
}

TEST(KeyFile, AnyChangedCharacterOutsideCommentsIsFound) {
  auto const text = text_of(two_keks());
  auto const begin = text.find("intake-keys");
  for (auto i = begin; i < text.size(); ++i) {
    for (auto const replacement : {'0', 'a', ' ', '\n', '#', '\0'}) {
      auto const comments_out_a_line = replacement == '#' && text[i - 1] == '\n';
      if (text[i] == replacement || comments_out_a_line) continue;
      auto changed = text;
      changed[i] = replacement;
      EXPECT_FALSE(parse_key_file(changed)) << i << " " << int{replacement};
    }
  }
}

TEST(KeyFile, AnyCutIsFound) {
  auto const text = text_of(two_keks());
  for (std::size_t size = 0; size < text.size(); ++size) {
    EXPECT_FALSE(parse_key_file(text.substr(0, size))) << size;
  }
}

TEST(KeyFile, SaysWhatIsWrong) {
  std::string const zeros(64, '0');
  std::string const ones(64, '1');
  auto const kek = [](std::string const& id, std::string const& state, std::string const& key) {
    return with_check("kek " + id + " " + state + " 2026-11-23T14:05:06Z " + key);
  };
  std::string const head = "intake-keys 1\n";
  auto const root = with_check("index-root " + std::string(64, 'a'));
  struct wrong_file {
    char const* name;
    std::string text;
    std::size_t line;
    char const* message;
  };
  wrong_file const cases[] = {
      {"empty", "", 0, "cut short"},
      {"no header", "# x\n" + kek("a", "current", zeros) + root, 2, "intake-keys 1"},
      {"other format", "intake-keys 2\n", 1, "intake-keys 1"},
      {"no KEK", head + root, 0, "no key-encryption key"},
      {"no index root", head + kek("a", "current", zeros), 0, "no index root"},
      {"two index roots", head + kek("a", "current", zeros) + root + root, 4, "second index root"},
      {"none current", head + kek("a", "decrypt-only", zeros) + root, 0, "exactly one"},
      {"two current", head + kek("a", "current", zeros) + kek("b", "current", ones) + root, 0,
       "exactly one"},
      {"same id", head + kek("a", "current", zeros) + kek("a", "decrypt-only", ones) + root, 0,
       "same id or key"},
      {"same key", head + kek("a", "current", zeros) + kek("b", "decrypt-only", zeros) + root, 0,
       "same id or key"},
      {"state", head + kek("a", "retired", zeros) + root, 2, "current or decrypt-only"},
      {"id", head + kek("A", "current", zeros) + root, 0, "KEK id"},
      {"empty id", head + kek("", "current", zeros) + root, 0, "KEK id"},
      {"short key", head + kek("a", "current", zeros.substr(1)) + root, 2, "64 lower-case"},
      {"upper-case key", head + kek("a", "current", std::string(64, 'A')) + root, 2,
       "64 lower-case"},
      {"time", head + with_check("kek a current 2026-02-30T00:00:00Z " + zeros) + root, 2, "time"},
      {"fields", head + with_check("kek a current " + zeros) + root, 2, "six fields"},
      {"two spaces", head + with_check("kek  a current 2026-11-23T14:05:06Z " + zeros) + root, 2,
       "six fields"},
      {"unknown line", head + with_check("pin 1234"), 2, "neither"},
      {"CRLF", "intake-keys 1\r\n", 1, "intake-keys 1"},
      {"too large", std::string(key_file_bytes_max + 1, '#'), 0, "64 KiB"},
  };
  for (auto const& c : cases) {
    auto const result = parse_key_file(c.text);
    ASSERT_FALSE(result) << c.name;
    EXPECT_EQ(result.error().line, c.line) << c.name;
    EXPECT_THAT(std::string(result.error().message), HasSubstr(c.message)) << c.name;
  }
}

TEST(KeyFile, IsCreatedForItsOwnerOnlyAndNeverOverwritten) {
  temporary_folder const folder;
  auto const path = folder / "keys";
  auto const keys = two_keks();
  create_key_file(path, keys);
  struct stat status {};
  ASSERT_EQ(::stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777U, 0600U);
  expect_same(read_key_file(path), keys);
  EXPECT_THROW(create_key_file(path, new_key_set(test_world(5))), std::runtime_error);
  expect_same(read_key_file(path), keys);
  EXPECT_EQ(folder.entries(), 1U);
}

TEST(KeyFile, IsReplacedWithItsModeKept) {
  temporary_folder const folder;
  auto const path = folder / "keys";
  create_key_file(path, two_keks());
  ASSERT_EQ(::chmod(path.c_str(), 0640), 0);
  auto const keys = new_key_set(test_world(5));
  replace_key_file(path, keys);
  struct stat status {};
  ASSERT_EQ(::stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777U, 0640U);
  expect_same(read_key_file(path), keys);
  EXPECT_EQ(folder.entries(), 1U);
}

std::string complaint_of(std::filesystem::path const& path) {
  try {
    read_key_file(path);
  } catch (std::runtime_error const& e) {
    return e.what();
  }
  return "none";
}

TEST(KeyFile, IsRefusedWhenOthersMayReadIt) {
  temporary_folder const folder;
  auto const path = folder / "keys";
  create_key_file(path, two_keks());
  struct mode_case {
    mode_t mode;
    bool good;
  };
  // 0440 is what a systemd credential shows.
  for (auto const c : {mode_case{0600, true}, mode_case{0400, true}, mode_case{0440, true},
                       mode_case{0640, true}, mode_case{0644, false}, mode_case{0660, false},
                       mode_case{0601, false}, mode_case{0602, false}}) {
    ASSERT_EQ(::chmod(path.c_str(), c.mode), 0);
    auto const complaint = complaint_of(path);
    if (c.good) {
      EXPECT_EQ(complaint, "none") << std::oct << c.mode;
    } else {
      EXPECT_THAT(complaint, HasSubstr("chmod 600 " + path.string())) << std::oct << c.mode;
    }
  }
}

TEST(KeyFile, ComplaintsNameTheFileAndTheReason) {
  temporary_folder const folder;
  EXPECT_THAT(complaint_of(folder / "missing"), HasSubstr("missing: No such file"));
  EXPECT_THAT(complaint_of("/dev/null"), HasSubstr("not a regular file"));
  auto const path = folder / "keys";
  auto text = text_of(two_keks());
  text[text.size() - 2] ^= 1;
  std::ofstream(path) << text;
  ASSERT_EQ(::chmod(path.c_str(), 0600), 0);
  EXPECT_THAT(complaint_of(path), HasSubstr("keys, line 6: the check"));
  EXPECT_THROW(create_key_file(folder / "no" / "keys", two_keks()), std::runtime_error);
}

TEST(UtcText, WritesWhatItReads) {
  for (auto const* text : {"1970-01-01T00:00:00Z", "2000-02-29T23:59:59Z", "2026-11-23T14:05:06Z",
                           "9999-12-31T23:59:59Z"}) {
    EXPECT_EQ(utc_text(parse_utc_text(text).value()), text);
  }
}

TEST(UtcText, RefusesEverythingElse) {
  for (auto const* text :
       {"", "2026-11-23", "2026-11-23 14:05:06Z", "2026-11-23T14:05:06", "2026-11-23T14:05:06z",
        "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z", "2026-02-29T00:00:00Z",
        "2026-11-23T24:00:00Z", "2026-11-23T14:60:00Z", "2026-11-23T14:05:60Z",
        "1969-12-31T23:59:59Z", "+026-11-23T14:05:06Z", "2026-11-23T14:05:06Z "}) {
    EXPECT_FALSE(parse_utc_text(text)) << text;
  }
}

}  // namespace
}  // namespace intake::certs

#include "certs/escrow.hpp"

#include "certs/check_word.hpp"
#include "certs/crockford.hpp"
#include "tests/certs/test_world.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::certs {
namespace {

using testing::HasSubstr;

TEST(CheckWord, KnownAnswersFromTheProquintProposal) {
  // 127.0.0.1 lusab-babad, 63.84.220.193 gutih-tugad, 255.255.255.255 zuzuz-zuzuz.
  EXPECT_EQ(check_word(0x7f00), "lusab");
  EXPECT_EQ(check_word(0x0001), "babad");
  EXPECT_EQ(check_word(0x3f54), "gutih");
  EXPECT_EQ(check_word(0xdcc1), "tugad");
  EXPECT_EQ(check_word(0xffff), "zuzuz");
}

TEST(CheckWord, ReadsWhatItWritesInEitherCase) {
  for (unsigned bits = 0; bits <= 0xffff; bits += 7) {
    ASSERT_EQ(read_check_word(check_word(static_cast<std::uint16_t>(bits))), bits);
  }
  EXPECT_EQ(read_check_word("LuSab"), 0x7f00);
  for (auto const* word : {"", "lusa", "lusabb", "lesab", "lusae", "lu ab"}) {
    EXPECT_FALSE(read_check_word(word)) << word;
  }
}

class Escrow : public testing::Test {
 protected:
  world w = test_world();
  key_set keys = with_two_keks();
  std::string text = sheet_of(keys);

  key_set with_two_keks() {
    auto set = new_key_set(w);
    add_kek(set, w);
    return set;
  }
  static std::string sheet_of(key_set const& set) {
    auto const printed = std::chrono::sys_seconds{std::chrono::seconds{1'795'442'706}};
    return std::string(as_text(write_escrow_sheet(set, {"Example Pain Center", printed})));
  }
  std::size_t begin() const { return text.find("\nBEGIN KEYS\n") + 1; }
  std::size_t end() const { return text.rfind("\nEND ") + 1; }

  void expect_the_keys(std::string const& typed) const {
    auto const read = read_escrow_sheet(typed);
    ASSERT_TRUE(read) << read.error().line << ": " << read.error().message;
    ASSERT_EQ(read->keks.size(), keys.keks.size());
    for (std::size_t i = 0; i < keys.keks.size(); ++i) {
      EXPECT_EQ(read->keks[i].id, keys.keks[i].id);
      EXPECT_EQ(read->keks[i].state, keys.keks[i].state);
      EXPECT_EQ(read->keks[i].created, keys.keks[i].created);
      EXPECT_TRUE(read->keks[i].key == keys.keks[i].key);
    }
    EXPECT_TRUE(read->index_root == keys.index_root);
  }
};

TEST_F(Escrow, ReadsWhatItWrites) {
  expect_the_keys(text);
}

TEST_F(Escrow, ReadsWhatAPersonTypes) {
  auto typed = text.substr(begin(), text.find('\n', end()) - begin());
  for (auto& c : typed) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  expect_the_keys(typed);
  expect_the_keys(typed + "\nsigned: A. Person\n");

  std::string dashed;
  for (auto const c : text) dashed += c == '\n' ? "\r\n" : std::string(1, c);
  expect_the_keys(dashed);
}

TEST_F(Escrow, ReadsGroupsAsTheyComeAndLettersThatLookAlike) {
  auto lines = text.substr(begin());
  std::string typed;
  while (!lines.empty()) {
    auto line = lines.substr(0, lines.find('\n'));
    lines.erase(0, line.size() + 1);
    if (line.starts_with("  ") && line.size() > 20) {
      auto const number = line[2];
      auto characters = line.substr(5, 19);
      auto const word = line.substr(line.size() - 5);
      for (auto& c : characters) c = c == '0' ? 'o' : c == '1' ? 'l' : c == ' ' ? '-' : c;
      line = std::string(1, number) + ". " + characters + "\t" + word + "  ";
    }
    typed += line + "\n";
  }
  expect_the_keys(typed);
}

TEST_F(Escrow, AnyMistypedCharacterIsFoundOnItsLine) {
  auto const before = std::string_view(text).substr(0, begin());
  auto const first_line = static_cast<std::size_t>(std::ranges::count(before, '\n')) + 1;
  auto line = first_line;
  for (auto i = begin() + 11; i < text.find('\n', end()); ++i) {
    if (text[i] == '\n') ++line;
    if (text[i] == '\n' || text[i] == ' ') continue;
    auto typed = text;
    for (auto const replacement : {'7', 'b', '-', '!'}) {
      typed[i] = replacement;
      if ((text[i] | 0x20) == (replacement | 0x20)) continue;
      auto const read = read_escrow_sheet(typed);
      ASSERT_FALSE(read) << "line " << line << ", " << text[i] << " as " << replacement;
      EXPECT_EQ(read.error().line, line + 1) << read.error().message;
    }
  }
}

TEST_F(Escrow, SwappedOrMissingLinesAreFound) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    auto const next = text.find('\n', at) + 1;
    lines.push_back(text.substr(at, next - at));
    at = next;
  }
  auto const joined = [](std::vector<std::string> const& all) {
    std::string result;
    for (auto const& line : all) result += line;
    return result;
  };
  auto const is_content = [](std::string const& line) { return line.size() > 1; };
  for (std::size_t i = 13; i < lines.size(); ++i) {
    if (!is_content(lines[i]) || lines[i].starts_with("BEGIN")) continue;
    auto without = lines;
    without.erase(without.begin() + static_cast<std::ptrdiff_t>(i));
    EXPECT_FALSE(read_escrow_sheet(joined(without))) << i;
    for (std::size_t j = 13; j < i; ++j) {
      if (!is_content(lines[j]) || lines[j].starts_with("BEGIN")) continue;
      auto swapped = lines;
      std::swap(swapped[i], swapped[j]);
      EXPECT_FALSE(read_escrow_sheet(joined(swapped))) << i << " and " << j;
    }
  }
}

TEST_F(Escrow, AMissingKeyIsFound) {
  auto const second = text.find("KEK kek", text.find("KEK kek") + 1);
  auto const root = text.find("INDEX ROOT");
  auto const without = text.substr(0, second) + text.substr(root);
  EXPECT_THAT(std::string(read_escrow_sheet(without).error().message),
              HasSubstr("is a key missing"));
}

TEST_F(Escrow, SaysWhatIsMissing) {
  for (auto const& cut :
       {std::string(), std::string("nothing"), text.substr(0, begin()), text.substr(0, end())}) {
    auto const read = read_escrow_sheet(cut);
    ASSERT_FALSE(read);
    EXPECT_THAT(std::string(read.error().message), HasSubstr("not all there"));
  }
  EXPECT_THAT(std::string(read_escrow_sheet(std::string(70'000, ' ')).error().message),
              HasSubstr("64 KiB"));
}

TEST_F(Escrow, FitsAPageAndSaysWhose) {
  EXPECT_THAT(text, HasSubstr("Example Pain Center\n"));
  EXPECT_THAT(text, HasSubstr("2026-11-23T14:05:06Z"));
  for (std::size_t at = 0; at < text.size();) {
    auto const next = text.find('\n', at) + 1;
    EXPECT_LE(next - at - 1, 78U) << text.substr(at, next - at);
    at = next;
  }
}

TEST_F(Escrow, ALongClinicNameIsCutBetweenCharacters) {
  auto const name = std::string(59, 'x') + "é";
  auto const sheet = write_escrow_sheet(keys, {name, {}});
  EXPECT_THAT(std::string(as_text(sheet)), HasSubstr(std::string(59, 'x') + "\n"));
}

TEST_F(Escrow, AClinicNameCannotForgeLines) {
  auto const printed = std::chrono::sys_seconds{};
  auto const sheet = write_escrow_sheet(keys, {"A\nBEGIN KEYS\nEND babad", printed});
  expect_the_keys(std::string(as_text(sheet)));
}

}  // namespace
}  // namespace intake::certs

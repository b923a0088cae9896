#include "forms/json_reader.hpp"
#include "forms/x12/reading_json.hpp"
#include "forms/x12/segment_writer.hpp"
#include "forms/x12/verdict.hpp"
#include "tests/forms/x12/sample_files.hpp"

#include <algorithm>
#include <cstdlib>
#include <random>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace intake::forms::x12 {
namespace {

int cases_of_a_property() {
  auto const* const said = std::getenv("INTAKE_PROPERTY_CASES");
  return said == nullptr ? 1000 : std::max(1, std::atoi(said));
}

std::vector<std::string> samples_of_each_kind() {
  return {samples::full_271(), samples::full_270(), samples::sample_999(), samples::sample_ta1(),
          samples::full_271() + "\n" + samples::sample_999()};
}

/// What must hold for any bytes: one JSON text, places inside the file, no verdict from nothing.
void expect_sound(std::string_view text, std::string const& what) {
  auto const read = read_tolerant(text);
  auto const json = to_json(read, {"0", "sample", 20261128});
  ASSERT_TRUE(read_json(json, {.bytes_max = std::size_t{64} << 20}).has_value()) << what;
  for (auto const* const list : {&read.found.deviations(), &read.found.errors()}) {
    for (auto const& one : *list) {
      ASSERT_LE(one.segment, read.file.segments.size() + 1) << what;
      ASSERT_FALSE(name_of(one.code).empty()) << what;
    }
  }
  std::size_t placed = 0;
  std::size_t in_sets = 0;
  std::size_t index = 0;
  for (auto const& one : read.interchanges) {
    for (auto const& group : one.groups) {
      for (auto const& set : group.sets) {
        auto const& tree = read.sets.at(index++).tree;
        placed += tree.segments.size();
        if (!tree.loops.empty()) in_sets += set.segments.size();
      }
    }
  }
  ASSERT_EQ(placed, in_sets) << what;
}

TEST(X12Properties, ATextCutAtAnyByteIsReadOrRefused) {
  for (auto const& text : samples_of_each_kind()) {
    for (std::size_t length = 0; length <= text.size(); ++length) {
      expect_sound(text.substr(0, length), fmt::format("cut at {}", length));
    }
  }
}

TEST(X12Properties, NoCutIsEverCleanOrActive) {
  auto const text = samples::full_271();
  for (std::size_t length = 0; length + 1 < text.size(); ++length) {
    auto const cut = text.substr(0, length);
    auto const read = read_tolerant(cut);
    EXPECT_NE(verdict_of(read.found), reading_verdict::clean) << length;
    if (length >= text.find("~SE*")) continue;
    for (auto const& set : read.sets) {
      auto const* const all = std::get_if<response>(&set.content);
      if (all == nullptr) continue;
      for (auto const& one : all->answers) {
        EXPECT_NE(verdict_of(*all, one, 0).status, coverage_status::active) << length;
      }
    }
  }
}

TEST(X12Properties, RandomChangesNeverHarm) {
  std::mt19937 chance{20261128};
  auto const texts = samples_of_each_kind();
  using namespace std::string_view_literals;
  constexpr auto spice =
      "*~^:\n\r\x1D\0\xFF"
      "IS09AEB1"sv;
  constexpr auto places = "*~"sv;
  for (int i = 0; i < cases_of_a_property(); ++i) {
    auto text = texts[chance() % texts.size()];
    auto const changes = 1 + chance() % 8;
    for (unsigned n = 0; n < changes && !text.empty(); ++n) {
      auto const at = chance() % text.size();
      switch (chance() % 5) {
        case 0:
          text[at] = spice[chance() % spice.size()];
          break;
        case 1:
          text.erase(at, 1 + chance() % 20);
          break;
        case 2:
          text.insert(at, 1, spice[chance() % spice.size()]);
          break;
        case 3:
          text.insert(at, text.substr(chance() % text.size(), chance() % 60));
          break;
        default:
          text.insert(at, 1, places[chance() % places.size()]);
      }
    }
    expect_sound(text, fmt::format("case {}", i));
  }
}

TEST(X12Properties, RandomSeparatorsSayTheSame) {
  std::mt19937 chance{20261129};
  std::string marks;
  for (int byte = 1; byte < 256; ++byte) {
    auto const c = static_cast<char>(byte);
    bool const is_data = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
                         (c >= 'a' && c <= 'z') || c == ' ' || c == '.' || c == '-' || c == '\t';
    if (!is_data && c != '\r' && c != '\n') marks += c;
  }
  for (auto const& text : {samples::full_271(), samples::full_270()}) {
    auto const wanted = canonical_text(read_tolerant(text).file);
    for (int i = 0; i < cases_of_a_property() / 4; ++i) {
      std::ranges::shuffle(marks, chance);
      delimiters const random{marks[0], marks[1], marks[2], marks[3]};
      auto const other = samples::with_marks(text, random, chance() % 2 == 0 ? "" : "\r\n");
      auto const read = read_tolerant(other);
      ASSERT_EQ(canonical_text(read.file), wanted) << i;
      ASSERT_TRUE(read.found.empty()) << i;
    }
  }
}

TEST(X12Properties, CanonicalTextIsAFixedPoint) {
  auto texts = samples_of_each_kind();
  for (auto& one : samples::corpus()) texts.push_back(std::move(one.text));
  for (auto const& text : texts) {
    auto const once = canonical_text(read_tolerant(text).file);
    EXPECT_EQ(canonical_text(read_tolerant(once).file), once) << text.substr(0, 120);
  }
}

TEST(X12Properties, TenThousandBenefitsAreReadInOrder) {
  std::string segments;
  for (int i = 0; i < 10'000; ++i) segments += fmt::format("EB*B*IND*98***27*{}*****Y~", i);
  auto const text = samples::answer_with(segments);
  auto const read = read_tolerant(text);
  EXPECT_TRUE(read.found.empty());
  auto const& rows = samples::only_response(read).answers.at(0).benefits;
  ASSERT_EQ(rows.size(), 10'000U);
  EXPECT_EQ(rows[9'999].amount_cents, 999'900);
  EXPECT_EQ(rows[9'999].segment, 12U + 10'000U);
}

TEST(X12Properties, ManyLevelsCostNoMoreThanTheyAre) {
  std::string segments = "HL*1**20*1~NM1*PR*2*EXAMPLE MUTUAL~";
  for (int i = 0; i < 2'000; ++i) segments += "AAA*Y**42*R~";
  segments += "HL*2*1*21*1~NM1*1P*2*EXAMPLE PAIN CENTER~";
  for (std::size_t i = 0; i + 2 < levels_max; ++i)
    segments += fmt::format("HL*{}*2*22*0~NM1*IL*1*A~", i + 3);
  auto const text = samples::file_of("271", segments);
  auto const read = read_tolerant(text);
  EXPECT_EQ(samples::only_response(read).answers.size(), levels_max - 2);
  EXPECT_LT(to_json(read, {"0", "many", 0}).size(), std::size_t{400} << 20);
  auto const more = samples::file_of("271", segments + "HL*9*2*22*0~HL*9*2*22*0~");
  EXPECT_EQ(verdict_of(read_tolerant(more).found), reading_verdict::refused);
}

}  // namespace
}  // namespace intake::forms::x12

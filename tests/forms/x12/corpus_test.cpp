#include "forms/x12/reading_json.hpp"
#include "forms/x12/verdict.hpp"
#include "tests/forms/x12/sample_files.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <gtest/gtest.h>

// Public files and our own, with what each of them has wrong (MANIFEST.tsv).
namespace intake::forms::x12 {
namespace {

constexpr char const* not_here = "The corpus of X12 files is not here.";

TEST(X12Corpus, EveryFileIsReadOrRefusedWithItsPlaceAndReason) {
  auto const files = samples::corpus();
  if (files.empty()) GTEST_SKIP() << not_here;
  EXPECT_GE(files.size(), 100U);
  for (auto const& one : files) {
    auto const read = read_tolerant(one.text);
    EXPECT_FALSE(to_json(read, {"0", one.name, 20261128}).empty()) << one.name;
    auto const strict = read_strict(one.text);
    EXPECT_EQ(strict.has_value(), verdict_of(read.found) == reading_verdict::clean) << one.name;
    if (strict) continue;
    EXPECT_FALSE(strict.error().where.empty()) << one.name;
    EXPECT_FALSE(strict.error().message.empty()) << one.name;
  }
}

TEST(X12Corpus, WhatTheManifestCallsBrokenIsNeverClean) {
  auto const files = samples::corpus();
  if (files.empty()) GTEST_SKIP() << not_here;
  for (auto const& one : files) {
    if (!one.check.starts_with("BROKEN")) continue;
    EXPECT_NE(verdict_of(read_tolerant(one.text).found), reading_verdict::clean) << one.name;
  }
}

TEST(X12Corpus, OurOwnResponsesAreClean) {
  auto const files = samples::corpus();
  if (files.empty()) GTEST_SKIP() << not_here;
  for (auto const& one : files) {
    bool const is_ours = one.name.starts_with("ours/") && !one.name.starts_with("ours/270");
    if (!is_ours) continue;
    auto const read = read_tolerant(one.text);
    EXPECT_EQ(samples::notes_of(read.found), std::vector<std::string>{}) << one.name;
  }
}

/// What each of our own changes must be noticed as; the part of the name after "__".
std::map<std::string_view, std::string_view> const expected_codes{
    {"se_count", "se-count"},
    {"se_control", "se-control"},
    {"ge_count", "ge-count"},
    {"ge_control", "ge-control"},
    {"iea_control", "iea-control"},
    {"iea_count", "iea-count"},
    {"no_iea", "iea-missing"},
    {"no_ge", "ge-missing"},
    {"no_se", "se-missing"},
    {"cut_mid_segment", "cut-off"},
    {"isa_short", "isa-width"},
    {"isa_terminator_missing", "isa-terminator-missing"},
    {"hl_parent", "hl-parent"},
    {"hl_duplicate", "hl-repeated"},
    {"unknown_segment", "unknown-segment"},
    {"nul_byte", "character-not-allowed"},
    {"utf8_name", "character-not-allowed"},
    {"long_element", "element-too-long"},
    {"trailing_garbage", "bytes-between-interchanges"},
    {"leading_blank_lines", "blank-before-isa"},
    {"two_interchanges_same_control", "control-repeated"},
    {"st_gs_mismatch", "group-for-other-set"},
    {"version_4010", "version-4010"},
    {"empty_segments", "empty-segment"},
    {"trailing_separators", "trailing-separator"},
    {"lowercase_ids", "lower-case-id"},
    {"shuffled", "segment-misplaced"},
    {"crlf", ""},
    {"lf_terminator", ""},
    {"one_line", ""},
};

TEST(X12Corpus, EveryChangeIsNoticedAsWhatItIs) {
  auto const files = samples::corpus();
  if (files.empty()) GTEST_SKIP() << not_here;
  int seen = 0;
  for (auto const& one : files) {
    auto const mark = one.name.find("__");
    if (!one.name.starts_with("derived/") || mark == one.name.npos) continue;
    auto const change = one.name.substr(mark + 2, one.name.rfind('.') - mark - 2);
    ASSERT_TRUE(expected_codes.contains(change)) << one.name;
    ++seen;
    auto const wanted = expected_codes.at(change);
    auto const notes = samples::notes_of(read_tolerant(one.text).found);
    if (wanted.empty()) {
      EXPECT_EQ(notes, std::vector<std::string>{}) << one.name;
      continue;
    }
    EXPECT_TRUE(
        std::ranges::any_of(notes, [wanted](auto const& note) { return note.ends_with(wanted); }))
        << one.name << ": " << fmt::format("{}", fmt::join(notes, ", "));
  }
  EXPECT_GE(seen, 40);
}

struct judged {
  std::string_view file;
  std::string_view status;
  std::string_view reason;
};

constexpr judged verdicts[] = {
    {"ours/271_floridablue_ppo_active.x12", "active", "payer-says-active"},
    {"ours/271_humana_ma_hmo_pcp_auth.x12", "active", "payer-says-active"},
    {"ours/271_cms_hets_ma_and_msp.x12", "active", "payer-says-active"},
    {"ours/271_flmedicaid_mma_plan.x12", "active", "payer-says-active"},
    {"ours/271_inactive_terminated.x12", "inactive", "payer-says-inactive"},
    {"ours/271_active_then_not_covered_for_service.x12", "active", "payer-says-active"},
    {"ours/271_dependent_active.x12", "active", "payer-says-active"},
    {"ours/271_aaa_42_payer_down.x12", "could-not-check", "rejected"},
    {"ours/271_aaa_51_provider.x12", "could-not-check", "rejected"},
    {"ours/271_aaa_75.x12", "could-not-check", "rejected"},
    {"herophilus_emedny_271Sample_Eligible_.txt", "active", "payer-says-active"},
    {"linuxforhealth_dependent-health-benefit-check.271", "active", "payer-says-active"},
    {"imsweb_x271.txt", "active", "payer-says-active"},
    {"derived/271_floridablue_ppo_active__cut_mid_segment.x12", "unclear", "cut-off"},
    {"derived/271_floridablue_ppo_active__no_se.x12", "active", "payer-says-active"},
};

TEST(X12Corpus, VerdictsAreThoseAPersonWouldReadThere) {
  auto const files = samples::corpus();
  if (files.empty()) GTEST_SKIP() << not_here;
  for (auto const& [name, status, reason] : verdicts) {
    auto const file = std::ranges::find(files, name, &samples::corpus_file::name);
    ASSERT_NE(file, files.end()) << name;
    auto const read = read_tolerant(file->text);
    auto const& all = samples::only_response(read);
    ASSERT_EQ(all.answers.size(), 1U) << name;
    auto const said = verdict_of(all, all.answers[0], 20261128);
    EXPECT_EQ(name_of(said.status), status) << name;
    EXPECT_EQ(name_of(said.reason), reason) << name;
  }
}

TEST(X12Corpus, AShuffledResponseIsNeverCalledActive) {
  for (auto const& one : samples::corpus()) {
    if (one.name.find("__shuffled") == one.name.npos) continue;
    auto const read = read_tolerant(one.text);
    auto const& all = samples::only_response(read);
    for (auto const& each : all.answers) {
      EXPECT_NE(verdict_of(all, each, 20261128).status, coverage_status::active);
    }
    return;
  }
  GTEST_SKIP() << not_here;
}

}  // namespace
}  // namespace intake::forms::x12

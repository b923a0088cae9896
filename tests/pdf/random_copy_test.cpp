#include "pdf/render.hpp"
#include "pdf/style.hpp"
#include "tests/pdf/sample.hpp"
#include "tests/pdf/viewer.hpp"

#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::pdf {
namespace {

/// Words of one script: viewers put mixed directions on a line in their own order, so an answer
/// keeps to one. In content order the words of a right-to-left line come from left to right, so
/// there each has a line of its own.
struct vocabulary {
  std::vector<std::string> words;
  bool one_a_line = false;
};

std::vector<vocabulary> const& vocabularies() {
  using words = std::vector<std::string>;
  static std::vector<vocabulary> const all{
      {words{"pain", "in", "the", "lower", "back,", "5", "mg", "don’t", "L5‑S1", "(left)", "½"}},
      {words{"doulè", "nan", "janm", "gòch", "mwen", "lè", "m", "chita", "twò", "lontan."}},
      {words{"¿Cuánto", "dolor", "señora", "Muñoz?", "mañana", "él"}},
      {words{"Nguyễn", "Thị", "Ánh", "ẵ", "đau", "lưng"}},
      {words{"Їжак", "щурячий", "Київ", "біль"}},
      {words{"疼痛管理", "腰部", "疼痛。", "每天"}},
      {words{"नमस्ते", "क्षेत्र", "दर्द", "कमर"}},
      {words{"שלום", "עולם", "כאב", "גב"}, true},
      {words{"مرحبا", "العيادة", "ألم", "الظهر", "لا"}, true},
      {words{"[", "]", "((", "))", "<<", ">>", "%%EOF", "endobj", "/JS", "\\)", "<b>", "';--"}},
      {words{std::string(90, 'x'), std::string(47, 'W'), "a"}}};
  return all;
}

class random_copy {
 public:
  explicit random_copy(unsigned seed) : random_(seed) {}

  document make() {
    auto const count = 1 + pick(25);
    for (unsigned at = 0; at < count; ++at) add_block();
    return sample::of(std::move(blocks_));
  }
  std::vector<std::string> const& answers() const { return answers_; }

 private:
  unsigned pick(unsigned count) { return static_cast<unsigned>(random_() % count); }

  std::string words(unsigned most) {
    auto const& vocabulary = vocabularies()[pick(static_cast<unsigned>(vocabularies().size()))];
    auto const& from = vocabulary.words;
    std::string out;
    for (unsigned left = 1 + pick(most); left > 0; --left) {
      if (!out.empty()) out += vocabulary.one_a_line || pick(12) == 0 ? "\n" : " ";
      out += from[pick(static_cast<unsigned>(from.size()))];
    }
    return out;
  }

  std::string answered(unsigned most) {
    answers_.push_back(words(most));
    return answers_.back();
  }

  void add_block() {
    auto const key = std::to_string(answers_.size());
    switch (pick(8)) {
      case 0:
        blocks_.push_back(heading{heading_level::section, words(8), words(8), in_outline::yes});
        break;
      case 1:
        blocks_.push_back(notice{notice_kind::alert, words(4), {words(10), words(30)}});
        break;
      case 2:
        blocks_.push_back(table{words(3), {{words(3)}, {words(2)}}, {}});
        for (unsigned rows = pick(20); rows > 0; --rows) {
          std::get<table>(blocks_.back()).rows.push_back({{key, answered(12)}, {key, answered(6)}});
        }
        break;
      case 3:
        blocks_.push_back(answer{key, words(20), words(20), answered(600)});
        break;
      default:
        blocks_.push_back(answer{key, words(20), "", answered(20)});
    }
  }

  std::mt19937 random_;
  std::vector<block> blocks_;
  std::vector<std::string> answers_;
};

/// An answer beside its question goes over the page together with it: then the question stands
/// between its parts.
bool is_found(std::string const& found, std::string const& answer) {
  if (found.find(answer) != std::string::npos) return true;
  for (std::size_t parted = 1; parted < answer.size(); ++parted) {
    auto const at = found.find(answer.substr(0, parted));
    if (at == std::string::npos) return false;
    if (found.find(answer.substr(parted), at + parted) != std::string::npos) return true;
  }
  return false;
}

void expect_inside_margins(std::string const& pdf) {
  for (auto const& box : viewer::word_boxes(pdf)) {
    ASSERT_GE(box.left, style::margin_side_pt - 2);
    ASSERT_LE(box.right, style::page_width_pt - style::margin_side_pt + 2);
  }
}

void expect_round_trips(unsigned first_seed, unsigned count) {
  for (auto seed = first_seed; seed < first_seed + count; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    random_copy source(seed);
    auto const copy = render(source.make(), sample::world_faces());
    ASSERT_THAT(copy.defects, testing::IsEmpty());
    auto const found = viewer::visible(viewer::content_text(copy.bytes));
    for (auto const& each : source.answers()) {
      ASSERT_TRUE(is_found(found, viewer::visible(each))) << each.substr(0, 200);
    }
    if (seed % 10 != 0) continue;
    expect_inside_margins(copy.bytes);
    auto const checked = viewer::run(copy.bytes, {"qpdf", "--check", "{}"});
    ASSERT_EQ(checked.status, 0) << checked.out << checked.err;
  }
}

TEST(RandomCopies, AreFoundAgainWhole) {
  INTAKE_NEEDS("pdftotext");
  INTAKE_NEEDS("qpdf");
  if (!sample::has_world_faces()) GTEST_SKIP() << "The Noto fonts for other scripts are missing.";
  expect_round_trips(1, 600);
}

// pdf_tests --gtest_also_run_disabled_tests --gtest_filter='*TenThousand*'
TEST(RandomCopies, DISABLED_TenThousandAreFoundAgainWhole) {
  expect_round_trips(1'000, 10'000);
}

}  // namespace
}  // namespace intake::pdf

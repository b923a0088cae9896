#include "pdf/render.hpp"
#include "pdf/style.hpp"
#include "pdf/unicode.hpp"
#include "tests/pdf/random_packet.hpp"
#include "tests/pdf/sample.hpp"
#include "tests/pdf/viewer.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unicode/uchar.h>

namespace intake::pdf {
namespace {

using sample::random_texts;

/// One case: a document, and what must be found in it again. Cases are looked at several in one
/// file, because a viewer costs more to start than to run; each begins with a title of its own.
struct random_case {
  document made;
  std::vector<std::string> expected;
  bool hostile = false;
};

std::string title_of(unsigned seed) {
  return fmt::format("Case {} begins", seed);
}

/// Every kind of block, in any order and length.
class random_blocks {
 public:
  explicit random_blocks(random_texts& texts) : texts_(texts) {}

  random_case make(unsigned seed) {
    random_case out;
    std::vector<block> blocks{heading{heading_level::title, title_of(seed)}};
    for (auto left = 1 + texts_.pick(20); left > 0; --left) add_block(blocks, out);
    out.made = sample::of(std::move(blocks));
    return out;
  }

 private:
  std::string answered(unsigned most, random_case& into) {
    into.expected.push_back(texts_.words(most));
    return into.expected.back();
  }

  void add_block(std::vector<block>& blocks, random_case& into) {
    auto const key = std::to_string(into.expected.size());
    switch (texts_.pick(8)) {
      case 0:
        blocks.push_back(
            heading{heading_level::section, texts_.words(8), texts_.words(8), in_outline::yes});
        break;
      case 1:
        blocks.push_back(notice{notice_kind::alert, texts_.words(4), {texts_.words(30)}});
        break;
      case 2: {
        table made{texts_.words(3), {{texts_.words(3)}, {texts_.words(2)}}, {}};
        for (auto rows = texts_.pick(20); rows > 0; --rows) {
          made.rows.push_back({{key, answered(12, into)}, {key, answered(6, into)}});
        }
        blocks.push_back(std::move(made));
        break;
      }
      case 3:
        blocks.push_back(answer{key, texts_.words(20), texts_.words(20), answered(600, into)});
        break;
      case 4:
        blocks.push_back(facts{{{texts_.words(2), answered(20, into), key}}, 3});
        break;
      default:
        blocks.push_back(answer{key, texts_.words(20), "", answered(20, into)});
    }
  }

  random_texts& texts_;
};

random_case case_of(unsigned seed) {
  random_texts texts(seed);
  if (seed % 2 == 0) return random_blocks(texts).make(seed);
  sample::random_packet const packet(title_of(seed), texts);
  return {packet.copy(), packet.expected, packet.hostile};
}

/// The longest beginning of `answer` that stands somewhere; a shorter one then does so too.
std::size_t found_beginning(std::string_view found, std::string_view answer) {
  std::size_t known = 0;
  for (std::size_t beyond = answer.size() + 1; known + 1 < beyond;) {
    auto const middle = (known + beyond) / 2;
    (found.find(answer.substr(0, middle)) == std::string_view::npos ? beyond : known) = middle;
  }
  return known;
}

/// An answer in a row goes over the page together with what stands beside it, which is then between
/// its parts: one a page.
bool is_found(std::string_view found, std::string_view answer, std::size_t pages) {
  for (std::size_t page = 0; page < pages && !answer.empty(); ++page) {
    auto const part = found_beginning(found, answer);
    if (part == 0) return false;
    answer.remove_prefix(part);
  }
  return answer.empty();
}

/// What pdftotext finds, in the order of the file and in that of a reader.
struct found_texts {
  std::string as_written;
  std::string as_read;
};

/// The part of a case, from its title to the next one's.
std::string_view part_of(std::string_view found, unsigned seed) {
  auto const begin = found.find(viewer::visible(title_of(seed)));
  if (begin == std::string_view::npos) return {};
  return found.substr(begin, found.find(viewer::visible(title_of(seed + 1)), begin) - begin);
}

bool has_letters_to_the_left(std::string_view utf8) {
  auto const text = to_nfc(utf8);
  return std::any_of(text.begin(), text.end(), [](char16_t unit) {
    auto const way = u_charDirection(unit);
    return way == U_RIGHT_TO_LEFT || way == U_RIGHT_TO_LEFT_ARABIC;
  });
}

/// In the order of the file, what runs to the left comes from left to right.
void expect_answers(found_texts const& found, random_case const& tested, unsigned seed,
                    std::size_t pages) {
  auto const as_written = part_of(found.as_written, seed);
  auto const as_read = part_of(found.as_read, seed);
  for (auto const& each : tested.expected) {
    auto const& part = has_letters_to_the_left(each) ? as_read : as_written;
    ASSERT_TRUE(is_found(part, viewer::visible(each), pages)) << each.substr(0, 200);
  }
}

bool overlap(viewer::word_box const& one, viewer::word_box const& other) {
  // A line's box is as high as the highest glyph of its font: the middle half is where letters are.
  auto const middle = [](viewer::word_box const& box) {
    auto const quarter = (box.bottom - box.top) / 4;
    return std::pair(box.top + quarter, box.bottom - quarter);
  };
  auto const [top, bottom] = middle(one);
  auto const [other_top, other_bottom] = middle(other);
  bool const across = std::min(one.right, other.right) - std::max(one.left, other.left) > 1.5;
  return across && std::min(bottom, other_bottom) - std::max(top, other_top) > 0.5;
}

/// `calm`: pages, from 1, where no text is made to overlap itself.
void expect_places(std::string const& pdf, std::vector<bool> const& calm) {
  auto const boxes = viewer::word_boxes(pdf);
  for (std::size_t at = 0; at < boxes.size(); ++at) {
    auto const& box = boxes[at];
    ASSERT_GE(box.left, style::margin_side_pt - 2) << "page " << box.page;
    ASSERT_LE(box.right, style::page_width_pt - style::margin_side_pt + 2) << "page " << box.page;
    ASSERT_GE(box.top, style::margin_top_pt - 4) << "page " << box.page;
    ASSERT_LE(box.bottom, style::page_height_pt - style::margin_bottom_pt + 6)
        << "page " << box.page;
    bool const look_for_overlaps = calm.at(static_cast<std::size_t>(box.page));
    for (auto next = at + 1; look_for_overlaps && next < boxes.size(); ++next) {
      if (boxes[next].page != box.page) break;
      ASSERT_FALSE(overlap(box, boxes[next]))
          << "page " << box.page << ", (" << box.left << ", " << box.top << ") and ("
          << boxes[next].left << ", " << boxes[next].top << ")";
    }
  }
}

void expect_batch(unsigned first_seed, unsigned count) {
  SCOPED_TRACE(fmt::format("seeds {} to {}", first_seed, first_seed + count - 1));
  std::vector<random_case> cases;
  document const head = sample::of({});
  press drawing(head, sample::world_faces());
  std::vector<bool> calm(1);
  for (auto seed = first_seed; seed < first_seed + count; ++seed) {
    cases.push_back(case_of(seed));
    auto const drawn = drawing.add(cases.back().made.sections.front());
    ASSERT_THAT(drawn.defects, testing::IsEmpty()) << "seed " << seed;
    calm.resize(calm.size() + drawn.pages, !cases.back().hostile);
  }
  auto const pdf = drawing.finish();
  found_texts const found{viewer::visible(viewer::content_text(pdf)),
                          viewer::visible(viewer::reading_text(pdf))};
  for (unsigned at = 0; at < count; ++at) {
    SCOPED_TRACE(fmt::format("seed {}", first_seed + at));
    expect_answers(found, cases[at], first_seed + at, calm.size());
    if (testing::Test::HasFatalFailure()) return;
  }
  expect_places(pdf, calm);
  auto const checked = viewer::run(pdf, {"qpdf", "--check", "{}"});
  ASSERT_EQ(checked.status, 0) << checked.out << checked.err;
}

unsigned asked_number(char const* name, unsigned otherwise) {
  if (auto const* asked = std::getenv(name)) {
    std::from_chars(asked, asked + std::string_view(asked).size(), otherwise);
  }
  return otherwise;
}

/// INTAKE_PROPERTY_CASES=10000 pdf_tests --gtest_filter='RandomCopies*' looks longer;
/// INTAKE_PROPERTY_FIRST, the first seed of a batch, begins where a fault was found.
TEST(RandomCopies, AreFoundAgainWhole) {
  INTAKE_NEEDS("pdftotext");
  INTAKE_NEEDS("qpdf");
  constexpr unsigned batch = 12;
  auto const last = asked_number("INTAKE_PROPERTY_CASES", 600);
  for (auto seed = asked_number("INTAKE_PROPERTY_FIRST", 1);
       seed <= last && !testing::Test::HasFatalFailure(); seed += batch) {
    expect_batch(seed, std::min(batch, last + 1 - seed));
  }
}

}  // namespace
}  // namespace intake::pdf

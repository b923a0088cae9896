// Where links and bookmarks lead: to the page and the height at which their words stand.
#include "forms/json_reader.hpp"
#include "pdf/render.hpp"
#include "pdf/style.hpp"
#include "tests/pdf/packet_sample.hpp"
#include "tests/pdf/sample.hpp"
#include "tests/pdf/viewer.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::pdf {
namespace {

using forms::json_value;

double number(json_value const& from) {
  double out = -1;
  auto const text = from.text();
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

struct place {
  int page = 0;
  double top = 0;  ///< downwards from the page's upper edge
};

struct link {
  int page = 0;
  double left = 0;
  double top = 0;
  double right = 0;
  double bottom = 0;
  place to{};
};

/// A file as qpdf and pdftotext see it.
class seen_file {
 public:
  explicit seen_file(std::string const& bytes)
      : words(viewer::word_boxes(bytes)),
        json_(forms::read_json(viewer::run(bytes, {"qpdf", "--json=2", "{}"}).out,
                               forms::form_file_limits)) {
    if (!json_) throw std::runtime_error("qpdf's JSON can't be read.");
    for (auto const& each : json_->root().find("pages")->children()) {
      pages_.emplace(each.text_of("object"), static_cast<int>(pages_.size()) + 1);
    }
  }

  std::vector<link> links() const {
    std::vector<link> out;
    for (auto const& each : json_->root().find("pages")->children()) {
      auto const page = each.text_of("object");
      auto const* areas = object(page)->find("/Annots");
      if (areas == nullptr) continue;
      for (auto const& area : areas->children()) out.push_back(link_at(page, *object(area.text())));
    }
    return out;
  }

  /// Title and target, those below after the one above.
  std::vector<std::pair<std::string, place>> bookmarks() const {
    std::vector<std::pair<std::string, place>> out;
    collect(*json_->root().find("outlines"), out);
    return out;
  }

  /// What stands in an area, without white space.
  std::string text_in(int page, double left, double top, double right, double bottom) const {
    std::string out;
    for (auto const& each : words) {
      auto const middle = (each.top + each.bottom) / 2;
      bool const inside = each.page == page && each.left >= left - 1 && each.right <= right + 1 &&
                          middle >= top && middle <= bottom;
      if (inside) out += each.text;
    }
    return viewer::visible(out);
  }
  std::string text_at(place const& at) const {
    return text_in(at.page, 0, at.top, style::page_width_pt, at.top + 60);
  }

  std::vector<viewer::word_box> words;

 private:
  json_value const* object(std::string_view name) const {
    auto const& objects = json_->root().find("qpdf")->children()[1];
    return objects.find("obj:" + std::string(name))->find("value");
  }

  place target(json_value const& destination) const {
    auto const parts = destination.children();
    return {pages_.at(std::string(parts[0].text())), style::page_height_pt - number(parts[3])};
  }

  link link_at(std::string_view page, json_value const& area) const {
    auto const corners = area.find("/Rect")->children();
    return {pages_.at(std::string(page)),
            number(corners[0]),
            style::page_height_pt - number(corners[3]),
            number(corners[2]),
            style::page_height_pt - number(corners[1]),
            target(*area.find("/Dest"))};
  }

  void collect(json_value const& from, std::vector<std::pair<std::string, place>>& out) const {
    for (auto const& each : from.children()) {
      out.emplace_back(each.text_of("title"), target(*each.find("dest")));
      collect(*each.find("kids"), out);
    }
  }

  forms::parsed<forms::json_document> json_;
  std::map<std::string, int, std::less<>> pages_;
};

contents const& list_in(section const& from) {
  for (auto const& each : from.blocks) {
    if (auto const* list = std::get_if<contents>(&each)) return *list;
  }
  throw std::logic_error("The copy has no list of its forms.");
}

class Links : public testing::TestWithParam<copy_profile> {};

TEST_P(Links, LeadFromEachLineOfTheListToWhereItsWordsStand) {
  INTAKE_NEEDS("qpdf");
  INTAKE_NEEDS("pdftotext");
  auto const made = sample::packet().copy(GetParam());
  seen_file const file(render(made, sample::plain_faces()).bytes);
  auto links = file.links();
  auto const& entries = list_in(made.sections.front()).entries;
  ASSERT_EQ(links.size(), entries.size());
  // The list stands in two columns; its links were added row by row.
  std::stable_sort(links.begin(), links.end(),
                   [](link const& one, link const& other) { return one.left < other.left; });
  for (std::size_t at = 0; at < links.size(); ++at) {
    auto const& each = links[at];
    auto const title = viewer::visible(entries[at].text);
    EXPECT_EQ(file.text_in(each.page, each.left, each.top, each.right, each.bottom),
              title + std::to_string(each.to.page));
    EXPECT_THAT(file.text_at(each.to), testing::StartsWith(title));
  }
}

TEST_P(Links, OfBookmarksLeadToWhereTheirWordsStand) {
  INTAKE_NEEDS("qpdf");
  INTAKE_NEEDS("pdftotext");
  seen_file const file(render(sample::packet().copy(GetParam()), sample::plain_faces()).bytes);
  auto const bookmarks = file.bookmarks();
  ASSERT_GT(bookmarks.size(), 5U);
  for (auto const& [title, to] : bookmarks) {
    EXPECT_THAT(file.text_at(to), testing::StartsWith(viewer::visible(title)));
  }
}

std::string name_of(testing::TestParamInfo<copy_profile> const& tested) {
  constexpr char const* names[] = {"Desk", "Clinical", "Patient", "Billing"};
  return names[static_cast<std::size_t>(tested.param)];
}

INSTANTIATE_TEST_SUITE_P(Copies, Links,
                         testing::Values(copy_profile::desk, copy_profile::clinical,
                                         copy_profile::patient, copy_profile::billing),
                         name_of);

TEST(BulkLinks, StayWithTheirPatient) {
  INTAKE_NEEDS("qpdf");
  INTAKE_NEEDS("pdftotext");
  auto all = sample::packet().copy(copy_profile::billing);
  all.sides = printed_on::both;
  auto const entries = list_in(all.sections.front()).entries.size();
  all.sections.push_back(all.sections.front());
  auto const copy = render(all, sample::plain_faces());
  seen_file const file(copy.bytes);
  auto const links = file.links();
  ASSERT_EQ(links.size(), 2 * entries);
  auto const half = static_cast<int>(copy.pages / 2);
  for (std::size_t at = 0; at < entries; ++at) {
    EXPECT_LE(links[at].to.page, half);
    EXPECT_EQ(links[at + entries].to.page, links[at].to.page + half);
    EXPECT_EQ(links[at + entries].to.top, links[at].to.top);
  }
}

}  // namespace
}  // namespace intake::pdf

#include "pdf/blank_form.hpp"
#include "pdf/render.hpp"
#include "tests/pdf/packet_sample.hpp"
#include "tests/pdf/sample.hpp"
#include "tests/pdf/viewer.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

namespace intake::pdf {
namespace {

/// Goldens are PDF files that were looked at, in colour and in grey, before they were accepted.
/// Both they and today's output go through the same viewer, so that another version of it changes
/// nothing.
void expect_as_golden(std::string const& name, document const& made) {
  INTAKE_NEEDS("pdftoppm");
  INTAKE_NEEDS("pdftotext");
  auto const copy = render(made, sample::plain_faces());
  auto const fresh = std::filesystem::path(testing::TempDir()) / (name + ".pdf");
  std::ofstream(fresh, std::ios::binary) << copy.bytes;
  auto const path = std::filesystem::path(INTAKE_SOURCE) / "tests/pdf/golden" / (name + ".pdf");
  std::ifstream file(path, std::ios::binary);
  std::string const golden(std::istreambuf_iterator<char>(file), {});
  ASSERT_FALSE(golden.empty()) << "Look at " << fresh << ", then copy it to " << path;
  EXPECT_EQ(viewer::text(copy.bytes), viewer::text(golden)) << "Made now: " << fresh;
  for (int page = 1; page <= static_cast<int>(copy.pages); ++page) {
    auto const now = viewer::page(copy.bytes, page, 60);
    EXPECT_LE(viewer::difference(now, viewer::page(golden, page, 60)), 20U)
        << "page " << page << ", made now: " << fresh;
  }
}

TEST(Golden, Everything) {
  expect_as_golden("everything", sample::of_everything());
}

TEST(Golden, LatinLetters) {
  expect_as_golden(
      "latin", sample::of({answer{"a", "Apostrophes, dashes", "", "don’t – “x” … L5‑S1 ½ µg °C"},
                           answer{"b", "Spanish", "", "¿Señora Muñoz? ¡Él está mañana!"},
                           answer{"c", "Haitian Creole", "", "Doulè a desann nan janm gòch mwen."},
                           answer{"d", "Vietnamese", "", "Nguyễn Thị Ánh ẵ ợ ữ Đặng"},
                           answer{"e", "Polish, Turkish, Czech", "", "Łódź, ığdır, Žižková"},
                           answer{"f", "Cyrillic, Greek", "", "Їжак щурячий, Ελληνικά ώρα"},
                           answer{"g", "No face has it", "", "\U0001F44D 病"}}));
}

TEST(Golden, ClinicalCopyOfAPacket) {
  expect_as_golden("packet-clinical", sample::packet().copy(copy_profile::clinical));
}

TEST(Golden, PatientsCopyOfAPacket) {
  expect_as_golden("packet-patient", sample::packet().copy(copy_profile::patient));
}

TEST(Golden, DeskCopyOfAPacket) {
  expect_as_golden("packet-desk", sample::packet().copy(copy_profile::desk));
}

TEST(Golden, BillingCopyOfAPacket) {
  expect_as_golden("packet-billing", sample::packet().copy(copy_profile::billing));
}

TEST(Golden, BlankPacket) {
  sample::packet const packet;
  auto const filled = packet.filled();
  forms::questionnaire const* const two[] = {filled[6].form, filled[4].form};
  auto about = packet.facts(copy_profile::patient);
  about.patient_name.clear();
  about.born.clear();
  expect_as_golden("blank", blank_packet(two, about));
}

TEST(Golden, CopiesOfManyPatients) {
  auto many = sample::of_everything();
  many.sides = printed_on::both;
  for (auto const* each : {"First patient · 7K3QX-94MZ2", "Second patient · 8M4RY-05NA3"}) {
    many.sections.push_back(sample::of_answer("Dull ache").sections.front());
    many.sections.back().bookmark = each;
  }
  expect_as_golden("many", many);
}

/// Two letters that differ by a mark must differ on paper: a lost accent changes a name or a word.
struct letter_pair {
  char const* name;
  char const* one;
  char const* other;
};

class Accent : public testing::TestWithParam<letter_pair> {};

TEST_P(Accent, IsDrawn) {
  INTAKE_NEEDS("pdftoppm");
  auto const pixels = [](char const* text) {
    auto const bytes = render(sample::of_answer(text), sample::plain_faces()).bytes;
    return viewer::page(bytes, 1, 150);
  };
  EXPECT_GE(viewer::difference(pixels(GetParam().one), pixels(GetParam().other)), 4U);
}

INSTANTIATE_TEST_SUITE_P(
    Letters, Accent,
    testing::Values(letter_pair{"n_tilde", "n", "ñ"}, letter_pair{"e_grave", "e", "è"},
                    letter_pair{"o_grave", "o", "ò"}, letter_pair{"a_breve_tilde", "ă", "ẵ"},
                    letter_pair{"e_circumflex_tilde", "ê", "ễ"},
                    letter_pair{"i_dot_below", "i", "ị"}, letter_pair{"apostrophe", "'", "’"},
                    letter_pair{"non_breaking_hyphen", "\u00A0", "‑"},
                    letter_pair{"combining", "x", "x\u0301"}),
    [](auto const& tested) { return std::string(tested.param.name); });

}  // namespace
}  // namespace intake::pdf

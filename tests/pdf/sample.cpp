#include "tests/pdf/sample.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>

namespace intake::pdf::sample {
namespace {

struct font_path {
  char const* path;
  unsigned index;
};

constexpr font_path world_fonts[] = {
    {"/usr/share/fonts/truetype/noto/NotoSansArabic-Regular.ttf", 0},
    {"/usr/share/fonts/truetype/noto/NotoSansHebrew-Regular.ttf", 0},
    {"/usr/share/fonts/truetype/noto/NotoSansDevanagari-Regular.ttf", 0},
    {"/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 2}};

std::vector<std::string> const& world_bytes() {
  static std::vector<std::string> const bytes = [] {
    std::vector<std::string> out;
    for (auto const& each : world_fonts) {
      std::ifstream file(each.path, std::ios::binary);  // empty where it is not installed
      out.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    }
    return out;
  }();
  return bytes;
}

std::string repeated(std::string_view sentence, int times) {
  std::string out;
  for (int at = 0; at < times; ++at) out += sentence;
  return out;
}

}  // namespace

document of(std::vector<block> blocks) {
  document out;
  out.about = {"Copy of a submission", "Example Pain Center", "Desk copy"};
  out.about.created = std::chrono::sys_days{std::chrono::year{2026} / 11 / 23};
  section made;
  made.patient = {"Nora O’Brien-Muñoz", "March 8, 1951 (75 years)", {{"Receipt", "7K3QX-94MZ2"}}};
  made.footer = "Desk copy · as of November 23, 2026, 9:20 AM EST";
  made.blocks = std::move(blocks);
  out.sections.push_back(std::move(made));
  return out;
}

document of_answer(std::string_view value) {
  return of({answer{"q", "Question", "", std::string(value)}});
}

document of_everything() {
  table medicines{"Medicines", {{"Name", "", 2}, {"How much"}, {"How often"}}, {}};
  for (int at = 1; at <= 30; ++at) {
    medicines.rows.push_back({{"m" + std::to_string(at), "Medicine " + std::to_string(at)},
                              {"", std::to_string(at * 5) + " mg"},
                              {"", "Twice a day, in the morning and at night"}});
  }
  auto out = of({
      heading{heading_level::title, "New patient packet", "Pake pou nouvo pasyan", in_outline::yes},
      notice{notice_kind::alert, "Alerts", {"Takes a blood thinner", "Needs an interpreter"}},
      notice{notice_kind::accepted, "Insurance: accepted", {"In network."}},
      heading{heading_level::section, "Pain", "Doulè", in_outline::yes},
      facts{{{"Payer", "Example Mutual"}, {"Plan", "PPO"}, {"Member id", "X-1"}}, 3},
      answer{"where", "Where is it worst?", "Ki kote li pi mal?", "Lower back", "Anba do"},
      answer{"how", "How did it begin?", "", "I don’t know – “early spring”, 3½ years ago…"},
      answer{"none", "Have you had an injection?", "", "", "", answer_state::not_answered},
      answer{"untold", "Alcohol a week?", "", "", "", answer_state::not_told},
      answer{"long", "In your own words", "",
             repeated("The pain is a dull ache, worse after sitting and better with heat. ", 90)},
      medicines,
      consent{"Consent to treatment", {"I ask the clinic to treat me."}, "I agree.", "2026-01"},
      signature{{{{10, 60}, {50, 20}, {90, 70}}, {{120, 50}}},
                300,
                90,
                "Nora O’Brien-Muñoz",
                "Patient",
                "Signed by hand on a screen",
                "November 23, 2026, 9:13 AM EST"},
      notice{notice_kind::refused, "Not accepted", {"Out of network."}},
      notice{notice_kind::open, "To be reviewed", {"Plan unknown."}},
      page_break{},
      heading{heading_level::section, "About this copy", "", in_outline::yes},
      paragraph{"Made by the clinic's forms service.", tone::quiet},
      qr_code{"0190a1b2-0000-7000-8000-000000000001|1", "Submission and version"},
      blank_answer{"Where is your pain?", "", "", blank_kind::choice, {"Back", "Neck"}},
      blank_answer{"Describe it", "", "", blank_kind::lines},
  });
  out.sections.front().letterhead = {"Example Pain Center",
                                     {"1200 Invented Boulevard", "Telephone 813-555-0142"}};
  return out;
}

typefaces const& plain_faces() {
  static typefaces const faces;
  return faces;
}

bool has_world_faces() {
  for (auto const& each : world_fonts) {
    if (!std::filesystem::exists(each.path)) return false;
  }
  return true;
}

typefaces const& world_faces() {
  static typefaces const faces = [] {
    std::vector<face_file> files;
    for (std::size_t at = 0; at < world_bytes().size(); ++at) {
      if (world_bytes()[at].empty()) continue;
      files.push_back({world_bytes()[at], world_fonts[at].index});
    }
    return typefaces(files);
  }();
  return faces;
}

}  // namespace intake::pdf::sample

#include "tests/pdf/random_texts.hpp"

#include "pdf/itemise.hpp"
#include "pdf/unicode.hpp"
#include "tests/pdf/sample.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace intake::pdf::sample {
namespace {

using vocabulary = std::vector<std::string>;

/// Without the scripts that no installed face draws.
std::vector<vocabulary> drawn(std::vector<vocabulary> all) {
  std::erase_if(all, [](vocabulary const& each) {
    auto const word = to_nfc(each.front());
    return printable(word, world_faces()) != word;
  });
  return all;
}

std::vector<vocabulary> const& vocabularies() {
  using words = vocabulary;
  static std::vector<vocabulary> const all = drawn(
      {words{"pain", "in", "the", "lower", "back,", "5", "mg", "don’t", "L5‑S1", "(left)", "½"},
       words{"doulè", "nan", "janm", "gòch", "mwen", "lè", "m", "chita", "twò", "lontan."},
       words{"¿Cuánto", "dolor", "señora", "Muñoz?", "mañana", "él"},
       words{"Nguyễn", "Thị", "Ánh", "ẵ", "đau", "lưng"}, words{"Їжак", "щурячий", "Київ", "біль"},
       words{"疼痛管理", "腰部", "疼痛。", "每天"}, words{"नमस्ते", "क्षेत्र", "दर्द", "कमर"},
       words{"שלום", "עולם", "כאב", "גב", "ב-5", "כהן,", "(חזק)", "100%", "בָּרוּךְ"},
       words{"مرحبا", "العيادة", "ألم", "الظهر", "لا", "١٢٣", "٣٫٥", "صباحا،", "مَرْحَبًا"},
       words{"[", "]", "((", "))", "<<", ">>", "%%EOF", "endobj", "/JS", "\\)", "<b>", "';--"},
       words{std::string(90, 'x'), std::string(47, 'W'), "a"}});
  return all;
}

std::vector<std::string> own_hostile_texts() {
  return {"\u202Egnp.exe",
          std::string("a\0\x01z", 4),
          "\xC3\x28 \xF0\x9F",
          "\xED\xA0\x80",
          "\U0001F469\u200D\U0001F469\u200D\U0001F467",
          "z\u0301\u0301\u0301\u0301\u0301\u0301\u0301",
          "שלום 123 (abc) مرحبا ١٢٣",
          ") Tj ET Q /JS (app.alert(1)) (",
          "\\) /OpenAction << /S /JavaScript >>",
          std::string(2'000, '('),
          "\r\n\v\f\u2028\u2029\u0085",
          "\uFEFF\uFFFE\uFFFF\U0010FFFF"};
}

/// The lines of the public corpora where they are there, and a few of our own.
std::vector<std::string> const& hostile_texts() {
  static std::vector<std::string> const all = [] {
    auto out = own_hostile_texts();
    std::filesystem::path const corpus = INTAKE_SHARED "/corpus/badinput";
    std::vector<std::filesystem::path> files{corpus / "strings/blns.txt"};
    if (std::filesystem::exists(corpus / "fuzzdb")) {
      for (auto const& each : std::filesystem::directory_iterator(corpus / "fuzzdb")) {
        files.push_back(each.path());
      }
    }
    std::sort(files.begin(), files.end());
    for (auto const& each : files) {
      std::ifstream file(each, std::ios::binary);
      for (std::string line; std::getline(file, line);) {
        if (!line.empty() && line.size() < 5'000) out.push_back(line);
      }
    }
    return out;
  }();
  return all;
}

}  // namespace

std::string random_texts::words(unsigned most) {
  auto const any = [this] { return pick(static_cast<unsigned>(vocabularies().size())); };
  auto const script = any();
  bool const mixed = one_in(6);
  std::string out;
  for (unsigned left = 1 + pick(most); left > 0; --left) {
    if (!out.empty()) out += one_in(12) ? "\n" : " ";
    auto const& from = vocabularies()[mixed && one_in(3) ? any() : script];
    out += from[pick(static_cast<unsigned>(from.size()))];
  }
  return out;
}

std::string random_texts::very_long() {
  constexpr std::string_view parts[] = {"Dull ache in the lower back, worse after sitting. ", "W",
                                        "every night, or nearly\n"};
  auto const part = parts[pick(3)];
  std::string out;
  while (out.size() < 100'000) out += part;
  return out;
}

std::string random_texts::hostile() {
  return hostile_texts()[pick(static_cast<unsigned>(hostile_texts().size()))];
}

}  // namespace intake::pdf::sample

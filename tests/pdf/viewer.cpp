#include "tests/pdf/viewer.hpp"

#include "pdf/style.hpp"
#include "pdf/unicode.hpp"

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <utility>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace intake::pdf::viewer {
namespace {

namespace fs = std::filesystem;

struct scratch_folder {
  fs::path path;
  scratch_folder() {
    auto name = (fs::temp_directory_path() / "intake-pdf-XXXXXX").string();
    if (mkdtemp(name.data()) != nullptr) path = name;
  }
  ~scratch_folder() {
    std::error_code ignored;
    fs::remove_all(path, ignored);
  }
};

std::string slurp(fs::path const& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

int spawn_and_wait(std::vector<std::string>& arguments, fs::path const& out, fs::path const& err) {
  std::vector<char*> argv;
  for (auto& each : arguments) argv.push_back(each.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  auto const flags = O_WRONLY | O_CREAT | O_TRUNC;
  posix_spawn_file_actions_addopen(&actions, 1, out.c_str(), flags, 0600);
  posix_spawn_file_actions_addopen(&actions, 2, err.c_str(), flags, 0600);
  pid_t child = 0;
  auto const error = posix_spawnp(&child, argv[0], &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) return -1;
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/// What stands between the tags, as it was before it became XML.
std::string word_in(std::string_view line) {
  auto const begin = line.find('>') + 1;
  std::string out(line.substr(begin, line.find("</word>") - begin));
  for (auto const& [name, letter] :
       {std::pair("&lt;", "<"), {"&gt;", ">"}, {"&quot;", "\""}, {"&apos;", "'"}, {"&amp;", "&"}}) {
    for (auto at = out.find(name); at != std::string::npos; at = out.find(name, at + 1)) {
      out.replace(at, std::string_view(name).size(), letter);
    }
  }
  return out;
}

}  // namespace

bool has(std::string_view program) {
  for (auto const* folder : {"/usr/bin", "/usr/local/bin", "/bin"}) {
    if (fs::exists(fs::path(folder) / program)) return true;
  }
  return false;
}

outcome run(std::string_view pdf, std::vector<std::string> arguments) {
  scratch_folder const scratch;
  auto const file = scratch.path / "copy.pdf";
  std::ofstream(file, std::ios::binary) << pdf;
  for (auto& each : arguments) {
    if (each == "{}") each = file.string();
  }
  outcome out;
  out.status = spawn_and_wait(arguments, scratch.path / "out", scratch.path / "err");
  out.out = slurp(scratch.path / "out");
  out.err = slurp(scratch.path / "err");
  return out;
}

std::string text_with(std::string_view pdf, std::vector<std::string> options) {
  std::vector<std::string> arguments{"pdftotext", "-enc", "UTF-8"};
  arguments.insert(arguments.end(), options.begin(), options.end());
  arguments.insert(arguments.end(), {"{}", "-"});
  auto const seen = run(pdf, std::move(arguments));
  EXPECT_EQ(seen.status, 0);
  EXPECT_EQ(seen.err, "");
  return seen.out;
}

std::string text(std::string_view pdf) {
  return text_with(pdf, {"-raw"});
}

std::string reading_text(std::string_view pdf) {
  return text_with(pdf, {});
}

std::string content_text(std::string_view pdf) {
  // Without a letterhead, and with one row in the banner, content stands between these on every
  // page.
  constexpr int top = 80;
  constexpr int bottom = 722;
  return text_with(pdf, {"-raw", "-x", "0", "-y", std::to_string(top), "-W", "612", "-H",
                         std::to_string(bottom - top)});
}

std::vector<word_box> word_boxes(std::string_view pdf) {
  auto const seen = run(pdf, {"pdftotext", "-bbox", "{}", "-"});
  std::vector<word_box> out;
  std::istringstream lines(seen.out);
  int page = 0;
  for (std::string line; std::getline(lines, line);) {
    if (line.find("<page ") != std::string::npos) ++page;
    word_box box;
    box.page = page;
    auto const* const format = " <word xMin=\"%lf\" yMin=\"%lf\" xMax=\"%lf\" yMax=\"%lf\">";
    if (std::sscanf(line.c_str(), format, &box.left, &box.top, &box.right, &box.bottom) == 4) {
      box.text = word_in(line);
      out.push_back(box);
    }
  }
  return out;
}

std::string without_actual_texts(std::string_view pdf) {
  auto plain = run(pdf, {"qpdf", "--stream-data=uncompress", "{}", "-"});
  EXPECT_EQ(plain.status, 0) << plain.err;
  constexpr std::string_view key = "/ActualText";
  for (auto at = plain.out.find(key); at != std::string::npos; at = plain.out.find(key, at)) {
    plain.out.replace(at, key.size(), "/UnusedText");
  }
  return plain.out;
}

pixels page(std::string_view pdf, int number, int dots_per_inch) {
  auto const which = std::to_string(number);
  auto const seen = run(pdf, {"pdftoppm", "-gray", "-r", std::to_string(dots_per_inch), "-f", which,
                              "-l", which, "{}"});
  EXPECT_EQ(seen.err, "");
  pixels out;
  std::istringstream in(seen.out);
  std::string magic;
  int deepest = 0;
  in >> magic >> out.width >> out.height >> deepest;
  in.get();
  out.grey = {std::istreambuf_iterator<char>(in), {}};
  return out;
}

std::size_t difference(pixels const& one, pixels const& other) {
  if (one.width != other.width || one.height != other.height) return SIZE_MAX;
  std::size_t count = 0;
  for (std::size_t at = 0; at < one.grey.size() && at < other.grey.size(); ++at) {
    auto const here = static_cast<unsigned char>(one.grey[at]);
    auto const there = static_cast<unsigned char>(other.grey[at]);
    if (std::abs(here - there) > 24) ++count;
  }
  return count;
}

std::string without_controls(std::string_view utf8) {
  std::u16string out;
  for (auto const unit : to_nfc(utf8)) {
    bool const control = unit == 0x200E || unit == 0x200F || (unit >= 0x202A && unit <= 0x202E) ||
                         (unit >= 0x2066 && unit <= 0x2069);
    if (!control) out += unit == u'\n' ? u' ' : unit;
  }
  return to_utf8(out);
}

std::string visible(std::string_view utf8) {
  return to_utf8(visible_part(to_nfc(utf8)));
}

}  // namespace intake::pdf::viewer

#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Looks at a PDF with the programs a reader would use. Tests that need one skip where it is
/// missing.
namespace intake::pdf::viewer {

bool has(std::string_view program);

struct outcome {
  int status = -1;
  std::string out;
  std::string err;
};

/// Runs a program on the PDF: `{}` among the arguments stands for its file.
outcome run(std::string_view pdf, std::vector<std::string> arguments);

/// pdftotext in content order, form feeds between pages; fails the test if it warns.
std::string text(std::string_view pdf);
/// What pdftotext finds with further `options`; fails the test if it warns.
std::string text_with(std::string_view pdf, std::vector<std::string> options);
/// In the order pdftotext thinks a reader takes, which is how it copies right-to-left lines.
std::string reading_text(std::string_view pdf);
/// The words of the content area only: banner and footer cut off.
std::string content_text(std::string_view pdf);

struct word_box {
  int page = 0;
  double left = 0;
  double top = 0;
  double right = 0;
  double bottom = 0;
  std::string text{};
};
std::vector<word_box> word_boxes(std::string_view pdf);
/// The file without its actual texts: what is left is where the glyphs stand.
std::string without_actual_texts(std::string_view pdf);

/// A page as grey pixels, one byte each.
struct pixels {
  int width = 0;
  int height = 0;
  std::string grey;
};
pixels page(std::string_view pdf, int page, int dots_per_inch);
/// How many pixels differ by more than a little.
std::size_t difference(pixels const& one, pixels const& other);

/// What is left of UTF-8 text in NFC without the controls of its direction, its lines joined by
/// spaces: what was typed, where nothing was lost.
std::string without_controls(std::string_view utf8);

/// What is left of UTF-8 text without white space, invisible characters and form feeds.
std::string visible(std::string_view utf8);

}  // namespace intake::pdf::viewer

#define INTAKE_NEEDS(program) \
  if (!intake::pdf::viewer::has(program)) GTEST_SKIP() << program << " is not installed."

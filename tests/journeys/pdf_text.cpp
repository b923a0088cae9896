#include "tests/journeys/pdf_text.hpp"

#include "tests/certs/temporary_folder.hpp"

#include <cstdio>
#include <fstream>
#include <memory>

namespace intake::tests {

std::string text_of_pdf(std::string const& bytes) {
  certs::temporary_folder const folder;
  auto const path = (folder / "copy.pdf").string();
  std::ofstream(path, std::ios::binary) << bytes;
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> const out(
      ::popen(("pdftotext -raw '" + path + "' - 2>/dev/null").c_str(), "r"), ::pclose);
  std::string text;
  for (int c = std::fgetc(out.get()); c != EOF; c = std::fgetc(out.get())) {
    text += static_cast<char>(c == '\n' ? ' ' : c);
  }
  return text;
}

}  // namespace intake::tests

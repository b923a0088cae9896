#pragma once
#include <string>
#include <vector>

namespace intake::tests {

/// A PDF of these objects; the first is the catalog.
inline std::string pdf_file(std::vector<std::string> const& objects) {
  std::string file = "%PDF-1.7\n";
  std::string table = "xref\n0 " + std::to_string(objects.size() + 1) + "\n0000000000 65535 f \n";
  for (std::size_t i = 0; i < objects.size(); ++i) {
    auto const at = std::to_string(file.size());
    table += std::string(10 - at.size(), '0') + at + " 00000 n \n";
    file += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
  }
  auto const start = std::to_string(file.size());
  return file + table + "trailer << /Size " + std::to_string(objects.size() + 1) +
         " /Root 1 0 R >>\nstartxref\n" + start + "\n%%EOF\n";
}

inline std::string pdf_stream(std::string const& content, std::string const& more = {}) {
  return "<< /Length " + std::to_string(content.size()) + " " + more + " >>\nstream\n" + content +
         "\nendstream";
}

/// One page that says `text`.
inline std::string plain_pdf(std::string const& text = "A letter from my doctor") {
  return pdf_file({"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                   "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
                   "/Resources << /Font << /F 5 0 R >> >> >>",
                   pdf_stream("BT /F 24 Tf 72 700 Td (" + text + ") Tj ET"),
                   "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"});
}

}  // namespace intake::tests

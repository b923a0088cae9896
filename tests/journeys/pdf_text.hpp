#pragma once
#include <string>

namespace intake::tests {

/// What pdftotext reads in a PDF, each line's end a space; empty where poppler is not there.
std::string text_of_pdf(std::string const& bytes);

}  // namespace intake::tests

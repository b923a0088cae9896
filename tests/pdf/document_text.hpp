#pragma once
#include "pdf/document.hpp"

#include <string>

namespace intake::pdf::sample {

/// Every text of a document, one a line: what a copy says, without laying it out.
std::string document_text(document const&);

}  // namespace intake::pdf::sample

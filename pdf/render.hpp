#pragma once
#include "pdf/document.hpp"
#include "pdf/typefaces.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace intake::pdf {

/// A finished copy. `defects` names the answers (answer::key, cell::key) whose text is not on the
/// pages exactly as given, and "banner" or "pages" where those are wrong: a copy with defects must
/// not pass for a whole one.
struct rendered {
  std::string bytes;  ///< PDF 1.7
  std::size_t pages = 0;
  std::vector<std::string> defects;
};

/// Lays a document out on US Letter pages and writes it. The same document and faces give the same
/// bytes. Pure, and safe to call from several threads with the same faces. Throws
/// std::runtime_error when memory runs out inside libharu; the sentence holds no answer.
rendered render(document const& copy, typefaces const& faces);

}  // namespace intake::pdf

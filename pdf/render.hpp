#pragma once
#include "pdf/document.hpp"
#include "pdf/typefaces.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace intake::pdf {

class form_words;

/// A finished copy. `defects` names the answers (answer::key, cell::key) whose text is not on the
/// pages exactly as given, and "banner" or "pages" where those are wrong: a copy with defects must
/// not pass for a whole one.
struct rendered {
  std::string bytes;  ///< PDF 1.7
  std::size_t pages = 0;
  std::vector<std::string> defects;
};

/// A section on its pages; `defects` as above.
struct drawn_section {
  std::size_t pages = 0;
  std::vector<std::string> defects;
};

/// Draws a document a section at a time, for one that is too long to be held whole: when add()
/// returns, nothing of the section is needed any more. Throws as render() does.
class press {
 public:
  /// `head` says all but the sections, which are not looked at; both must outlive the press.
  press(document const& head, typefaces const& faces);
  /// `kept` outlives the press too.
  press(document const& head, typefaces const& faces, form_words& kept);
  ~press();
  press(press const&) = delete;
  press& operator=(press const&) = delete;

  drawn_section add(section const&);
  /// The whole file; nothing may be added after it. Without a section it is one empty page.
  std::string finish();

 private:
  struct state;
  std::unique_ptr<state> state_;
};

/// Lays a document out on US Letter pages and writes it. The same document and faces give the same
/// bytes. Pure, and safe to call from several threads with the same faces. Throws
/// std::runtime_error when memory runs out inside libharu; the sentence holds no answer.
rendered render(document const& copy, typefaces const& faces);
/// The same bytes, sooner where `kept` has served documents with the same questions.
rendered render(document const& copy, typefaces const& faces, form_words& kept);

}  // namespace intake::pdf

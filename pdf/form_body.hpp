#pragma once
#include "pdf/document.hpp"
#include "pdf/form_copy.hpp"

#include <vector>

namespace intake::pdf {

/// How deep a form's headings start: a packet has its forms below its own title.
enum class body_depth : std::uint8_t { whole_copy, one_of_several };

/// One form's questions and answers as blocks, in form order.
std::vector<block> form_body(filled_form const& from, copy_facts const& about, body_depth depth);

}  // namespace intake::pdf

#pragma once
#include "pdf/document.hpp"
#include "pdf/render.hpp"

#include <string>
#include <string_view>

namespace intake::pdf {

/// A document as bytes, for a process that draws it elsewhere. Both ends are the same program: the
/// form has no version and is never stored.
std::string write_document(document const&);
std::string write_rendered(rendered const&);
std::string write_section(section const&);
std::string write_drawn(drawn_section const&);

/// Throw std::invalid_argument on bytes that were not written so; the sentence holds none of them.
document read_document(std::string_view bytes);
rendered read_rendered(std::string_view bytes);
section read_section(std::string_view bytes);
drawn_section read_drawn(std::string_view bytes);

}  // namespace intake::pdf

#pragma once
#include <string>
#include <string_view>

namespace intake::service::clinic {

/// What is wrong with an SVG that somebody brought, to follow "the logo"; empty: nothing. It may
/// hold shapes, gradients and text, from a list of elements: no script, no event handler, nothing
/// from elsewhere, no document type and no processing instruction but XML's own.
std::string why_unfit_svg(std::string_view bytes);

}  // namespace intake::service::clinic

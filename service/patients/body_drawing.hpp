#pragma once
#include <string>

namespace intake::service::patients {

/// The body from both sides as SVG, each region a path with `data-region`: the same outlines that
/// copies are drawn from. An asset of its own, so that no page carries it.
std::string body_drawing();

}  // namespace intake::service::patients

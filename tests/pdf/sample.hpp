#pragma once
#include "pdf/document.hpp"
#include "pdf/render.hpp"

#include <string_view>

namespace intake::pdf::sample {

/// A document with a banner and the given blocks, without a letterhead.
document of(std::vector<block> blocks);

/// One question with this answer.
document of_answer(std::string_view value);

/// Every kind of block once or more, over several pages.
document of_everything();

/// The two embedded faces; and with those faces for Arabic, Hebrew, Devanagari and Chinese that are
/// installed.
typefaces const& plain_faces();
typefaces const& world_faces();
bool has_world_faces();

}  // namespace intake::pdf::sample

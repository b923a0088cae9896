#pragma once
#include "pdf/strip.hpp"

namespace intake::pdf {

/// A sign for the kind of notice, `size_pt` wide and high, drawn as shapes so that no font has to
/// have it.
drawing symbol(notice_kind kind, float size_pt);

/// An empty box for a pen's tick.
drawing tick_box(float size_pt);

/// The strokes of a signature scaled into a field of the given size, never enlarged beyond it.
path pen_strokes(signature const& from, float width_pt, float height_pt);

}  // namespace intake::pdf

#pragma once
#include "forms/x12/reading.hpp"

#include <cstddef>
#include <string>

namespace intake::forms::x12 {

/// The segments of one answer of a 271 and those above it, out of a file that may hold others:
/// envelope, payer, provider, the person, with the file's own separators. What is said of anybody
/// else stays out. Counts in SE, GE and IEA are those of the file; a set that is cut off has none
/// of them, so that it is read as cut off again. `set` and `answer` are indices of `reading::sets`
/// and of its response's answers, and must be there.
std::string extract_answer(reading const&, std::size_t set, std::size_t answer);

/// Whether the file holds this one answer and nothing else.
bool is_only_answer(reading const&);

}  // namespace intake::forms::x12

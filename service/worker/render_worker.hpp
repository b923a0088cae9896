#pragma once
#include "pdf/document_wire.hpp"
#include "service/worker/renderer.hpp"
#include "service/worker/sandbox.hpp"

#include <cstddef>
#include <functional>
#include <memory>

namespace intake::service::worker {

/// The most that a document or its copy takes on the way between parent and child.
inline constexpr std::size_t frame_bytes_max = 512 << 20;
/// Faces of every script and a document of a day's patients.
inline constexpr sandbox_limits render_limits{.memory_bytes_max = std::size_t{1} << 30};

using draw_document = std::function<pdf::rendered(pdf::document const&)>;

/// The child's whole life: enters the sandbox, then reads a document from standard input, draws it,
/// writes the copy to standard output, until the parent closes the pipe. Returns the exit code.
/// Throws where the sandbox could not be made.
int serve_renders(draw_document const& draw);

using begin_drawing = std::function<std::unique_ptr<long_drawing>(pdf::document head)>;

/// The life of a child for one long document: its head comes first, then section by section, each
/// answered by what was drawn; an empty frame asks for the whole file.
int serve_long_drawing(begin_drawing const& begin);

}  // namespace intake::service::worker

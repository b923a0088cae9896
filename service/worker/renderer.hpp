#pragma once
#include "pdf/render.hpp"

#include <stdexcept>

namespace intake::service {

/// A copy could not be drawn: the sentence says why and holds nothing of the document.
struct render_failed : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Draws documents, safe to use from several threads.
class renderer {
 public:
  virtual ~renderer() = default;
  /// Throws render_failed.
  virtual pdf::rendered render(pdf::document const&) = 0;
};

/// In this process: for a command, which draws one copy and ends.
class own_renderer final : public renderer {
 public:
  explicit own_renderer(pdf::typefaces const& faces) : faces_(faces) {}
  pdf::rendered render(pdf::document const& copy) override { return pdf::render(copy, faces_); }

 private:
  pdf::typefaces const& faces_;
};

}  // namespace intake::service

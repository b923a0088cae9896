#pragma once
#include "pdf/render.hpp"

#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

namespace intake::service {

/// A copy could not be drawn: the sentence says why and holds nothing of the document.
struct render_failed : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Draws one long document a section at a time (pdf::press), for one thread. After an exception it
/// is of no more use.
class long_drawing {
 public:
  virtual ~long_drawing() = default;
  /// Both throw render_failed.
  virtual pdf::drawn_section add(pdf::section const&) = 0;
  virtual std::string finish() = 0;
};

/// Draws documents, safe to use from several threads.
class renderer {
 public:
  virtual ~renderer() = default;
  /// Throws render_failed.
  virtual pdf::rendered render(pdf::document const&) = 0;
  /// `head` says all but the sections. Throws render_failed.
  virtual std::unique_ptr<long_drawing> begin(pdf::document head) = 0;
};

class own_drawing final : public long_drawing {
 public:
  own_drawing(pdf::document head, pdf::typefaces const& faces)
      : head_(std::move(head)), press_(head_, faces) {}
  pdf::drawn_section add(pdf::section const& next) override { return press_.add(next); }
  std::string finish() override { return press_.finish(); }

 private:
  pdf::document head_;
  pdf::press press_;
};

/// In this process: for a command, which draws one copy and ends.
class own_renderer final : public renderer {
 public:
  explicit own_renderer(pdf::typefaces const& faces) : faces_(faces) {}
  pdf::rendered render(pdf::document const& copy) override { return pdf::render(copy, faces_); }
  std::unique_ptr<long_drawing> begin(pdf::document head) override {
    return std::make_unique<own_drawing>(std::move(head), faces_);
  }

 private:
  pdf::typefaces const& faces_;
};

}  // namespace intake::service

#pragma once
#include "service/worker/child.hpp"
#include "service/worker/renderer.hpp"

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace intake::service::worker {

struct render_pool_settings {
  /// A program that lives in serve_renders, and with `--long` after it in serve_long_drawing.
  std::vector<std::string> command;
  std::size_t children = 1;
  /// From the call to the copy, waiting for a free child included.
  std::chrono::milliseconds render_max{20'000};
  /// After so many documents a child is replaced: what a library leaks stays bounded.
  std::size_t documents_max = 1'000;
};

/// Draws in children that were started before. One that crashes, hangs or answers nonsense costs
/// the document it drew, and is replaced.
class render_pool final : public renderer {
 public:
  /// Starts the children and has each draw an empty document. Throws render_failed.
  explicit render_pool(render_pool_settings settings);
  ~render_pool() override;

  pdf::rendered render(pdf::document const&) override;
  /// In a child of its own, so that single copies do not wait for it; `render_max` is for each
  /// section.
  std::unique_ptr<long_drawing> begin(pdf::document head) override;

  /// Children started in place of others, so far.
  std::size_t replaced() const;

 private:
  struct place;
  place& take(deadline until);
  void give_back(place&);
  void start(place&) const;
  /// Another child warms up while the caller is told.
  void replace(place&);
  pdf::rendered render_in(place&, std::string_view document, deadline until);

  render_pool_settings settings_;
  std::vector<std::unique_ptr<place>> places_;
  mutable std::mutex mutex_;
  std::condition_variable freed_;
  std::size_t replaced_ = 0;
};

}  // namespace intake::service::worker

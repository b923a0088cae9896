#pragma once
#include "service/application.hpp"
#include "service/clinic/effective.hpp"

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <thread>
#include <vector>

namespace intake::service::clinic {

/// The application as it is now: with what managers have set on top of the files. Each change makes
/// one more, whole and immutable, and all of them live until the program ends: a request keeps the
/// one with which it began, and what refers to one stays good.
class in_force {
 public:
  /// What a look is put on; lives as long as this.
  struct plain_look {
    std::span<asset_store::source const> assets;
    clinic_look of_files;
  };
  explicit in_force(plain_look);
  ~in_force();
  in_force(in_force const&) = delete;
  in_force& operator=(in_force const&) = delete;

  /// `of_files` sees what the files say, and refers to this object; what it refers to outlives this
  /// object. Throws db::unavailable.
  void begin(application const& of_files);

  /// One load of a pointer: it may be asked with every request.
  application& current() const noexcept { return *current_.load(std::memory_order_acquire); }
  /// What the files say alone.
  application const& of_files() const { return *of_files_; }

  /// Looks now. The database being away changes nothing and is not reported here.
  void look();
  /// Looks every so often, in a thread of its own, until this object ends: what was set in another
  /// instance is in force here after that long.
  void keep_looking(std::chrono::milliseconds every);

 private:
  struct snapshot;
  void replace();
  std::shared_ptr<form_store const> forms_for(effective const&) const;
  std::shared_ptr<asset_store const> assets_for(effective const&) const;

  plain_look plain_;
  std::unique_ptr<application> of_files_;
  std::atomic<application*> current_ = nullptr;
  std::mutex looking_;
  std::vector<std::unique_ptr<snapshot>> snapshots_;
  std::jthread thread_;
};

}  // namespace intake::service::clinic

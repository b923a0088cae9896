#pragma once
#include <csetjmp>
#include <cstddef>
#include <cstdio>

#include <jpeglib.h>

namespace intake::service::worker {

/// libjpeg's way of giving up: it must not return, so it jumps. Between `run` and the jump there is
/// nothing with a destructor.
class jpeg_guard {
 public:
  jpeg_guard();
  jpeg_guard(jpeg_guard const&) = delete;
  jpeg_guard& operator=(jpeg_guard const&) = delete;

  jpeg_error_mgr* errors() { return &errors_; }

  /// False where the library gave up, or met something that is not as it was written.
  template <class Work>
  bool run(Work const& work) {
    if (setjmp(back_) != 0) return false;
    work();
    return true;
  }

 private:
  static void give_up(j_common_ptr);
  static void hear(j_common_ptr, int level);
  static void say_nothing(j_common_ptr);

  /// First, so that the library's pointer to it is one to all of this.
  jpeg_error_mgr errors_{};
  std::jmp_buf back_{};
};

}  // namespace intake::service::worker

#include "service/worker/jpeg_guard.hpp"

#include <algorithm>
#include <array>

#include <jerror.h>

namespace intake::service::worker {
namespace {

/// Warnings about what does not touch the picture. All others mean that a part of it was guessed:
/// a card of which half is grey is not what the patient photographed.
constexpr std::array harmless{JWRN_EXTRANEOUS_DATA, JWRN_BOGUS_ICC, JWRN_JFIF_MAJOR,
                              JWRN_ADOBE_XFORM, JWRN_TOO_MUCH_DATA};

}  // namespace

jpeg_guard::jpeg_guard() {
  jpeg_std_error(&errors_);
  errors_.error_exit = give_up;
  errors_.emit_message = hear;
  errors_.output_message = say_nothing;
}

void jpeg_guard::give_up(j_common_ptr state) {
  std::longjmp(reinterpret_cast<jpeg_guard*>(state->err)->back_, 1);
}

void jpeg_guard::hear(j_common_ptr state, int level) {
  bool const is_warning = level < 0;
  if (!is_warning) return;
  auto const code = static_cast<J_MESSAGE_CODE>(state->err->msg_code);
  if (std::ranges::find(harmless, code) == harmless.end()) give_up(state);
}

void jpeg_guard::say_nothing(j_common_ptr) {}

}  // namespace intake::service::worker

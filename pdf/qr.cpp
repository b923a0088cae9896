#include "pdf/qr.hpp"

#include "pdf/style.hpp"

#include <memory>
#include <stdexcept>

#include <qrencode.h>

namespace intake::pdf {
namespace {

struct free_code {
  void operator()(QRcode* code) const { QRcode_free(code); }
};

constexpr int quiet_modules = 4;

}  // namespace

path qr_path(std::string_view payload, float size_pt) {
  std::unique_ptr<QRcode, free_code> const code(
      QRcode_encodeData(static_cast<int>(payload.size()),
                        reinterpret_cast<unsigned char const*>(payload.data()), 0, QR_ECLEVEL_M));
  if (code == nullptr) throw std::invalid_argument("The text is too long for a QR code.");
  auto const module_pt = size_pt / static_cast<float>(code->width + 2 * quiet_modules);
  path out{{}, paint::fill, style::black, 0};
  auto const at = [module_pt](int modules) {
    return static_cast<float>(modules + quiet_modules) * module_pt;
  };
  auto const is_dark = [&code](int x, int y) { return (code->data[y * code->width + x] & 1) != 0; };
  for (int y = 0; y < code->width; ++y) {
    for (int x = 0; x < code->width;) {
      auto end = x;
      while (end < code->width && is_dark(end, y)) ++end;
      if (end > x) {
        out.lines.push_back(
            {{at(x), at(y)}, {at(end), at(y)}, {at(end), at(y + 1)}, {at(x), at(y + 1)}});
      }
      x = end + 1;
    }
  }
  return out;
}

}  // namespace intake::pdf

#include "pdf/qr.hpp"

#include "pdf/style.hpp"

#include <memory>
#include <stdexcept>

#include <fmt/format.h>
#include <qrencode.h>

namespace intake::pdf {
namespace {

struct free_code {
  void operator()(QRcode* code) const { QRcode_free(code); }
};

using code_pointer = std::unique_ptr<QRcode, free_code>;

constexpr int quiet_modules = 4;

code_pointer encode(std::string_view payload) {
  code_pointer code(QRcode_encodeData(static_cast<int>(payload.size()),
                                      reinterpret_cast<unsigned char const*>(payload.data()), 0,
                                      QR_ECLEVEL_M));
  if (code == nullptr) throw std::invalid_argument("The text is too long for a QR code.");
  return code;
}

/// Calls `use(x, end, y)` for every dark stretch of a row, without the quiet zone.
template <class Use>
void for_each_stretch(QRcode const& code, Use use) {
  auto const is_dark = [&code](int x, int y) { return (code.data[y * code.width + x] & 1) != 0; };
  for (int y = 0; y < code.width; ++y) {
    for (int x = 0; x < code.width;) {
      auto end = x;
      while (end < code.width && is_dark(end, y)) ++end;
      if (end > x) use(x, end, y);
      x = end + 1;
    }
  }
}

}  // namespace

bool fits_qr(std::string_view payload) {
  return !payload.empty() && payload.size() <= qr_bytes_max;
}

path qr_path(std::string_view payload, float size_pt) {
  auto const code = encode(payload);
  auto const module_pt = size_pt / static_cast<float>(code->width + 2 * quiet_modules);
  path out{{}, paint::fill, style::black, 0};
  auto const at = [module_pt](int modules) {
    return static_cast<float>(modules + quiet_modules) * module_pt;
  };
  for_each_stretch(*code, [&](int x, int end, int y) {
    out.lines.push_back(
        {{at(x), at(y)}, {at(end), at(y)}, {at(end), at(y + 1)}, {at(x), at(y + 1)}});
  });
  return out;
}

qr_drawing qr_svg(std::string_view payload) {
  auto const code = encode(payload);
  qr_drawing made{code->width + 2 * quiet_modules, {}};
  for_each_stretch(*code, [&](int x, int end, int y) {
    made.path += fmt::format("M{} {}h{}v1H{}z", x + quiet_modules, y + quiet_modules, end - x,
                             x + quiet_modules);
  });
  return made;
}

}  // namespace intake::pdf

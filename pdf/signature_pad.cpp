#include "pdf/signature_pad.hpp"

#include "forms/base64.hpp"
#include "forms/signature_strokes.hpp"

#include <utility>

namespace intake::pdf {

std::optional<signature> read_strokes(std::string_view base64) {
  auto bytes = forms::decode_base64(base64);
  auto const drawn = bytes ? forms::read_signature(std::move(*bytes)) : std::nullopt;
  if (!drawn) return std::nullopt;
  signature out;
  out.pad_width = static_cast<float>(drawn->width);
  out.pad_height = static_cast<float>(drawn->height);
  for (auto const& stroke : drawn->strokes) {
    auto& line = out.strokes.emplace_back();
    for (auto const& [x, y] : stroke) {
      line.push_back({static_cast<float>(x), static_cast<float>(y)});
    }
  }
  return out;
}

}  // namespace intake::pdf

#include "pdf/typefaces.hpp"

#include "embedded_faces.hpp"
#include "pdf/face.hpp"

#include <array>
#include <bitset>
#include <stdexcept>
#include <string>
#include <vector>

namespace intake::pdf {
namespace {

constexpr std::size_t units = 0x10000;

/// Left-to-right or neutral, and unchanged by NFC whatever stands beside them: Latin with its
/// extensions, modifier letters, the Vietnamese block, typographic punctuation. Controls and the
/// soft hyphen are not text.
constexpr std::array<std::array<char16_t, 2>, 4> plain_ranges{
    {{u' ', u'~'}, {0x00A0, 0x02FF}, {0x1E00, 0x1EFF}, {0x2010, 0x2027}}};
constexpr char16_t soft_hyphen = 0x00AD;

}  // namespace

struct typefaces::state {
  std::vector<face> faces;
  std::array<std::vector<std::uint16_t>, 2> preference;
  std::bitset<units> plain;

  void prefer(weight wanted) {
    auto& order = preference[static_cast<std::size_t>(wanted)];
    for (bool const same : {true, false}) {
      for (std::size_t at = 0; at < faces.size(); ++at) {
        if ((faces[at].drawn_as == wanted) == same) order.push_back(static_cast<std::uint16_t>(at));
      }
    }
  }

  void mark_plain() {
    auto const& regular = faces[preference[0].front()];
    auto const& bold = faces[preference[1].front()];
    for (auto const [first, last] : plain_ranges) {
      for (std::size_t unit = first; unit <= last; ++unit) {
        auto const code_point = static_cast<char32_t>(unit);
        plain[unit] = unit != soft_hyphen && regular.covers(code_point) && bold.covers(code_point);
      }
    }
  }
};

typefaces::typefaces(std::span<face_file const> further) : state_(std::make_unique<state>()) {
  for (auto const& file : embedded_faces()) {
    bool const bold = file.name.find("Bold") != std::string_view::npos;
    state_->faces.push_back(load_face(file.bytes, 0, bold ? weight::bold : weight::regular));
  }
  for (std::size_t at = 0; at < further.size(); ++at) {
    try {
      state_->faces.push_back(
          load_face(further[at].bytes, further[at].index, further[at].drawn_as));
    } catch (std::invalid_argument const& reason) {
      throw std::invalid_argument("Font " + std::to_string(at + 1) + ": " + reason.what());
    }
  }
  state_->prefer(weight::regular);
  state_->prefer(weight::bold);
  state_->mark_plain();
}

typefaces::~typefaces() = default;

std::span<face const> typefaces::all() const {
  return state_->faces;
}

std::span<std::uint16_t const> typefaces::preference(weight wanted) const {
  return state_->preference[static_cast<std::size_t>(wanted)];
}

bool typefaces::is_plain(char16_t unit) const {
  return state_->plain[unit];
}

}  // namespace intake::pdf

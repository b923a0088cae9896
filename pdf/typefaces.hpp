#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

namespace intake::pdf {

enum class weight : std::uint8_t { regular, bold };

/// One font that the installation adds to the two embedded ones, for scripts these do not cover.
struct face_file {
  std::string_view bytes;  ///< a whole TTF, OTF or TTC file; must outlive the typefaces
  unsigned index = 0;      ///< which face of a collection (TTC)
  weight drawn_as = weight::regular;
};

struct face;

/// The faces that documents are drawn with: embedded Noto Sans Regular and Bold first, then
/// `further` in the order given, which is the order of preference. Immutable once made; one object
/// serves any number of threads.
class typefaces {
 public:
  /// Throws std::invalid_argument naming the position in `further` of a file that is no usable
  /// font.
  explicit typefaces(std::span<face_file const> further = {});
  ~typefaces();
  typefaces(typefaces const&) = delete;
  typefaces& operator=(typefaces const&) = delete;

  std::span<face const> all() const;
  /// Indexes into all(), best first, for text of this weight; another weight is better than no
  /// glyph.
  std::span<std::uint16_t const> preference(weight wanted) const;
  /// True where the unit is left-to-right, needs no joining with its neighbours, is stable under
  /// NFC and is in the embedded face: text made of such units alone skips itemisation.
  bool is_plain(char16_t unit) const;

 private:
  struct state;
  std::unique_ptr<state> state_;
};

}  // namespace intake::pdf

#pragma once
#include "pdf/typefaces.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <hb.h>

namespace intake::pdf {

template <auto Destroy>
struct hb_delete {
  template <typename T>
  void operator()(T* object) const {
    Destroy(object);
  }
};
using hb_face_ptr = std::unique_ptr<hb_face_t, hb_delete<hb_face_destroy>>;
using hb_font_ptr = std::unique_ptr<hb_font_t, hb_delete<hb_font_destroy>>;
using hb_blob_ptr = std::unique_ptr<hb_blob_t, hb_delete<hb_blob_destroy>>;
using hb_set_ptr = std::unique_ptr<hb_set_t, hb_delete<hb_set_destroy>>;

enum class outline_format : std::uint8_t { truetype, cff };

/// One face ready for shaping and subsetting. Lengths are in font units, `units_per_em` to the em.
struct face {
  hb_face_ptr whole;
  hb_face_ptr for_subset;  ///< preprocessed, so that cutting a subset is quick
  hb_font_ptr font;
  std::string postscript_name;
  outline_format outlines = outline_format::truetype;
  weight drawn_as = weight::regular;
  int units_per_em = 1000;
  int ascent = 0;   ///< above the baseline, positive
  int descent = 0;  ///< below the baseline, positive
  unsigned glyph_count = 0;

  /// Whether shaping `code_point` alone gives no missing glyph: by its own glyph or by that of a
  /// canonical or compatibility equivalent that HarfBuzz falls back to.
  bool covers(char32_t code_point) const;
};

/// Reads one face. Throws std::invalid_argument where the bytes are no font with outlines.
face load_face(std::string_view bytes, unsigned index, weight drawn_as);

}  // namespace intake::pdf

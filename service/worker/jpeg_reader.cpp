#include "service/worker/jpeg_reader.hpp"

#include "service/limits.hpp"
#include "service/worker/exif.hpp"
#include "service/worker/jpeg_guard.hpp"

#include <algorithm>

#include <jerror.h>

namespace intake::service::worker {
namespace {

constexpr int app1 = JPEG_APP0 + 1;
constexpr unsigned segment_bytes_max = 0xFFFF;
constexpr unsigned scale_steps = 8;

/// libjpeg's own makes up an end where the file has none.
boolean no_more_bytes(j_decompress_ptr state) {
  ERREXIT(state, JERR_INPUT_EOF);
  return FALSE;
}

void count_scans(j_common_ptr state) {
  if (reinterpret_cast<j_decompress_ptr>(state)->input_scan_number > picture_scans_max) {
    ERREXIT(state, JERR_BAD_PROGRESSION);
  }
}

/// The decoder's state and what must outlive a jump out of it.
class jpeg_input {
 public:
  explicit jpeg_input(std::string_view bytes) : bytes_(bytes) {
    state_.err = guard_.errors();
    watch_.progress_monitor = count_scans;
  }
  ~jpeg_input() { jpeg_destroy_decompress(&state_); }
  jpeg_input(jpeg_input const&) = delete;
  jpeg_input& operator=(jpeg_input const&) = delete;

  bool read_head() {
    return guard_.run([this] {
      jpeg_create_decompress(&state_);
      jpeg_mem_src(&state_, reinterpret_cast<unsigned char const*>(bytes_.data()),
                   static_cast<unsigned long>(bytes_.size()));
      state_.src->fill_input_buffer = no_more_bytes;
      state_.progress = &watch_;
      jpeg_save_markers(&state_, app1, segment_bytes_max);
      jpeg_read_header(&state_, TRUE);
    });
  }

  std::uint64_t pixel_count() const {
    return std::uint64_t{state_.image_width} * state_.image_height;
  }

  /// What it is decoded to: the least eighths that are large enough.
  bool choose_size(unsigned side_min) {
    auto const longest = std::max(state_.image_width, state_.image_height);
    unsigned eighths = 1;
    while (eighths < scale_steps && std::uint64_t{longest} * eighths < 8ULL * side_min) ++eighths;
    bool const inks = state_.jpeg_color_space == JCS_CMYK || state_.jpeg_color_space == JCS_YCCK;
    return guard_.run([this, eighths, inks] {
      state_.scale_num = eighths;
      state_.scale_denom = scale_steps;
      state_.out_color_space = inks ? JCS_CMYK : JCS_RGB;
      jpeg_calc_output_dimensions(&state_);
    });
  }

  bool read_rows(std::vector<std::uint8_t>& into) {
    auto const row_bytes =
        std::size_t{state_.output_width} * static_cast<std::size_t>(state_.output_components);
    auto* const first = into.data();
    return guard_.run([this, row_bytes, first] {
      jpeg_start_decompress(&state_);
      while (state_.output_scanline < state_.output_height) {
        JSAMPROW row = first + row_bytes * state_.output_scanline;
        jpeg_read_scanlines(&state_, &row, 1);
      }
      jpeg_finish_decompress(&state_);
    });
  }

  int orientation() const {
    for (auto const* each = state_.marker_list; each != nullptr; each = each->next) {
      std::string_view const segment(reinterpret_cast<char const*>(each->data), each->data_length);
      if (auto const found = exif_orientation(segment); found != 1) return found;
    }
    return 1;
  }

  jpeg_decompress_struct const& state() const { return state_; }

 private:
  std::string_view bytes_;
  jpeg_guard guard_;
  jpeg_progress_mgr watch_{};
  jpeg_decompress_struct state_{};
};

/// Four inks to three lights, in place: a pixel never needs more room than it had. Adobe's programs
/// write inks the other way round.
void inks_to_lights(std::vector<std::uint8_t>& samples, bool inverted) {
  auto to = samples.begin();
  for (auto from = samples.cbegin(); from != samples.cend(); from += 4) {
    auto const light = [&](std::ptrdiff_t ink) {
      unsigned const value = from[ink];
      return inverted ? value : 255U - value;
    };
    auto const black = light(3);
    for (std::ptrdiff_t ink = 0; ink < 3; ++ink) {
      *to++ = static_cast<std::uint8_t>(light(ink) * black / 255U);
    }
  }
  samples.erase(to, samples.end());
}

}  // namespace

or_fault<oriented_pixels> read_jpeg(std::string_view bytes, unsigned side_min) {
  jpeg_input in(bytes);
  if (!in.read_head()) return file_fault::damaged;
  if (in.pixel_count() > picture_pixels_max) return file_fault::too_large;
  if (!in.choose_size(side_min)) return file_fault::damaged;
  auto const& state = in.state();
  oriented_pixels out;
  // The decoder forgets what stood beside the picture when it has decoded it.
  out.orientation = in.orientation();
  out.picture.width = state.output_width;
  out.picture.height = state.output_height;
  out.picture.rgb.resize(std::size_t{state.output_width} * state.output_height *
                         static_cast<std::size_t>(state.output_components));
  if (!in.read_rows(out.picture.rgb)) return file_fault::damaged;
  if (state.out_color_space == JCS_CMYK) {
    inks_to_lights(out.picture.rgb, state.saw_Adobe_marker != FALSE);
  }
  return out;
}

}  // namespace intake::service::worker

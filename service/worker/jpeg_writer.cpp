#include "service/worker/jpeg_writer.hpp"

#include "service/worker/jpeg_guard.hpp"

#include <stdexcept>

#include <jerror.h>

namespace intake::service::worker {
namespace {

/// Tables and heads, for pictures of a few pixels.
constexpr std::size_t head_bytes_max = 4096;

void already_there(j_compress_ptr) {}

boolean no_more_room(j_compress_ptr state) {
  ERREXIT(state, JERR_BUFFER_SIZE);
  return FALSE;
}

/// The encoder's state and what must outlive a jump out of it.
class jpeg_output {
 public:
  explicit jpeg_output(std::string& room) : room_(room) {
    state_.err = guard_.errors();
    to_.next_output_byte = reinterpret_cast<JOCTET*>(room_.data());
    to_.free_in_buffer = room_.size();
    to_.init_destination = already_there;
    to_.empty_output_buffer = no_more_room;
    to_.term_destination = already_there;
  }
  ~jpeg_output() { jpeg_destroy_compress(&state_); }
  jpeg_output(jpeg_output const&) = delete;
  jpeg_output& operator=(jpeg_output const&) = delete;

  bool write(pixels const& from, int quality) {
    auto const row_bytes = std::size_t{from.width} * samples_per_pixel;
    return guard_.run([this, &from, quality, row_bytes] {
      jpeg_create_compress(&state_);
      state_.dest = &to_;
      state_.image_width = from.width;
      state_.image_height = from.height;
      state_.input_components = samples_per_pixel;
      state_.in_color_space = JCS_RGB;
      jpeg_set_defaults(&state_);
      jpeg_set_quality(&state_, quality, TRUE);
      state_.optimize_coding = TRUE;
      jpeg_start_compress(&state_, TRUE);
      while (state_.next_scanline < state_.image_height) {
        // The library only reads through this pointer.
        auto* row = const_cast<JSAMPROW>(from.rgb.data() + row_bytes * state_.next_scanline);
        jpeg_write_scanlines(&state_, &row, 1);
      }
      jpeg_finish_compress(&state_);
    });
  }

  std::size_t written() const { return room_.size() - to_.free_in_buffer; }

 private:
  std::string& room_;
  jpeg_guard guard_;
  jpeg_destination_mgr to_{};
  jpeg_compress_struct state_{};
};

}  // namespace

std::string write_jpeg(pixels const& from, int quality) {
  // A JPEG is smaller than its pixels, but for pictures of a few.
  std::string bytes(from.rgb.size() + head_bytes_max, '\0');
  std::size_t written = 0;
  {
    jpeg_output out(bytes);
    if (!out.write(from, quality)) throw std::runtime_error("a picture could not be encoded");
    written = out.written();
  }
  bytes.resize(written);
  bytes.shrink_to_fit();
  return bytes;
}

}  // namespace intake::service::worker

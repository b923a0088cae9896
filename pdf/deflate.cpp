#include "pdf/deflate.hpp"

#include <stdexcept>

#include <zlib.h>

namespace intake::pdf {

struct deflater::state {
  z_stream stream{};
};

namespace {

/// A tenth more bytes than zlib's own choice for two fifths of its time, which is most of drawing.
constexpr int level = 4;

}  // namespace

deflater::deflater() : state_(std::make_unique<state>()) {
  if (deflateInit(&state_->stream, level) != Z_OK) {
    throw std::runtime_error("zlib has no memory.");
  }
}

deflater::~deflater() {
  deflateEnd(&state_->stream);
}

std::string deflater::deflate(std::string_view bytes) {
  auto& stream = state_->stream;
  deflateReset(&stream);
  std::string out(deflateBound(&stream, bytes.size()), '\0');
  // zlib's interface predates const; it only reads.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  if (::deflate(&stream, Z_FINISH) != Z_STREAM_END) {
    throw std::runtime_error("zlib could not compress.");
  }
  out.resize(stream.total_out);
  return out;
}

}  // namespace intake::pdf

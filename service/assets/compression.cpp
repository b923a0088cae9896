#include "service/assets/compression.hpp"

#include "service/http/fields.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>
#include <variant>

#include <zlib.h>

namespace intake::service {
namespace {

/// Below this a page fits in two packets anyway.
constexpr std::size_t worth_it_bytes = 2048;
/// A page of 68 KB takes well under a millisecond.
constexpr int page_level = 4;

bool is_page(response const& made) {
  return std::ranges::any_of(made.fields, [](http_field const& field) {
    return field.name == "content-type" && field.value.starts_with("text/html");
  });
}

}  // namespace

std::string gzip(std::string_view bytes, int level) {
  z_stream stream{};
  constexpr int gzip_window_bits = 15 + 16;
  constexpr int memory_level = 9;
  if (deflateInit2(&stream, level, Z_DEFLATED, gzip_window_bits, memory_level,
                   Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::runtime_error("zlib could not start");
  }
  std::string out(deflateBound(&stream, bytes.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  auto const result = deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  if (result != Z_STREAM_END) throw std::runtime_error("zlib could not compress");
  return out;
}

bool takes_gzip(request const& asked) {
  for (auto const& coding : read_weighted_list(asked.field("accept-encoding").value_or(""))) {
    if (coding.value == "gzip") return coding.weight_per_mille > 0;
  }
  return false;
}

response compressed_page(request const& asked, response made) {
  auto* const html = std::get_if<std::string>(&made.body);
  if (html == nullptr || html->size() < worth_it_bytes || !is_page(made)) return made;
  made.fields.push_back({"vary", "accept-encoding"});
  if (!takes_gzip(asked)) return made;
  *html = gzip(*html, page_level);
  made.fields.push_back({"content-encoding", "gzip"});
  return made;
}

}  // namespace intake::service

#pragma once
#include <memory>
#include <string>
#include <string_view>

namespace intake::pdf {

/// zlib streams (RFC 1950) for PDF's FlateDecode. Keeps its tables between calls; one per document.
class deflater {
 public:
  deflater();
  ~deflater();
  deflater(deflater const&) = delete;
  deflater& operator=(deflater const&) = delete;

  std::string deflate(std::string_view bytes);

 private:
  struct state;
  std::unique_ptr<state> state_;
};

}  // namespace intake::pdf

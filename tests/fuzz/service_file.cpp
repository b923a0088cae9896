/// What patients attach is any bytes at all. What is kept of them is read again without a fault, is
/// no larger than it may be, and begins as what it is.
#include "pdf/jpeg_size.hpp"
#include "service/limits.hpp"
#include "service/worker/file_reader.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

namespace {

using namespace intake::service;

void must(bool held) {
  if (!held) std::abort();
}

void check_kept(worker::clean_file const& kept) {
  auto const again = worker::read_file(kept.bytes);
  must(again && again->kind == kept.kind);
  if (kept.kind != worker::file_kind::jpeg) return;
  auto const size = intake::pdf::jpeg_size(kept.bytes);
  must(size && std::max(size->width, size->height) <= picture_side_max);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  auto const read = worker::read_file({reinterpret_cast<char const*>(data), size});
  auto const back = worker::read_answer(worker::write_answer(read));
  must(back && back->has_value() == read.has_value());
  if (read) check_kept(*read);
  return 0;
}

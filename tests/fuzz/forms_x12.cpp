#include "forms/json_reader.hpp"
#include "forms/x12/inquiry_reader.hpp"
#include "forms/x12/inquiry_request.hpp"
#include "forms/x12/inquiry_writer.hpp"
#include "forms/x12/reading_json.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>

using namespace intake::forms;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

/// What is clean is written again as it was read, but for its separators.
void write_again(x12::reading const& read) {
  if (!read.found.empty() || read.interchanges.size() != 1) return;
  auto const& groups = read.interchanges.front().groups;
  if (groups.size() != 1) return;
  x12::inquiry_batch batch;
  batch.envelope = x12::envelope_of(read.file.segments.front(), groups.front());
  for (auto const& set : read.sets) {
    auto const* const one = std::get_if<x12::inquiry>(&set.content);
    if (one == nullptr) return;
    batch.inquiries.push_back(*one);
  }
  auto const text = x12::write_270(batch, {.marks = {}, .letters = x12::character_set::extended});
  if (!text) return;
  auto const again = x12::read_tolerant(*text);
  require(again.found.errors().empty());
  require(x12::canonical_text(again.file) == *text);
}

}  // namespace

// Any bytes are read or refused, the document is JSON, the canonical text is a fixed point; a text
// that begins as JSON does is a request for a 270.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string const text{reinterpret_cast<char const*>(data), size};
  if (text.starts_with('{')) {
    auto const request = x12::read_inquiry_request(text);
    if (!request) return 0;
    auto const written = x12::write_270(request->batch);
    if (written) require(x12::read_tolerant(*written).found.errors().empty());
    return 0;
  }
  auto const read = x12::read_tolerant(text);
  auto const json = x12::to_json(read, {"0", "fuzz", 20261128});
  require(read_json(json, {.bytes_max = std::size_t{1} << 28}).has_value());
  auto const once = x12::canonical_text(read.file);
  require(x12::canonical_text(x12::read_tolerant(once).file) == once);
  write_again(read);
  return 0;
}

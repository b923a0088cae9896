#include "forms/json_reader.hpp"
#include "forms/json_writer.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>

using namespace intake::forms;

namespace {

void write(json_value const& value, json_writer& out) {
  switch (value.kind()) {
    case json_kind::object:
      out.begin_object();
      for (auto const& member : value) {
        out.key(member.key());
        write(member, out);
      }
      out.end_object();
      return;
    case json_kind::array:
      out.begin_array();
      for (auto const& one : value) write(one, out);
      out.end_array();
      return;
    case json_kind::string:
      out.string(value.text());
      return;
    case json_kind::number:
      out.number(value.text());
      return;
    case json_kind::boolean:
      out.boolean(value.is_true());
      return;
    case json_kind::null:
      out.null();
  }
}

std::string rewritten(json_document const& document) {
  std::string text;
  json_writer out{text};
  write(document.root(), out);
  return text;
}

}  // namespace

// What the strict reader takes, the writer writes, and reading that again changes nothing.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  auto const document = read_json(std::string(reinterpret_cast<char const*>(data), size));
  if (!document) return 0;
  auto const once = rewritten(*document);
  auto const again = read_json(once, {.bytes_max = std::size_t{1} << 24, .depth_max = 32});
  if (!again || rewritten(*again) != once) std::abort();
  return 0;
}

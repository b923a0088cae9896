/// Any bytes, cut in any way: the gate's verdict is the same, and what passes holds what the
/// handlers rely on.
#include "service/http/gate.hpp"
#include "service/http/head_reader.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using namespace intake::service;

constexpr std::size_t body_bytes_max = 4096;

void must(bool held) {
  if (!held) std::abort();
}

struct outcome {
  verdict head = verdict::more;
  verdict body = verdict::more;
  int status = 0;
  std::size_t head_bytes = 0;
  std::string text;
  bool operator==(outcome const&) const = default;
};

outcome read(std::string_view bytes, std::size_t step) {
  outcome out;
  head_gate gate;
  for (auto end = step; out.head == verdict::more; end += step) {
    out.head = gate.read(bytes.substr(0, end));
    if (end >= bytes.size()) break;
  }
  out.status = out.head == verdict::refused ? gate.why().status : 0;
  if (out.head != verdict::passed) return out;
  out.head_bytes = gate.size();
  if (!gate.facts().chunked) return out;
  chunk_gate chunks(body_bytes_max);
  for (auto begin = gate.size(); begin < bytes.size() && out.body == verdict::more; begin += step) {
    auto piece = bytes.substr(begin, step);
    out.body = chunks.read(piece, out.text);
    must(out.text.size() <= body_bytes_max);
  }
  if (out.body == verdict::refused) {
    out.status = chunks.why().status;
    out.text.clear();
  }
  return out;
}

bool plain(std::string_view text) {
  return std::ranges::none_of(text, [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F;
  });
}

void check_passed(std::string_view bytes) {
  head_gate gate;
  must(gate.read(bytes) == verdict::passed);
  must(gate.size() <= head_bytes_max && gate.size() <= bytes.size());
  auto const& path = gate.facts().target.path;
  must(path.starts_with('/') && plain(path) && path.find("//") == std::string::npos);
  must((path + "/").find("/../") == std::string::npos);
  request in;
  if (!read_head(bytes.substr(0, gate.size()), gate.facts(), in)) return;
  must(in.fields.size() <= head_fields_max);
  for (auto const& field : in.fields) {
    must(!field.name.empty() && plain(field.name) && plain(field.value));
    must(field.name.find('_') == std::string::npos);
    must(std::ranges::none_of(field.name, [](char c) { return c >= 'A' && c <= 'Z'; }));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view const bytes(reinterpret_cast<char const*>(data), size);
  auto const whole = read(bytes, std::max<std::size_t>(1, size));
  for (std::size_t const step : {1U, 2U, 7U}) must(read(bytes, step) == whole);
  if (whole.head == verdict::passed) check_passed(bytes);
  return 0;
}

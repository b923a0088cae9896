#pragma once
#include "service/http/gate.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace intake::service {

/// What a gate made of some bytes: status 0 where they passed, -1 where it wants more.
struct gate_outcome {
  int status = -1;
  std::string_view sentence;
  /// Bytes up to the end of the message.
  std::size_t taken = 0;
  std::string body;
  bool operator==(gate_outcome const&) const = default;
};

gate_outcome read_head_whole(std::string_view bytes);
gate_outcome read_head_bytewise(std::string_view bytes);
gate_outcome read_head_in_two(std::string_view bytes, std::size_t cut);

/// A head and, where it passed, its body after it.
gate_outcome read_message(std::string_view bytes);
gate_outcome read_message_bytewise(std::string_view bytes);

/// A chunked body cut into reads of `step` bytes.
gate_outcome read_chunks(std::string_view bytes, std::size_t step, std::size_t body_bytes_max);

/// Name and bytes of each line "name<tab>bytes" with the escapes \r \n \xNN; empty where there is
/// no such file.
std::vector<std::pair<std::string, std::string>> read_framing_corpus(char const* path);

}  // namespace intake::service

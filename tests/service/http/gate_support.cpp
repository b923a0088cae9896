#include "tests/service/http/gate_support.hpp"

#include <algorithm>
#include <fstream>

namespace intake::service {
namespace {

constexpr std::size_t message_body_bytes_max = 1 << 20;

gate_outcome outcome_of(verdict verdict, refusal const& why, std::size_t taken) {
  if (verdict == verdict::more) return {};
  if (verdict == verdict::passed) return {0, {}, taken, {}};
  return {why.status, why.sentence, 0, {}};
}

gate_outcome read_head_in_steps(std::string_view bytes, std::size_t first, std::size_t step) {
  head_gate gate;
  auto verdict = verdict::more;
  for (auto end = first; verdict == verdict::more; end += step) {
    verdict = gate.read(bytes.substr(0, end));
    if (end >= bytes.size()) break;
  }
  return outcome_of(verdict, gate.why(), gate.size());
}

gate_outcome read_message_in_steps(std::string_view bytes, std::size_t step) {
  head_gate gate;
  for (auto end = step;; end += step) {
    auto const verdict = gate.read(bytes.substr(0, end));
    if (verdict == verdict::refused) return outcome_of(verdict, gate.why(), 0);
    if (verdict == verdict::passed) break;
    if (end >= bytes.size()) return {};
  }
  auto const rest = bytes.substr(gate.size());
  if (!gate.facts().chunked) {
    auto const length = static_cast<std::size_t>(gate.facts().content_length);
    if (rest.size() < length) return {};
    return {0, {}, gate.size() + length, std::string(rest.substr(0, length))};
  }
  auto out = read_chunks(rest, step, message_body_bytes_max);
  if (out.status == 0) out.taken += gate.size();
  return out;
}

}  // namespace

gate_outcome read_head_whole(std::string_view bytes) {
  return read_head_in_steps(bytes, bytes.size(), 1);
}
gate_outcome read_head_bytewise(std::string_view bytes) {
  return read_head_in_steps(bytes, 1, 1);
}
gate_outcome read_head_in_two(std::string_view bytes, std::size_t cut) {
  return read_head_in_steps(bytes, cut, bytes.size());
}

gate_outcome read_message(std::string_view bytes) {
  return read_message_in_steps(bytes, std::max<std::size_t>(1, bytes.size()));
}
gate_outcome read_message_bytewise(std::string_view bytes) {
  return read_message_in_steps(bytes, 1);
}

gate_outcome read_chunks(std::string_view bytes, std::size_t step, std::size_t body_bytes_max) {
  chunk_gate gate(body_bytes_max);
  std::string body;
  auto verdict = verdict::more;
  std::size_t taken = 0;
  for (std::size_t begin = 0; begin < bytes.size() && verdict == verdict::more; begin += step) {
    auto piece = bytes.substr(begin, step);
    auto const size = piece.size();
    verdict = gate.read(piece, body);
    taken = begin + size - piece.size();
  }
  auto out = outcome_of(verdict, gate.why(), taken);
  if (out.status == 0) out.body = std::move(body);
  return out;
}

std::vector<std::pair<std::string, std::string>> read_framing_corpus(char const* path) {
  std::vector<std::pair<std::string, std::string>> out;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    auto const tab = line.find('\t');
    std::string bytes;
    for (auto i = tab + 1; i < line.size(); ++i) {
      if (line[i] != '\\') {
        bytes += line[i];
      } else if (line[++i] == 'x') {
        bytes += static_cast<char>(std::stoi(line.substr(i + 1, 2), nullptr, 16));
        i += 2;
      } else {
        bytes += line[i] == 'r' ? '\r' : '\n';
      }
    }
    out.emplace_back(line.substr(0, tab), std::move(bytes));
  }
  return out;
}

}  // namespace intake::service

#include "service/http/characters.hpp"
#include "service/http/gate.hpp"

#include <algorithm>

namespace intake::service {
namespace {

// Eight hexadecimal digits reach 4 GiB, far past every limit of a body, and cannot overflow 64
// bits.
constexpr int size_digits_max = 8;

int hex_digit(char c) {
  char const pair[] = {'%', '0', c};
  return characters::escaped_byte({pair, sizeof pair});
}

}  // namespace

verdict chunk_gate::read(std::string_view& bytes, std::string& body) {
  while (verdict_ == verdict::more && !bytes.empty()) {
    if (at_ != at::data) {
      verdict_ = framing_byte(bytes.front());
      bytes.remove_prefix(1);
      continue;
    }
    auto const taken =
        static_cast<std::size_t>(std::min<std::uint64_t>(left_in_chunk_, bytes.size()));
    body.append(bytes.substr(0, taken));
    bytes.remove_prefix(taken);
    left_in_chunk_ -= taken;
    if (left_in_chunk_ == 0) at_ = at::data_cr;
  }
  return verdict_;
}

verdict chunk_gate::framing_byte(char c) {
  auto const step = [&](char wanted, at next, std::string_view otherwise) {
    if (c != wanted) return refuse(400, otherwise);
    at_ = next;
    return next == at::done ? verdict::passed : verdict::more;
  };
  switch (at_) {
    case at::size:
      if (int const digit = hex_digit(c); digit >= 0) {
        if (++digits_ > size_digits_max) return refuse(400, "A chunk size is too long");
        left_in_chunk_ = left_in_chunk_ * 16 + static_cast<std::uint64_t>(digit);
        return verdict::more;
      }
      if (digits_ == 0 || c != '\r') return refuse(400, "A chunk size is not a plain number");
      at_ = at::size_lf;
      return verdict::more;
    case at::size_lf:
      return c == '\n' ? end_size() : refuse(400, "A chunk size does not end its line");
    case at::data_cr:
      return step('\r', at::data_lf, "A chunk is longer than its size");
    case at::data_lf:
      return step('\n', at::size, "A chunk is longer than its size");
    case at::end_cr:
      return step('\r', at::end_lf, "Trailer fields are not taken");
    case at::end_lf:
      return step('\n', at::done, "Trailer fields are not taken");
    case at::data:
    case at::done:
      break;
  }
  return verdict_;
}

verdict chunk_gate::end_size() {
  digits_ = 0;
  if (left_in_chunk_ > left_for_body_) return refuse(413, "The body is too long");
  left_for_body_ -= left_in_chunk_;
  at_ = left_in_chunk_ == 0 ? at::end_cr : at::data;
  return verdict::more;
}

verdict chunk_gate::refuse(int status, std::string_view sentence) {
  refusal_ = {status, sentence};
  return verdict_ = verdict::refused;
}

}  // namespace intake::service

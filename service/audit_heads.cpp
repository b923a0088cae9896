#include "service/audit_heads.hpp"

#include "certs/hex.hpp"

#include <array>
#include <charconv>
#include <optional>

#include <fmt/format.h>

namespace intake::service {
namespace {

constexpr std::string_view first_words = "intake-head 1 ";
constexpr std::string_view purpose = "intake audit signed head 1";
constexpr std::size_t fields_before_chain = 5;

std::array<std::uint8_t, 8> big_endian(std::int64_t value) {
  std::array<std::uint8_t, 8> data{};
  for (std::size_t i = 0; i < data.size(); ++i) {
    data[i] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(value) >> (56 - 8 * i));
  }
  return data;
}

certs::hash256 signed_bytes(db::outside_head const& head, certs::utc_time written) {
  auto const number = big_endian(head.position.number);
  auto const at = big_endian(head.position.at.time_since_epoch().count());
  auto const when = big_endian(written.time_since_epoch().count());
  std::array const fields{certs::as_bytes(purpose), certs::as_bytes(head.chain),
                          certs::bytes_view(number), certs::bytes_view(at),
                          certs::bytes_view(when)};
  return certs::chain_link(head.position.link, fields);
}

std::optional<std::int64_t> number_in(std::string_view text) {
  std::int64_t value = 0;
  auto const end = std::from_chars(text.data(), text.data() + text.size(), value);
  if (end.ec != std::errc{} || end.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

certs::utc_time time_of(std::int64_t microseconds) {
  return certs::utc_time(std::chrono::microseconds(microseconds));
}

std::optional<db::outside_head> read_head(std::string_view line,
                                          certs::ed25519_public const& signer) {
  if (!line.starts_with(first_words)) return std::nullopt;
  line.remove_prefix(first_words.size());
  std::array<std::string_view, fields_before_chain> fields;
  for (auto& field : fields) {
    auto const space = line.find(' ');
    if (space == line.npos) return std::nullopt;
    field = line.substr(0, space);
    line.remove_prefix(space + 1);
  }
  auto const written = number_in(fields[0]);
  auto const number = number_in(fields[1]);
  auto const at = number_in(fields[2]);
  certs::ed25519_signature signature{};
  db::outside_head head{std::string(line), {}};
  if (!written || !number || !at || !certs::read_hex(fields[3], head.position.link) ||
      !certs::read_hex(fields[4], signature)) {
    return std::nullopt;
  }
  head.position.number = *number;
  head.position.at = time_of(*at);
  if (!certs::ed25519_verify(signer, signed_bytes(head, time_of(*written)), signature)) {
    return std::nullopt;
  }
  return head;
}

template <typename Bytes>
std::string hex(Bytes const& data) {
  std::string text;
  certs::append_hex(text, data);
  return text;
}

}  // namespace

certs::ed25519_public head_signer(certs::keyring const& keys) {
  return certs::ed25519_public_of(keys.key(certs::key_role::audit_signing));
}

std::string write_head(db::outside_head const& head, certs::utc_time written,
                       certs::keyring const& keys) {
  auto const signature =
      certs::ed25519_sign(keys.key(certs::key_role::audit_signing), signed_bytes(head, written));
  return fmt::format("{}{} {} {} {} {} {}\n", first_words, written.time_since_epoch().count(),
                     head.position.number, head.position.at.time_since_epoch().count(),
                     hex(head.position.link), hex(signature), head.chain);
}

heads_reading read_heads(std::string_view text, certs::ed25519_public const& signer) {
  heads_reading reading;
  for (std::size_t number = 1; !text.empty(); ++number) {
    auto const end = text.find('\n');
    bool const is_cut = end == text.npos || text.substr(0, end + 1).ends_with(cut_mark);
    if (is_cut) {
      ++reading.cut_lines;
      if (end == text.npos) break;
    } else if (auto head = read_head(text.substr(0, end), signer)) {
      reading.heads.push_back(std::move(*head));
    } else {
      reading.bad_lines.push_back(number);
    }
    text.remove_prefix(end + 1);
  }
  return reading;
}

}  // namespace intake::service

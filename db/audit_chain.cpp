#include "db/audit_chain.hpp"

#include <algorithm>
#include <array>

namespace intake::db {
namespace {

using certs::as_bytes;
using certs::bytes_view;
using certs::hash256;

template <typename Integer>
std::array<std::uint8_t, sizeof(Integer)> big_endian(Integer value) {
  std::array<std::uint8_t, sizeof(Integer)> data{};
  auto const bits = static_cast<std::uint64_t>(value);
  for (std::size_t i = 0; i < data.size(); ++i) {
    data[i] = static_cast<std::uint8_t>(bits >> (8 * (data.size() - 1 - i)));
  }
  return data;
}

std::array<std::uint8_t, 8> big_endian(certs::utc_time time) {
  return big_endian(std::int64_t{time.time_since_epoch().count()});
}

bytes_view view(std::optional<certs::uuid> const& id) {
  return id ? bytes_view(id->value) : bytes_view();
}

bytes_view view(std::optional<hash256> const& hash) {
  return hash ? bytes_view(*hash) : bytes_view();
}

bytes_view view(std::vector<certs::uuid> const& ids) {
  static_assert(sizeof(certs::uuid) == 16);
  return {reinterpret_cast<std::uint8_t const*>(ids.data()), ids.size() * sizeof(certs::uuid)};
}

}  // namespace

hash256 event_link(bytes_view key, hash256 const& previous, chained_event const& event) {
  auto const number = big_endian(event.number);
  auto const at = big_endian(event.at);
  auto const version = big_endian(event.entry.version);
  std::array const fields{
      as_bytes("intake audit 1"),
      as_bytes(event.chain),
      bytes_view(number),
      bytes_view(at),
      as_bytes(event.entry.action),
      as_bytes(to_string(event.entry.who)),
      as_bytes(event.entry.actor),
      as_bytes(to_string(event.entry.outcome)),
      view(event.entry.subject),
      bytes_view(version),
      view(event.entry.shown),
      as_bytes(event.entry.purpose),
      as_bytes(event.entry.request_id),
      as_bytes(event.entry.address),
      view(event.entry.content),
      view(event.record),
  };
  return certs::hmac_sha256(key, certs::chain_link(previous, fields));
}

hash256 head_seal(bytes_view key, std::string_view chain, chain_position const& position) {
  auto const number = big_endian(position.number);
  auto const at = big_endian(position.at);
  std::array const fields{as_bytes("intake audit head 1"), as_bytes(chain), bytes_view(number),
                          bytes_view(at)};
  return certs::hmac_sha256(key, certs::chain_link(position.link, fields));
}

hash256 record_hash(record_fields const& record) {
  auto const version = big_endian(record.version);
  auto const received = big_endian(record.received);
  auto const forms = big_endian(static_cast<std::int32_t>(record.forms.size()));
  std::vector<bytes_view> fields{as_bytes("intake record 1"),
                                 record.id.value,
                                 version,
                                 as_bytes(record.receipt),
                                 received,
                                 record.body_hash,
                                 forms};
  for (auto const& form : record.forms) fields.push_back(as_bytes(form));
  for (auto const& part : record.parts) {
    fields.push_back(as_bytes(part.name));
    fields.push_back(part.sealed_sha256);
  }
  return certs::chain_link({}, fields);
}

hash256 record_hash(new_submission const& submission) {
  std::vector<part_digest> parts;
  parts.reserve(submission.parts.size());
  for (auto const& part : submission.parts) {
    parts.push_back({part.name, certs::sha256(part.sealed)});
  }
  std::ranges::sort(parts, {}, &part_digest::name);
  return record_hash({.id = submission.id,
                      .version = submission.version,
                      .receipt = submission.version == 1 ? std::string_view(submission.receipt)
                                                         : std::string_view(),
                      .received = submission.received,
                      .body_hash = submission.body_hash,
                      .forms = submission.forms,
                      .parts = parts});
}

}  // namespace intake::db

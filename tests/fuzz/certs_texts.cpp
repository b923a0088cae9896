#include "certs/base64.hpp"
#include "certs/certificate.hpp"
#include "certs/escrow.hpp"
#include "certs/kek_file.hpp"
#include "certs/name_fold.hpp"
#include "certs/password.hpp"
#include "certs/receipt.hpp"
#include "certs/utc_text.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace intake::certs;

namespace {

void holds(bool property) {
  if (!property) std::abort();
}

}  // namespace

// Every reader of text in certs, each with the property that joins it to its writer.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view const text(reinterpret_cast<char const*>(data), size);
  if (auto const keys = parse_key_file(text)) {
    holds(parse_key_file(as_text(write_key_file(*keys))).has_value());
  }
  if (auto const keys = read_escrow_sheet(text)) {
    holds(read_escrow_sheet(as_text(write_escrow_sheet(*keys, {text, {}}))).has_value());
  }
  if (auto const r = parse_receipt(text)) holds(parse_receipt(to_string(*r)) == r);
  if (auto const decoded = base64url_decode(text)) holds(base64url_encode(*decoded) == text);
  if (auto const time = parse_utc_text(text)) holds(utc_text(*time) == text);
  auto const name = fold_name(text);
  holds(fold_name(name) == name);
  auto const id = fold_member_id(text);
  holds(fold_member_id(id) == id);
  auto const phone = fold_phone(text);
  holds(fold_phone(phone) == phone);
  static_cast<void>(read_certificate(text));
  static_cast<void>(needs_rehash(text));
  return 0;
}

/// The readers of queries, bodies and header fields take any bytes; what a form holds comes back
/// when it is written.
#include "service/http/fields.hpp"
#include "service/http/http_date.hpp"
#include "service/http/ip_address.hpp"
#include "service/http/target.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using namespace intake::service;

void must(bool held) {
  if (!held) std::abort();
}

void check_form(std::string_view text) {
  auto const form = read_form(text);
  if (!form) return;
  must(form->size() <= form_fields_max);
  std::string again;
  for (auto const& [name, value] : *form) {
    must(is_utf8(name) && is_utf8(value));
    again += percent_encode(name) + '=' + percent_encode(value) + '&';
  }
  auto const reread = read_form(again);
  must(reread && reread->size() == form->size());
  must(std::ranges::equal(*form, *reread, [](form_field const& a, form_field const& b) {
    return a.name == b.name && a.value == b.value;
  }));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view const text(reinterpret_cast<char const*>(data), size);
  constexpr std::array<std::string_view, 3> languages{"en", "es", "ht"};
  check_form(text);
  must(percent_decode(percent_encode(text)) == text);
  cookie(text, "a");
  read_media_type(text);
  must(read_weighted_list(text).size() <= 32);
  choose_language(text, languages);
  etag_listed(text, "\"a\"");
  if (auto const date = read_http_date(text, {}))
    must(read_http_date(http_date(*date), {}) == date);
  if (auto const target = read_target(text)) must(is_utf8(target->path));
  trusted_proxies const proxies({"127.0.0.0/8"});
  proxies.client(*read_ip_address("127.0.0.1"), text);
  return 0;
}

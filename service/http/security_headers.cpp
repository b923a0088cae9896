#include "service/http/security_headers.hpp"

#include "service/http/characters.hpp"

#include <array>
#include <string_view>

namespace intake::service {
namespace {

struct header_row {
  std::string_view name;
  std::string_view value;
};

constexpr std::array defaults{
    // Nothing is loaded, framed or sent unless a page says so; pages set their own policy.
    header_row{"Content-Security-Policy",
               "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"},
    header_row{"X-Content-Type-Options", "nosniff"},
    // Not no-referrer: then browsers call the origin of our own forms "null" (Fetch, "append a
    // request Origin header"), and those that send no Sec-Fetch-Site could send none.
    header_row{"Referrer-Policy", "same-origin"},
    // What a shared phone or a proxy keeps is a disclosure; hashed assets set their own.
    header_row{"Cache-Control", "no-store"},
    header_row{"Cross-Origin-Opener-Policy", "same-origin"},
    header_row{"Cross-Origin-Resource-Policy", "same-origin"},
    header_row{"Permissions-Policy",
               "camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
    header_row{"Strict-Transport-Security", "max-age=31536000"},
};
constexpr auto transport_row = defaults.size() - 1;

bool is_set(std::vector<http_field> const& fields, std::string_view name) {
  for (auto const& field : fields) {
    if (characters::same_ignoring_case(field.name, name)) return true;
  }
  return false;
}

}  // namespace

void append_security_headers(std::string& head, std::vector<http_field> const& set_by_handler,
                             transport_kind transport) {
  for (std::size_t i = 0; i < defaults.size(); ++i) {
    auto const& row = defaults[i];
    if (i == transport_row && transport == transport_kind::plain) continue;
    if (is_set(set_by_handler, row.name)) continue;
    head.append(row.name).append(": ").append(row.value).append("\r\n");
  }
}

}  // namespace intake::service

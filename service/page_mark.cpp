#include "service/page_mark.hpp"

#include <charconv>

#include <fmt/format.h>

namespace intake::service {

std::string write_mark(db::page_mark const& mark) {
  return fmt::format("{}-{}", mark.first_received.time_since_epoch().count(),
                     certs::to_string(mark.id));
}

std::optional<db::page_mark> read_mark(std::string_view text) {
  auto const dash = text.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  std::int64_t micros = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + dash, micros);
  auto const id = certs::parse_uuid(text.substr(dash + 1));
  if (error != std::errc{} || end != text.data() + dash || !id) return std::nullopt;
  return db::page_mark{certs::utc_time{std::chrono::microseconds{micros}}, *id};
}

}  // namespace intake::service

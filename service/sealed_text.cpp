#include "service/sealed_text.hpp"

namespace intake::service {
namespace {

constexpr certs::part_name only_part{certs::part_kind::summary, 0};

certs::binding binding_of(text_place const& place) {
  return {.table = place.table, .record = place.row, .version = place.version, .form = place.table};
}

}  // namespace

sealed_text seal_text(certs::world const& world, certs::kek_provider const& keks,
                      text_place const& place, std::string_view text) {
  certs::plain_part const parts[] = {{only_part, certs::as_bytes(text)}};
  auto sealed = certs::seal(world, keks, binding_of(place), parts);
  return {std::move(sealed.key), std::move(sealed.parts.front().content.value)};
}

std::optional<std::string> open_text(certs::kek_provider const& keks, text_place const& place,
                                     certs::wrapped_key const& key, certs::bytes_view content) {
  auto const opened = certs::open(keks, key, binding_of(place), only_part, content);
  if (!opened) return std::nullopt;
  return std::string(certs::as_text(*opened));
}

}  // namespace intake::service

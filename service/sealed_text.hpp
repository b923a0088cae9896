#pragma once
#include "certs/envelope.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace intake::service {

/// A short text on its way into a row of its own, outside any submission.
struct sealed_text {
  certs::wrapped_key key;
  certs::bytes content;
};

/// Binds the text to the row: it opens nowhere else. `table` also names what is in it.
struct text_place {
  std::string_view table;
  certs::uuid row;
  std::uint32_t version = 1;
};

sealed_text seal_text(certs::world const&, certs::kek_provider const&, text_place const&,
                      std::string_view text);

/// Nothing where it does not open: another key, changed, or moved here.
std::optional<std::string> open_text(certs::kek_provider const&, text_place const&,
                                     certs::wrapped_key const&, certs::bytes_view content);

}  // namespace intake::service

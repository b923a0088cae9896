#pragma once
#include "service/application.hpp"
#include "service/http/request.hpp"
#include "service/http/response.hpp"

#include <optional>

namespace intake::service::patients {

/// What a patient typed is longer than this only with files, which are chosen again.
inline constexpr std::size_t typed_bytes_max = 256 * 1024;

/// The page for a patient whose page could not be handled at all (`status` 429 or 503), for staff
/// who are not signed in any more (401), or where this browser has another visit now (409): it
/// holds every field that came and sends them again to where they went. Waits for nothing.
///
/// Nothing where no field came, they break their grammar, or the page was none of ours: a page of
/// somebody else's must not become one of ours.
std::optional<response> send_again_page(application const&, request const&, language, int status);

}  // namespace intake::service::patients

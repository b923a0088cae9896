#pragma once
#include "service/http/request.hpp"
#include "service/http/response.hpp"

#include <string>
#include <string_view>

namespace intake::service {

/// The bytes as gzip (RFC 1952); `level` from 1, quick, to 9, small. Throws std::runtime_error when
/// zlib has no memory.
std::string gzip(std::string_view bytes, int level);

/// Whether whoever asks can read gzip (RFC 9110 12.5.3).
bool takes_gzip(request const&);

/// A page of text/html as gzip, for whoever takes it; every other response as it is. Only for pages
/// into which nobody but their reader can put words: what is secret in a page can be guessed from
/// the length of its compressed form by whoever may add to it (BREACH).
response compressed_page(request const&, response);

}  // namespace intake::service

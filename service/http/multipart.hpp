#pragma once
#include "service/http/request.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/system/result.hpp>

namespace intake::service {

/// The most parts a form with files may have.
inline constexpr std::size_t multipart_parts_max = 512;
/// The most bytes of header fields a part may have.
inline constexpr std::size_t multipart_head_bytes_max = 4096;

/// One part of multipart/form-data (RFC 7578).
struct multipart_part {
  /// Of the form's field; UTF-8, without control characters, never empty.
  std::string name;
  /// As the browser named the file, without its folders; absent for fields that are not files.
  std::optional<std::string> file_name;
  /// In lower case, without parameters; "text/plain" where the part names none (RFC 7578 4.4).
  std::string content_type;
  /// A view into the body that was read; any bytes at all.
  std::string_view content;
};

enum class multipart_error { none, malformed, too_many_parts, head_too_long };

/// Reads a whole body. `boundary` is the Content-Type's parameter, 1-70 characters of RFC
/// 2046 5.1.1.
///
/// Strict: CRLF only, the close delimiter must be there, a part needs a form-data disposition with
/// a name. What stands before the first and after the last delimiter must be empty.
boost::system::result<std::vector<multipart_part>, multipart_error> read_multipart(
    std::string_view body, std::string_view boundary);

/// The parts of a request that is multipart/form-data, views into its body; empty for any other
/// type and for a body that breaks the grammar.
std::vector<multipart_part> parts_of(request const&);

}  // namespace intake::service

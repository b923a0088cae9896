#pragma once
#include <string>
#include <string_view>

namespace intake::pdf {

/// Passwords of PDF 2.0 are at most 127 bytes; ours are printable ASCII, which every keyboard and
/// every viewer reads alike.
inline constexpr std::size_t password_bytes_min = 12;
inline constexpr std::size_t password_bytes_max = 127;
bool is_fit_password(std::string_view);

/// The file encrypted with AES-256 (ISO 32000-2, 7.6: revision 6), metadata too, to be opened with
/// that password only; `owner` is who may lift it, and stays secret. Not pure: libqpdf draws the
/// file's key. Throws std::runtime_error where the bytes are no PDF of ours.
std::string protect(std::string_view pdf, std::string const& password, std::string const& owner);

}  // namespace intake::pdf

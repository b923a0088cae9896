#include "service/delivery/mail_text.hpp"

#include "forms/base64.hpp"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

namespace intake::service::delivery {
namespace {

constexpr std::size_t line_letters = 76;
/// RFC 2047 2: an encoded word has 75 letters at most, 63 of them content.
constexpr std::size_t word_bytes = 45;

/// Not through the middle of a character (RFC 2047 5).
std::size_t whole_characters(std::string_view text, std::size_t at_most) {
  auto end = std::min(text.size(), at_most);
  while (end > 0 && end < text.size() && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) {
    --end;
  }
  return end;
}

std::string subject_of(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    auto const length = std::max<std::size_t>(whole_characters(text, word_bytes), 1);
    if (!out.empty()) out += "\r\n ";
    out += "=?utf-8?B?" + forms::encode_base64(text.substr(0, length)) + "?=";
    text.remove_prefix(length);
  }
  return out;
}

std::string body_of(std::string_view text) {
  auto const whole = forms::encode_base64(text);
  std::string out;
  for (std::size_t at = 0; at < whole.size(); at += line_letters) {
    out += whole.substr(at, line_letters) + "\r\n";
  }
  return out;
}

/// RFC 5322 3.3: "Sat, 28 Nov 2026 14:05:06 +0000".
std::string date_of(certs::utc_time at) {
  constexpr std::string_view days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::string_view months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  auto const second = std::chrono::floor<std::chrono::seconds>(at);
  auto const day = std::chrono::floor<std::chrono::days>(second);
  std::chrono::year_month_day const date{day};
  std::chrono::hh_mm_ss const clock{second - day};
  return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} +0000",
                     days[std::chrono::weekday{day}.c_encoding()],
                     static_cast<unsigned>(date.day()),
                     months[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
                     clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

}  // namespace

std::string write_mail(message const& what, std::string_view from) {
  auto const host = from.substr(from.find('@') + 1);
  return fmt::format(
      "From: <{}>\r\nTo: <{}>\r\nSubject: {}\r\nDate: {}\r\nMessage-ID: <{}@{}>\r\n"
      "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Language: {}\r\n"
      "Content-Transfer-Encoding: base64\r\nAuto-Submitted: auto-generated\r\n\r\n{}",
      from, what.to, subject_of(what.subject), date_of(what.at), what.id, host, what.language,
      body_of(what.text));
}

}  // namespace intake::service::delivery

#pragma once
#include "certs/uuid.hpp"

#include <atomic>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

namespace intake::service {

/// A word of the program's own source text. Nothing a person typed can become one.
struct log_word {
  template <std::size_t N>
  consteval log_word(char const (&literal)[N]) : text(literal, N - 1) {}
  std::string_view text;
};

/// A name the program made or the operator chose: a request id, a route's pattern, a file of the
/// configuration, the sentence of an exception. Never a path, a query or a body as received; never
/// an answer.
struct log_name {
  explicit log_name(std::string_view own) : text(own) {}
  std::string_view text;
};

struct log_field {
  log_word key;
  std::variant<std::int64_t, log_word, log_name> value;
};

enum class log_level { info, warning, error };

/// One JSON object a line. There is no overload that takes an answer, a request or a text of
/// unknown origin.
class event_log {
 public:
  /// Writes to the descriptor, which stays the caller's; `now` stamps each line in UTC.
  event_log(int descriptor, std::function<certs::utc_time()> now);

  void write(log_level, log_word event, std::initializer_list<log_field> = {}) const;

  /// Lines that could not be written, for example because the disk is full. A lost line never stops
  /// a request.
  std::uint64_t lost_lines() const { return lost_lines_; }

 private:
  int descriptor_;
  std::function<certs::utc_time()> now_;
  mutable std::atomic<std::uint64_t> lost_lines_ = 0;
};

/// 2026-11-23T14:05:06.123456Z.
std::string to_rfc3339(certs::utc_time);

}  // namespace intake::service

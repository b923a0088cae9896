#include "service/log.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <unistd.h>

namespace intake::service {
namespace {

// Names come from the operator or from exceptions, so quotes and control bytes are still possible.
void append_json_text(std::string& out, std::string_view text) {
  out += '"';
  for (char const c : text) {
    auto const byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20 || byte == 0x7f) {
      out += fmt::format("\\u{:04x}", byte);
    } else {
      out += c;
    }
  }
  out += '"';
}

void append_value(std::string& out, log_field const& field) {
  if (auto const* number = std::get_if<std::int64_t>(&field.value)) {
    out += fmt::format_int(*number).c_str();
  } else if (auto const* word = std::get_if<log_word>(&field.value)) {
    append_json_text(out, word->text);
  } else {
    append_json_text(out, std::get<log_name>(field.value).text);
  }
}

std::string_view to_text(log_level level) {
  switch (level) {
    case log_level::info:
      return "info";
    case log_level::warning:
      return "warning";
    case log_level::error:
      break;
  }
  return "error";
}

}  // namespace

event_log::event_log(int descriptor, std::function<certs::utc_time()> now)
    : descriptor_(descriptor), now_(std::move(now)) {}

void event_log::write(log_level level, log_word event,
                      std::initializer_list<log_field> fields) const {
  std::string line = fmt::format(R"({{"time":"{}","level":"{}","event":"{}")", to_rfc3339(now_()),
                                 to_text(level), event.text);
  for (auto const& field : fields) {
    line += ",\"";
    line += field.key.text;
    line += "\":";
    append_value(line, field);
  }
  line += "}\n";
  // One write a line: lines of several threads never mix (POSIX: O_APPEND, and pipes up to
  // PIPE_BUF).
  if (::write(descriptor_, line.data(), line.size()) != static_cast<ssize_t>(line.size())) {
    ++lost_lines_;
  }
}

std::string to_rfc3339(certs::utc_time time) {
  auto const seconds = std::chrono::floor<std::chrono::seconds>(time);
  auto const micros = (time - seconds).count();
  return fmt::format(
      "{:%Y-%m-%dT%H:%M:%S}.{:06}Z",
      fmt::gmtime(std::chrono::system_clock::to_time_t(
          std::chrono::time_point_cast<std::chrono::system_clock::duration>(seconds))),
      micros);
}

}  // namespace intake::service

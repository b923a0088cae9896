#include "forms/parse_error.hpp"

#include <stdexcept>
#include <utility>

#include <fmt/format.h>

namespace intake::forms {

parse_error parse_error::of(std::string_view code, std::string message) {
  return at({}, 0, code, std::move(message));
}

parse_error parse_error::at(std::string where, std::size_t line, std::string_view code,
                            std::string message, std::string hint) {
  parse_error error;
  error.code = code;
  error.where = std::move(where);
  error.line = line;
  error.message = std::move(message);
  error.hint = std::move(hint);
  return error;
}

std::string sentence(parse_error const& error) {
  std::string place;
  if (error.line != 0) place = fmt::format("line {}", error.line);
  if (!error.where.empty()) place += (place.empty() ? "" : ", ") + error.where;
  auto const hint = error.hint.empty() ? "" : fmt::format(" ({})", error.hint);
  return fmt::format("{}{}{}{}", place, place.empty() ? "" : ": ", error.message, hint);
}

void throw_exception_from_error(parse_error const& error, boost::source_location const&) {
  throw std::runtime_error(sentence(error));
}

}  // namespace intake::forms

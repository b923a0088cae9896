#include "db/rows.hpp"

#include "db/errors.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace intake::db {
namespace {

int nibble(char digit) {
  return digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}

[[noreturn]] void refuse_column() {
  throw unavailable("the database holds a value that its schema forbids");
}

template <typename Values>
std::string literal_array_of(Values const& values) {
  array_text list;
  for (auto const& value : values) list.add(value);
  return list.take();
}

}  // namespace

bool is_text(std::string_view text) {
  return text.find('\0') == text.npos;
}

pqxx::binarystring binary(certs::bytes_view data) {
  return pqxx::binarystring(data.data(), data.size());
}

certs::bytes bytes_of(pqxx::field const& field) {
  // bytea_output = hex, PostgreSQL's default: \x then two digits a byte.
  std::string_view const text(field.c_str(), field.size());
  if (!text.starts_with("\\x")) refuse_column();
  certs::bytes data((text.size() - 2) / 2);
  for (std::size_t i = 0; i < data.size(); ++i) {
    data[i] = static_cast<std::uint8_t>(nibble(text[2 + 2 * i]) << 4 | nibble(text[3 + 2 * i]));
  }
  return data;
}

certs::hash256 hash_of(pqxx::field const& field) {
  auto const data = bytes_of(field);
  certs::hash256 hash{};
  if (data.size() != hash.size()) refuse_column();
  std::ranges::copy(data, hash.begin());
  return hash;
}

certs::uuid uuid_of(pqxx::field const& field) {
  auto const id = certs::parse_uuid({field.c_str(), field.size()});
  if (!id) refuse_column();
  return *id;
}

long long microseconds(certs::utc_time time) {
  return time.time_since_epoch().count();
}

certs::utc_time time_of(pqxx::field const& field) {
  return certs::utc_time(std::chrono::microseconds(field.as<long long>()));
}

std::vector<std::string> lines_of(pqxx::field const& field) {
  std::vector<std::string> lines;
  std::string_view rest(field.c_str(), field.size());
  while (!rest.empty()) {
    auto const end = std::min(rest.find('\n'), rest.size());
    lines.emplace_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return lines;
}

std::vector<std::string> texts_of(pqxx::field const& field) {
  using juncture = pqxx::array_parser::juncture;
  std::vector<std::string> texts;
  auto parser = field.as_array();
  int depth = 0;
  for (auto step = parser.get_next(); step.first != juncture::done; step = parser.get_next()) {
    if (step.first == juncture::row_start) ++depth;
    if (step.first == juncture::null_value || depth > 1) {
      throw unavailable("an array holds what the program never writes");
    }
    if (step.first == juncture::string_value) texts.push_back(std::move(step.second));
  }
  return texts;
}

void array_text::separate() {
  if (text_.size() > 1) text_ += ',';
}

array_text& array_text::add(long long value) {
  separate();
  fmt::format_to(std::back_inserter(text_), "{}", value);
  return *this;
}

array_text& array_text::add(certs::uuid const& id) {
  separate();
  text_ += certs::to_string(id);
  return *this;
}

array_text& array_text::add(std::string_view value) {
  separate();
  text_ += '"';
  for (char const c : value) {
    if (c == '"' || c == '\\') text_ += '\\';
    text_ += c;
  }
  text_ += '"';
  return *this;
}

array_text& array_text::add_null() {
  separate();
  text_ += "NULL";
  return *this;
}

std::string array_text::take() {
  text_ += '}';
  return std::exchange(text_, {});
}

std::string to_array(std::vector<std::string> const& values) {
  return literal_array_of(values);
}

std::string to_array(std::vector<certs::uuid> const& values) {
  return literal_array_of(values);
}

}  // namespace intake::db

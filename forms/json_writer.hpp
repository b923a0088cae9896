#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace intake::forms {

/// Appends one JSON text to a string, without white space. Commas are the writer's business;
/// balanced begin and end are the caller's. Invalid UTF-8 becomes U+FFFD, so that the text is
/// always valid, and so does U+0000, which strict readers and PostgreSQL refuse.
class json_writer {
 public:
  explicit json_writer(std::string& out) : out_{out}, start_{out.size()} {}

  json_writer& begin_object();
  json_writer& end_object();
  json_writer& begin_array();
  json_writer& end_array();
  json_writer& key(std::string_view);
  json_writer& string(std::string_view);
  json_writer& integer(std::int64_t);
  /// A number in the words of its source; must be a JSON number already.
  json_writer& number(std::string_view source_text);
  json_writer& boolean(bool);
  json_writer& null();
  /// A JSON text that is written already.
  json_writer& raw(std::string_view json);

  /// `"name":"text"`.
  json_writer& member(std::string_view name, std::string_view text) {
    return key(name).string(text);
  }
  json_writer& member(std::string_view name, char const* text) { return key(name).string(text); }
  json_writer& member(std::string_view name, std::int64_t value) {
    return key(name).integer(value);
  }
  json_writer& member(std::string_view name, bool value) { return key(name).boolean(value); }

 private:
  void separate();
  std::string& out_;
  std::size_t start_;
};

}  // namespace intake::forms

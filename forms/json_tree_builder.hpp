#pragma once
#include "forms/json_reader.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/error.hpp>
#include <boost/json/string_view.hpp>

namespace intake::forms {

/// Source text, nodes and unescaped strings of one document.
struct json_document::storage {
  std::string source;
  std::vector<std::unique_ptr<std::byte[]>> node_blocks;
  std::vector<std::unique_ptr<char[]>> text_blocks;
  json_value root;
};

/// What only the tree can refuse; Boost.JSON's own errors say the rest.
enum class tree_fault : std::uint8_t { none, duplicate_key, nul_character, number_out_of_range };

/// Handler of Boost.JSON's basic_parser (hence its member names): finished values wait on a stack
/// until their object or array closes, then move next to each other into the arena.
class json_tree_builder {
 public:
  static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_key_size = UINT32_MAX;
  static constexpr std::size_t max_string_size = UINT32_MAX;

  static parsed<json_document> read(std::string text, json_limits const&);

  explicit json_tree_builder(json_document::storage& storage);

  using error_code = boost::json::error_code;
  using text_view = boost::json::string_view;
  bool on_document_begin(error_code&) { return true; }
  bool on_document_end(error_code&);
  bool on_object_begin(error_code&) { return open(); }
  bool on_object_end(std::size_t count, error_code&);
  bool on_array_begin(error_code&) { return open(); }
  bool on_array_end(std::size_t count, error_code&);
  bool on_key_part(text_view part, std::size_t, error_code&);
  bool on_key(text_view part, std::size_t, error_code&);
  bool on_string_part(text_view part, std::size_t, error_code&);
  bool on_string(text_view part, std::size_t, error_code&);
  bool on_number_part(text_view, error_code&) { return true; }
  bool on_int64(std::int64_t, text_view text, error_code&) { return number(text); }
  bool on_uint64(std::uint64_t, text_view text, error_code&) { return number(text); }
  bool on_double(double value, text_view text, error_code&);
  bool on_bool(bool value, error_code&);
  bool on_null(error_code&);
  bool on_comment_part(text_view, error_code&) { return true; }
  bool on_comment(text_view, error_code&) { return true; }

  tree_fault fault() const { return fault_; }

 private:
  bool open();
  bool close(std::size_t count, json_kind);
  bool number(text_view);
  bool refuse(tree_fault);
  bool push(json_value);
  static bool all_keys_differ(json_value const* members, std::size_t count);
  std::string_view finish_text(text_view last);
  json_value* allocate_nodes(std::size_t count);
  char* allocate_text(std::size_t bytes);
  void note_place(char const* text);

  json_document::storage& storage_;
  std::vector<json_value> stack_;
  std::string pending_;
  std::string_view key_;
  std::vector<std::string_view> outer_keys_;
  std::byte* node_next_ = nullptr;
  std::size_t nodes_left_ = 0;
  char* text_next_ = nullptr;
  std::size_t text_left_ = 0;
  std::uint32_t place_ = 0;
  tree_fault fault_ = tree_fault::none;
};

}  // namespace intake::forms

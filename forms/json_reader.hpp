#pragma once
#include "forms/parse_error.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace intake::forms {

enum class json_kind : std::uint8_t { null, boolean, number, string, array, object };

/// One node of a document that was read strictly. Immutable; lives as long as its json_document.
class json_value {
 public:
  json_kind kind() const noexcept { return kind_; }
  bool is(json_kind kind) const noexcept { return kind_ == kind; }

  /// The contents of a string, or a number as its source wrote it; empty for every other kind.
  std::string_view text() const noexcept;
  /// Only true for the literal true.
  bool is_true() const noexcept { return kind_ == json_kind::boolean && size_ != 0; }
  /// Elements of an array or members of an object, in source order; empty for every other kind.
  std::span<json_value const> children() const noexcept;
  json_value const* begin() const noexcept { return children().data(); }
  json_value const* end() const noexcept { return begin() + children().size(); }

  /// The member's name where this value is a member of an object; otherwise empty.
  std::string_view key() const noexcept { return {key_, key_size_}; }
  /// The member of that name, whatever its kind; null where there is none.
  json_value const* find(std::string_view name) const noexcept;
  /// The member of that name if it is of that kind; null otherwise.
  json_value const* find(std::string_view name, json_kind) const noexcept;
  /// The text of a member that is a string; empty where there is none.
  std::string_view text_of(std::string_view name) const noexcept;

 private:
  friend class json_tree_builder;
  friend class json_document;
  void const* data_ = nullptr;
  char const* key_ = nullptr;
  std::uint32_t size_ = 0;
  std::uint32_t key_size_ = 0;
  std::uint32_t offset_ = 0;
  json_kind kind_ = json_kind::null;
};

/// A document and the memory of all its nodes. Moves are cheap; nodes keep their addresses.
class json_document {
 public:
  json_document(json_document&&) noexcept;
  json_document& operator=(json_document&&) noexcept;
  ~json_document();

  json_value const& root() const noexcept;
  /// The line a value stands on, 1-based; an object or array counts as where its first token is.
  std::size_t line_of(json_value const&) const noexcept;

 private:
  friend class json_tree_builder;
  struct storage;
  explicit json_document(std::unique_ptr<storage>) noexcept;
  std::unique_ptr<storage> storage_;
};

/// Limits of one document. Deeper or larger is refused before it costs anything.
struct json_limits {
  std::size_t bytes_max = std::size_t{1} << 20;
  std::size_t depth_max = 32;
};

/// What a form may take: 32 levels of items, each an object in an array, and extensions below them.
constexpr json_limits form_file_limits{.bytes_max = std::size_t{8} << 20, .depth_max = 96};

/// Reads one JSON text (RFC 8259) and nothing beside it. Refused, with the line: invalid UTF-8,
/// U+0000, a duplicate member name, a number beyond the range of a double, a lone surrogate,
/// anything after the value, more than the limits. Takes the text by value: unescaped strings stay
/// in it.
parsed<json_document> read_json(std::string text, json_limits const& = {});

}  // namespace intake::forms

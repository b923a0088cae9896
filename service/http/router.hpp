#pragma once
#include "service/http/request.hpp"

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace intake::service {

/// What a row of the application's route table has at least; its other columns are the
/// application's own.
///
/// A pattern is a path whose segments are literal or hold one `{name}`, with literal text before or
/// after it:
/// "/desk/submissions/{id}.pdf". A parameter takes at least one byte and never a '/'.
template <class Row>
concept route_row = requires(Row const& row) {
  { row.method } -> std::convertible_to<http_method>;
  { row.pattern } -> std::convertible_to<std::string_view>;
};

/// The percent-decoded parameters of a matched path, in the order of the pattern.
class path_parameters {
 public:
  /// Empty where the pattern has no such parameter: a parameter that matched is never empty.
  std::string_view operator[](std::string_view name) const;
  void add(std::string_view name, std::string_view value) { values_.emplace_back(name, value); }

 private:
  std::vector<std::pair<std::string_view, std::string>> values_;
};

/// A set of methods, as 405's Allow needs it.
class method_set {
 public:
  constexpr void add(http_method method) { bits_ |= 1U << static_cast<unsigned>(method); }
  constexpr bool has(http_method method) const {
    return (bits_ >> static_cast<unsigned>(method) & 1U) != 0;
  }
  constexpr bool empty() const { return bits_ == 0; }

 private:
  std::uint32_t bits_ = 0;
};

/// The value of an Allow field (RFC 9110 10.2.1), methods in the order of the enumeration.
std::string allow_value(method_set);

/// The word on the wire, "GET".
std::string_view method_name(http_method);

/// Whether a pattern is written as `route_row` says: for a static_assert over the application's
/// table.
constexpr bool well_formed_pattern(std::string_view pattern) {
  if (pattern.empty() || pattern.front() != '/') return false;
  enum class where { literal, name, after_name } at = where::literal;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    char const c = pattern[i];
    if (c == '/') {
      bool const doubled = i > 0 && pattern[i - 1] == '/';
      if (at == where::name || doubled) return false;
      at = where::literal;
    } else if (c == '{') {
      if (at != where::literal) return false;
      at = where::name;
    } else if (c == '}') {
      if (at != where::name || pattern[i - 1] == '{') return false;
      at = where::after_name;
    }
  }
  return at != where::name;
}

/// Finds the row of a path, without knowing the rows' type.
///
/// Of several patterns that match, the one with the more literal text, from the left, speaks.
class path_table {
 public:
  struct entry {
    http_method method;
    std::string_view pattern;
  };
  struct found {
    /// The entry's place in the list given at construction.
    std::optional<std::size_t> index;
    path_parameters parameters;
    /// What the path takes when the method is not among them; empty for an unknown path.
    method_set allowed;
  };

  /// Aborts on a pattern that is not well formed and on a pair (method, pattern) that is there
  /// twice.
  explicit path_table(std::vector<entry> entries);

  /// HEAD finds the row of GET where it has none of its own (RFC 9110 9.3.2).
  found find(http_method, std::string_view path) const;

 private:
  struct piece {
    std::string_view before, name, after;
    bool literal() const { return name.empty(); }
    bool matches(std::string_view segment) const;
  };
  struct compiled {
    std::size_t index;
    http_method method;
    std::vector<piece> pieces;
  };

  static std::vector<piece> compile(std::string_view pattern);
  static bool more_literal(compiled const&, compiled const&);
  static bool matches(compiled const&, std::span<std::string_view const> segments);

  /// By number of segments, so that a look-up compares only paths of its own length.
  std::vector<std::vector<compiled>> by_length_;
};

/// The router over the application's own table, which must outlive it.
template <route_row Row>
class router {
 public:
  struct match {
    /// Null for 404, and for 405 where `allowed` is not empty.
    Row const* row = nullptr;
    path_parameters parameters;
    method_set allowed;
  };

  explicit router(std::span<Row const> rows) : rows_(rows), table_(entries(rows)) {}

  match find(http_method method, std::string_view path) const {
    auto found = table_.find(method, path);
    return {found.index ? &rows_[*found.index] : nullptr, std::move(found.parameters),
            found.allowed};
  }

 private:
  static std::vector<path_table::entry> entries(std::span<Row const> rows) {
    std::vector<path_table::entry> out;
    out.reserve(rows.size());
    for (auto const& row : rows) out.push_back({row.method, row.pattern});
    return out;
  }

  std::span<Row const> rows_;
  path_table table_;
};

}  // namespace intake::service

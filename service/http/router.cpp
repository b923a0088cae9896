#include "service/http/router.hpp"

#include "certs/expects.hpp"
#include "service/http/characters.hpp"

#include <algorithm>
#include <array>
#include <compare>

namespace intake::service {
namespace {

constexpr std::array<std::string_view, 7> method_names{"GET",   "HEAD",   "POST",   "PUT",
                                                       "PATCH", "DELETE", "OPTIONS"};

/// The segments of "/a/b" are "a" and "b"; those of "/" and of "/a/" end with an empty one.
std::vector<std::string_view> split(std::string_view path) {
  std::vector<std::string_view> segments;
  segments.reserve(8);
  auto rest = path.substr(1);
  for (;;) {
    auto const slash = rest.find('/');
    segments.push_back(rest.substr(0, slash));
    if (slash == std::string_view::npos) return segments;
    rest.remove_prefix(slash + 1);
  }
}

}  // namespace

std::string_view method_name(http_method method) {
  return method_names[static_cast<std::size_t>(method)];
}

std::string allow_value(method_set methods) {
  std::string out;
  for (std::size_t i = 0; i < method_names.size(); ++i) {
    if (!methods.has(static_cast<http_method>(i))) continue;
    if (!out.empty()) out += ", ";
    out += method_names[i];
  }
  return out;
}

std::string_view path_parameters::operator[](std::string_view name) const {
  for (auto const& [key, value] : values_) {
    if (key == name) return value;
  }
  return {};
}

bool path_table::piece::matches(std::string_view segment) const {
  if (literal()) return segment == before;
  return segment.size() > before.size() + after.size() && segment.starts_with(before) &&
         segment.ends_with(after);
}

path_table::path_table(std::vector<entry> entries) {
  for (std::size_t i = 0; i < entries.size(); ++i) {
    auto const& each = entries[i];
    certs::expects(well_formed_pattern(each.pattern), "a route's pattern is well formed");
    for (std::size_t j = 0; j < i; ++j) {
      certs::expects(each.method != entries[j].method || each.pattern != entries[j].pattern,
                     "a route is in the table once");
    }
    compiled row{i, each.method, compile(each.pattern)};
    auto const length = row.pieces.size();
    if (by_length_.size() <= length) by_length_.resize(length + 1);
    by_length_[length].push_back(std::move(row));
  }
  for (auto& rows : by_length_) std::ranges::stable_sort(rows, more_literal);
}

std::vector<path_table::piece> path_table::compile(std::string_view pattern) {
  std::vector<piece> pieces;
  for (auto segment : split(pattern)) {
    auto const open = segment.find('{');
    if (open == std::string_view::npos) {
      pieces.push_back({segment, {}, {}});
      continue;
    }
    auto const close = segment.find('}');
    pieces.push_back({segment.substr(0, open), segment.substr(open + 1, close - open - 1),
                      segment.substr(close + 1)});
  }
  return pieces;
}

bool path_table::more_literal(compiled const& a, compiled const& b) {
  auto const weight = [](piece const& p) {
    return p.literal() ? std::string_view::npos : p.before.size() + p.after.size();
  };
  for (std::size_t i = 0; i < a.pieces.size(); ++i) {
    auto const order = weight(a.pieces[i]) <=> weight(b.pieces[i]);
    if (order != 0) return order > 0;
  }
  // A row for HEAD goes before the GET that would stand in for it.
  return a.method == http_method::head && b.method != http_method::head;
}

bool path_table::matches(compiled const& row, std::span<std::string_view const> segments) {
  return std::ranges::equal(row.pieces, segments, [](piece const& piece, std::string_view segment) {
    return piece.matches(segment);
  });
}

path_table::found path_table::find(http_method method, std::string_view path) const {
  found out;
  if (path.empty() || path.front() != '/') return out;
  auto const segments = split(path);
  if (segments.size() >= by_length_.size()) return out;
  compiled const* best = nullptr;
  for (auto const& row : by_length_[segments.size()]) {
    if (!matches(row, segments)) continue;
    bool const serves_head = row.method == http_method::get;
    out.allowed.add(row.method);
    if (serves_head) out.allowed.add(http_method::head);
    bool const takes = row.method == method || (serves_head && method == http_method::head);
    if (takes && best == nullptr) best = &row;
  }
  if (best == nullptr) return out;
  out.index = best->index;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    auto const& [before, name, after] = best->pieces[i];
    if (name.empty()) continue;
    auto const length = segments[i].size() - before.size() - after.size();
    out.parameters.add(name, segments[i].substr(before.size(), length));
  }
  return out;
}

}  // namespace intake::service

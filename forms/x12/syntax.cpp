#include "forms/x12/syntax.hpp"

#include "forms/x12/values.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <span>

namespace intake::forms::x12 {
namespace {

/// X12.6 data types. `codes` repeats; composites are looked into by whoever reads them.
enum class type : std::uint8_t { unused, id, text, codes, integer, decimal, date, time, composite };

struct element_rule {
  type kind = type::unused;
  bool is_required = false;
  std::uint8_t min = 0;
  std::uint16_t max = 0;
};

constexpr element_rule must(type kind, std::uint8_t min, std::uint16_t max) {
  return {kind, true, min, max};
}
constexpr element_rule may(type kind, std::uint8_t min, std::uint16_t max) {
  return {kind, false, min, max};
}
constexpr element_rule nothing{};
constexpr element_rule compound{type::composite, false, 0, 0};

struct segment_rule {
  tag name = tag::other;
  std::array<element_rule, 17> elements{};
  std::uint8_t count = 0;
  /// Two elements of which neither stands alone (P in the standard's syntax notes); 0 for none.
  std::array<std::array<std::uint8_t, 2>, 3> pairs{};
};

constexpr segment_rule rule(tag name, std::initializer_list<element_rule> elements,
                            std::array<std::array<std::uint8_t, 2>, 3> pairs = {}) {
  segment_rule made{name, {}, static_cast<std::uint8_t>(elements.size()), pairs};
  std::copy(elements.begin(), elements.end(), made.elements.begin());
  return made;
}

using enum type;

// X12 005010X279A1, the elements of each segment: type, least and greatest length.
constexpr segment_rule rules[] = {
    rule(tag::st, {must(id, 3, 3), must(text, 4, 9), may(text, 1, 35)}),
    rule(tag::bht, {must(id, 4, 4), must(id, 2, 2), may(text, 1, 50), must(date, 8, 8),
                    must(time, 4, 8), may(id, 2, 2)}),
    rule(tag::hl, {must(text, 1, 12), may(text, 1, 12), must(id, 1, 2), must(id, 1, 1)}),
    rule(tag::nm1,
         {must(id, 2, 3), must(id, 1, 1), may(text, 1, 60), may(text, 1, 35), may(text, 1, 25),
          may(text, 1, 10), may(text, 1, 10), may(id, 1, 2), may(text, 2, 80), may(id, 2, 2),
          may(id, 2, 3), may(text, 1, 60)},
         {{{8, 9}}}),
    rule(tag::ref, {must(id, 2, 3), may(text, 1, 50), may(text, 1, 80), compound}),
    rule(tag::n3, {must(text, 1, 55), may(text, 1, 55)}),
    rule(tag::n4, {may(text, 2, 30), may(id, 2, 2), may(id, 3, 15), may(id, 2, 3), may(id, 1, 2),
                   may(text, 1, 30), may(id, 1, 3)}),
    rule(tag::per,
         {must(id, 2, 2), may(text, 1, 60), may(id, 2, 2), may(text, 1, 256), may(id, 2, 2),
          may(text, 1, 256), may(id, 2, 2), may(text, 1, 256)},
         {{{3, 4}, {5, 6}, {7, 8}}}),
    rule(tag::prv, {must(id, 1, 3), may(id, 2, 3), may(text, 1, 50)}, {{{2, 3}}}),
    rule(tag::dmg, {may(id, 2, 3), may(text, 1, 35), may(id, 1, 1)}, {{{1, 2}}}),
    rule(tag::ins, {must(id, 1, 1), must(id, 2, 2), may(id, 3, 3), may(id, 2, 3), nothing, nothing,
                    nothing, nothing, may(id, 1, 1), nothing, nothing, nothing, nothing, nothing,
                    nothing, nothing, may(integer, 1, 9)}),
    rule(tag::hi, {{composite, true, 0, 0},
                   compound,
                   compound,
                   compound,
                   compound,
                   compound,
                   compound,
                   compound}),
    rule(tag::dtp, {must(id, 3, 3), must(id, 2, 3), must(text, 1, 35)}),
    rule(tag::mpi,
         {must(id, 1, 1), must(id, 2, 2), must(id, 1, 1), may(text, 1, 80), may(id, 2, 2),
          may(id, 2, 3), may(text, 1, 35)},
         {{{6, 7}}}),
    rule(tag::trn, {must(id, 1, 2), must(text, 1, 50), may(text, 10, 10), may(text, 1, 50)}),
    rule(tag::eq, {may(codes, 1, 2), compound, may(id, 3, 3), nothing, compound}),
    rule(tag::amt, {must(id, 1, 3), must(decimal, 1, 18)}),
    rule(tag::iii, {may(id, 1, 3), may(text, 1, 30), may(id, 2, 2), may(text, 1, 264)}, {{{1, 2}}}),
    rule(tag::eb,
         {must(id, 1, 3), may(id, 3, 3), may(codes, 1, 2), may(id, 1, 3), may(text, 1, 50),
          may(id, 1, 2), may(decimal, 1, 18), may(decimal, 1, 10), may(id, 2, 2),
          may(decimal, 1, 15), may(id, 1, 1), may(id, 1, 1), compound, compound},
         {{{9, 10}}}),
    rule(tag::hsd,
         {may(id, 2, 2), may(decimal, 1, 15), may(id, 2, 2), may(decimal, 1, 6), may(id, 1, 2),
          may(integer, 1, 3), may(id, 1, 2), may(id, 1, 1)},
         {{{1, 2}}}),
    rule(tag::aaa, {must(id, 1, 1), nothing, must(id, 2, 2), must(id, 1, 1)}),
    rule(tag::msg, {must(text, 1, 264)}),
    rule(tag::ls, {must(text, 1, 4)}),
    rule(tag::le, {must(text, 1, 4)}),
    rule(tag::se, {must(integer, 1, 10), must(text, 4, 9)}),
};

segment_rule const* rule_of(tag name) {
  static constexpr auto by_tag = [] {
    std::array<std::uint8_t, 64> table{};
    for (std::size_t i = 0; i < std::size(rules); ++i) {
      table[static_cast<std::size_t>(rules[i].name)] = static_cast<std::uint8_t>(i + 1);
    }
    return table;
  }();
  auto const at = by_tag[static_cast<std::size_t>(name)];
  return at == 0 ? nullptr : &rules[at - 1];
}

bool is_of_type(std::string_view value, type kind) {
  switch (kind) {
    case integer:
      return is_digits(value);
    case decimal:
      return is_number(value);
    case date:
      return read_day(value) != 0;
    case time:
      return is_digits(value);
    default:
      return true;
  }
}

void check_length(std::string_view value, element_rule const& wanted, std::uint32_t number,
                  std::size_t element, remarks& found) {
  if (value.size() < wanted.min) found.add(remark_code::element_too_short, number, element);
  if (value.size() > wanted.max) found.add(remark_code::element_too_long, number, element);
}

void check_element(std::string_view value, element_rule const& wanted, delimiters const& marks,
                   std::uint32_t number, std::size_t element, remarks& found) {
  if (value.empty()) {
    if (wanted.is_required) found.add(remark_code::element_missing, number, element);
    return;
  }
  if (wanted.kind == unused) {
    found.add(remark_code::element_not_used, number, element);
    return;
  }
  if (wanted.kind == composite) return;
  if (wanted.kind == codes) {
    for_each_part(value, marks.repetition,
                  [&](std::string_view one) { check_length(one, wanted, number, element, found); });
    return;
  }
  // X12.6: sign and decimal point do not count as characters of a number.
  bool const is_signed = wanted.kind == decimal && value.find_first_of("-.") != value.npos;
  if (!is_signed) check_length(value, wanted, number, element, found);
  if (!is_of_type(value, wanted.kind)) found.add(remark_code::element_malformed, number, element);
}

}  // namespace

void check_elements(segment const& one, delimiters const& marks, remarks& found) {
  auto const* const wanted = rule_of(one.name);
  if (wanted == nullptr) return;
  std::size_t const count = std::max<std::size_t>(wanted->count, one.elements.size());
  for (std::size_t n = 1; n <= count; ++n) {
    auto const rule = n <= wanted->count ? wanted->elements[n - 1] : element_rule{};
    check_element(one[n], rule, marks, one.number, n, found);
  }
  for (auto const& [a, b] : wanted->pairs) {
    if (a == 0 || one[a].empty() == one[b].empty()) continue;
    found.add(remark_code::pair_incomplete, one.number, one[a].empty() ? a : b);
  }
}

}  // namespace intake::forms::x12

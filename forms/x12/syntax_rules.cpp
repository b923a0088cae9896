#include "forms/x12/syntax_rules.hpp"

#include <algorithm>
#include <initializer_list>
#include <iterator>

namespace intake::forms::x12 {
namespace {

using enum element_type;

constexpr element_rule must(element_type kind, std::uint8_t min, std::uint16_t max,
                            std::string_view values = {}) {
  return {kind, true, min, max, values};
}
constexpr element_rule may(element_type kind, std::uint8_t min, std::uint16_t max,
                           std::string_view values = {}) {
  return {kind, false, min, max, values};
}
constexpr element_rule nothing{};
constexpr element_rule compound{composite, false, 0, 0, {}};
constexpr element_rule must_compound{composite, true, 0, 0, {}};

constexpr segment_rule rule(tag name, std::initializer_list<element_rule> elements,
                            std::array<std::array<std::uint8_t, 2>, 3> pairs = {}) {
  segment_rule made{name, {}, static_cast<std::uint8_t>(elements.size()), pairs};
  std::copy(elements.begin(), elements.end(), made.elements.begin());
  return made;
}

/// AK3 and IK3, AK4 and IK4, AK5 and IK5 differ by their names only.
constexpr segment_rule segment_fault_rule(tag name) {
  return rule(name, {must(id, 2, 3), must(integer, 1, 10), may(text, 1, 6), may(id, 1, 3)});
}
constexpr segment_rule element_fault_rule(tag name) {
  return rule(name, {must_compound, may(integer, 1, 4), must(id, 1, 3), may(text, 1, 99)});
}
constexpr segment_rule set_verdict_rule(tag name) {
  return rule(name, {must(id, 1, 1, "AEMPRWX"), may(id, 1, 3), may(id, 1, 3), may(id, 1, 3),
                     may(id, 1, 3), may(id, 1, 3)});
}

// X12.5, X12 005010X279A1 and 005010X231A1, the elements of each segment: type, least and greatest
// length, and the values where the segment's own working rests on them.
constexpr segment_rule rules[] = {
    rule(tag::iea, {must(integer, 1, 5), must(integer, 9, 9)}),
    rule(tag::ta1, {must(integer, 9, 9), must(short_date, 6, 6), must(time, 4, 4),
                    must(id, 1, 1, "AER"), must(integer, 3, 3)}),
    rule(tag::gs, {must(id, 2, 2), must(text, 2, 15), must(text, 2, 15), must(date, 8, 8),
                   must(time, 4, 8), must(integer, 1, 9), must(id, 1, 1, "X"), must(text, 1, 12)}),
    rule(tag::ge, {must(integer, 1, 6), must(integer, 1, 9)}),
    rule(tag::st, {must(id, 3, 3), must(text, 4, 9), may(text, 1, 35)}),
    rule(tag::se, {must(integer, 1, 10), must(text, 4, 9)}),
    rule(tag::bht, {must(id, 4, 4), must(id, 2, 2), may(text, 1, 50), must(date, 8, 8),
                    must(time, 4, 8), may(id, 2, 2)}),
    rule(tag::hl, {must(text, 1, 12), may(text, 1, 12), must(id, 1, 2), must(id, 1, 1, "01")}),
    rule(tag::nm1,
         {must(id, 2, 3), must(id, 1, 1, "12"), may(text, 1, 60), may(text, 1, 35),
          may(text, 1, 25), may(text, 1, 10), may(text, 1, 10), may(id, 1, 2), may(text, 2, 80),
          may(id, 2, 2), may(id, 2, 3), may(text, 1, 60)},
         {{{8, 9}}}),
    rule(tag::ref, {must(id, 2, 3), may(text, 1, 50), may(text, 1, 80), compound}),
    rule(tag::n3, {must(text, 1, 55), may(text, 1, 55)}),
    rule(tag::n4, {may(text, 2, 30), may(id, 2, 2), may(text, 3, 15), may(id, 2, 3), may(id, 1, 2),
                   may(text, 1, 30), may(id, 1, 3)}),
    rule(tag::per,
         {must(id, 2, 2), may(text, 1, 60), may(id, 2, 2), may(text, 1, 256), may(id, 2, 2),
          may(text, 1, 256), may(id, 2, 2), may(text, 1, 256)},
         {{{3, 4}, {5, 6}, {7, 8}}}),
    rule(tag::prv, {must(id, 1, 3), may(id, 2, 3), may(text, 1, 50)}, {{{2, 3}}}),
    rule(tag::dmg, {may(id, 2, 3), may(text, 1, 35), may(id, 1, 1, "FMU")}, {{{1, 2}}}),
    rule(tag::ins, {must(id, 1, 1, "NY"), must(id, 2, 2), may(id, 3, 3), may(id, 2, 3), nothing,
                    nothing, nothing, nothing, may(id, 1, 1), nothing, nothing, nothing, nothing,
                    nothing, nothing, nothing, may(integer, 1, 9)}),
    rule(tag::hi,
         {must_compound, compound, compound, compound, compound, compound, compound, compound}),
    rule(tag::dtp, {must(id, 3, 3), must(id, 2, 3), must(text, 1, 35)}),
    rule(tag::mpi,
         {must(id, 1, 1), must(id, 2, 2), must(id, 1, 1), may(text, 1, 80), may(id, 2, 2),
          may(id, 2, 3), may(text, 1, 35)},
         {{{6, 7}}}),
    rule(tag::trn, {must(id, 1, 1, "12"), must(text, 1, 50), may(text, 10, 10), may(text, 1, 50)}),
    rule(tag::eq, {may(codes, 1, 2), compound, may(id, 3, 3), nothing, compound}),
    rule(tag::amt, {must(id, 1, 3), must(decimal, 1, 18)}),
    rule(tag::iii, {may(id, 1, 3), may(text, 1, 30), may(id, 2, 2), may(text, 1, 264)}, {{{1, 2}}}),
    rule(tag::eb,
         {must(id, 1, 3), may(id, 3, 3), may(codes, 1, 2), may(id, 1, 3), may(text, 1, 50),
          may(id, 1, 2), may(decimal, 1, 18), may(decimal, 1, 10), may(id, 2, 2),
          may(decimal, 1, 15), may(id, 1, 1, "NUY"), may(id, 1, 1, "NUWY"), compound, compound},
         {{{9, 10}}}),
    rule(tag::hsd,
         {may(id, 2, 2), may(decimal, 1, 15), may(id, 2, 2), may(decimal, 1, 6), may(id, 1, 2),
          may(integer, 1, 3), may(id, 1, 2), may(id, 1, 1)},
         {{{1, 2}}}),
    rule(tag::aaa, {must(id, 1, 1, "NY"), nothing, must(id, 2, 2), must(id, 1, 1, "CNPRSWXY")}),
    rule(tag::msg, {must(text, 1, 264)}),
    rule(tag::ls, {must(text, 1, 4)}),
    rule(tag::le, {must(text, 1, 4)}),
    rule(tag::ak1, {must(id, 2, 2), must(integer, 1, 9), may(text, 1, 12)}),
    rule(tag::ak2, {must(id, 3, 3), must(text, 4, 9), may(text, 1, 35)}),
    segment_fault_rule(tag::ak3),
    segment_fault_rule(tag::ik3),
    element_fault_rule(tag::ak4),
    element_fault_rule(tag::ik4),
    set_verdict_rule(tag::ak5),
    set_verdict_rule(tag::ik5),
    rule(tag::ak9,
         {must(id, 1, 1, "AEMPRWX"), must(integer, 1, 6), must(integer, 1, 6), must(integer, 1, 6),
          may(id, 1, 3), may(id, 1, 3), may(id, 1, 3), may(id, 1, 3), may(id, 1, 3)}),
};

}  // namespace

segment_rule const* rule_of(tag name) noexcept {
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

}  // namespace intake::forms::x12

#include "forms/x12/reading.hpp"

#include "forms/x12/benefits_reader.hpp"
#include "forms/x12/inquiry_reader.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace intake::forms::x12 {
namespace {

set_reading read_set(transaction_set const& set, remarks& found) {
  set_reading out;
  switch (set.kind) {
    case set_kind::inquiry_270:
      out.tree = place_segments(set, found);
      out.content = read_inquiry(set, out.tree, found);
      break;
    case set_kind::response_271:
      out.tree = place_segments(set, found);
      out.content = read_response(set, out.tree, found);
      break;
    case set_kind::acknowledgement_997:
    case set_kind::acknowledgement_999:
      out.content = read_group_acknowledgement(set, found);
      break;
    case set_kind::other:
      break;
  }
  return out;
}

remark const& first_of(remarks const& found) {
  auto const& errors = found.errors();
  auto const& deviations = found.deviations();
  if (errors.empty()) return deviations.front();
  if (deviations.empty()) return errors.front();
  return deviations.front().segment < errors.front().segment ? deviations.front() : errors.front();
}

}  // namespace

reading read_tolerant(std::string_view text) {
  reading out;
  out.file = read_segments(text, out.found);
  out.interchanges = read_envelope(out.file, out.found);
  for (auto const& one : out.interchanges) {
    for (auto const* ta1 : one.acknowledgements) {
      out.acknowledgements.push_back(read_interchange_acknowledgement(*ta1, one.marks, out.found));
    }
    for (auto const& group : one.groups) {
      for (auto const& set : group.sets) out.sets.push_back(read_set(set, out.found));
    }
  }
  out.found.sort();
  return out;
}

parsed<reading> read_strict(std::string_view text) {
  auto out = read_tolerant(text);
  if (out.found.empty()) return out;
  auto const& first = first_of(out.found);
  return parse_error::at(place_of(first), 0, name_of(first.code), reason_of(first));
}

reading_verdict verdict_of(remarks const& found, strictness how) noexcept {
  if (found.empty()) return reading_verdict::clean;
  bool const is_refused = !found.errors().empty() || how == strictness::strict;
  return is_refused ? reading_verdict::refused : reading_verdict::deviations;
}

std::string place_of(remark const& one) {
  if (one.segment == 0) return "the file";
  if (one.element == 0) return fmt::format("segment {}", one.segment);
  return fmt::format("segment {}, element {}", one.segment, one.element);
}

}  // namespace intake::forms::x12

#pragma once
#include "forms/x12/remarks.hpp"
#include "forms/x12/segments.hpp"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

/// Interchanges, functional groups and transaction sets: X12.5 and X12.6. Views into the text.
namespace intake::forms::x12 {

enum class set_kind : std::uint8_t {
  other,
  inquiry_270,
  response_271,
  acknowledgement_997,
  acknowledgement_999
};
enum class set_version : std::uint8_t { unknown, v4010, v5010 };

struct transaction_set {
  std::string_view id;       ///< ST01
  std::string_view control;  ///< ST02
  std::string_view version;  ///< ST03, else GS08
  set_kind kind = set_kind::other;
  set_version release = set_version::unknown;
  /// ST to SE.
  std::span<segment const> segments;
  delimiters marks;
  /// SE is there, or its group goes on without it; else the text ends inside.
  bool complete = false;
};

struct functional_group {
  std::uint32_t segment = 0;
  std::string_view function;  ///< GS01
  std::string_view sender;
  std::string_view receiver;
  std::string_view date;  ///< CCYYMMDD
  std::string_view time;
  std::string_view control;  ///< GS06
  std::string_view version;  ///< GS08
  std::vector<transaction_set> sets;
};

struct interchange {
  std::uint32_t segment = 0;
  delimiters marks;
  std::string_view sender_qualifier;
  std::string_view sender;  ///< without the spaces of its width
  std::string_view receiver_qualifier;
  std::string_view receiver;
  std::string_view date;  ///< YYMMDD
  std::string_view time;
  std::string_view version;  ///< ISA12
  std::string_view control;  ///< ISA13
  std::string_view acknowledgement_requested;
  std::string_view usage;  ///< ISA15: P production, T test
  /// Every TA1.
  std::vector<x12::segment const*> acknowledgements;
  std::vector<functional_group> groups;
};

/// Checks counts, control numbers and order; says so of every 270 and 271 of version 4010.
std::vector<interchange> read_envelope(segment_file const&, remarks&);

}  // namespace intake::forms::x12

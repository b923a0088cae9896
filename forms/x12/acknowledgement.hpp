#pragma once
#include "forms/x12/envelope.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

/// What a receiver says of what we sent: TA1 of an interchange, 999 and 997 of a group. Views into
/// the text that was read.
namespace intake::forms::x12 {

enum class acknowledged : std::uint8_t {
  unclear,
  accepted,
  accepted_with_errors,
  partly,
  rejected
};

/// TA1.
struct interchange_acknowledgement {
  std::uint32_t segment = 0;
  std::string_view control;  ///< of the interchange that is meant
  std::string_view date;
  std::string_view time;
  std::string_view code;  ///< A, E or R
  std::string_view note;  ///< TA105
  acknowledged verdict = acknowledged::unclear;
};

/// IK4, or AK4 of a 997.
struct element_fault {
  std::uint32_t segment = 0;
  std::string_view position;   ///< of the element in its segment
  std::string_view component;  ///< empty: the element as a whole
  std::string_view repetition;
  std::string_view reference;  ///< number of the data element in the standard
  std::string_view code;
  std::string_view copy_of_bad_data;
};

/// IK3, or AK3 of a 997.
struct segment_fault {
  std::uint32_t segment = 0;
  std::string_view id;        ///< of the segment that is meant
  std::string_view position;  ///< in its transaction set; ST is 1
  std::string_view loop;
  std::string_view code;
  std::vector<std::string_view> contexts;  ///< CTX as it stands there
  std::vector<element_fault> elements;
};

/// AK2 to IK5 (AK5).
struct set_acknowledgement {
  std::uint32_t segment = 0;
  std::string_view id;
  std::string_view control;
  std::string_view version;
  std::vector<segment_fault> faults;
  std::string_view code;  ///< A, E, M, P, R, W or X
  std::vector<std::string_view> notes;
  acknowledged verdict = acknowledged::unclear;
};

/// AK1 to AK9.
struct group_acknowledgement {
  std::uint32_t segment = 0;
  std::string_view function;
  std::string_view control;
  std::string_view version;
  std::vector<set_acknowledgement> sets;
  std::string_view code;
  std::string_view included;
  std::string_view received;
  std::string_view accepted;
  std::vector<std::string_view> notes;
  acknowledged verdict = acknowledged::unclear;
};

interchange_acknowledgement read_interchange_acknowledgement(segment const& ta1, delimiters const&,
                                                             remarks&);

/// Reads a 999 or a 997.
group_acknowledgement read_group_acknowledgement(transaction_set const&, remarks&);

/// "accepted-with-errors".
std::string_view name_of(acknowledged) noexcept;

}  // namespace intake::forms::x12

#pragma once
#include "forms/x12/parties.hpp"
#include "forms/x12/segments.hpp"

/// Segments to what they say of somebody; one function for the 270 and the 271.
namespace intake::forms::x12 {

/// D8 and RD8; other formats keep their text and no day. What is no date is said.
dated read_dated(segment const& dtp, remarks&);

reference read_reference(segment const&);
rejection read_rejection(segment const&);
trace read_trace(segment const&);
contact read_contact(segment const&);

/// Takes NM1, REF, N3, N4, PER, PRV and AAA; false for every other segment.
bool read_party_segment(party&, segment const&);

/// The same, and TRN, DMG, INS, HI, DTP and MPI.
bool read_person_segment(person&, segment const&, delimiters const&, remarks&);

}  // namespace intake::forms::x12

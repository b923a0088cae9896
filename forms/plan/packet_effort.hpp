#pragma once
#include "forms/plan/effort.hpp"
#include "forms/plan/packets.hpp"

namespace intake::forms {

/// What a packet costs, before the visit (what may not wait) and in all.
struct packet_cost {
  effort before;
  effort all;
};

/// The shortest way through: an adult answers alone, and no answer brings a further form.
packet_cost least_cost(packet_plan const&, library const&);
/// The longest: every form of the plan is asked, each to its end.
packet_cost greatest_cost(packet_plan const&, library const&);
/// Of these answers, one Bundle of responses. The forms must be in the library; others and
/// responses that cannot be read cost nothing.
packet_cost cost_of(packet_plan const&, library const&, json_document const& answered_bundle);

}  // namespace intake::forms

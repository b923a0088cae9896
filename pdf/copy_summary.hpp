#pragma once
#include "pdf/packet_answers.hpp"

#include <vector>

namespace intake::pdf {

/// What staff look at first, short enough for one page: what the patient asks, who it is, the plans
/// with decision and eligibility, pain with the body map, medicines, allergies. No answer stands
/// here that is not in the forms too; what nobody answered is left out. Empty where none of it was
/// asked.
std::vector<block> copy_summary(packet_answers const& given);

/// One page for an insurer that asks what was tried before: which plan, how bad, and each treatment
/// with how long, how much it helped and why it ended; billing's has the treatments and no other
/// clinical answer. `packet`: all forms, those too that the reader does not see else. Empty where
/// nobody asked.
std::vector<block> treatment_ledger(std::span<filled_form const> packet,
                                    packet_answers const& given);

}  // namespace intake::pdf

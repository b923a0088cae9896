#pragma once
#include "pdf/packet_answers.hpp"

#include <optional>
#include <vector>

namespace intake::pdf {

/// What the patient wants to ask, for the first page.
std::optional<notice> patients_question(packet_answers const& given);

/// What staff look at first, short enough for one page: who the patient is, the plans, pain with
/// the body map, medicines, allergies. Nothing stands here that is not in the forms too; what
/// nobody answered is left out. Empty where none of it was asked.
std::vector<block> copy_summary(packet_answers const& given);

/// One page for an insurer that asks what was tried before: who, which plan, how bad, and each
/// treatment with how long, how much it helped and why it ended. Empty where nobody asked.
std::vector<block> treatment_ledger(packet_answers const& given);

}  // namespace intake::pdf

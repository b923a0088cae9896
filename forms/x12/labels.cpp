#include "forms/x12/labels.hpp"

#include <algorithm>
#include <iterator>
#include <span>

namespace intake::forms::x12 {
namespace {

struct label_row {
  std::string_view code;
  std::string_view label;
};

constexpr label_row benefits[] = {
    {"1", "active"},
    {"2", "active, payer's plan at full risk"},
    {"3", "active, these services prepaid"},
    {"4", "active, these services prepaid to the primary doctor"},
    {"5", "active, still being looked into"},
    {"6", "not active"},
    {"7", "not active, an update is on its way"},
    {"8", "not active, still being looked into"},
    {"A", "patient's share in percent"},
    {"B", "fixed payment a visit or service"},
    {"C", "deductible"},
    {"CB", "what the coverage rests on"},
    {"D", "about the benefit"},
    {"E", "left out"},
    {"F", "limit"},
    {"G", "most the patient pays"},
    {"H", "no limit"},
    {"I", "not covered"},
    {"J", "cost held down"},
    {"K", "reserve"},
    {"L", "primary doctor"},
    {"M", "condition from before the coverage"},
    {"MC", "care coordinator of the plan"},
    {"N", "only with this provider"},
    {"O", "not seen as medically needed"},
    {"P", "disclaimer"},
    {"Q", "second opinion wanted"},
    {"R", "another payer, or one more"},
    {"S", "last year's history"},
    {"T", "card reported lost or stolen"},
    {"U", "ask the party named here"},
    {"V", "the payer could not process it"},
    {"W", "from another source of data"},
    {"X", "health care facility"},
    {"Y", "to be spent first"},
};

constexpr label_row follow_ups[] = {
    {"C", "correct it and send it again"},
    {"N", "do not send it again"},
    {"P", "send the same again"},
    {"R", "may be sent again"},
    {"S", "do not send it again: the payer asks someone else"},
    {"W", "send it again after 30 days"},
    {"X", "send it again after 10 days"},
    {"Y", "do not send it again: the payer will answer shortly"},
};

std::string_view find(std::span<label_row const> rows, std::string_view code) {
  auto const found = std::ranges::find(rows, code, &label_row::code);
  return found == rows.end() ? std::string_view{} : found->label;
}

}  // namespace

std::string_view label_of_benefit(std::string_view code) noexcept {
  return find(benefits, code);
}

std::string_view label_of_follow_up(std::string_view code) noexcept {
  return find(follow_ups, code);
}

}  // namespace intake::forms::x12

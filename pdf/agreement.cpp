#include "pdf/agreement.hpp"

#include <algorithm>

namespace intake::pdf {
namespace {

constexpr std::string_view signature_component = "signature";

bool is_answered(std::vector<forms::answered_item> const& inside, forms::item_index wanted) {
  auto const found = forms::occurrences(inside, wanted);
  return !found.empty() && forms::is_answered(*found.first);
}

}  // namespace

signing signing_of(forms::questionnaire const& form, forms::item const& group,
                   std::vector<forms::answered_item> const& inside) {
  auto out = signing::no_signature_asked;
  for (auto const index : group.children) {
    auto const& child = form.at(index);
    if (child.shown.component != signature_component) continue;
    if (!is_answered(inside, index)) {
      out = signing::not_signed;
      continue;
    }
    return child.type == forms::item_type::attachment ? signing::by_hand : signing::typed;
  }
  return out;
}

std::string signing_text(signing how, copy_words const& words) {
  switch (how) {
    case signing::by_hand:
      return words.signed_by_hand;
    case signing::typed:
      return words.typed_name;
    case signing::not_signed:
      return words.not_signed;
    case signing::no_signature_asked:
      break;
  }
  return {};
}

copy_settlement const* settlement_of(copy_facts const& about, forms::item const& group) {
  auto const found =
      std::find_if(about.settled.begin(), about.settled.end(),
                   [&](copy_settlement const& each) { return each.agreement == group.link_id; });
  return found == about.settled.end() ? nullptr : &*found;
}

}  // namespace intake::pdf

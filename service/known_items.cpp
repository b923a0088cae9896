#include "service/known_items.hpp"

namespace intake::service::known {
namespace {

forms::answer const* find_below(forms::questionnaire const& form, forms::answered_item const& place,
                                forms::item const& wanted) {
  if (place.item == wanted.index) return place.answers.empty() ? nullptr : &place.answers.front();
  if (!form.contains(place.item, wanted.index)) return nullptr;
  for (auto const& inner : place.items) {
    if (auto const* found = find_below(form, inner, wanted)) return found;
  }
  for (auto const& given : place.answers) {
    for (auto const& inner : given.items) {
      if (auto const* found = find_below(form, inner, wanted)) return found;
    }
  }
  return nullptr;
}

}  // namespace

std::string text_below(forms::questionnaire const& form, forms::answered_item const& group,
                       std::string_view link_id) {
  auto const* const wanted = form.find(link_id);
  if (wanted == nullptr) return {};
  auto const* const found = find_below(form, group, *wanted);
  if (found == nullptr) return {};
  if (auto const* code = std::get_if<forms::coding>(&found->value); code && !code->code.empty()) {
    return code->code;
  }
  return forms::plain_text(found->value);
}

}  // namespace intake::service::known

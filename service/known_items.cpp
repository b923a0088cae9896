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

void collect(std::vector<forms::answered_item> const& items, forms::item_index wanted,
             std::vector<std::string>& texts) {
  for (auto const& each : items) {
    for (auto const& given : each.answers) {
      if (each.item == wanted) texts.push_back(forms::plain_text(given.value));
      collect(given.items, wanted, texts);
    }
    collect(each.items, wanted, texts);
  }
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

std::vector<std::string> texts_of(std::span<answered_form const> packet, std::string_view link_id) {
  std::vector<std::string> texts;
  for (auto const& each : packet) {
    auto const* const wanted = each.form->find(link_id);
    if (wanted != nullptr) collect(each.answers->items, wanted->index, texts);
  }
  return texts;
}

}  // namespace intake::service::known

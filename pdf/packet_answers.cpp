#include "pdf/packet_answers.hpp"

#include "pdf/answer_text.hpp"

namespace intake::pdf {
namespace {

using occurrence_list = std::vector<forms::answered_item>;

void collect(occurrence_list const& from, forms::item_index wanted,
             std::vector<forms::answered_item const*>& out) {
  for (auto const& each : from) {
    if (each.item == wanted) out.push_back(&each);
    collect(each.items, wanted, out);
    for (auto const& given : each.answers) collect(given.items, wanted, out);
  }
}

std::vector<forms::answer const*> answers_of(occurrence_list const& from,
                                             forms::item_index wanted) {
  std::vector<forms::answered_item const*> found;
  collect(from, wanted, found);
  std::vector<forms::answer const*> out;
  for (auto const* each : found) {
    for (auto const& given : each->answers) out.push_back(&given);
  }
  return out;
}

}  // namespace

packet_answers::place packet_answers::find(std::string_view link_id) const {
  for (auto const& each : packet_) {
    auto const* item = each.form->find(link_id);
    if (!is_shown(item)) continue;
    auto given = answers_of(each.given->items, item->index);
    if (!given.empty()) return {&each, item, std::move(given)};
  }
  return {};
}

std::string packet_answers::printed(forms::item const& item,
                                    std::vector<forms::answer const*> const& given) const {
  std::string out;
  for (auto const* each : given) {
    auto const value = printed_value(item, each->value, about_.copy_language, about_.words);
    if (!out.empty() && !value.empty()) out += "; ";
    out += value;
  }
  return out;
}

std::string packet_answers::text(std::string_view link_id) const {
  auto const found = find(link_id);
  return found.item == nullptr ? std::string() : printed(*found.item, found.given);
}

void packet_answers::each(std::string_view group, occurrence_visit const& visit) const {
  for (auto const& filled : packet_) {
    auto const* item = filled.form->find(group);
    if (!is_shown(item)) continue;
    std::vector<forms::answered_item const*> found;
    collect(filled.given->items, item->index, found);
    for (auto const* occurrence : found) visit(*filled.form, *occurrence);
  }
}

std::string packet_answers::below(forms::questionnaire const& form,
                                  forms::answered_item const& occurrence,
                                  std::string_view link_id) const {
  auto const* item = form.find(link_id);
  return is_shown(item) ? printed(*item, answers_of(occurrence.items, item->index)) : std::string();
}

std::string packet_answers::below(forms::questionnaire const& form, forms::answer const& given,
                                  std::string_view link_id) const {
  auto const* item = form.find(link_id);
  return is_shown(item) ? printed(*item, answers_of(given.items, item->index)) : std::string();
}

}  // namespace intake::pdf

#include "forms/questionnaire.hpp"

#include "forms/value_set.hpp"

#include <utility>

namespace intake::forms {

questionnaire::questionnaire(form_header header, std::vector<item> items)
    : header_{std::move(header)}, items_{std::move(items)} {
  canonical_ = header_.version.empty() ? header_.url : header_.url + "|" + header_.version;
  by_link_id_.reserve(items_.size());
  for (auto const& one : items_) {
    by_link_id_.emplace(one.link_id, one.index);
    if (one.parent == no_item) top_.push_back(one.index);
  }
}

std::span<item_index const> questionnaire::children_of(item_index parent) const noexcept {
  return parent == no_item ? top_ : items_[parent].children;
}

item const* questionnaire::find(std::string_view link_id) const noexcept {
  auto const found = by_link_id_.find(link_id);
  return found == by_link_id_.end() ? nullptr : &items_[found->second];
}

item const* questionnaire::parent_of(item const& one) const noexcept {
  return one.parent == no_item ? nullptr : &items_[one.parent];
}

bool questionnaire::contains(item_index outer, item_index inner) const noexcept {
  return inner >= outer && inner < items_[outer].end;
}

std::string_view text_in(item const& one, std::string_view language) {
  return one.text.in(language);
}

bool is_question(item const& one) {
  return one.type != item_type::group && one.type != item_type::display;
}

bool is_calculated(item const& one) {
  return is_question(one) && one.calculated_expression.compiled != nullptr;
}

bool has_options(item const& one) {
  return !one.options.empty() || !one.value_set_url.empty() || one.type == item_type::choice ||
         one.type == item_type::open_choice;
}

std::vector<answer_option> const& options_of(item const& one) {
  if (!one.options.empty() || one.resolved_value_set == nullptr) return one.options;
  return one.resolved_value_set->options;
}

}  // namespace intake::forms

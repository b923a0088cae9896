#include "service/patients/page_list.hpp"

#include "forms/editions.hpp"
#include "forms/enablement.hpp"
#include "forms/fhirpath/hooks.hpp"

#include <algorithm>

namespace intake::service::patients {
namespace {

using answered = std::vector<forms::answered_item>;

answered const no_answers;

/// The same occurrence before; null where there was none.
forms::answered_item const* same_before(answered const& before, answered const& now,
                                        std::size_t at) {
  auto const item = now[at].item;
  auto const number = std::count_if(now.begin(), now.begin() + static_cast<std::ptrdiff_t>(at),
                                    [&](auto const& each) { return each.item == item; });
  auto const there = forms::occurrences(before, item);
  return number < there.end() - there.begin() ? there.begin() + number : nullptr;
}

forms::answer const* same_answer(forms::answered_item const* before, forms::answer const& now) {
  if (before == nullptr) return nullptr;
  auto const found = std::ranges::find(before->answers, now.value, &forms::answer::value);
  return found == before->answers.end() ? nullptr : &*found;
}

}  // namespace

bool page_items::has(forms::item_index item) const {
  return std::ranges::find(items, item) != items.end();
}

bool is_edge(forms::item const& each) {
  using enum forms::item_control;
  return each.type == forms::item_type::display && each.depth == 0 &&
         (each.shown.control == header || each.shown.control == footer);
}

std::vector<page_items> pages_of(forms::questionnaire const& form) {
  std::vector<page_items> pages;
  bool open = false;
  for (auto const index : form.children_of(forms::no_item)) {
    auto const& each = form.at(index);
    if (each.hidden || is_edge(each)) continue;
    bool const is_group = each.type == forms::item_type::group;
    if (is_group || !open) pages.emplace_back();
    pages.back().items.push_back(index);
    open = !is_group;
  }
  return pages;
}

page_items one_page_of(forms::questionnaire const& form) {
  page_items all;
  for (auto const& each : pages_of(form)) {
    all.items.insert(all.items.end(), each.items.begin(), each.items.end());
  }
  return all;
}

std::string const& name_of(forms::questionnaire const& form, page_items const& page) {
  return form.at(page.items.front()).link_id;
}

std::string title_of(forms::questionnaire const& form, page_items const& page,
                     std::string_view language) {
  auto const& first = form.at(page.items.front());
  auto const text = forms::text_in(first, language);
  bool const names_it = first.type == forms::item_type::group && !text.empty();
  return std::string(names_it ? text : form.header().title.in(language));
}

std::vector<bool> pages_asked(forms::questionnaire const& form,
                              std::vector<page_items> const& pages, forms::answers const& given,
                              std::string_view today) {
  auto const expressions = forms::fhirpath::hooks_for({std::string(today), {}});
  forms::enablement const enabled(form, given, &expressions);
  forms::answer_scope const top{.siblings = &given.items};
  std::vector<bool> asked;
  for (auto const& page : pages) {
    asked.push_back(std::ranges::any_of(page.items, [&](forms::item_index index) {
      auto const& each = form.at(index);
      return enabled.is_enabled(each, top) && forms::may_be_signed(each.edition, today);
    }));
  }
  return asked;
}

forms::answers with_page(forms::answers all, page_items const& page,
                         forms::answers const& of_page) {
  std::erase_if(all.items, [&](auto const& each) { return page.has(each.item); });
  for (auto const& each : of_page.items) {
    if (!page.has(each.item)) continue;
    auto& added = forms::add_occurrence(all.items, each.item);
    added.answers = each.answers;
    added.items = each.items;
  }
  return all;
}

void keep_below(answered const& before, answered& now) {
  for (std::size_t i = 0; i < now.size(); ++i) {
    auto const* const same = same_before(before, now, i);
    if (same == nullptr) continue;
    for (auto& given : now[i].answers) {
      auto const* const old = same_answer(same, given);
      if (old != nullptr && given.items.empty()) given.items = old->items;
    }
    keep_below(same->items, now[i].items);
  }
}

void mark_as_staffs(answered const& before, answered& now) {
  for (std::size_t i = 0; i < now.size(); ++i) {
    auto const* const same = same_before(before, now, i);
    for (auto& given : now[i].answers) {
      auto const* const old = same_answer(same, given);
      given.origin = old != nullptr ? old->origin : forms::answer_origin::staff;
      mark_as_staffs(old != nullptr ? old->items : no_answers, given.items);
    }
    mark_as_staffs(same != nullptr ? same->items : no_answers, now[i].items);
  }
}

}  // namespace intake::service::patients

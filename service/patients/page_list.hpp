#pragma once
#include "forms/answers.hpp"
#include "forms/questionnaire.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace intake::service::patients {

/// A page of a form: one group, or the questions that stand beside each other at the top.
struct page_items {
  std::vector<forms::item_index> items;
  bool has(forms::item_index) const;
};

/// The form cut into pages, in form order; hidden items and what stands on every page are on none.
std::vector<page_items> pages_of(forms::questionnaire const&);

/// A display that stands on every page: itemControl header or footer at the top of the form.
bool is_edge(forms::item const&);

/// All of them as one page: a form by itself.
page_items one_page_of(forms::questionnaire const&);

/// What names a page for good, whatever comes before it: the linkId of its first item.
std::string const& name_of(forms::questionnaire const&, page_items const&);

/// The heading of a page: what its group says, else the form's title.
std::string title_of(forms::questionnaire const&, page_items const&, std::string_view language);

/// Which of the pages are asked, given these answers, on a calendar day (YYYY-MM-DD): a text that
/// may not be signed that day is not shown.
std::vector<bool> pages_asked(forms::questionnaire const&, std::vector<page_items> const&,
                              forms::answers const&, std::string_view today);

/// The answers with those of one page replaced by what the page says now.
forms::answers with_page(forms::answers all, page_items const&, forms::answers const& of_page);

/// What was said below an answer that is still given stays with it. Here and below, occurrences
/// before and now are matched by their number.
void keep_below(std::vector<forms::answered_item> const& before,
                std::vector<forms::answered_item>& now);

/// What staff typed is marked so; what was there and stays is whose it was.
void mark_as_staffs(std::vector<forms::answered_item> const& before,
                    std::vector<forms::answered_item>& now);

}  // namespace intake::service::patients

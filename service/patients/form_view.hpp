#pragma once
#include "forms/answers.hpp"
#include "forms/from_fields.hpp"
#include "forms/link_path.hpp"
#include "forms/problem.hpp"
#include "forms/questionnaire.hpp"
#include "service/assets/assets.hpp"
#include "service/pages/page.hpp"
#include "service/patients/page_list.hpp"
#include "service/texts/texts.hpp"

#include <functional>
#include <string>
#include <vector>

namespace intake::service::patients {

/// What a form's page shows: the form, what was typed so far and what is wrong with it.
struct form_view {
  forms::questionnaire const& form;
  forms::answers const& answers;
  /// The fields as they came, so that what could not be understood is shown as it was typed.
  std::vector<forms::named_value> const& typed;
  std::vector<forms::problem> const& problems;
  language spoken;
  /// What the page's h1 says: a group of that name gets no heading of its own.
  std::string title{};
  /// The page's items at the top of the form; null: the whole form.
  page_items const* page = nullptr;
  /// One question alone, with the groups that it stands in; no_item: all of the page.
  forms::item_index only = forms::no_item;
  /// Questions below answers ("how strong is it there?") can only be put once the answers are
  /// known: a second page puts them, and carries the first one's answers along unseen.
  enum class part { questions, questions_below_answers } shows = part::questions;
  /// The clinic's date: a text that may not be signed on it is not shown.
  std::string today{};
  /// A page of a visit keeps the files that it was sent with; any other has lost them when it is
  /// shown again.
  enum class files_are { kept, lost } files = files_are::lost;
};

/// Whether some answer of the page has questions below it.
bool asks_below_answers(forms::questionnaire const&, page_items const&, forms::answers const&);

/// Whether a place lies below an answer rather than in a group.
bool lies_below_answer(forms::questionnaire const&, forms::link_path const&);

/// What components are made with.
struct component_kit {
  texts const& words;
  asset_store const& assets;
  page_templates const& pages;
  /// What people also call an option of a list that is searched; absent: nothing else.
  std::function<std::vector<std::string>(forms::coding const&)> other_names{};
};

/// Where a form has no translation of a text, a section that says which language it is in.
void mark_foreign(page_model&, forms::localized_text const&, forms::questionnaire const&,
                  language spoken, std::string const& section = "FOREIGN");

/// Adds every visible item of the form to the template "form" as its component, in form order:
/// groups as headings, each occurrence of a repeating group and one empty one, and every problem in
/// the summary and beside its field. And what the page's script needs to know.
void add_form_items(page_model&, form_view const&, component_kit const&);

/// Whether "add another" makes sense on the page: something on it may be given more often.
bool may_add_another(forms::questionnaire const&, page_items const&);

}  // namespace intake::service::patients

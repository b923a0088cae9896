#pragma once
#include "service/application.hpp"
#include "service/patients/form_view.hpp"
#include "service/patients/page_acts.hpp"
#include "service/patients/page_body.hpp"
#include "service/patients/visit.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace intake::service::patients {

/// What a browser sent with a page.
struct page_post {
  std::vector<forms::named_value> typed;
  forms::fields_result read;
  /// What is wrong with files that came along.
  std::vector<forms::problem> file_problems{};
  /// "Remove this file": its field, as it was kept.
  std::string removed{};
  form_view::part shows = form_view::part::questions;
  std::optional<language> switch_to;
  page_acts acts;
  /// The form that the page was made of, url|version.
  std::string form;
  /// The page's script put the questions below answers on the same page.
  bool with_below = false;
  /// The page's script keeps what is typed so far: the revision of the draft that it knows.
  std::string autosave;

  bool knows_below() const {
    return with_below || shows == form_view::part::questions_below_answers;
  }
};

/// What the button "remove this file" took out of the fields, as it was kept; empty where another
/// one was pressed.
std::string take_removed(page_body&);

/// Reads a page's fields; `held`: the files that they may name.
page_post read_post(application const&, forms::questionnaire const&, std::vector<form_field> const&,
                    std::span<forms::attachment const> held);

/// A page that was sent for a visit: its files are kept first, so that its fields can name them.
/// Nothing for a body that breaks its grammar.
std::optional<page_post> read_visit_post(application&, request const&, visit const&,
                                         forms::questionnaire const&, page_items const&);

}  // namespace intake::service::patients

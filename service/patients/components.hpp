#pragma once
#include "service/assets/assets.hpp"
#include "service/pages/page.hpp"
#include "service/patients/form_view.hpp"

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace intake::service::patients {

/// What the components of a page have in common: names and values of fields, label, hint and error,
/// and the HTML made so far. One component is one template, pages/templates/item_*.html; the README
/// there has a section for each.
class component_sink {
 public:
  component_sink(form_view const&, component_kit const&);

  form_view const& view() const { return view_; }
  component_kit const& kit() const { return kit_; }
  std::string say(std::string_view key) const { return kit_.words.say(view_.spoken, key); }
  std::string_view code() const { return tag(view_.spoken); }

  std::string name_of(forms::link_path const&, forms::field_part = forms::field_part::value) const;
  /// What was typed into a field; empty where nothing was.
  std::string value_of(std::string const& name) const;
  bool was_chosen(std::string const& name, std::string const& value) const;
  /// Whether anything was typed for this repetition of a question.
  bool was_typed(forms::link_path const&) const;
  /// The files that fields may name.
  std::vector<forms::attachment> const& held() const { return held_; }

  /// The question that all that follows stands below, in words; empty: none.
  void stand_below(std::string const& answer) { below_ = answer.empty() ? "" : answer + ": "; }
  /// ID, NAME, TEXT and what stands around them: "(optional)", hint, link, error.
  page_model shared(forms::item const&, forms::link_path const&) const;
  /// One more sentence that belongs to the field: its id.
  static void describe(page_model&, std::string const& id);
  /// Says where an element stands in the form, if answers can make it come and go.
  void mark_live(page_model&, forms::item const&, forms::link_path const&) const;
  /// Sets TEXT and, where the form has no translation of it, a section that says which language it
  /// is in. Sections are inherited, so what stands inside another has a name of its own.
  void set_text(page_model&, forms::localized_text const&,
                std::string const& foreign = "FOREIGN") const;
  /// What a display item below a question says of it: a hint, or an end of its scale.
  std::string text_beside(forms::item const&, forms::item_control) const;

  /// Every error, each with a link to its field.
  void add_summary(page_model& page) const;

  void add(std::string_view component, page_model const& model) {
    html_ += kit_.pages.expand(component, model);
  }
  /// What was added since the last call, to be put into something that encloses it.
  std::string take() { return std::exchange(html_, {}); }
  void put(std::string_view html) { html_ += html; }
  /// The page sends files.
  bool sends_files = false;

 private:
  void add_hints(page_model&, forms::item const&, std::string const& name) const;
  std::string label_of(forms::problem const&) const;

  form_view const& view_;
  component_kit const& kit_;
  std::string html_;
  std::string below_;
  std::map<std::string, std::vector<std::string>, std::less<>> typed_;
  std::map<std::string, forms::problem const*, std::less<>> wrong_;
  std::vector<forms::attachment> held_;
};

/// The component of a question or display, by the tables in form_fields.cpp; `given`: its answers,
/// or null.
void paint_item(component_sink&, forms::item const&, forms::link_path const&, bool applies,
                forms::answered_item const* given);
/// A note, an urgent one where conditions decide about it; unseen until it applies.
void paint_display(component_sink&, forms::item const&, forms::link_path const&, bool applies);

// choice_fields.cpp
void paint_choice(component_sink&, forms::item const&, forms::link_path const&);
void paint_yes_no(component_sink&, forms::item const&, forms::link_path const&);
/// Numbers from 0 to 10, or any few others: `scale_of`.
void paint_scale(component_sink&, forms::item const&, forms::link_path const&);
/// The numbers that a question can be answered by pressing one of; empty where they are too many.
std::vector<std::string> scale_of(forms::item const&);

}  // namespace intake::service::patients

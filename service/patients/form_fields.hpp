#pragma once
#include "service/assets/assets.hpp"
#include "service/patients/form_view.hpp"

#include <memory>
#include <string>

namespace intake::service::patients {

/// Adds the components of single items to the template "form": label, hint, error, field.
class field_painter {
 public:
  field_painter(page_model&, form_view const&, texts const&, asset_store const&);
  ~field_painter();
  field_painter(field_painter const&) = delete;
  field_painter& operator=(field_painter const&) = delete;

  /// Every error, each with a link to its field.
  void add_summary();
  void add_note(std::string text);
  /// What speaks to some patients only: there for the script to show, unseen until it applies.
  void paint_display(forms::item const&, forms::link_path const&, bool applies);
  /// Says where an element stands in the form, if answers can make it come and go.
  void mark_live(page_model&, forms::item const&, forms::link_path const&) const;
  /// A question or a display; `below` is the answer that it stands below, in words.
  void paint_item(forms::item const&, forms::link_path const&, bool applies,
                  std::string below = {});

 private:
  struct impl;
  std::unique_ptr<impl> impl_;
};

}  // namespace intake::service::patients

#pragma once
#include "service/patients/form_view.hpp"

#include <memory>
#include <string>

namespace intake::service::patients {

/// Adds the components of single items to the template "form": label, hint, error, field.
class field_painter {
 public:
  field_painter(page_model&, form_view const&, texts const&);
  ~field_painter();
  field_painter(field_painter const&) = delete;
  field_painter& operator=(field_painter const&) = delete;

  /// Every error, each with a link to its field.
  void add_summary();
  void add_note(std::string text);
  /// A question or a display; `below` is the answer that it stands below, in words.
  void paint_item(forms::item const&, forms::link_path const&, std::string below = {});

 private:
  struct impl;
  std::unique_ptr<impl> impl_;
};

}  // namespace intake::service::patients

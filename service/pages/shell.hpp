#pragma once
#include "service/application.hpp"
#include "service/call.hpp"
#include "service/http/response.hpp"
#include "service/pages/page.hpp"

#include <string>
#include <string_view>

namespace intake::service {

/// What the frame around a page needs to know beside its content.
struct page_frame {
  int status = 200;
  std::string title{};
  language spoken = language::en;
  /// The page's own address: the language links lead back to it. Empty: no language links.
  std::string_view path{};
  /// The id of the page's form: then the languages are buttons of it, and what was typed stays.
  std::string_view form_id{};
  /// Stands above all with a button that ends the visit; empty: nothing.
  std::string note{};
  std::string note_button{};
  /// Set on desk pages.
  db::resumed_session const* staff = nullptr;
};

/// The page "name" filled with the model, inside the frame that all pages share.
response show_page(application const&, page_frame const&, std::string_view name, page_model const&);

}  // namespace intake::service

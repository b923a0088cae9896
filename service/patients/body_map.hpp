#pragma once
#include "forms/link_path.hpp"
#include "service/assets/assets.hpp"
#include "service/patients/form_view.hpp"

namespace intake::service::patients {

/// A question about the body, on its page.
struct body_question {
  form_view const& view;
  forms::item const& item;
  forms::link_path const& path;
  texts const& words;
  asset_store const& assets;
};

/// Adds to a list of check boxes what the page's script needs to draw a body above it
/// (`urn:intake:control` `body-map`); nothing for any other question. Without script the list is
/// all there is.
void add_body_map(page_model& list, body_question const&);

}  // namespace intake::service::patients

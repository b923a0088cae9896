#pragma once
#include "service/application.hpp"
#include "service/call.hpp"
#include "service/pages/page.hpp"

#include <string>

/// Single letters that act on the desk's lists. WCAG 2.2, 2.1.4: they can be turned off.
namespace intake::service::desk {

/// Whether they act in the browser that asks.
bool keys_act(request const&);

/// Adds the section KEYS (the script, the letters, the switch) to a page that has a list. `back` is
/// the page's own address.
void add_keys(page_model&, application const&, call const&, std::string const& back);

/// Whether the signed-in person may act on the day list, not only read it.
bool keeps_day(call const&);

}  // namespace intake::service::desk

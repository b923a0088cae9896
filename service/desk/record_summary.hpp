#pragma once
#include "pdf/document.hpp"
#include "service/pages/page.hpp"

namespace intake::service::desk {

/// Adds what stands before the forms of a copy - what must be known of it, alerts, decision, what
/// the patient wants to ask, the summary with the body map - as sections BLOCK of the page, so that
/// screen and paper say the same.
void add_record_summary(page_model&, pdf::document const&);

}  // namespace intake::service::desk

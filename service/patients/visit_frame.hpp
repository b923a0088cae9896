#pragma once
#include "service/call.hpp"
#include "service/http/response.hpp"
#include "service/pages/page.hpp"
#include "service/pages/shell.hpp"
#include "service/patients/visit.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace intake::service::patients {

/// "/visit/peg/1?lang=es": every address of a visit says its language.
std::string in_language(std::string_view path, language);

/// The value of a field of the query; empty where it is not there.
std::string query_value(request const&, std::string_view name);

/// Where the button of another language was pressed: the call in that language, to be answered with
/// the same page and what was typed on it.
std::optional<call> in_other_language(application const&, call const&);

/// The language of a button on a page; nothing where it is not offered to patients.
std::optional<language> offered_language(application const&, std::string_view language_tag);

/// What is known before a form was begun: why the patient comes.
forms::answers preset_answers(visit const&, forms::questionnaire const&);

/// What the answers so far make us tell the patient at once ("call 911"), in each language, in the
/// order of `all_languages`; empty: nothing.
struct patient_warning {
  std::vector<std::string> texts;
};
std::vector<patient_warning> warnings_of(application const&, visit const&);
/// Shows them above all, on every page of the visit.
void add_warnings(page_model&, std::vector<patient_warning> const&, language);

/// A page of the visit, with what must stand on all of them where it is not the patient's own
/// device: who types, and the button that ends it. A tablet that lies idle asks whether somebody is
/// there, then forgets.
response show_in_visit(application const&, visit const&, page_frame, std::string_view name,
                       page_model const&);

/// Names the visit that a page was made for, in the hidden field `visit_mark_field`; tells nothing
/// of it.
inline constexpr std::string_view visit_mark_field = "_visit";
std::string visit_mark(application const&, visit const&);

/// Where a page was made for another visit than the one that this browser has now, because another
/// patient's was opened in another window: 409 with all that was typed, to be sent again once its
/// own visit is back. Nothing: go on.
std::optional<response> of_other_visit(application const&, call const&, visit const&);

/// On a shared device: nobody gets back to the visit from it. What was sent goes, what was not
/// stays for the day list.
void end_on_device(application&, visit const&);
/// The browser forgets cookie, cache and history of the pages.
void wipe_device(response&);

/// 303 to the page for coming back: there is no visit, or its time is over. Staff who type in it
/// and are not signed in any more are led there. Throws db::unavailable.
response no_visit(application&, call const&);

}  // namespace intake::service::patients

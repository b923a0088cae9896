#pragma once
#include "db/drafts.hpp"
#include "forms/answers.hpp"
#include "forms/plan/answered_form.hpp"
#include "service/application.hpp"
#include "service/call.hpp"
#include "service/expected_person.hpp"
#include "service/record.hpp"

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

/// A packet on its way: what a patient has answered so far, kept page by page in a sealed draft.
namespace intake::service::patients {

/// A form that was begun, in the version it was begun with.
struct begun_form {
  forms::questionnaire const* form = nullptr;
  forms::answers answers;
  /// The pages that were gone through, each by the linkId of its first item.
  std::set<std::string, std::less<>> pages_done;
};

/// One question of a submission that staff asked to be answered again.
struct visit_correction {
  certs::uuid submission;
  /// url|version and linkId.
  std::string form;
  std::string link_id;
};

struct visit {
  /// As the database has it; the content is opened into the members below.
  db::draft row;
  /// Why the patient comes, an answer to `visit.kind`.
  std::string kind;
  /// With the birth date it leads back here, from any browser.
  std::string code;
  std::vector<begun_form> forms;
  /// Set once the packet was sent; then `forms` holds at most what a guardian need not say again
  /// for another child.
  std::string receipt;
  /// What the rules said, for the patient, in the order of `all_languages`; may be empty.
  std::vector<std::string> decision;
  /// A term that runs on the patient's accident, likewise.
  std::vector<std::string> term;
  /// What the patient was told to do at once, when it was sent: each text in every language.
  std::vector<std::string> warnings;
  /// Who types here.
  record_entry entry;
  /// The link that led here.
  std::optional<certs::uuid> invitation;
  /// "Send what I have": how often, with what receipt and forms. The draft goes on.
  std::int32_t versions_sent = 0;
  std::string receipt_so_far;
  std::vector<std::string> forms_sent;
  /// Where staff call the patient who handed the draft to them, and in which language.
  std::string help_phone;
  std::string help_language;
  std::optional<visit_correction> correction;

  begun_form const* find(std::string_view form_id) const;
  begun_form& of(forms::questionnaire const&);
  std::vector<forms::answered_form> packet() const;
};

/// The visit of the request's cookie. Nothing where there is none, its time is over, it does not
/// open, or staff type in it and the one who does is not signed in here. Throws db::unavailable.
std::optional<visit> current_visit(application&, request const&);
/// Only that last thing is why there is none: it goes on once they have signed in again.
bool waits_for_staff(application&, request const&);

/// The visit behind a resume code, whoever asks: the caller checks the birth date.
std::optional<visit> visit_of_code(application&, std::string_view code, certs::utc_time now);

/// The visit of a draft, whoever asks: for what staff opens, or a link leads to.
std::optional<visit> visit_of_draft(application&, certs::uuid const& id, certs::utc_time now);

/// What is known when a visit begins.
struct visit_beginning {
  std::string kind;
  /// What it becomes; nothing: a new submission.
  std::optional<certs::uuid> id{};
  std::vector<begun_form> forms{};
  std::optional<certs::uuid> appointment{};
  std::optional<certs::uuid> invitation{};
  record_entry entry{};
  /// Is filled in where the packet asks for it, marked as such.
  std::optional<expected_person> who{};
  std::optional<visit_correction> correction{};
};

/// Begins a visit. `set_cookie` is the field that binds it to the browser.
struct begun_visit {
  visit content;
  std::string set_cookie;
};
begun_visit begin_visit(application&, request const&, visit_beginning);

/// The same, but where something was begun for that appointment and not sent, it goes on in this
/// browser: a link, a tablet and staff all lead to one packet.
begun_visit go_on_or_begin(application&, request const&, visit_beginning);

/// Gives the visit to the browser that asks; returns its cookie field. The one before loses it.
std::string hand_over_visit(application&, visit const&, certs::utc_time now);
/// The same where somebody else types from now on. Nothing where the draft is gone. Throws
/// db::unavailable.
std::optional<std::string> take_over_visit(application&, certs::uuid const& id, record_entry const&,
                                           certs::utc_time now);
/// Nobody needs to call any more; the patient's page no longer says that somebody will. False: they
/// asked again since `seen`, or sent it. Throws db::unavailable.
[[nodiscard]] bool settle_help(application&, certs::uuid const& id, certs::utc_time seen,
                               certs::utc_time now);
/// No browser has it any more; the draft stays.
void let_go_of_visit(application&, visit const&);
/// The field that makes a browser forget its visit.
std::string forget_visit_cookie();

/// Changes the visit of the request's cookie and saves it. Where another window saved in between,
/// it is read and changed again. Nothing where the visit is gone. Throws db::unavailable.
std::optional<visit> change_visit(application&, call const&,
                                  std::function<void(visit&)> const& change);

}  // namespace intake::service::patients

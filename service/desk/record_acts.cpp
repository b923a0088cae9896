// What staff do with a record: a note, void and back, the same patient as another, an answer typed
// for the patient.
#include "service/record_acts.hpp"

#include "db/submissions.hpp"
#include "forms/insurance/words.hpp"
#include "service/audiences.hpp"
#include "service/audit.hpp"
#include "service/desk/desk.hpp"
#include "service/desk/staff_act.hpp"
#include "service/desk/staff_entry.hpp"
#include "service/dispatch.hpp"
#include "service/outgoing/outgoing.hpp"
#include "service/record.hpp"
#include "service/responses.hpp"

#include <algorithm>

namespace intake::service::desk {
namespace {

using kind = db::record_act_kind;

constexpr std::size_t act_words_bytes_max = 2'000;
constexpr std::string_view no_record = "There is no such submission.";

struct act_button {
  std::string_view word;
  kind what;
  std::string_view action;
  /// Of the event that programs outside are told; empty: they are not.
  std::string_view topic{};
  bool needs_words = false;
  bool names_other = false;
};
constexpr act_button acts[] = {
    {"note", kind::note, "note-added", "", true, false},
    {"void", kind::make_void, "submission-voided", "webhook-voided", true, false},
    {"restore", kind::restore, "submission-restored", "webhook-restored", true, false},
    {"join", kind::join, "records-joined", "webhook-joined", false, true},
    {"part", kind::part, "records-parted", "webhook-parted", false, true},
};

response back_to(certs::uuid id, std::string_view part) {
  return see_other("/desk/submissions/" + certs::to_string(id) + "#" + std::string(part));
}

std::optional<db::submission_head> newest_of(application& app, std::optional<certs::uuid> id) {
  auto versions = id ? db::list_versions(app.desk, *id) : std::vector<db::submission_head>{};
  return versions.empty() ? std::nullopt : std::optional(std::move(versions.back()));
}

}  // namespace

response act_on_record(application& app, call const& c) {
  auto const head = newest_of(app, certs::parse_uuid(c.path["id"]));
  if (!head) return refuse(app, 404, no_record, &c.asked);
  auto const* const button = std::ranges::find(acts, field_of_body(c, "act"), &act_button::word);
  if (button == std::end(acts))
    return refuse(app, 400, "The button was not one of ours.", &c.asked);
  auto const typed = field_of_body(c, "words");
  auto const words = std::string(forms::insurance::trimmed(typed));
  if (words.size() > act_words_bytes_max || (button->needs_words && words.empty())) {
    return say(app, c, 422, "Nothing was recorded",
               "Go back and say in words why, or what there is to know: at most 2,000 letters.");
  }
  auto const before = record_acts_of(app.desk, app.keks, head->id);
  bool const is_void = void_act(before, head->id) != nullptr;
  if ((button->what == kind::make_void && is_void) || (button->what == kind::restore && !is_void)) {
    return say(app, c, 409, "Somebody else was quicker",
               is_void ? "This submission is void already. Nothing was recorded now."
                       : "This submission counts already. Nothing was recorded now.");
  }
  auto const other = button->names_other
                         ? newest_of(app, certs::parse_uuid(field_of_body(c, "other")))
                         : std::nullopt;
  if (button->names_other && (!other || other->id == head->id)) {
    return refuse(app, 404, no_record, &c.asked);
  }
  auto entry = entry_of(c, std::string(button->action));
  entry.subject = head->id;
  entry.version = head->version;
  if (other) entry.shown = {other->id};
  app.writer.append(std::move(entry));
  keep_record_act(
      app.desk, {app.world, app.keks, app.keys},
      {certs::new_uuid_v7(app.world), head->id, other ? std::optional(other->id) : std::nullopt,
       button->what, c.asked.received, c.staff->record.account, words});
  if (!button->topic.empty()) {
    outgoing::promise_event(app, button->topic, head->id, head->version);
  }
  return back_to(head->id, button->names_other ? "same-patient" : "notes");
}

response record_fill_in(application& app, call const& c) {
  auto const id = certs::parse_uuid(c.path["id"]);
  auto const stored = id ? db::open_submission(app.desk, *id) : std::nullopt;
  auto const reading = stored ? open_record(app.keks, app.forms, *stored) : record_reading{};
  if (!reading.record) return refuse(app, 404, no_record, &c.asked);
  // "url|version linkId": one button says both.
  auto const named = field_of_body(c, "what");
  auto const space = std::min(named.find(' '), named.size());
  patients::visit_correction const what{*id, named.substr(0, space),
                                        named.substr(std::min(space + 1, named.size()))};
  auto const& may_read = view_of(c.staff->role).answers;
  bool const known = std::ranges::any_of(reading.record->forms, [&](opened_form const& each) {
    auto const* const item = each.form->find(what.link_id);
    return each.form->canonical() == what.form && item != nullptr &&
           can_be_asked_alone(*each.form, *item) && may_read.has(item->audience);
  });
  if (!known) return refuse(app, 400, "That question can't be filled in here.", &c.asked);
  return begin_staff_entry(app, c, {.kind = {}, .correction = what}, reading.record->head.language);
}

}  // namespace intake::service::desk

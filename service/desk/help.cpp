// Patients who asked to be helped: newest first, until somebody says that it is settled.
#include "db/drafts.hpp"
#include "service/audit.hpp"
#include "service/desk/day_list.hpp"
#include "service/desk/desk.hpp"
#include "service/desk/staff_act.hpp"
#include "service/dispatch.hpp"
#include "service/guards.hpp"
#include "service/known_items.hpp"
#include "service/page_mark.hpp"
#include "service/pages/shell.hpp"
#include "service/patients/visit.hpp"
#include "service/patients/visit_frame.hpp"
#include "service/responses.hpp"
#include "service/whole_number.hpp"

namespace intake::service::desk {
namespace {

constexpr int requests_a_page = 50;

/// False where the packet was sent meanwhile: nobody waits there any more.
bool add_request(page_model& model, application& app, call const& c, db::draft const& row) {
  auto const v = patients::visit_of_draft(app, row.id, c.asked.received);
  if (!v || !v->receipt.empty()) return false;
  auto const packet = v->packet();
  expected_person const who{.family = forms::code_in(packet, known::family_name),
                            .given = forms::code_in(packet, known::given_name)};
  auto const spoken = parse_language(v->help_language).value_or(language::en);
  auto& shown = model.add("ROW");
  shown.set("PATIENT", name_of(who).empty() ? "(no name yet)" : name_of(who))
      .set("PHONE", v->help_phone)
      .set("LANGUAGE", std::string(own_name(spoken)))
      .set("SINCE", app.clock.date_and_time(*row.help_asked))
      .set("SEEN", std::to_string(row.help_asked->time_since_epoch().count()))
      .set("ACTION", "/desk/help/" + certs::to_string(row.id));
  if (v->entry.by == "staff") shown.add("TAKEN").set("WHO", v->entry.name);
  return true;
}

}  // namespace

response help_list(application& app, call const& c) {
  auto const after = patients::query_value(c.asked, "after");
  auto const mark = read_mark(after);
  if (!after.empty() && !mark) {
    return refuse(app, 400, "The address of this page of the list is not one of ours.", &c.asked);
  }
  auto rows = db::list_drafts_handed_over(app.portal, c.asked.received, mark, requests_a_page + 1);
  bool const more = rows.size() > requests_a_page;
  if (more) rows.pop_back();
  page_model model;
  model.set("CSRF", csrf_token(c.staff->record));
  auto entry = entry_of(c, "list-shown");
  for (auto const& row : rows) {
    if (add_request(model, app, c, row)) entry.shown.push_back(row.id);
  }
  if (more) {
    model.add("OLDER").set(
        "URL", "/desk/help?after=" + write_mark({*rows.back().help_asked, rows.back().id}));
  } else if (entry.shown.empty()) {
    model.add("EMPTY");
  }
  app.writer.append(std::move(entry));
  return show_page(app, {.title = "Who asks for help", .staff = &*c.staff}, "desk_help", model);
}

response help_settled(application& app, call const& c) {
  auto const id = certs::parse_uuid(c.path["id"]);
  auto const row = id ? db::find_draft_by_id(app.portal, *id, c.asked.received) : std::nullopt;
  if (!row || !row->help_asked) {
    return refuse(app, 404, "Nobody asks for help there any more.", &c.asked);
  }
  auto const seen = whole_number<std::int64_t>(field_of_body(c, "seen"));
  bool const done =
      seen && patients::settle_help(app, *id, certs::utc_time(std::chrono::microseconds(*seen)),
                                    c.asked.received);
  auto entry = entry_of(c, "help-settled");
  entry.subject = *id;
  if (!done) entry.outcome = db::audit_outcome::refused;
  app.writer.append(std::move(entry));
  if (done) return see_other("/desk/help");
  return say(app, c, 409, "Nothing was settled",
             "The patient asked again or sent the forms while the page was open. Go back to the "
             "list and look again.");
}

}  // namespace intake::service::desk

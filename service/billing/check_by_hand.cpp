#include "certs/expects.hpp"
#include "service/attachments.hpp"
#include "service/audit.hpp"
#include "service/billing/billing.hpp"
#include "service/billing/check_form.hpp"
#include "service/billing/one_coverage.hpp"
#include "service/billing/work_place.hpp"
#include "service/desk/staff_act.hpp"
#include "service/dispatch.hpp"
#include "service/eligibility/stored_checks.hpp"
#include "service/guards.hpp"
#include "service/pages/shell.hpp"
#include "service/patients/page_body.hpp"
#include "service/responses.hpp"

namespace intake::service::billing {
namespace {

using eligibility::work_row;

enum class form_is : std::uint8_t { right, out_of_date };

response show_form(application const& app, call const& c, work_row const& row,
                   work_place const& place, typed_fields const& fields,
                   std::vector<field_error> const& errors, form_is what = form_is::right) {
  auto const back = coverage_url(row, place);
  auto action = back;
  action.insert(std::min(action.find('?'), action.size()), "/by-hand");
  page_model model;
  model.set("PATIENT", patient_of(row))
      .set("PAYER", row.told.payer)
      .set("MEMBER", row.told.member_id)
      .set("BORN", app.clock.written_date(row.told.patient.birth_date))
      .set("BACK_URL", back)
      .set("ACTION", action)
      .set("VERSION", std::to_string(row.version))
      .set("CSRF", csrf_token(c.staff->record));
  if (what == form_is::out_of_date) model.add("CHANGED");
  add_check_form(model, fields, errors);
  int const status = what == form_is::out_of_date ? 409 : errors.empty() ? 200 : 422;
  return show_page(app, {.status = status, .title = "A check made by hand", .staff = &*c.staff},
                   "check_by_hand", model);
}

void audit_shown(application& app, call const& c, work_row const& row) {
  auto entry = entry_of(c, "coverage-shown");
  entry.subject = row.submission;
  entry.version = row.version;
  app.writer.append(std::move(entry));
}

/// The file that came with it, as it is kept; or what is wrong with it.
eligibility::check_evidence take_file(application const& app, patients::page_body const& body,
                                      check_reading& reading) {
  for (auto const& file : body.files) {
    if (file.name != "attachment") continue;
    auto kept = keep_file(app, file.content);
    if (auto* good = std::get_if<kept_file>(&kept)) {
      reading.result.attached = good->content_type;
      return {.attachment = std::move(good->bytes)};
    }
    reading.errors.push_back(
        {"attachment",
         "This file can't be kept: choose a JPEG, PNG or PDF of at most 10 MB that "
         "opens without a password"});
  }
  return {};
}

db::eligibility_check head_of(call const& c, work_row const& row, check_reading const& reading) {
  return {.id = {},
          .submission = row.submission,
          .version = row.version,
          .coverage = row.told.number,
          .how = db::check_way::by_hand,
          .service_date = reading.service_date,
          .as_of = reading.as_of,
          .recorded = c.asked.received,
          .actor = c.staff->record.account,
          .inquiry = {},
          .key = {}};
}

}  // namespace

response check_by_hand_page(application& app, call const& c) {
  auto const place = read_work_place(app, c);
  auto const row = one_coverage(app, c);
  if (!place || !row) return refuse(app, 404, "There is no such coverage.", &c.asked);
  audit_shown(app, c, *row);
  return show_form(app, c, *row, *place, empty_check(app, *row, c.asked.received), {});
}

response check_by_hand(application& app, call const& c) {
  auto const place = read_work_place(app, c);
  auto const row = one_coverage(app, c);
  if (!place || !row) return refuse(app, 404, "There is no such coverage.", &c.asked);
  auto const body = patients::read_page_body(c.asked);
  if (!body) return refuse(app, 400, "The form is not what a browser sends.", &c.asked);
  // A check is of what the form said that somebody held beside it, not of what it says by now.
  if (desk::field_of_body(c, "version") != std::to_string(row->version)) {
    audit_shown(app, c, *row);
    return show_form(app, c, *row, *place, body->fields, {}, form_is::out_of_date);
  }
  auto reading = read_check(app, body->fields, *row, c.asked.received);
  auto const evidence = take_file(app, *body, reading);
  if (!reading.errors.empty()) {
    return show_form(app, c, *row, *place, body->fields, reading.errors);
  }
  auto entry = entry_of(c, "eligibility-recorded");
  entry.subject = row->submission;
  entry.version = row->version;
  // In the trail first: what the trail can't hold is not stored.
  app.writer.append(std::move(entry));
  auto head = head_of(c, *row, reading);
  auto changed =
      eligibility::changes_since_last(app.desk, app.keks, app.clock, head, reading.result);
  auto const made = eligibility::seal_check(app.world, app.keks, std::move(head), reading.result,
                                            evidence, std::move(changed));
  certs::expects(db::add_check(app.desk, made), "a check by hand answers no question twice");
  return see_other(coverage_url(*row, *place));
}

}  // namespace intake::service::billing

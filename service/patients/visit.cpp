#include "service/patients/visit.hpp"

#include "certs/envelope.hpp"
#include "certs/receipt.hpp"
#include "db/errors.hpp"
#include "service/guards.hpp"
#include "service/patients/prefill.hpp"
#include "service/patients/task_plan.hpp"
#include "service/patients/visit_content.hpp"
#include "service/visit_cookie.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace intake::service::patients {
namespace {

constexpr std::string_view draft_table = "draft";
constexpr std::string_view draft_form = "visit";
constexpr certs::part_name draft_part{certs::part_kind::answers, 0};
constexpr std::chrono::hours lifetime{24 * 30};
/// The receipt and the patient's own copy can be had for this long.
constexpr std::chrono::hours lifetime_when_sent{1};
constexpr int save_tries_max = 5;
/// A tablet that was left lying forgets whose it was.
constexpr std::chrono::minutes device_idle{5};
constexpr std::chrono::seconds device_touch{30};

certs::hash256 hash_of(application const& app, std::string_view what, std::string_view value) {
  auto const text = std::string(what) + std::string(value);
  return app.keys.keyed_hash(certs::key_role::session_hash, certs::as_bytes(text));
}

certs::hash256 cookie_hash(application const& app, std::string_view value) {
  return hash_of(app, "visit:", value);
}

certs::hash256 code_hash(application const& app, std::string_view code) {
  return hash_of(app, "resume-code:", code);
}

certs::binding place_of(db::draft const& row) {
  return {.table = draft_table,
          .record = row.id,
          .version = static_cast<std::uint32_t>(row.revision),
          .form = draft_form};
}

std::optional<visit> opened(application& app, std::optional<db::draft> row, certs::utc_time now) {
  if (!row) return std::nullopt;
  visit found;
  found.row = std::move(*row);
  auto const content =
      certs::open(app.keks, found.row.key, place_of(found.row), draft_part, found.row.content);
  auto const day = app.clock.fhir_date(now);
  if (content && read_visit(app.forms, std::string(certs::as_text(*content)), day, found)) {
    return found;
  }
  app.log.write(log_level::error, "draft-not-opened");
  return std::nullopt;
}

void seal_into_row(application& app, visit& v, certs::utc_time now) {
  auto const text = write_visit(v);
  certs::plain_part const parts[] = {{draft_part, certs::as_bytes(text)}};
  auto sealed = certs::seal(app.world, app.keks, place_of(v.row), parts);
  v.row.key = std::move(sealed.key);
  v.row.content = std::move(sealed.parts.front().content.value);
  v.row.expires = now + (v.receipt.empty() ? lifetime : lifetime_when_sent);
  v.row.code_hash.reset();
  if (v.receipt.empty()) v.row.code_hash = code_hash(app, v.code);
}

std::optional<certs::utc_time> session_end(record_entry const& entry, certs::utc_time now) {
  return entry.by == "device" ? std::optional(now + device_idle) : std::nullopt;
}

/// How far it got, for the day list: in the language that is spoken, because some forms are not in
/// every one.
void count_forms(application const& app, visit& v, call const& c) {
  if (!v.row.appointment) return;
  v.row.forms_done = 0;
  v.row.forms_asked = 0;
  for (auto const& each : plan_visit(app, v, c.spoken, c.asked.received).tasks) {
    if (each.may_wait) continue;
    ++v.row.forms_asked;
    if (each.state == task_state::done) ++v.row.forms_done;
  }
}

std::optional<visit> visit_of_cookie(application& app, request const& asked) {
  auto const value = visit_cookie_of(asked);
  if (!value) return std::nullopt;
  return opened(app, db::find_draft(app.portal, cookie_hash(app, *value), asked.received),
                asked.received);
}

/// A cookie outlives a session, an account and a shift: it alone opens nothing of a staff entry.
bool may_type(application const& app, request const& asked, record_entry const& entry) {
  if (entry.by != "staff") return true;
  auto const staff = current_session(app, asked);
  return staff && certs::to_string(staff->record.account) == entry.account;
}

std::string cookie_field(std::string_view value) {
  return fmt::format("{}={}; Path=/; Secure; HttpOnly; SameSite=Lax", visit_cookie_name, value);
}

}  // namespace

begun_form const* visit::find(std::string_view form_id) const {
  auto const found = std::ranges::find_if(
      forms, [&](auto const& each) { return each.form->header().id == form_id; });
  return found == forms.end() ? nullptr : &*found;
}

begun_form& visit::of(forms::questionnaire const& form) {
  for (auto& each : forms) {
    if (each.form == &form) return each;
  }
  return forms.emplace_back(begun_form{&form, {}, {}});
}

std::vector<forms::answered_form> visit::packet() const {
  std::vector<forms::answered_form> all;
  for (auto const& each : forms) all.push_back({each.form, &each.answers});
  return all;
}

std::optional<visit> current_visit(application& app, request const& asked) {
  auto found = visit_of_cookie(app, asked);
  if (found && !may_type(app, asked, found->entry)) return std::nullopt;
  if (!found || !found->row.session_ends) return found;
  auto const ends = asked.received + device_idle;
  if (*found->row.session_ends < ends - device_touch) {
    db::keep_draft_session(app.portal, found->row.id, ends);
  }
  return found;
}

bool waits_for_staff(application& app, request const& asked) {
  auto const found = visit_of_cookie(app, asked);
  return found && !may_type(app, asked, found->entry);
}

std::optional<visit> visit_of_draft(application& app, certs::uuid const& id, certs::utc_time now) {
  return opened(app, db::find_draft_by_id(app.portal, id, now), now);
}

std::optional<visit> visit_of_code(application& app, std::string_view code, certs::utc_time now) {
  return opened(app, db::find_draft_by_code(app.portal, code_hash(app, code), now), now);
}

begun_visit begin_visit(application& app, request const& asked, visit_beginning start) {
  auto const value = new_visit_cookie(app.keys, app.world);
  begun_visit made;
  made.content.kind = std::move(start.kind);
  made.content.forms = std::move(start.forms);
  made.content.entry = std::move(start.entry);
  made.content.invitation = start.invitation;
  made.content.correction = std::move(start.correction);
  made.content.code = certs::to_string(certs::new_receipt(app.world));
  made.content.row.id = start.id ? *start.id : certs::new_uuid_v7(app.world);
  made.content.row.session_hash = cookie_hash(app, value);
  made.set_cookie = cookie_field(value);
  made.content.row.appointment = start.appointment;
  made.content.row.session_ends = session_end(made.content.entry, asked.received);
  if (start.who) fill_in_known(app, made.content, *start.who, asked.received);
  seal_into_row(app, made.content, asked.received);
  db::start_draft(app.portal, made.content.row);
  return made;
}

std::string hand_over_visit(application& app, visit const& v, certs::utc_time now) {
  auto const value = new_visit_cookie(app.keys, app.world);
  db::hand_over_draft(app.portal, v.row.id, cookie_hash(app, value), session_end(v.entry, now));
  return cookie_field(value);
}

std::optional<std::string> take_over_visit(application& app, certs::uuid const& id,
                                           record_entry const& entry, certs::utc_time now) {
  for (int tries = 0; tries < save_tries_max; ++tries) {
    auto v = visit_of_draft(app, id, now);
    if (!v || !v->receipt.empty()) return std::nullopt;
    v->entry = entry;
    ++v->row.revision;
    seal_into_row(app, *v, now);
    if (db::save_draft(app.portal, v->row)) return hand_over_visit(app, *v, now);
  }
  throw db::unavailable("a draft was saved while it was handed over");
}

bool settle_help(application& app, certs::uuid const& id, certs::utc_time seen,
                 certs::utc_time now) {
  for (int tries = 0; tries < save_tries_max; ++tries) {
    auto v = visit_of_draft(app, id, now);
    if (!v || !v->receipt.empty() || v->row.help_asked != seen) return false;
    v->row.help_asked.reset();
    v->help_phone.clear();
    ++v->row.revision;
    seal_into_row(app, *v, now);
    if (db::save_draft(app.portal, v->row)) return true;
  }
  throw db::unavailable("a draft was saved while help for it was settled");
}

begun_visit go_on_or_begin(application& app, request const& asked, visit_beginning start) {
  auto const now = asked.received;
  auto const row = start.appointment
                       ? db::find_draft_of_appointment(app.portal, *start.appointment, now)
                       : std::nullopt;
  if (row) {
    auto cookie = take_over_visit(app, row->id, start.entry, now);
    auto v = cookie ? visit_of_draft(app, row->id, now) : std::nullopt;
    if (v) return {std::move(*v), std::move(*cookie)};
  }
  return begin_visit(app, asked, std::move(start));
}

void let_go_of_visit(application& app, visit const& v) {
  db::hand_over_draft(app.portal, v.row.id,
                      cookie_hash(app, new_visit_cookie(app.keys, app.world)));
}

std::string forget_visit_cookie() {
  return fmt::format("{}=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0", visit_cookie_name);
}

std::optional<visit> change_visit(application& app, call const& c,
                                  std::function<void(visit&)> const& change) {
  for (int tries = 0; tries < save_tries_max; ++tries) {
    auto v = current_visit(app, c.asked);
    if (!v) return std::nullopt;
    change(*v);
    ++v->row.revision;
    count_forms(app, *v, c);
    seal_into_row(app, *v, c.asked.received);
    if (db::save_draft(app.portal, v->row)) return v;
  }
  throw db::unavailable("a draft was saved from many windows at once");
}

}  // namespace intake::service::patients

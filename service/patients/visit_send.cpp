#include "db/appointment_acts.hpp"
#include "db/appointments.hpp"
#include "db/errors.hpp"
#include "db/invitations.hpp"
#include "db/submissions.hpp"
#include "forms/link_path.hpp"
#include "service/audit.hpp"
#include "service/copy.hpp"
#include "service/dispatch.hpp"
#include "service/guards.hpp"
#include "service/known_items.hpp"
#include "service/pages/shell.hpp"
#include "service/patients/page_files.hpp"
#include "service/patients/patients.hpp"
#include "service/patients/task_plan.hpp"
#include "service/patients/visit_check.hpp"
#include "service/patients/visit_files.hpp"
#include "service/patients/visit_frame.hpp"
#include "service/receive.hpp"
#include "service/record.hpp"
#include "service/responses.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

namespace intake::service::patients {
namespace {

/// The forms that are done, as one packet. Those that are not stay behind.
draft packet_of(call const& c, visit const& v, task_plan const& plan) {
  draft in;
  in.id = v.row.id;
  for (auto const& each : plan.tasks) {
    auto const* begun = v.find(each.form->header().id);
    if (each.state != task_state::done || begun == nullptr) {
      if (!each.may_wait) in.not_sent.push_back(each.form->header().id);
      continue;
    }
    forms::response response;
    response.envelope.questionnaire = begun->form->canonical();
    response.envelope.language = std::string(tag(c.spoken));
    response.answers = begun->answers;
    in.forms.push_back({begun->form, std::move(response)});
  }
  in.sender = entry_of(c, {});
  if (v.entry.by == "staff") {
    in.sender.who = db::actor_kind::staff;
    in.sender.actor = v.entry.account;
  }
  in.received = c.asked.received;
  in.language = std::string(tag(c.spoken));
  in.version = v.versions_sent + 1;
  in.entry = v.entry;
  return in;
}

/// What was received once stays in every version that follows: a form of the version before that is
/// not among those that are done now, because it is being changed or not asked for any more, goes
/// along as it was. Who wants it gone asks the clinic. False: the version before can't be read.
bool keep_received(application& app, draft& in) {
  auto const stored = db::open_submission(app.desk, in.id);
  if (!stored) return true;
  auto const reading = open_record(app.keks, app.forms, *stored);
  if (!reading.record) return false;
  for (auto const& each : reading.record->forms) {
    auto const& id = each.form->header().id;
    bool const is_done = std::ranges::any_of(
        in.forms, [&](form_draft const& now) { return now.form->header().id == id; });
    if (is_done) continue;
    in.forms.push_back({each.form, {each.response.envelope, each.response.answers, {}}});
    std::erase(in.not_sent, id);
  }
  std::ranges::move(kept_files(*reading.record), std::back_inserter(in.files));
  return true;
}

/// Where the visit is that it is filled in for; empty where it is for none of the day list.
std::string place_of(application& app, call const& c, visit const& v) {
  if (!v.row.appointment) return {};
  auto const row = db::find_appointment(app.desk, *v.row.appointment, c.asked.received);
  return row ? row->what.location : std::string();
}

/// "Fill in for another child": who the guardian is was said, and is not asked again. The question
/// itself is.
std::vector<begun_form> for_another_child(visit const& v) {
  if (forms::code_in(v.packet(), known::another_child) != "yes") return {};
  std::vector<begun_form> kept;
  for (auto const& each : v.forms) {
    auto const* asked = each.form->find(known::another_child);
    if (asked == nullptr) continue;
    auto begun = each;
    take_out_files(begun.answers);
    for (auto const& page : pages_of(*each.form)) {
      bool const asks = std::ranges::any_of(page.items, [&](forms::item_index top) {
        return each.form->contains(top, asked->index);
      });
      if (!asks) continue;
      begun.answers = with_page(std::move(begun.answers), page, {});
      begun.pages_done.erase(name_of(*each.form, page));
    }
    kept.push_back(std::move(begun));
  }
  return kept;
}

/// What another child's packet begins with; once all is sent nothing else is left in the visit.
std::vector<begun_form> others_forms(visit const& v) {
  return v.receipt.empty() ? for_another_child(v) : v.forms;
}

/// Says for which visit of the day list it is, and that its link has done its work.
void tell_day_list(application& app, call const& c, visit const& v, bool is_all) {
  if (v.row.appointment) {
    db::match_appointment(
        app.portal, {*v.row.appointment, v.row.id, db::match_reason::visit, c.asked.received, {}});
  }
  if (v.invitation && is_all) {
    db::mark_invitation_received(app.portal, *v.invitation, c.asked.received);
  }
}

/// Some forms are sent, the others can follow: the draft goes on.
response sent_some(application& app, call const& c, draft const& in, received const& done) {
  std::vector<std::string> ids;
  for (auto const& each : in.forms) ids.push_back(each.form->header().id);
  change_visit(app, c, [&](visit& v) {
    v.versions_sent = done.version;
    v.receipt_so_far = done.receipt;
    v.forms_sent = ids;
  });
  return see_other(in_language("/visit/received", c.spoken));
}

response sent(application& app, call const& c, received const& done) {
  auto const saved = change_visit(app, c, [&](visit& v) {
    v.receipt = done.receipt;
    v.row.help_asked.reset();
    for (auto const& each : warnings_of(app, v)) {
      v.warnings.insert(v.warnings.end(), each.texts.begin(), each.texts.end());
    }
    v.forms = for_another_child(v);
    v.decision.clear();
    if (!done.term.empty()) {
      for (auto const each : all_languages) v.term.emplace_back(done.term.in(tag(each)));
    }
    if (!done.insurance.decision) return;
    for (auto const each : all_languages) {
      v.decision.emplace_back(done.insurance.decision->patient.in(tag(each)));
    }
  });
  if (saved) drop_all_files(app, *saved);
  return see_other(in_language("/visit/received", c.spoken));
}

/// Something in a form that looked done is wrong today: its first page with a fault is asked again.
response ask_again(application& app, call const& c, draft const& in, answers_refused const& why) {
  // Sent from two windows, the slower one finds the files gone already.
  auto const now = current_visit(app, c.asked);
  if (now && !now->receipt.empty()) return see_other(in_language("/visit/received", c.spoken));
  for (std::size_t i = 0; i < in.forms.size(); ++i) {
    auto const& form = *in.forms[i].form;
    auto const pages = pages_of(form);
    for (auto const& each : why.by_form[i]) {
      auto const path = forms::read_link_path(form, each.link_path);
      if (each.severity != forms::problem_severity::error || !path || path->empty()) continue;
      for (std::size_t at = 0; at < pages.size(); ++at) {
        if (!pages[at].has(path->front().item)) continue;
        change_visit(app, c,
                     [&](visit& v) { v.of(form).pages_done.erase(name_of(form, pages[at])); });
        return see_other(
            in_language(fmt::format("/visit/{}/{}", form.header().id, at + 1), c.spoken));
      }
    }
  }
  return see_other(in_language("/visit", c.spoken));
}

/// Stored by an earlier try whose answer never came, and changed since: then it is one more
/// version. Nobody else knows this id.
receive_result send_as_next(application& app, draft& in) {
  auto const stored = db::list_versions(app.desk, in.id);
  if (stored.empty() || stored.back().version < in.version) return id_taken{};
  in.version = stored.back().version + 1;
  if (!keep_received(app, in)) return not_now{};
  return receive(app, in);
}

receive_result send(application& app, visit const& v, draft& in) {
  if (v.versions_sent > 0 && !keep_received(app, in)) return not_now{};
  auto result = receive(app, in);
  return std::holds_alternative<id_taken>(result) ? send_as_next(app, in) : result;
}

}  // namespace

response visit_send(application& app, call const& c) {
  auto const v = current_visit(app, c.asked);
  if (!v) return no_visit(app, c);
  if (auto other = of_other_visit(app, c, *v)) return *std::move(other);
  if (!v->receipt.empty()) return see_other(in_language("/visit/received", c.spoken));
  auto const plan = plan_visit(app, *v, c.spoken, c.asked.received);
  if (!plan.sendable()) return see_other(in_language("/visit", c.spoken));
  if (auto const wait = too_many(app, c.asked, v->row.id)) {
    return slowed(show_check(app, c, *v, 429, "check.too_often"), *wait);
  }
  auto in = packet_of(c, *v, plan);
  in.location = place_of(app, c, *v);
  in.files = open_files(app, *v);
  auto const result = send(app, *v, in);
  if (auto const* done = std::get_if<received>(&result)) {
    tell_day_list(app, c, *v, plan.ready());
    return plan.ready() ? sent(app, c, *done) : sent_some(app, c, in, *done);
  }
  if (auto const* why = std::get_if<answers_refused>(&result)) return ask_again(app, c, in, *why);
  if (std::holds_alternative<id_taken>(result)) return show_check(app, c, *v, 409, "form.conflict");
  auto busy = show_check(app, c, *v, 503, "check.busy");
  busy.fields.push_back({"retry-after", "60"});
  return busy;
}

response visit_received(application& app, call const& c) {
  auto const v = current_visit(app, c.asked);
  if (!v) return no_visit(app, c);
  bool const is_all = !v->receipt.empty();
  if (!is_all && v->versions_sent == 0) return see_other(in_language("/visit", c.spoken));
  auto const say = [&](std::string_view key) { return app.words.say(c.spoken, key); };
  page_model model;
  model.set("TITLE", say("received.title"))
      .set("RECEIPT", spoken_receipt(is_all ? v->receipt : v->receipt_so_far))
      .set("RECEIPT_LABEL", say("received.receipt"))
      .set("KEEP", say("received.keep"))
      .set("NEXT_TITLE", say("received.next_title"))
      .set("NEXT", say("received.next"));
  auto const at = static_cast<std::size_t>(c.spoken);
  for (std::size_t i = at; i < v->warnings.size(); i += all_languages.size()) {
    model.add("WARNING").set("TEXT", v->warnings[i]);
  }
  if (at < v->decision.size()) {
    model.add("INSURANCE")
        .set("INSURANCE_TITLE", say("received.insurance_title"))
        .set("DECISION", v->decision[at]);
  }
  if (at < v->term.size()) model.add("TERM").set("TERM_TEXT", v->term[at]);
  if (!others_forms(*v).empty()) {
    model.add("ANOTHER")
        .set("ANOTHER_ACTION", in_language("/visit/another", c.spoken))
        .set("VISIT", visit_mark(app, *v))
        .set("ANOTHER", say("received.another"));
  }
  if (!is_all) {
    model.add("GO_ON")
        .set("TEXT", say("received.go_on"))
        .set("URL", in_language("/visit", c.spoken));
  }
  // A file on the clinic's tablet would be the next patient's to find.
  if (v->entry.by == "device") {
    return show_in_visit(
        app, *v, {.title = say("received.title"), .spoken = c.spoken, .path = "/visit/received"},
        "received", model);
  }
  model.add("COPY")
      .set("COPY_URL", in_language("/visit/copy.pdf", c.spoken))
      .set("COPY_TEXT", say("received.copy"))
      .set("COPY_NOTE", is_all ? say("received.copy_note") : "")
      .set("DONE_ACTION", in_language("/visit/leave", c.spoken))
      .set("DONE", say("received.done"));
  return show_in_visit(
      app, *v, {.title = say("received.title"), .spoken = c.spoken, .path = "/visit/received"},
      "received", model);
}

response visit_another(application& app, call const& c) {
  auto const v = current_visit(app, c.asked);
  if (auto other = v ? of_other_visit(app, c, *v) : std::nullopt) return *std::move(other);
  auto kept = v && (v->versions_sent > 0 || !v->receipt.empty()) ? others_forms(*v)
                                                                 : std::vector<begun_form>{};
  if (kept.empty()) return no_visit(app, c);
  if (auto const wait = too_many(app, c.asked, v->row.id)) {
    return slowed(refuse(app, 429, "Too many packets are begun at once.", &c.asked), *wait);
  }
  auto const begun =
      begin_visit(app, c.asked, {.kind = v->kind, .forms = std::move(kept), .entry = v->entry});
  auto made = see_other(in_language("/visit", c.spoken));
  made.fields.push_back({"set-cookie", begun.set_cookie});
  return made;
}

response visit_copy(application& app, call const& c) {
  auto const v = current_visit(app, c.asked);
  bool const was_sent = v && (!v->receipt.empty() || v->versions_sent > 0);
  if (!was_sent || v->entry.by == "device") return no_visit(app, c);
  auto const stored = db::open_submission(app.desk, v->row.id);
  auto const reading = stored ? open_record(app.keks, app.forms, *stored) : record_reading{};
  if (!reading.record) return refuse(app, 503, "The copy can't be made now.", &c.asked);
  auto copy = render_copy({app.settings, app.forms, app.clock, app.keys, app.words, app.drawer},
                          stored->head, *reading.record, pdf::copy_profile::patient);
  if (!copy.defects.empty()) return refuse(app, 500, "The copy would not be whole.", &c.asked);
  auto entry = entry_of(c, "pdf-downloaded");
  entry.subject = stored->head.id;
  entry.version = stored->head.version;
  entry.content = app.keys.keyed_hash(certs::key_role::document_hash, certs::as_bytes(copy.bytes));
  app.writer.append(std::move(entry));
  return pdf_response(std::move(copy.bytes),
                      copy_file_name(stored->head, pdf::copy_profile::patient),
                      disposition::attachment);
}

}  // namespace intake::service::patients

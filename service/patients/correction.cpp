#include "db/appointment_acts.hpp"
#include "db/drafts.hpp"
#include "db/invitations.hpp"
#include "db/submissions.hpp"
#include "forms/from_fields.hpp"
#include "service/audit.hpp"
#include "service/copy.hpp"
#include "service/dispatch.hpp"
#include "service/guards.hpp"
#include "service/pages/shell.hpp"
#include "service/patients/form_show.hpp"
#include "service/patients/form_view.hpp"
#include "service/patients/month_names.hpp"
#include "service/patients/page_acts.hpp"
#include "service/patients/page_body.hpp"
#include "service/patients/page_post.hpp"
#include "service/patients/page_problems.hpp"
#include "service/patients/patients.hpp"
#include "service/patients/send_again.hpp"
#include "service/patients/task_plan.hpp"
#include "service/patients/visit_frame.hpp"
#include "service/patients/wall_times.hpp"
#include "service/receive.hpp"
#include "service/responses.hpp"

#include <algorithm>

namespace intake::service::patients {
namespace {

/// The record and what of it was asked: a question, a group of them, or a form that is not in it.
struct corrected {
  db::submission_head head;
  opened_record record;
  opened_form* form = nullptr;
  /// Null: the whole form.
  forms::item const* item = nullptr;

  bool is_question() const { return item != nullptr && forms::is_question(*item); }
};

/// The form of the record; a whole one that is not in it yet is begun.
opened_form* asked_form(application const& app, opened_record& record,
                        visit_correction const& what) {
  for (auto& each : record.forms) {
    if (each.form->canonical() == what.form) return &each;
  }
  auto const* const form = app.forms.library.find(what.form);
  if (form == nullptr || !what.link_id.empty()) return nullptr;
  return &record.forms.emplace_back(opened_form{form, {}, {}});
}

/// A question of a list's rows says nothing without its row, and a linkId names none of them: all
/// rows are asked again.
forms::item const& with_its_rows(forms::questionnaire const& form, forms::item const& item) {
  auto const* whole = &item;
  for (auto const* at = form.parent_of(item); at != nullptr; at = form.parent_of(*at)) {
    if (at->repeats) whole = at;
  }
  return *whole;
}

std::optional<corrected> open_corrected(application& app, visit_correction const& what) {
  auto stored = db::open_submission(app.desk, what.submission);
  auto reading = stored ? open_record(app.keks, app.forms, *stored) : record_reading{};
  if (!reading.record || reading.record->void_since) return std::nullopt;
  corrected found{std::move(stored->head), std::move(*reading.record)};
  found.form = asked_form(app, found.record, what);
  if (found.form == nullptr) return std::nullopt;
  if (what.link_id.empty()) return found;
  auto const* const item = found.form->form->find(what.link_id);
  if (item == nullptr) return std::nullopt;
  found.item = &with_its_rows(*found.form->form, *item);
  return found;
}

/// The siblings among which a question or a group below groups that do not repeat stands.
std::vector<forms::answered_item>& level_of(forms::answers& all, forms::questionnaire const& form,
                                            forms::item const& item) {
  auto const* const parent = form.parent_of(item);
  if (parent == nullptr) return all.items;
  auto& above = level_of(all, form, *parent);
  auto const there = std::ranges::find(above, parent->index, &forms::answered_item::item);
  if (there != above.end()) return there->items;
  return forms::add_occurrence(above, parent->index).items;
}

void replace_answer(forms::answers& all, forms::answers typed, forms::questionnaire const& form,
                    forms::item const& item) {
  auto& level = level_of(all, form, item);
  std::erase_if(level, [&](auto const& each) { return each.item == item.index; });
  for (auto& each : level_of(typed, form, item)) {
    if (each.item == item.index) forms::add_occurrence(level, item.index) = each;
  }
}

/// Puts what was typed into the record.
void put_typed(visit const& v, corrected& what, forms::answers typed) {
  auto& all = what.form->response.answers;
  keep_below(all.items, typed.items);
  if (v.entry.by == "staff") mark_as_staffs(all.items, typed.items);
  if (what.item == nullptr) {
    all = std::move(typed);
  } else {
    replace_answer(all, std::move(typed), *what.form->form, *what.item);
  }
}

forms::item_index top_of(forms::questionnaire const& form, forms::item const& item) {
  auto const* at = &item;
  for (auto const* up = form.parent_of(*at); up != nullptr; up = form.parent_of(*at)) at = up;
  return at->index;
}

/// The items on the page at the top of the form; nothing: all of it.
std::optional<page_items> page_of(corrected const& of) {
  if (of.item == nullptr) return std::nullopt;
  return page_items{{top_of(*of.form->form, *of.item)}};
}

struct shown_question {
  visit const& by;
  corrected const& of;
  forms::answers const& answers;
  std::vector<forms::named_value> const& typed;
  std::vector<forms::problem> const& problems;
  int status = 200;
  std::string_view notice{};
  /// Files chosen on this page are lost when it is shown again; the record's are not.
  form_view::files_are files = form_view::files_are::lost;
};

response show(application const& app, call const& c, shown_question const& shown) {
  auto const say = [&](std::string_view key) { return app.words.say(c.spoken, key); };
  auto const& form = *shown.of.form->form;
  auto const page = page_of(shown.of);
  bool const one = shown.of.is_question();
  form_view const view{.form = form,
                       .answers = shown.answers,
                       .typed = shown.typed,
                       .problems = shown.problems,
                       .spoken = c.spoken,
                       .title = say(one ? "correction.title" : "correction.part_title"),
                       .page = page ? &*page : nullptr,
                       .only = page ? shown.of.item->index : forms::no_item,
                       .today = app.clock.fhir_date(c.asked.received),
                       .files = shown.files};
  page_model model;
  model.set("TITLE", view.title)
      .set("SEND", say("form.send"))
      .set("ACTION", in_language("/visit/correction", c.spoken));
  auto& caption = model.add("CAPTION");
  caption.set("TEXT", std::string(form.header().title.in(tag(c.spoken))));
  mark_foreign(caption, form.header().title, form, c.spoken);
  model.add("ANSWERS_NOTE").set("TEXT", say(one ? "correction.lead" : "correction.part_lead"));
  if (!shown.notice.empty()) model.add("NOTICE").set("NOTICE_TEXT", say(shown.notice));
  model.add("CARRIED")
      .set("NAME", std::string(visit_mark_field))
      .set("VALUE", visit_mark(app, shown.by));
  add_form_items(model, view, kit_of(app));
  return show_in_visit(
      app, shown.by,
      {.status = shown.status, .title = view.title, .spoken = c.spoken, .form_id = "answers"},
      "form", model);
}

/// Where the visit is that it was sent for; empty where it was for none of the day list.
std::string place_of(application& app, certs::uuid const& submission) {
  auto const visits = db::visits_of(app.desk, {&submission, 1});
  return visits.empty() ? std::string() : visits.front().location;
}

draft draft_of(call const& c, visit const& v, corrected const& what) {
  draft in;
  in.id = what.head.id;
  in.version = what.head.version + 1;
  for (auto const& each : what.record.forms) {
    in.forms.push_back({each.form, {each.response.envelope, each.response.answers, {}}});
  }
  for (auto const& code : what.record.head.missing) {
    bool const now = what.item == nullptr && code == "form:" + what.form->form->header().id;
    if (code.starts_with("form:") && !now) in.not_sent.push_back(code.substr(5));
  }
  in.files = kept_files(what.record);
  in.entry = v.entry.by.empty() ? what.record.entry : v.entry;
  in.sender = entry_of(c, {});
  if (v.entry.by == "staff") in.sender.who = db::actor_kind::staff;
  in.sender.actor = v.entry.account;
  in.received = c.asked.received;
  in.language = what.record.head.language;
  return in;
}

response thank(application& app, call const& c, visit const& v, received const& done) {
  if (v.invitation) {
    db::mark_invitation_received(app.portal, *v.invitation, c.asked.received);
  }
  db::remove_draft(app.portal, v.row.id);
  auto const title = app.words.say(c.spoken, "correction.thanks");
  page_model model;
  model.set("TITLE", title);
  model.add("PARAGRAPH")
      .set("TEXT",
           app.words.say(c.spoken, "correction.kept", {{"receipt", spoken_receipt(done.receipt)}}));
  if (v.entry.by == "staff") {
    model.add("LINK")
        .set("URL", "/desk/submissions/" + certs::to_string(done.id))
        .set("TEXT", app.words.say(c.spoken, "correction.back_to_desk"));
  }
  auto made = show_page(app, {.title = title, .spoken = c.spoken}, "message", model);
  if (v.entry.by == "device") {
    wipe_device(made);
    made.fields.push_back({"refresh", "30; url=" + in_language("/device/end", c.spoken)});
    return made;
  }
  made.fields.push_back({"set-cookie", forget_visit_cookie()});
  return made;
}

/// What came with the page, and which of its buttons was pressed.
struct typed_again {
  page_acts acts;
  bool switches = false;
  std::optional<language> switch_to;
  /// A file that the record has was taken out.
  bool removed = false;
  std::vector<forms::named_value> typed;
  forms::fields_result read;

  bool only_looks() const {
    return switches || removed || acts.another || acts.searched || acts.dropped;
  }
};

typed_again read_typed(application const& app, corrected const& what, page_body& body) {
  auto const& form = *what.form->form;
  typed_again post;
  post.acts = take_acts(form, body.fields);
  post.removed = !take_removed(body).empty();
  for (auto const& [name, value] : body.fields) {
    post.typed.push_back({name, value});
    if (name != "_switch") continue;
    post.switches = true;
    post.switch_to = offered_language(app, value);
  }
  std::vector<forms::attachment> held;
  for (auto const& each : attachments_of(what.record)) held.push_back(*each.file);
  auto const readable = with_zones(app.clock, with_month_numbers(body.fields));
  post.read = forms::from_fields(form, with_files(readable, body), held);
  return post;
}

/// It was answered, here or in another window, or its time is over.
response gone(application const& app, call const& c) {
  auto const title = app.words.say(c.spoken, "correction.gone_title");
  page_model model;
  model.set("TITLE", title);
  model.add("PARAGRAPH").set("TEXT", app.words.say(c.spoken, "correction.gone"));
  return show_page(app, {.status = 409, .title = title, .spoken = c.spoken}, "message", model);
}

/// What staff typed while their session ended is kept for them to send once they are back.
response kept_for_staff(application& app, call const& c) {
  auto again = waits_for_staff(app, c.asked) ? send_again_page(app, c.asked, c.spoken, 401)
                                             : std::optional<response>{};
  return again ? std::move(*again) : gone(app, c);
}

/// What is wrong with the one question; what the rest says is not the patient's to read here.
std::vector<forms::problem> own_problems(draft const& in, corrected const& what,
                                         answers_refused const& why) {
  std::vector<forms::problem> own;
  for (std::size_t i = 0; i < in.forms.size(); ++i) {
    if (in.forms[i].form != what.form->form) continue;
    for (auto const& each : why.by_form[i]) {
      auto const path = forms::read_link_path(*what.form->form, each.link_path);
      bool const mine = what.item == nullptr ||
                        (path && !path->empty() &&
                         (path->back().item == what.item->index ||
                          what.form->form->contains(what.item->index, path->back().item)));
      if (mine) own.push_back(each);
    }
  }
  return own;
}

}  // namespace

response correction_page(application& app, call const& c) {
  auto const v = current_visit(app, c.asked);
  if (!v || !v->correction) return no_visit(app, c);
  auto const what = open_corrected(app, *v->correction);
  if (!what) return refuse(app, 404, "There is no such question any more.", &c.asked);
  auto const& form = *what->form->form;
  auto const& answers = what->form->response.answers;
  auto const page = page_of(*what);
  auto const typed = on_the_wall(
      app.clock, forms::to_fields(form, page ? with_page({}, *page, answers) : answers));
  return show(app, c,
              {.by = *v,
               .of = *what,
               .answers = answers,
               .typed = typed,
               .problems = {},
               .files = form_view::files_are::kept});
}

response correction(application& app, call const& c) {
  auto const v = current_visit(app, c.asked);
  if (auto other = v ? of_other_visit(app, c, *v) : std::nullopt) return *std::move(other);
  if (!v || !v->correction) return kept_for_staff(app, c);
  auto what = open_corrected(app, *v->correction);
  if (!what) return refuse(app, 404, "There is no such question any more.", &c.asked);
  auto body = read_page_body(c.asked);
  if (!body) return refuse(app, 400, "The page's fields could not be read.", &c.asked);
  auto const post = read_typed(app, *what, *body);
  auto spoken = c;
  spoken.spoken = post.switch_to.value_or(c.spoken);
  auto const again = [&](std::vector<forms::problem> const& problems, int status,
                         std::string_view notice) {
    return show(app, spoken,
                {.by = *v,
                 .of = *what,
                 .answers = post.read.answers,
                 .typed = post.typed,
                 .problems = problems,
                 .status = status,
                 .notice = notice});
  };
  if (post.only_looks()) return again({}, 200, post.acts.dropped ? "form.dropped" : "");
  if (auto const wait = too_often(app, c.asked)) {
    return slowed(again({}, 429, "form.too_often"), *wait);
  }
  if (post.acts.unchosen) return again({}, 422, "form.choose_found");
  if (forms::any_error(post.read.problems)) {
    return again(at_questions(*what->form->form, post.read.problems), 422, "");
  }
  put_typed(*v, *what, post.read.answers);
  auto in = draft_of(c, *v, *what);
  in.location = place_of(app, in.id);
  auto const result = receive(app, in);
  if (auto const* done = std::get_if<received>(&result)) return thank(app, c, *v, *done);
  if (auto const* why = std::get_if<answers_refused>(&result)) {
    auto const own = own_problems(in, *what, *why);
    return again(own, 422, own.empty() ? "correction.more" : "");
  }
  if (std::holds_alternative<id_taken>(result)) return again({}, 409, "form.conflict");
  auto busy = again({}, 503, "form.busy");
  busy.fields.push_back({"retry-after", "60"});
  return busy;
}

}  // namespace intake::service::patients

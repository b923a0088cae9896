#include "db/submissions.hpp"
#include "forms/enablement.hpp"
#include "forms/link_path.hpp"
#include "service/audiences.hpp"
#include "service/audit.hpp"
#include "service/copy.hpp"
#include "service/copy_profiles.hpp"
#include "service/desk/desk.hpp"
#include "service/desk/record_refusals.hpp"
#include "service/desk/record_sides.hpp"
#include "service/desk/record_summary.hpp"
#include "service/desk/staff_act.hpp"
#include "service/desk/staff_entry.hpp"
#include "service/desk/trends.hpp"
#include "service/dispatch.hpp"
#include "service/expected_person.hpp"
#include "service/guards.hpp"
#include "service/pages/shell.hpp"
#include "service/patients/answer_words.hpp"
#include "service/record.hpp"

#include <algorithm>
#include <map>

namespace intake::service::desk {
namespace {

/// The answers of a version in words, by form and question; those of repetitions joined.
using answer_texts = std::map<std::pair<std::string, std::string>, std::string>;

/// Where the patient read in another language than staff do.
std::optional<language> other_language(summary const& head) {
  auto const spoken = parse_language(head.language);
  return spoken == language::en ? std::nullopt : spoken;
}

class answer_reader {
 public:
  answer_reader(application const& app, role_view const& view, language spoken = language::en)
      : app_(app), view_(view), spoken_(spoken) {}

  answer_texts read(opened_record const& record) {
    answer_texts all;
    for (auto const& each : record.forms) {
      collect(*each.form, each.response.answers.items, each.form->header().id, all);
    }
    return all;
  }

  bool may_read(forms::item const& item) const { return view_.answers.has(item.audience); }

 private:
  void collect(forms::questionnaire const& form, std::vector<forms::answered_item> const& items,
               std::string const& form_id, answer_texts& all) {
    for (auto const& each : items) {
      auto const& item = form.at(each.item);
      if (!item.hidden && !each.answers.empty() && may_read(item)) {
        auto& text = all[{form_id, item.link_id}];
        if (!text.empty()) text += "; ";
        text += patients::answers_words(form, each, spoken_, app_.words, app_.clock);
      }
      collect(form, each.items, form_id, all);
    }
  }

  application const& app_;
  role_view const& view_;
  language spoken_;
};

struct page_maker {
  application& app;
  answer_reader& reader;
  answer_texts const& now;
  answer_texts const& before;
  /// As the patient gave them, where that is another language.
  answer_texts const& own;
  std::optional<language> spoken;
  bool has_birth_date;

  void add_form(page_model& model, opened_form const& each) {
    auto const& form = *each.form;
    auto const id = form.header().id;
    page_model* block = nullptr;
    for (auto const& item : form.items()) {
      if (item.hidden || !forms::is_question(item) || !reader.may_read(item)) continue;
      auto const answer = now.find({id, item.link_id});
      auto const old = before.find({id, item.link_id});
      bool const top = can_be_asked_alone(form, item);
      if (answer == now.end() && old == before.end() && !top) continue;
      if (block == nullptr) {
        block = &model.add("FORM").set("FORM_NAME", form.header().title.text);
      }
      auto& row = block->add("ROW");
      row.set("QUESTION", std::string(forms::text_in(item, "en")))
          .set("ANSWER", answer == now.end() ? "(no answer)" : answer->second);
      auto const text = answer == now.end() ? std::string() : answer->second;
      auto const old_text = old == before.end() ? std::string() : old->second;
      if (!before.empty() && text != old_text) {
        row.add("BEFORE").set("TEXT", old_text.empty() ? "(no answer)" : old_text);
      }
      add_own_words(row, id, item, text);
      if (top) add_acts(row, form, item);
    }
  }

  void add_own_words(page_model& row, std::string const& form_id, forms::item const& item,
                     std::string const& english) {
    if (!spoken) return;
    auto const code = std::string(tag(*spoken));
    auto const question = std::string(forms::text_in(item, code));
    if (question != forms::text_in(item, "en")) {
      row.add("OWN_QUESTION").set("LANG", code).set("TEXT", question);
    }
    auto const answer = own.find({form_id, item.link_id});
    if (answer != own.end() && answer->second != english) {
      row.add("OWN_ANSWER").set("LANG", code).set("TEXT", answer->second);
    }
  }

  void add_acts(page_model& row, forms::questionnaire const& form, forms::item const& item) {
    auto& acts = row.add("ACTS").set("FORM", form.canonical()).set("ITEM", item.link_id);
    if (has_birth_date) acts.add("ASK");
  }
};

/// The version before, in words; empty where there is none.
answer_texts texts_before(application& app, db::submission_head const& head,
                          answer_reader& reader) {
  if (head.version == 1) return {};
  auto const old = db::open_submission(app.desk, head.id, head.version - 1);
  auto const opened = old ? open_record(app.keks, app.forms, *old) : record_reading{};
  return opened.record ? reader.read(*opened.record) : answer_texts{};
}

void add_head(page_model& model, application const& app, call const& c,
              db::submission_head const& stored, opened_record const& record) {
  auto const& head = record.head;
  model
      .set("BORN", head.birth_date.empty() ? "date of birth not given"
                                           : "born " + app.clock.written_date(head.birth_date))
      .set("RECEIPT", spoken_receipt(stored.receipt))
      .set("RECEIVED", app.clock.date_and_time(stored.received))
      .set("SHOWN", std::to_string(stored.version))
      .set("CSRF", csrf_token(c.staff->record))
      .set("SELF", "/desk/submissions/" + certs::to_string(stored.id));
  if (head.filled_in != "staff") return;
  auto& by = model.add("BY_STAFF").set("WHO", record.entry.name);
  if (record.entry.interpreter.empty()) return;
  by.add("INTERPRETER").set("NAME", record.entry.interpreter);
}

void add_emergency(page_model& model, call const& c, certs::uuid id) {
  if (c.emergency) {
    model.add("EMERGENCY");
  } else if (c.staff->role != db::account_role::clinician) {
    model.add("MORE").set("EMERGENCY_URL",
                          "/desk/submissions/" + certs::to_string(id) + "/emergency");
  }
}

bool may_export(call const& c) {
  return c.staff->role == db::account_role::clinician || c.staff->role == db::account_role::manager;
}

}  // namespace

response submission_page(application& app, call const& c) {
  auto const id = certs::parse_uuid(c.path["id"]);
  auto const stored = id ? db::open_submission(app.desk, *id, asked_version(c)) : std::nullopt;
  if (!stored) return refuse(app, 404, "There is no such submission.", &c.asked);
  auto entry = entry_of(c, "submission-opened");
  entry.subject = *id;
  entry.version = stored->head.version;
  auto const reading = open_record(app.keks, app.forms, *stored);
  if (!reading.record) return cannot_show(app, c, std::move(entry), reading.fault);
  auto const& record = *reading.record;
  auto const& head = record.head;
  auto const profile = copies_for(c.staff->role).front();
  auto const spoken = other_language(head);
  auto const& view = view_of(c.staff->role);
  answer_reader reader(app, view);
  answer_reader own_reader(app, view, spoken.value_or(language::en));
  auto const now = reader.read(record);
  auto const before = texts_before(app, stored->head, reader);
  auto const own = spoken ? own_reader.read(record) : answer_texts{};
  auto const called = name_of(expected_person{.family = head.family, .given = head.given});
  auto const name = called.empty() ? std::string("(no name given)") : called;
  page_model model;
  model.set("TITLE", name);
  add_head(model, app, c, stored->head, record);
  add_emergency(model, c, *id);
  add_record_summary(model,
                     copy_of({app.settings, app.forms, app.clock, app.keys, app.words, app.drawer},
                             stored->head, record, profile));
  auto const acts = record_acts_of(app.desk, app.keks, *id);
  add_void(model, app, acts, *id);
  add_notes(model, app, acts, *id);
  entry.shown = add_same_patient(model, app, acts, *id, head);
  auto const same = opened_along(c, acts, *id);
  for (auto const& each : add_trends(model, app, view, stored->head, record, same)) {
    if (std::ranges::count(entry.shown, each) == 0) entry.shown.push_back(each);
  }
  if (may_export(c)) model.add("EXPORT").set("SAME", std::to_string(same.size()));
  add_versions(model, app, *id, stored->head.version);
  add_files(model, c, stored->head, record);
  // Without a birth date nobody could open the link.
  page_maker maker{app, reader, now, before, own, spoken, !head.birth_date.empty()};
  for (auto const& each : record.forms) maker.add_form(model, each);
  app.writer.append(std::move(entry));
  add_seen_by(model, app, *id);
  return show_page(app, {.title = name, .staff = &*c.staff}, "desk_submission", model);
}

}  // namespace intake::service::desk

#include "db/invitations.hpp"
#include "db/submissions.hpp"
#include "forms/enablement.hpp"
#include "forms/link_path.hpp"
#include "service/audit.hpp"
#include "service/copy.hpp"
#include "service/copy_profiles.hpp"
#include "service/desk/desk.hpp"
#include "service/desk/staff_act.hpp"
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

class answer_reader {
 public:
  answer_reader(application const& app, pdf::copy_profile profile) : app_(app), profile_(profile) {}

  answer_texts read(opened_record const& record) {
    answer_texts all;
    for (auto const& each : record.forms) {
      collect(*each.form, each.response.answers.items, each.form->header().id, all);
    }
    return all;
  }

  bool may_read(forms::item const& item) const { return pdf::may_show(profile_, item.audience); }

 private:
  void collect(forms::questionnaire const& form, std::vector<forms::answered_item> const& items,
               std::string const& form_id, answer_texts& all) {
    for (auto const& each : items) {
      auto const& item = form.at(each.item);
      if (!item.hidden && !each.answers.empty() && may_read(item)) {
        auto& text = all[{form_id, item.link_id}];
        if (!text.empty()) text += "; ";
        text += patients::answers_words(form, each, language::en, app_.words, app_.clock);
      }
      collect(form, each.items, form_id, all);
    }
  }

  application const& app_;
  pdf::copy_profile profile_;
};

/// One question alone can be asked again: not one of a list's rows, nor below an answer.
bool can_be_asked_again(forms::questionnaire const& form, forms::item const& item) {
  if (!forms::is_question(item) || item.read_only) return false;
  for (auto const* at = form.parent_of(item); at != nullptr; at = form.parent_of(*at)) {
    if (at->type != forms::item_type::group || at->repeats) return false;
  }
  return true;
}

struct page_maker {
  application& app;
  answer_reader& reader;
  answer_texts const& now;
  answer_texts const& before;
  bool has_birth_date;

  void add_form(page_model& model, opened_form const& each) {
    auto const& form = *each.form;
    auto const id = form.header().id;
    page_model* block = nullptr;
    for (auto const& item : form.items()) {
      if (item.hidden || !forms::is_question(item) || !reader.may_read(item)) continue;
      auto const answer = now.find({id, item.link_id});
      auto const old = before.find({id, item.link_id});
      bool const top = can_be_asked_again(form, item);
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
      if (top && has_birth_date)
        row.add("ASK").set("FORM", form.canonical()).set("ITEM", item.link_id);
    }
  }
};

void add_versions(page_model& model, application& app, certs::uuid id, std::int32_t shown) {
  for (auto const& each : db::list_versions(app.desk, id)) {
    auto& row = model.add("VERSION");
    auto const path = "/desk/submissions/" + certs::to_string(id);
    auto const number = std::to_string(each.version);
    row.set("NUMBER", number)
        .set("RECEIVED", app.clock.date_and_time(each.received))
        .set("PDF_URL", path + ".pdf?version=" + number);
    row.add(each.version == shown ? "CURRENT" : "OTHER")
        .set("URL", path + "?version=" + number)
        .set("NUMBER", number);
  }
}

response cannot_show(application& app, call const& c, db::audit_entry entry,
                     std::string const& why) {
  entry.outcome = db::audit_outcome::failed;
  app.writer.append(std::move(entry));
  page_model model;
  model.set("TITLE", "This submission can't be shown");
  model.add("PARAGRAPH").set("TEXT", why + " Tell your administrator.");
  return show_page(app, {.status = 500, .title = "Can't be shown", .staff = &*c.staff}, "message",
                   model);
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
  answer_reader reader(app, copies_for(c.staff->role).front());
  auto const now = reader.read(*reading.record);
  answer_texts before;
  if (stored->head.version > 1) {
    auto const old = db::open_submission(app.desk, *id, stored->head.version - 1);
    auto const opened = old ? open_record(app.keks, app.forms, *old) : record_reading{};
    if (opened.record) before = reader.read(*opened.record);
  }
  auto const& head = reading.record->head;
  auto const called = name_of(expected_person{.family = head.family, .given = head.given});
  auto const name = called.empty() ? std::string("(no name given)") : called;
  page_model model;
  model.set("TITLE", name)
      .set("BORN", head.birth_date.empty() ? "date of birth not given"
                                           : "born " + app.clock.written_date(head.birth_date))
      .set("RECEIPT", spoken_receipt(stored->head.receipt))
      .set("RECEIVED", app.clock.date_and_time(stored->head.received))
      .set("CSRF", csrf_token(c.staff->record))
      .set("ACTION", "/desk/submissions/" + certs::to_string(*id) + "/ask-again");
  if (head.filled_in == "staff") model.add("BY_STAFF").set("WHO", reading.record->entry.name);
  add_versions(model, app, *id, stored->head.version);
  if (head.files > 0) {
    model.add("FILES").set("URL",
                           "/desk/submissions/" + certs::to_string(*id) +
                               "/attachments?version=" + std::to_string(stored->head.version));
  }
  // Without a birth date nobody could open the link.
  page_maker maker{app, reader, now, before, !head.birth_date.empty()};
  for (auto const& each : reading.record->forms) maker.add_form(model, each);
  app.writer.append(std::move(entry));
  return show_page(app, {.title = name, .staff = &*c.staff}, "desk_submission", model);
}

}  // namespace intake::service::desk

// From when until when a text may be signed: set here in the place of what the form says, after it
// was shown how many would have to sign again.
#include "forms/editions.hpp"
#include "forms/insurance/calendar.hpp"
#include "service/audit.hpp"
#include "service/clinic/acts.hpp"
#include "service/clinic/clinic.hpp"
#include "service/clinic/edition_change.hpp"
#include "service/clinic/in_force.hpp"
#include "service/desk/staff_act.hpp"
#include "service/dispatch.hpp"
#include "service/guards.hpp"
#include "service/http/fields.hpp"
#include "service/pages/shell.hpp"
#include "service/responses.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace intake::service::clinic {
namespace {

struct found_text {
  forms::questionnaire const* form = nullptr;
  forms::item const* text = nullptr;
};

std::optional<found_text> find_text(form_store const& store, std::string_view edition) {
  for (auto const& form : store.library.forms()) {
    for (auto const& each : form->items()) {
      if (!edition.empty() && each.edition.id == edition) return found_text{form.get(), &each};
    }
  }
  return std::nullopt;
}

std::string key_of(forms::text_edition const& edition) {
  return std::string(edition_keys) + edition.id;
}

std::string path_of(forms::text_edition const& edition) {
  return "/desk/clinic/editions/" + percent_encode(edition.id);
}

std::string days_in_words(forms::text_edition const& edition) {
  return fmt::format("from {} until {}", edition.valid_from.empty() ? "ever" : edition.valid_from,
                     edition.must_stop.empty() ? "further notice" : edition.must_stop);
}

/// What is wanted of an edition, as far as it could be read.
struct typed_days {
  forms::text_edition days;
  bool is_undo = false;
  std::vector<problem> wrong{};
};

void read_day(typed_days& typed, std::string_view field, std::string& into,
              std::string const& text) {
  into = text;
  if (text.empty()) return;
  auto const read = forms::insurance::read_table_date(text);
  if (read) {
    into = forms::insurance::write_date(read->day);
  } else {
    typed.wrong.push_back({field, "Write the day as 12/31/2026 or 2026-12-31, or leave it empty."});
  }
}

typed_days read_typed(application const& now, call const& c, forms::text_edition const& edition) {
  typed_days typed{.days = edition};
  auto const act = desk::field_of_body(c, "act");
  typed.is_undo = act == "undo" || desk::field_of_body(c, "undo") == "yes";
  if (typed.is_undo) {
    typed.days = find_text(now.live.of_files().forms, edition.id)->text->edition;
  } else if (act == "begin") {
    typed.days.valid_from = now.clock.fhir_date(c.asked.received);
  } else if (act == "stop") {
    typed.days.must_stop = now.clock.fhir_date(c.asked.received);
  } else {
    read_day(typed, "from", typed.days.valid_from, one_line(desk::field_of_body(c, "from")));
    read_day(typed, "until", typed.days.must_stop, one_line(desk::field_of_body(c, "until")));
  }
  auto const& days = typed.days;
  bool const both = typed.wrong.empty() && !days.valid_from.empty() && !days.must_stop.empty();
  if (both && days.must_stop < days.valid_from) {
    typed.wrong.push_back({"until", "The last day is before the first one."});
  }
  return typed;
}

page_model frame_of(application const& app, call const& c, found_text const& of) {
  page_model model;
  auto const& edition = of.text->edition;
  model.set("TEXT", std::string(forms::text_in(*of.text, "en")))
      .set("EDITION", edition.id)
      .set("FORM", std::string(of.form->header().title.text))
      .set("VERSION", of.form->header().version)
      .set("NOW", days_in_words(edition))
      .set("ACTION", path_of(edition))
      .set("CSRF", csrf_token(c.staff->record))
      .set("SEEN", std::to_string(app.set.number_of(key_of(edition))));
  return model;
}

response show(application const& app, call const& c, found_text const& of, typed_days const& typed,
              int status) {
  auto model = frame_of(app, c, of);
  model.set("FROM", typed.days.valid_from).set("UNTIL", typed.days.must_stop);
  auto const key = key_of(of.text->edition);
  add_source(model, app, key, "the form's own days");
  if (app.set.find(key) != nullptr) {
    auto const own = find_text(app.live.of_files().forms, of.text->edition.id);
    model.add("UNDO").set("FILE_VALUE", days_in_words(own->text->edition));
  }
  model.add(forms::may_be_signed(of.text->edition, app.clock.fhir_date(c.asked.received))
                ? "RUNS"
                : "RESTS");
  for (auto const& each : typed.wrong) add_problem(model, each);
  return show_page(app, {.status = status, .title = of.text->edition.id, .staff = &*c.staff},
                   "clinic_edition", model);
}

void audit_count(application& app, call const& c, counted_change const& counted) {
  auto entry = entry_of(c, "consents-due-shown");
  entry.shown = counted.read;
  app.writer.append(std::move(entry));
}

/// A version of a form is put to patients on days on which all its texts may be signed.
void add_resting(page_model& model, found_text const& of, form_store const& after,
                 std::string const& day) {
  auto const* const form = after.library.find(of.form->canonical());
  if (form == nullptr) return;
  for (auto const& each : form->items()) {
    if (forms::may_be_signed(each.edition, day)) continue;
    if (model.count("RESTING") == 0) {
      model.add("RESTING").set("VERSION", form->header().version).set("DAY", day);
    }
    model.last("RESTING").add("OTHER").set("NAME", std::string(forms::text_in(each, "en")));
  }
}

/// Who opened what is in the trail before the number is shown.
response show_confirm(application& app, call const& c, found_text const& of,
                      typed_days const& typed, edition_change const& change) {
  auto const counted = count_to_sign_again(app, change);
  audit_count(app, c, counted);
  auto model = frame_of(app, c, of);
  model.set("FROM", typed.days.valid_from)
      .set("UNTIL", typed.days.must_stop)
      .set("THEN", days_in_words(typed.days))
      .set("RECORDS", std::to_string(counted.read.size()));
  if (typed.is_undo) model.add("IS_UNDO");
  if (auto const first = std::max(typed.days.valid_from, change.today);
      forms::may_be_signed(typed.days, first)) {
    add_resting(model, of, change.after, first);
  }
  if (counted.unread > 0) model.add("UNREAD").set("COUNT", std::to_string(counted.unread));
  for (auto const& each : counted.days) {
    model.add("DAY")
        .set("DATE", app.clock.written_date(each.day))
        .set("AFTER", std::to_string(each.after))
        .set("BEFORE", std::to_string(each.before));
  }
  return show_page(app, {.title = of.text->edition.id, .staff = &*c.staff},
                   "clinic_edition_confirm", model);
}

wish wish_of(typed_days const& typed) {
  if (typed.is_undo) return {key_of(typed.days), std::nullopt};
  return {key_of(typed.days), to_set_value(typed.days)};
}

}  // namespace

response edition_page(application& app, call const& c) {
  auto const& now = looked_at_now(app);
  auto const of = find_text(now.forms, c.path["id"]);
  if (!of) return refuse(app, 404, "There is no such edition.", &c.asked);
  return show(now, c, *of, {.days = of->text->edition}, 200);
}

response edition_change_days(application& app, call const& c) {
  auto& now = looked_at_now(app);
  auto const of = find_text(now.forms, c.path["id"]);
  if (!of) return refuse(app, 404, "There is no such edition.", &c.asked);
  auto typed = read_typed(now, c, of->text->edition);
  if (!typed.wrong.empty()) return show(now, c, *of, typed, 422);
  auto const wanted = wish_of(typed);
  auto const after = with_days(now.live.of_files().forms, with_wish(now, wanted).editions);
  edition_change const change{now.forms, after, of->text->edition.id,
                              now.clock.fhir_date(c.asked.received)};
  if (auto why = why_gap(change); !why.empty()) {
    typed.wrong.push_back({"until", std::move(why)});
    return show(now, c, *of, typed, 422);
  }
  if (desk::field_of_body(c, "act") != "set") return show_confirm(now, c, *of, typed, change);
  if (has_seen(now, c, wanted.key) && carry_out(now, c, wanted)) return see_other("/desk/clinic");
  typed.wrong.push_back({"from", std::string(overtaken)});
  auto const& newer = app.live.current();
  return show(newer, c, *find_text(newer.forms, c.path["id"]), typed, 409);
}

}  // namespace intake::service::clinic

#include "db/errors.hpp"
#include "forms/editions.hpp"
#include "forms/from_fields.hpp"
#include "forms/plan/carry_over.hpp"
#include "service/dispatch.hpp"
#include "service/guards.hpp"
#include "service/pages/shell.hpp"
#include "service/patients/answer_check.hpp"
#include "service/patients/form_show.hpp"
#include "service/patients/page_files.hpp"
#include "service/patients/page_post.hpp"
#include "service/patients/page_problems.hpp"
#include "service/patients/patients.hpp"
#include "service/patients/task_plan.hpp"
#include "service/patients/visit_files.hpp"
#include "service/patients/visit_frame.hpp"
#include "service/patients/wall_times.hpp"
#include "service/responses.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>

#include <fmt/format.h>

namespace intake::service::patients {
namespace {

using part = form_view::part;

/// Which page of which form an address names.
struct page_place {
  forms::questionnaire const* form = nullptr;
  std::vector<page_items> pages;
  std::size_t at = 0;
  page_items const& page() const { return pages[at]; }
};

std::optional<page_place> place_of(application const& app, call const& c, visit const* v) {
  auto const id = c.path["form"];
  auto const* begun = v != nullptr ? v->find(id) : nullptr;
  page_place place;
  place.form = begun != nullptr
                   ? begun->form
                   : app.forms.library.find_presentable(id, app.clock.fhir_date(c.asked.received));
  if (place.form == nullptr) return std::nullopt;
  place.pages = pages_of(*place.form);
  auto const number = c.path["page"];
  auto const [end, error] = std::from_chars(number.data(), number.data() + number.size(), place.at);
  bool const good = error == std::errc{} && end == number.data() + number.size() && place.at >= 1 &&
                    place.at <= place.pages.size();
  if (!good) return std::nullopt;
  --place.at;
  return place;
}

struct shown_page {
  page_place const& place;
  forms::answers const& answers;
  std::vector<forms::named_value> const& typed;
  std::vector<forms::problem> const& problems;
  part shows = part::questions;
  language spoken = language::en;
  std::vector<patient_warning> warnings{};
  int status = 200;
  /// Key of a sentence above all; empty: none.
  std::string_view notice{};
  /// Of the draft, for the page's script; 0: there is none.
  std::int64_t revision = 0;
  /// Null where there is none any more.
  visit const* of = nullptr;
};

/// A page whose visit is not there now keeps its mark for when it is.
std::string mark_on(application const& app, shown_page const& shown) {
  if (shown.of != nullptr) return visit_mark(app, *shown.of);
  auto const sent = std::ranges::find(shown.typed, visit_mark_field, &forms::named_value::name);
  return sent == shown.typed.end() ? std::string() : sent->value;
}

response show(application const& app, call const& c, shown_page const& shown) {
  auto const& place = shown.place;
  auto const& form = *place.form;
  auto const say = [&](std::string_view key) { return app.words.say(shown.spoken, key); };
  bool const below = shown.shows == part::questions_below_answers;
  bool const from_check = query_value(c.asked, "from") == "check";
  auto const path = fmt::format("/visit/{}/{}", form.header().id, place.at + 1);
  form_view const view{
      .form = form,
      .answers = shown.answers,
      .typed = shown.typed,
      .problems = shown.problems,
      .spoken = shown.spoken,
      .title = title_of(form, place.page(), tag(shown.spoken)),
      .page = &place.page(),
      .shows = shown.shows,
      .today = app.clock.fhir_date(c.asked.received),
      .files = shown.of != nullptr ? form_view::files_are::kept : form_view::files_are::lost};
  page_model model;
  model.set("TITLE", view.title)
      .set("SEND", say("visit.continue"))
      .set("ACTION", in_language(path, shown.spoken) + (from_check ? "&from=check" : ""));
  model.add("BACK")
      .set("TEXT", say("visit.back"))
      .set("URL", below ? in_language(path, shown.spoken)
                        : in_language(from_check ? "/visit/check" : "/visit", shown.spoken));
  auto& caption = model.add("CAPTION");
  caption.set("TEXT", std::string(form.header().title.in(tag(shown.spoken))));
  mark_foreign(caption, form.header().title, form, shown.spoken);
  auto const& first = form.at(place.page().items.front());
  bool const own_title = first.type == forms::item_type::group && !first.text.empty();
  mark_foreign(model, own_title ? first.text : form.header().title, form, shown.spoken,
               "TITLE_FOREIGN");
  add_warnings(model, shown.warnings, shown.spoken);
  if (shown.revision > 0) model.add("DRAFT").set("REVISION", std::to_string(shown.revision));
  if (below) model.add("CARRIED").set("NAME", "_below").set("VALUE", "1");
  model.add("CARRIED").set("NAME", "_form").set("VALUE", form.canonical());
  auto const mark = mark_on(app, shown);
  if (!mark.empty()) {
    model.add("CARRIED").set("NAME", std::string(visit_mark_field)).set("VALUE", mark);
  }
  if (!below && may_add_another(form, place.page()))
    model.add("ANOTHER").set("TEXT", say("visit.another"));
  if (!shown.notice.empty()) model.add("NOTICE").set("NOTICE_TEXT", say(shown.notice));
  add_form_items(model, view, kit_of(app));
  page_frame const frame{
      .status = shown.status, .title = view.title, .spoken = shown.spoken, .form_id = "answers"};
  return shown.of != nullptr ? show_in_visit(app, *shown.of, frame, "form", model)
                             : show_page(app, frame, "form", model);
}

bool below_answer(page_place const& place, forms::problem const& each) {
  auto const path = forms::read_link_path(*place.form, each.link_path);
  return path && lies_below_answer(*place.form, *path);
}

bool on_this_page(page_place const& place, forms::problem const& each, part shows) {
  auto const path = forms::read_link_path(*place.form, each.link_path);
  if (!path || path->empty() || !place.page().has(path->front().item)) return false;
  return shows == part::questions_below_answers || !lies_below_answer(*place.form, *path);
}

std::vector<forms::problem> problems_of(application const& app, call const& c,
                                        page_place const& place, forms::response all, part shows) {
  auto found = check_answers(app, *place.form, std::move(all), c.asked.received);
  std::erase_if(found, [&](auto const& each) { return !on_this_page(place, each, shows); });
  return at_questions(*place.form, found);
}

std::string next_address(application const& app, call const& c, visit const& v,
                         page_place const& place) {
  if (query_value(c.asked, "from") == "check") return in_language("/visit/check", c.spoken);
  auto const plan = plan_visit(app, v, c.spoken, c.asked.received);
  auto const* task = plan.find(place.form->header().id);
  if (task == nullptr) return in_language("/visit", c.spoken);
  auto const count = task->pages.size();
  for (std::size_t step = 1; step < count; ++step) {
    auto const at = (place.at + step) % count;
    bool const open = task->asked[at] && (!task->done[at] || at > place.at);
    if (!open) continue;
    return in_language(fmt::format("/visit/{}/{}", place.form->header().id, at + 1), c.spoken);
  }
  return in_language("/visit", c.spoken);
}

/// Puts the page's answers into the visit.
void put_page(visit& v, page_place const& place, page_post const& post) {
  auto& begun = v.of(*place.form);
  auto now = post.read.answers;
  if (!post.knows_below()) keep_below(begun.answers.items, now.items);
  if (v.entry.by == "staff") mark_as_staffs(begun.answers.items, now.items);
  begun.answers = with_page(std::move(begun.answers), place.page(), now);
}

response save(application& app, call const& c, page_place const& place, page_post const& post) {
  bool asks_more = false;
  auto const saved = change_visit(app, c, [&](visit& v) {
    auto& begun = v.of(*place.form);
    put_page(v, place, post);
    asks_more = !post.knows_below() && asks_below_answers(*place.form, place.page(), begun.answers);
    auto const& name = name_of(*place.form, place.page());
    if (asks_more) {
      begun.pages_done.erase(name);
    } else {
      begun.pages_done.insert(name);
    }
  });
  if (!saved) return no_visit(app, c);
  if (takes_files(*place.form, place.page())) drop_unnamed_files(app, *saved);
  auto const path = fmt::format("/visit/{}/{}", place.form->header().id, place.at + 1);
  bool const from_check = query_value(c.asked, "from") == "check";
  auto const here = in_language(path, c.spoken) + (from_check ? "&from=check" : "");
  if (asks_more) return see_other(here + "&below=1");
  return see_other(post.acts.another ? here : next_address(app, c, *saved, place));
}

response script_answer(int status, std::string text, std::int64_t revision) {
  auto made = plain_response(status, std::move(text));
  if (revision > 0) made.fields.push_back({"intake-draft", std::to_string(revision)});
  return made;
}

/// What a page's script sends while the patient is still typing: kept as it is, judged by nobody.
/// What comes late, after the page was sent or another window saved, is refused with 409 and the
/// draft's revision: a page that is still open saves once more, one that is gone no longer matters.
response autosave(application& app, call const& c, page_place const& place, page_post const& post) {
  bool current = false;
  auto const saved = change_visit(app, c, [&](visit& v) {
    current = std::to_string(v.row.revision) == post.autosave;
    if (current) put_page(v, place, post);
  });
  if (!saved) return script_answer(410, app.words.say(c.spoken, "visit.ended_keep"), 0);
  if (!current) return script_answer(409, "", saved->row.revision);
  bool const whole = !forms::any_error(post.read.problems);
  return script_answer(200, app.words.say(c.spoken, whole ? "script.saved" : "script.saved_part"),
                       saved->row.revision);
}

/// Takes it out of what is kept too; what else was typed waits for "Continue".
void remove_file(application& app, call const& c, page_place const& place, page_post const& post,
                 forms::answers const& shown) {
  auto const hash = post.removed.substr(post.removed.find(':') + 1);
  auto saved = change_visit(
      app, c, [&](visit& v) { take_out(v.of(*place.form).answers, place.page(), hash); });
  if (!saved) return;
  saved->of(*place.form).answers = shown;
  drop_unnamed_files(app, *saved);
}

/// The page again with what was typed, because there is nothing to save it in at this moment.
response not_saved(application const& app, call const& c, int status, std::string_view notice) {
  auto const place = place_of(app, c, nullptr);
  if (!place) return refuse(app, 404, "There is no such page.", &c.asked);
  auto const body = read_page_body(c.asked);
  if (!body) return refuse(app, 400, "The page's fields could not be read.", &c.asked);
  auto const post = read_post(app, *place->form, body->fields, {});
  if (!post.autosave.empty()) {
    auto answer = script_answer(status == 422 ? 410 : status, app.words.say(c.spoken, notice), 0);
    if (status == 503) answer.fields.push_back({"retry-after", "10"});
    return answer;
  }
  auto again = show(app, c,
                    {.place = *place,
                     .answers = post.read.answers,
                     .typed = post.typed,
                     .problems = {},
                     .shows = post.shows,
                     .spoken = c.spoken,
                     .status = status,
                     .notice = notice});
  if (status == 503) again.fields.push_back({"retry-after", "10"});
  return again;
}

response take_post(application& app, call const& c, visit const& v) {
  auto const place = place_of(app, c, &v);
  if (!place) return refuse(app, 404, "There is no such page.", &c.asked);
  auto const post = read_visit_post(app, c.asked, v, *place->form, place->page());
  if (!post) return refuse(app, 400, "The page's fields could not be read.", &c.asked);
  auto const* begun = v.find(place->form->header().id);
  // Signed on the page of a text that was replaced meanwhile: the new one is shown, unsigned.
  auto given = post->read.answers;
  if (!post->form.empty() && post->form != place->form->canonical() &&
      !forms::drop_replaced_texts(*place->form, app.forms.library.find(post->form), given)
           .empty()) {
    if (!post->autosave.empty()) {
      return script_answer(410, app.words.say(c.spoken, "form.text_changed"), 0);
    }
    return see_other(in_language(
        fmt::format("/visit/{}/{}", place->form->header().id, place->at + 1), c.spoken));
  }
  if (!post->autosave.empty()) return autosave(app, c, *place, *post);
  forms::response all;
  all.answers = with_page(begun != nullptr ? begun->answers : forms::answers{}, place->page(),
                          post->read.answers);
  all.problems = post->read.problems;
  auto problems = post->file_problems;
  auto shows = post->shows;
  std::string_view notice;
  if (!post->removed.empty()) {
    remove_file(app, c, *place, *post, all.answers);
  } else if (post->acts.dropped) {
    change_visit(app, c, [&](visit& mine) { put_page(mine, *place, *post); });
    notice = "form.dropped";
  } else if (!post->switch_to && !post->acts.searched) {
    std::ranges::move(
        problems_of(app, c, *place, all, post->with_below ? part::questions_below_answers : shows),
        std::back_inserter(problems));
    forms::sort_in_form_order(problems);
    if (!forms::any_error(problems) && !post->acts.unchosen) return save(app, c, *place, *post);
    if (post->acts.unchosen) notice = "form.choose_found";
    bool const all_below =
        std::ranges::all_of(problems, [&](auto const& each) { return below_answer(*place, each); });
    if (post->with_below && all_below) shows = part::questions_below_answers;
  }
  return show(app, c,
              {.place = *place,
               .answers = all.answers,
               .typed = post->typed,
               .problems = problems,
               .shows = shows,
               .spoken = post->switch_to.value_or(c.spoken),
               .warnings = warnings_of(app, v),
               .status = forms::any_error(problems) ? 422 : 200,
               .notice = notice,
               .revision = v.row.revision,
               .of = &v});
}

}  // namespace

response visit_page(application& app, call const& c) {
  auto const v = current_visit(app, c.asked);
  if (!v) return no_visit(app, c);
  if (!v->receipt.empty()) return see_other(in_language("/visit/received", c.spoken));
  auto const place = place_of(app, c, &*v);
  if (!place) return refuse(app, 404, "There is no such page.", &c.asked);
  auto const* begun = v->find(place->form->header().id);
  auto answers = begun != nullptr ? begun->answers : preset_answers(*v, *place->form);
  forms::carry_over(*place->form, v->packet(), answers);
  auto const typed =
      on_the_wall(app.clock, forms::to_fields(*place->form, with_page({}, place->page(), answers)));
  bool const below = query_value(c.asked, "below") == "1" &&
                     asks_below_answers(*place->form, place->page(), answers);
  return show(app, c,
              {.place = *place,
               .answers = answers,
               .typed = typed,
               .problems = {},
               .shows = below ? part::questions_below_answers : part::questions,
               .spoken = c.spoken,
               .warnings = warnings_of(app, *v),
               .revision = v->row.revision,
               .of = &*v});
}

response visit_page_save(application& app, call const& c) {
  if (auto const wait = too_often(app, c.asked)) {
    return slowed(not_saved(app, c, 429, "form.too_often"), *wait);
  }
  try {
    auto const v = current_visit(app, c.asked);
    if (!v) {
      bool const waits = waits_for_staff(app, c.asked);
      return not_saved(app, c, 422, waits ? "visit.staff_ended" : "visit.ended_keep");
    }
    if (auto other = of_other_visit(app, c, *v)) {
      auto const post = read_page_body(c.asked);
      bool const by_script =
          std::ranges::find(post->fields, "_autosave", &form_field::name) != post->fields.end();
      if (by_script) return script_answer(410, app.words.say(c.spoken, "visit.other_kept"), 0);
      return *std::move(other);
    }
    if (!v->receipt.empty()) return see_other(in_language("/visit/received", c.spoken));
    return take_post(app, c, *v);
  } catch (db::unavailable const&) {
    return not_saved(app, c, 503, "form.busy");
  }
}

}  // namespace intake::service::patients

#include "certs/receipt.hpp"
#include "service/copy.hpp"
#include "service/known_items.hpp"
#include "service/pages/shell.hpp"
#include "service/patients/form_view.hpp"
#include "service/patients/patients.hpp"
#include "service/patients/task_plan.hpp"
#include "service/patients/visit_frame.hpp"
#include "service/responses.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace intake::service::patients {
namespace {

struct state_words {
  std::string_view key;
  std::string_view css;
};
constexpr std::array<state_words, 3> states{{{"visit.not_started", "govuk-tag--grey"},
                                             {"visit.started", "govuk-tag--yellow"},
                                             {"visit.done", "govuk-tag--green"}}};

/// The first page that is still open; the first one of a form that is done.
std::size_t page_to_open(task const& each) {
  for (std::size_t i = 0; i < each.pages.size(); ++i) {
    if (each.asked[i] && !each.done[i]) return i;
  }
  for (std::size_t i = 0; i < each.pages.size(); ++i) {
    if (each.asked[i]) return i;
  }
  return 0;
}

void add_task(page_model& list, application const& app, language spoken, task const& each) {
  auto const& id = each.form->header().id;
  auto const& state = states[static_cast<std::size_t>(each.state)];
  auto& shown = list.add("TASK");
  mark_foreign(shown, each.form->header().title, *each.form, spoken);
  shown.set("TASK_ID", "task-" + id)
      .set("URL", in_language(fmt::format("/visit/{}/{}", id, page_to_open(each) + 1), spoken))
      .set("NAME", std::string(each.form->header().title.in(tag(spoken))))
      .set("STATE", app.words.say(spoken, state.key))
      .set("STATE_CLASS", std::string(state.css));
}

void add_code(page_model& model, application const& app, call const& c, visit const& v) {
  auto const code = certs::parse_receipt(v.code);
  if (!code) return;
  // Without a birth date nobody could come back with the code, so it is not promised before.
  bool const works = !forms::code_in(v.packet(), known::birth_date).empty();
  if (!works) {
    model.add("NO_CODE").set("TEXT", app.words.say(c.spoken, "visit.code_later"));
    return;
  }
  model.add("CODE")
      .set("CODE_TITLE", app.words.say(c.spoken, "visit.code_title"))
      .set("CODE_TEXT", app.words.say(c.spoken, "visit.code_text"))
      .set("RESUME_CODE", certs::spoken_form(*code));
}

/// What was sent already, and that staff were asked for help.
void add_so_far(page_model& model, application const& app, call const& c, visit const& v,
                task_plan const& plan) {
  auto const say = [&](std::string_view key) { return app.words.say(c.spoken, key); };
  if (v.versions_sent > 0) {
    // Forms that may wait are in neither number.
    auto const needed = [](task const& t) { return !t.may_wait; };
    auto const is_there = [&](task const& t) {
      return needed(t) &&
             std::ranges::find(v.forms_sent, t.form->header().id) != v.forms_sent.end();
    };
    model.add("SO_FAR").set(
        "TEXT",
        app.words.say(c.spoken, "visit.so_far",
                      {{"sent", std::to_string(std::ranges::count_if(plan.tasks, is_there))},
                       {"all", std::to_string(std::ranges::count_if(plan.tasks, needed))},
                       {"receipt", spoken_receipt(v.receipt_so_far)}}));
  }
  if (v.row.help_asked) {
    model.add("HELP_COMES").set("TEXT", say("help.comes")).set("PHONE", v.help_phone);
  }
  if (v.entry.by.empty() && !v.row.help_asked) {
    model.add("HELP")
        .set("TEXT", say("help.link"))
        .set("URL", in_language("/visit/help", c.spoken));
  }
}

}  // namespace

response task_list(application& app, call const& c) {
  auto const v = current_visit(app, c.asked);
  if (!v) return no_visit(app, c);
  if (!v->receipt.empty()) return see_other(in_language("/visit/received", c.spoken));
  if (v->correction) return see_other(in_language("/visit/correction", c.spoken));
  auto const plan = plan_visit(app, *v, c.spoken, c.asked.received);
  auto const say = [&](std::string_view key) { return app.words.say(c.spoken, key); };
  page_model model;
  model.set("TITLE", say("visit.title"))
      .set("CHECK_URL", in_language("/visit/check", c.spoken))
      .set("LEAVE_ACTION", in_language("/visit/leave", c.spoken))
      .set("LEAVE", say("visit.leave"));
  add_warnings(model, warnings_of(app, *v), c.spoken);
  for (auto const& each : plan.tasks) {
    auto const section = each.may_wait ? "WAITING" : "NEEDED";
    if (model.count(section) == 0) {
      model.add(section).set("LIST_TITLE", say(each.may_wait ? "visit.may_wait" : "visit.needed"));
    }
    add_task(model.last(section), app, c.spoken, each);
  }
  auto const minutes = std::to_string(plan.minutes_left());
  model.set("MINUTES", plan.ready()
                           ? say("visit.ready")
                           : app.words.say(c.spoken, "visit.minutes", {{"minutes", minutes}}));
  if (plan.ready()) model.add("READY").set("TEXT", say("visit.check"));
  if (!plan.ready() && plan.sendable()) model.add("SOME").set("TEXT", say("visit.send_some"));
  if (v->entry.by != "device") add_code(model, app, c, *v);
  add_so_far(model, app, c, *v, plan);
  return show_in_visit(app, *v, {.title = say("visit.title"), .spoken = c.spoken, .path = "/visit"},
                       "visit", model);
}

response visit_leave(application& app, call const& c) {
  auto const v = current_visit(app, c.asked);
  if (v && v->entry.by == "device") {
    end_on_device(app, *v);
    auto wiped = see_other(in_language("/device", c.spoken));
    wipe_device(wiped);
    return wiped;
  }
  if (v && v->entry.by == "staff") {
    let_go_of_visit(app, *v);
    auto back = see_other("/desk/today");
    back.fields.push_back({"set-cookie", forget_visit_cookie()});
    return back;
  }
  auto made = see_other(in_language("/resume", c.spoken));
  made.fields.push_back({"set-cookie", forget_visit_cookie()});
  return made;
}

}  // namespace intake::service::patients

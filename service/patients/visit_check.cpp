#include "service/patients/visit_check.hpp"

#include "forms/enablement.hpp"
#include "service/pages/shell.hpp"
#include "service/patients/answer_words.hpp"
#include "service/patients/patients.hpp"
#include "service/patients/task_plan.hpp"
#include "service/patients/visit_frame.hpp"
#include "service/responses.hpp"

#include <fmt/format.h>

namespace intake::service::patients {
namespace {

class answer_lister {
 public:
  answer_lister(application const& app, call const& c, task const& one, begun_form const& begun)
      : app_(app),
        spoken_(c.spoken),
        task_(one),
        given_(forms::without_disabled(*begun.form, begun.answers)) {}

  void add_to(page_model& model) {
    auto const& form = *task_.form;
    auto& block = model.add("FORM");
    block.set("FORM_NAME", std::string(form.header().title.in(tag(spoken_))));
    for (std::size_t i = 0; i < task_.pages.size(); ++i) {
      if (!task_.asked[i]) continue;
      auto& page = block.add("PAGE");
      page.set("PAGE_NAME", title_of(form, task_.pages[i], tag(spoken_)))
          .set("CHANGE", app_.words.say(spoken_, "check.change"))
          .set("URL", in_language(fmt::format("/visit/{}/{}", form.header().id, i + 1), spoken_) +
                          "&from=check");
      for (auto const& each : given_.items) {
        if (task_.pages[i].has(each.item)) add_rows(page, each);
      }
      if (page.count("ROW") == 0)
        page.add("NONE").set("TEXT", app_.words.say(spoken_, "check.none"));
    }
  }

 private:
  void add_rows(page_model& page, forms::answered_item const& each) {
    auto const& item = task_.form->at(each.item);
    if (!item.hidden && !each.answers.empty()) {
      page.add("ROW")
          .set("QUESTION", std::string(forms::text_in(item, tag(spoken_))))
          .set("ANSWER", answers_words(*task_.form, each, spoken_, app_.words, app_.clock));
    }
    for (auto const& inner : each.items) add_rows(page, inner);
  }

  application const& app_;
  language spoken_;
  task const& task_;
  forms::answers given_;
};

}  // namespace

response show_check(application& app, call const& c, visit const& v, int status,
                    std::string_view notice) {
  auto const plan = plan_visit(app, v, c.spoken, c.asked.received);
  auto const say = [&](std::string_view key) { return app.words.say(c.spoken, key); };
  page_model model;
  auto const title = say(plan.ready() ? "check.title" : "check.some_title");
  model.set("TITLE", title)
      .set("BACK", say("visit.back"))
      .set("BACK_URL", in_language("/visit", c.spoken))
      .set("LEAD", say(plan.ready() ? "check.lead" : "check.some_lead"))
      .set("ACTION", in_language("/visit/send", c.spoken))
      .set("VISIT", visit_mark(app, v))
      .set("SEND", say(plan.ready() ? "check.send" : "visit.send_some"));
  add_warnings(model, warnings_of(app, v), c.spoken);
  if (!notice.empty()) model.add("NOTICE").set("NOTICE_TEXT", say(notice));
  for (auto const& each : plan.tasks) {
    auto const* begun = v.find(each.form->header().id);
    if (each.state == task_state::done) {
      answer_lister(app, c, each, *begun).add_to(model);
    } else if (!each.may_wait || begun != nullptr) {
      if (model.count("MISSING") == 0) {
        model.add("MISSING").set("MISSING_TITLE", say("check.missing"));
      }
      model.last("MISSING")
          .add("MISSING_FORM")
          .set("NAME", std::string(each.form->header().title.in(tag(c.spoken))));
    }
  }
  return show_in_visit(
      app, v, {.status = status, .title = title, .spoken = c.spoken, .path = "/visit/check"},
      "check", model);
}

response visit_check(application& app, call const& c) {
  auto const v = current_visit(app, c.asked);
  if (!v) return no_visit(app, c);
  if (!v->receipt.empty()) return see_other(in_language("/visit/received", c.spoken));
  if (!plan_visit(app, *v, c.spoken, c.asked.received).sendable()) {
    return see_other(in_language("/visit", c.spoken));
  }
  return show_check(app, c, *v, 200);
}

}  // namespace intake::service::patients

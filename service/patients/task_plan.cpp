#include "service/patients/task_plan.hpp"

#include "forms/insurance/calendar.hpp"
#include "forms/link_path.hpp"
#include "forms/plan/effort.hpp"
#include "service/known_items.hpp"
#include "service/patients/answer_check.hpp"

#include <algorithm>
#include <cmath>
#include <span>

namespace intake::service::patients {
namespace {

std::optional<int> age_on(std::string const& birth_date, std::chrono::year_month_day today) {
  auto const born = forms::insurance::read_iso_date(birth_date);
  if (!born) return std::nullopt;
  return forms::insurance::whole_years(*born, std::chrono::sys_days{today});
}

/// Pages that hold an error, by their place in the list.
std::vector<bool> faulty_pages(application const& app, begun_form const& begun,
                               std::vector<page_items> const& pages, certs::utc_time now) {
  std::vector<bool> faulty(pages.size());
  forms::response given;
  given.answers = begun.answers;
  auto const problems = check_answers(app, *begun.form, std::move(given), now);
  for (auto const& each : problems) {
    auto const path = forms::read_link_path(*begun.form, each.link_path);
    if (each.severity != forms::problem_severity::error || !path || path->empty()) continue;
    for (std::size_t i = 0; i < pages.size(); ++i) {
      if (pages[i].has(path->front().item)) faulty[i] = true;
    }
  }
  return faulty;
}

/// Somebody between the shortest and the longest way through.
double typical_minutes(forms::questionnaire const& form) {
  return (forms::least_effort(form).minutes() + forms::greatest_effort(form).minutes()) / 2;
}

bool says_who(forms::questionnaire const& form) {
  return form.find(known::family_name) != nullptr && form.find(known::birth_date) != nullptr;
}

/// Without an invitation nobody knows whose visit it is: where no form of the plan asks, the one
/// that does comes first. Null where a form asks anyway.
forms::questionnaire const* form_that_says_who(forms::library const& library,
                                               std::span<forms::asked_form const> asked) {
  if (std::ranges::any_of(asked, [](auto const& each) { return says_who(*each.form); })) {
    return nullptr;
  }
  for (auto const& form : library.forms()) {
    if (form->header().status == forms::publication_status::active && says_who(*form)) {
      return form.get();
    }
  }
  return nullptr;
}

task task_of(application const& app, forms::questionnaire const& form, begun_form const* begun,
             bool may_wait, certs::utc_time now) {
  static forms::answers const nothing;
  task made{.form = &form,
            .may_wait = may_wait,
            .says_who = says_who(form),
            .pages = pages_of(form),
            .asked = {},
            .done = {}};
  made.asked = pages_asked(form, made.pages, begun != nullptr ? begun->answers : nothing,
                           app.clock.fhir_date(now));
  made.done.resize(made.pages.size());
  if (begun != nullptr) {
    auto const faulty = faulty_pages(app, *begun, made.pages, now);
    for (std::size_t i = 0; i < made.pages.size(); ++i) {
      made.done[i] = !faulty[i] && begun->pages_done.contains(name_of(form, made.pages[i]));
    }
  }
  std::size_t asked = 0;
  std::size_t open = 0;
  for (std::size_t i = 0; i < made.pages.size(); ++i) {
    if (!made.asked[i]) continue;
    ++asked;
    if (!made.done[i]) ++open;
  }
  bool const touched = begun != nullptr && !begun->pages_done.empty();
  made.state = touched ? task_state::started : task_state::not_started;
  if (touched && open == 0) made.state = task_state::done;
  if (asked > 0) {
    made.minutes_left =
        typical_minutes(form) * static_cast<double>(open) / static_cast<double>(asked);
  }
  return made;
}

}  // namespace

task const* task_plan::find(std::string_view form_id) const {
  auto const found = std::ranges::find_if(
      tasks, [&](task const& each) { return each.form->header().id == form_id; });
  return found == tasks.end() ? nullptr : &*found;
}

bool task_plan::ready() const {
  return std::ranges::all_of(
      tasks, [](task const& each) { return each.may_wait || each.state == task_state::done; });
}

bool task_plan::sendable() const {
  return std::ranges::any_of(
      tasks, [](task const& each) { return each.says_who && each.state == task_state::done; });
}

int task_plan::minutes_left() const {
  double minutes = 0;
  for (auto const& each : tasks) {
    if (!each.may_wait) minutes += each.minutes_left;
  }
  return static_cast<int>(std::ceil(minutes));
}

task_plan plan_visit(application const& app, visit const& v, language spoken, certs::utc_time now) {
  task_plan made;
  auto const packet = v.packet();
  auto const answered_kind = forms::code_in(packet, "visit.kind");
  auto const* plan = forms::plan_for(app.forms.packets, answered_kind);
  if (plan == nullptr) plan = forms::plan_for(app.forms.packets, v.kind);
  if (plan == nullptr) return made;
  forms::respondent const who{
      .filler = forms::code_in(packet, "registration.filler"),
      .age_years = age_on(forms::code_in(packet, known::birth_date), app.clock.date(now)),
      .language = std::string(tag(spoken))};
  auto const add = [&](forms::questionnaire const& asked, bool may_wait) {
    auto const* begun = v.find(asked.header().id);
    made.tasks.push_back(
        task_of(app, begun != nullptr ? *begun->form : asked, begun, may_wait, now));
  };
  auto const is_finished = [&](std::string_view id) {
    auto const* begun = v.find(id);
    return begun != nullptr &&
           task_of(app, *begun->form, begun, false, now).state == task_state::done;
  };
  auto const asked =
      forms::asked_forms(app.forms.library, {.plan = *plan,
                                             .who = who,
                                             .so_far = packet,
                                             .earlier = {},
                                             .proxies = app.settings.forms_ask_everybody
                                                            ? forms::proxy_rule::ask_everybody
                                                            : forms::proxy_rule::as_planned,
                                             .is_finished = is_finished});
  if (auto const* first = form_that_says_who(app.forms.library, asked)) add(*first, false);
  for (auto const& each : asked) add(*each.form, each.entry->may_wait);
  return made;
}

}  // namespace intake::service::patients

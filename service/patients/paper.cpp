#include "pdf/blank_form.hpp"
#include "service/copy_texts.hpp"
#include "service/dispatch.hpp"
#include "service/patients/patients.hpp"
#include "service/patients/task_plan.hpp"
#include "service/responses.hpp"

#include <vector>

namespace intake::service::patients {
namespace {

/// What everybody with that reason is asked; what depends on answers is given out at the desk.
std::vector<forms::questionnaire const*> forms_on_paper(application const& app, call const& c,
                                                        forms::packet_plan const& plan) {
  std::vector<forms::questionnaire const*> all;
  for (auto const& entry : plan.entries) {
    if (!entry.only_if.empty() || entry.may_wait) continue;
    auto const* form =
        app.forms.library.find_presentable(entry.form, app.clock.fhir_date(c.asked.received));
    if (form != nullptr) all.push_back(form);
  }
  return all;
}

}  // namespace

response blank_packet(application& app, call const& c) {
  auto const* const plan = forms::plan_for(app.forms.packets, c.path["kind"]);
  if (plan == nullptr) return refuse(app, 404, "There is no such packet.", &c.asked);
  auto const on_paper = forms_on_paper(app, c, *plan);
  if (on_paper.empty()) return refuse(app, 404, "There is no such packet.", &c.asked);
  pdf::copy_facts about;
  about.purpose = app.settings.parsed_mode() == operating_mode::production
                      ? pdf::standing::production
                      : pdf::standing::evaluation;
  about.letterhead = {app.settings.clinic_name, {app.settings.clinic_phone}};
  about.title = std::string(plan->title.in(tag(c.spoken)));
  about.copy_language = tag(c.spoken);
  about.patient_language = about.copy_language;
  about.words = copy_words_in(app.words, c.spoken);
  auto drawn = app.drawer.render(pdf::blank_packet(on_paper, about));
  if (!drawn.defects.empty()) return refuse(app, 500, "The forms would not be whole.", &c.asked);
  return pdf_response(std::move(drawn.bytes), "forms-on-paper.pdf", disposition::attachment);
}

}  // namespace intake::service::patients

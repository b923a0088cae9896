#include "service/patients/answer_check.hpp"

#include "forms/fhirpath/hooks.hpp"
#include "forms/read_only.hpp"
#include "forms/scoring.hpp"
#include "forms/validation.hpp"
#include "service/member_numbers.hpp"

namespace intake::service::patients {

std::vector<forms::problem> check_answers(application const& app, forms::questionnaire const& form,
                                          forms::response given, certs::utc_time now) {
  auto const expressions = forms::fhirpath::hooks_for({app.clock.fhir_date_time(now), {}});
  auto kept = forms::with_read_only(form, std::move(given.answers), {});
  auto computed = forms::recompute(form, std::move(kept.answers), expressions);
  auto const today = app.clock.fhir_date(now);
  auto problems = forms::validate(
      form, computed.answers,
      {.today = today, .held = forms::held_attachments::taken, .expressions = &expressions});
  for (auto const* more : {&given.problems, &kept.problems, &computed.problems}) {
    problems.insert(problems.end(), more->begin(), more->end());
  }
  for (auto& refused : refused_numbers(app.rules.current()->set, form, computed.answers)) {
    problems.push_back(std::move(refused));
  }
  forms::sort_in_form_order(problems);
  return problems;
}

}  // namespace intake::service::patients

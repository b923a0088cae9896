// A payer that does not answer because the clinic is not enrolled there: one task a payer, settled
// by whoever saw to it; then what waited for it is asked again.
#include "db/enrolments.hpp"

#include "service/audit.hpp"
#include "service/billing/billing.hpp"
#include "service/dispatch.hpp"
#include "service/eligibility/asking.hpp"
#include "service/eligibility/questions.hpp"
#include "service/eligibility/rounds.hpp"
#include "service/guards.hpp"
#include "service/responses.hpp"
#include "service/whole_number.hpp"

#include <fmt/format.h>

namespace intake::service::billing {
namespace {

/// Visits beyond what rounds ask ahead are asked about in their turn.
void ask_again(application& app, call const& c, std::string const& payer) {
  auto const today = std::chrono::sys_days{app.clock.date(c.asked.received)};
  for (auto day = today; day <= today + eligibility::asked_ahead_max; day += std::chrono::days(1)) {
    for (auto const& row : eligibility::work_of_day(app, day, c.asked.received).rows) {
      if (row.next_action() != "enrolment" || row.told.payer != payer) continue;
      eligibility::queue(app.desk,
                         {.submission = row.submission,
                          .coverage = row.told.number,
                          .why = db::request_reason::demand,
                          .actor = c.staff->record.account},
                         c.asked.received);
    }
  }
}

}  // namespace

void add_enrolments(page_model& model, application& app, call const& c) {
  for (auto const& task : db::open_enrolment_tasks(app.desk)) {
    model.add("ENROLMENT")
        .set("PAYER", task.payer)
        .set("CODE", task.code)
        .set("SINCE", app.clock.date_and_time(task.opened))
        .set("ACTION", fmt::format("/desk/eligibility/enrolments/{}", task.number))
        .set("CSRF", csrf_token(c.staff->record));
  }
}

response enrolment_settled(application& app, call const& c) {
  auto const number = whole_number<std::int64_t>(c.path["number"]);
  auto const payer = number ? db::settle_enrolment_task(app.desk, *number, c.staff->record.account,
                                                        c.asked.received)
                            : std::nullopt;
  if (!payer) {
    return refuse(app, 404, "There is no such task, or somebody settled it already.", &c.asked);
  }
  app.writer.append(entry_of(c, "enrolment-settled"));
  if (eligibility::is_connected(app.settings)) ask_again(app, c, *payer);
  return see_other("/desk/eligibility?show=enrolment");
}

}  // namespace intake::service::billing

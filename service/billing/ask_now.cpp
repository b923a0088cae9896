#include "service/audit.hpp"
#include "service/billing/billing.hpp"
#include "service/billing/one_coverage.hpp"
#include "service/billing/rule_pages.hpp"
#include "service/billing/work_place.hpp"
#include "service/dispatch.hpp"
#include "service/eligibility/asking.hpp"
#include "service/eligibility/asking_rules.hpp"
#include "service/eligibility/questions.hpp"
#include "service/responses.hpp"

namespace intake::service::billing {
namespace {

std::string why_not(application const& app, eligibility::work_row const& row, certs::utc_time now) {
  if (!eligibility::is_connected(app.settings)) {
    return "There is no line to a clearinghouse: [eligibility] clearinghouse_url. Write the day's "
           "questions to a file, or ask on the payer's website.";
  }
  if (auto why = why_not_sent(row.told); !why.empty()) return "It can't be asked: " + why + ".";
  return eligibility::why_not_even_on_demand(row, now);
}

}  // namespace

response ask_now(application& app, call const& c) {
  auto const place = read_work_place(app, c);
  auto const row = one_coverage(app, c);
  if (!place || !row) return refuse(app, 404, "There is no such coverage.", &c.asked);
  if (auto const why = why_not(app, *row, c.asked.received); !why.empty()) {
    return rules_message(app, c, 409, "Not asked", why);
  }
  auto entry = entry_of(c, "eligibility-wanted");
  entry.subject = row->submission;
  entry.version = row->version;
  app.writer.append(std::move(entry));
  eligibility::queue(app.desk,
                     {.submission = row->submission,
                      .coverage = row->told.number,
                      .why = db::request_reason::demand,
                      .actor = c.staff->record.account},
                     c.asked.received);
  return see_other(coverage_url(*row, *place));
}

}  // namespace intake::service::billing

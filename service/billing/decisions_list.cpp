#include "certs/receipt.hpp"
#include "service/audit.hpp"
#include "service/billing/billing.hpp"
#include "service/billing/decision_rows.hpp"
#include "service/billing/rule_pages.hpp"
#include "service/dispatch.hpp"
#include "service/pages/shell.hpp"

namespace intake::service::billing {
namespace {

constexpr std::string_view filters[] = {"", "not_accepted", "review", "accept_with_conditions",
                                        "accept"};

void add_row(page_model& table, application const& app, decision_row const& each) {
  auto const receipt = certs::parse_receipt(each.head.receipt);
  table.add("ROW")
      .set("RECEIVED", app.clock.date_and_time(each.head.first_received))
      .set("PATIENT", each.patient.family.empty() && each.patient.given.empty()
                          ? "(no name given)"
                          : each.patient.family + ", " + each.patient.given)
      .set("BORN", app.clock.written_date(each.patient.birth_date))
      .set("OUTCOME", std::string(outcome_words(each.patient.outcome)))
      .set("RULE", each.patient.rule)
      .set("REASON", each.reason)
      .set("RECEIPT", receipt ? certs::spoken_form(*receipt) : each.head.receipt)
      .set("PDF_URL", "/desk/submissions/" + certs::to_string(each.head.id) + ".pdf");
}

}  // namespace

response decisions_list(application& app, call const& c) {
  auto const wanted = read_wanted(c.asked.query);
  if (!wanted) return refuse(app, 400, "There is no such list of decisions.", &c.asked);
  auto const found = decisions_of(app, *wanted);
  page_model model;
  for (auto const filter : filters) {
    auto& link = model.add("FILTER");
    link.add(filter == wanted->outcome ? "CURRENT" : "OTHER")
        .set("URL", "/desk/decisions" + query_of({std::string(filter), {}}))
        .set("NAME", filter.empty() ? "All" : std::string(outcome_words(filter)));
  }
  model.set("CSV_URL", "/desk/decisions.csv" + query_of(*wanted));
  if (found.rows.empty()) model.add("EMPTY");
  if (wanted->after) {
    model.add("LATER")
        .set("TIME", app.clock.date_and_time(wanted->after->first_received))
        .set("URL", "/desk/decisions" + query_of({wanted->outcome, {}}));
  }
  if (found.last) {
    model.add("OLDER").set("URL", "/desk/decisions" + query_of({wanted->outcome, found.last}));
  }
  if (!found.rows.empty()) {
    auto& table = model.add("TABLE");
    for (auto const& each : found.rows) add_row(table, app, each);
  }
  auto entry = entry_of(c, "list-shown");
  for (auto const& each : found.rows) entry.shown.push_back(each.head.id);
  app.writer.append(std::move(entry));
  return show_page(app, {.title = "Insurance decisions", .staff = &*c.staff}, "decisions_list",
                   model);
}

}  // namespace intake::service::billing

#include "db/accounts.hpp"
#include "forms/insurance/calendar.hpp"
#include "forms/insurance/csv.hpp"
#include "service/audit.hpp"
#include "service/dispatch.hpp"
#include "service/http/fields.hpp"
#include "service/log.hpp"
#include "service/pages/shell.hpp"
#include "service/reports/report_rows.hpp"
#include "service/reports/reports.hpp"

#include <initializer_list>

namespace intake::service::reports {
namespace {

/// A page shows no more; the spreadsheet has them all.
constexpr std::size_t page_rows_max = 500;

std::string query_of(report_question const& asked) {
  return "?report=" + std::string(word_of(asked.kind)) +
         "&receipt=" + percent_encode(asked.receipt) + "&account=" + percent_encode(asked.account) +
         "&from=" + percent_encode(asked.from) + "&until=" + percent_encode(asked.until);
}

void add_questions(page_model& model, application const& app, call const& c,
                   report_question const& asked) {
  auto const today = app.clock.fhir_date(c.asked.received);
  auto const from = asked.from.empty() ? today + "T00:00" : asked.from;
  auto const until = asked.until.empty() ? today + "T23:59" : asked.until;
  model.set("RECEIPT", asked.receipt).set("FROM", from).set("UNTIL", until);
  for (auto const& each : db::list_accounts(app.desk)) {
    auto& choice = model.add("ACCOUNT").set("NAME", each.name);
    if (each.name == asked.account) choice.add("CHOSEN");
  }
}

void add_rows(page_model& model, application const& app, report const& made,
              report_question const& asked) {
  auto& block = model.add("RESULT");
  block.set("COUNT", std::to_string(made.rows.size()))
      .set("CSV_URL", "/desk/reports.csv" + query_of(asked));
  if (made.cut_short) block.add("CUT");
  if (made.rows.empty()) return;
  auto& table = block.add("TABLE");
  for (std::size_t at = 0; at < made.rows.size() && at < page_rows_max; ++at) {
    auto const& row = made.rows[at];
    table.add("ROW")
        .set("WHEN", app.clock.date_and_time(row.at))
        .set("WHO", row.who)
        .set("ACT", row.outcome == "done" ? row.act : row.act + " (" + row.outcome + ")")
        .set("WAY", row.way)
        .set("RECEIPT", row.receipt)
        .set("PURPOSE", row.purpose);
  }
  if (made.rows.size() > page_rows_max) block.add("MORE");
}

void append_line(std::string& csv, std::initializer_list<std::string_view> cells) {
  bool first = true;
  for (auto const cell : cells) {
    if (!std::exchange(first, false)) csv += ',';
    forms::insurance::append_csv_cell(csv, cell, forms::insurance::formula_policy::disarm);
  }
  csv += "\r\n";  // RFC 4180 2.1
}

std::string table_of(report const& made) {
  // Excel takes a file without the mark for Windows-1252.
  std::string csv = "\xEF\xBB\xBF";
  append_line(csv, {"time", "who", "act", "way", "receipt", "outcome", "purpose", "address"});
  for (auto const& row : made.rows) {
    append_line(csv, {to_rfc3339(row.at), row.who, row.act, row.way, row.receipt, row.outcome,
                      row.purpose, row.address});
  }
  return csv;
}

}  // namespace

response reports_page(application& app, call const& c) {
  auto const asked = read_question(c.asked);
  auto const made = answer(app, c, asked);
  page_model model;
  add_questions(model, app, c, asked);
  if (!made.fault.empty()) {
    model.add("WRONG").set("WRONG_TEXT", made.fault);
  } else if (asked.kind != report_kind::none) {
    add_rows(model, app, made, asked);
  }
  return show_page(
      app, {.status = made.fault.empty() ? 200 : 422, .title = "Reports", .staff = &*c.staff},
      "reports", model);
}

response reports_export(application& app, call const& c) {
  auto const asked = read_question(c.asked);
  auto const made = answer(app, c, asked);
  if (asked.kind == report_kind::none || !made.fault.empty()) {
    return refuse(app, 400, "There is no such report.", &c.asked);
  }
  auto csv = table_of(made);
  auto entry = entry_of(c, "report-exported");
  entry.shown = made.records;
  entry.content = app.keys.keyed_hash(certs::key_role::document_hash, certs::as_bytes(csv));
  app.writer.append(std::move(entry));
  response file;
  file.fields = {{"content-type", "text/csv; charset=utf-8"},
                 {"content-disposition", "attachment; filename=\"intake-report.csv\""}};
  file.body = std::move(csv);
  return file;
}

}  // namespace intake::service::reports

#include "db/rule_sets.hpp"
#include "forms/insurance/words.hpp"
#include "service/billing/billing.hpp"
#include "service/billing/rule_pages.hpp"
#include "service/http/multipart.hpp"
#include "service/pages/shell.hpp"
#include "service/responses.hpp"
#include "service/rule_store.hpp"

namespace intake::service::billing {
namespace {

namespace insurance = forms::insurance;

std::vector<named_file> tables_in(request const& asked) {
  std::vector<named_file> files;
  for (auto const& part : parts_of(asked)) {
    if (!part.file_name || !insurance::lower_case(*part.file_name).ends_with(".csv")) continue;
    files.push_back({*part.file_name, std::string(part.content)});
  }
  return files;
}

response show_report(application& app, call const& c, insurance::check_report const& report) {
  page_model model;
  add_report(model, report);
  return show_page(app, {.status = 422, .title = "Nothing was kept", .staff = &*c.staff},
                   "rules_report", model);
}

}  // namespace

response rules_upload(application& app, call const& c) {
  auto const files = tables_in(c.asked);
  if (files.empty()) {
    return rules_message(app, c, 422, "No tables came",
                         "Choose the CSV files of your rule tables: accept.csv, payers.csv and the "
                         "others, all at once.");
  }
  std::vector<insurance::named_text> tables;
  for (auto const& file : files) tables.push_back({file.name, file.text});
  auto const report = insurance::check_rules(tables, today_of(app, c));
  if (!report.good()) return show_report(app, c, report);
  auto const name = rule_set_name(*report.set);
  auto const change = db::import_rule_set(
      app.desk, {*parse_hash(name), c.asked.received, certs::to_string(c.staff->record.account)},
      kept_files(files));
  if (change == db::rule_set_change::done) audit_act(app, c, "rules-imported", name);
  return see_other("/desk/rules/" + name);
}

}  // namespace intake::service::billing

#include "service/billing/rule_pages.hpp"

#include "service/audit.hpp"
#include "service/pages/shell.hpp"

namespace intake::service::billing {
namespace {

namespace insurance = forms::insurance;

struct severity_words {
  std::string_view words;
  std::string_view tag_class;
};

severity_words words_of(insurance::severity level) {
  switch (level) {
    case insurance::severity::error:
      return {"Error", "govuk-tag--red"};
    case insurance::severity::warning:
      return {"Warning", "govuk-tag--yellow"};
    case insurance::severity::note:
      break;
  }
  return {"Note", "govuk-tag--grey"};
}

}  // namespace

insurance::date today_of(application const& app, call const& c) {
  return std::chrono::sys_days{app.clock.date(c.asked.received)};
}

void audit_act(application& app, call const& c, std::string action, std::string const& hash,
               db::audit_outcome outcome) {
  auto entry = entry_of(c, std::move(action));
  entry.purpose = "rule set " + hash;
  entry.outcome = outcome;
  app.writer.append(std::move(entry));
}

void add_report(page_model& model, insurance::check_report const& report) {
  auto& shown = model.add("REPORT");
  shown.set("VERDICT", report.good() ? "No errors: these tables can be activated."
                                     : "There are errors: these tables can't be activated.");
  if (report.set) {
    shown.add("FIGURES")
        .set("TESTS", std::to_string(report.tests_run - report.tests_failed) + " of " +
                          std::to_string(report.tests_run))
        .set("PLANS",
             std::to_string(report.plans_accepted) + " of " + std::to_string(report.plans_listed));
  }
  if (report.found.empty()) return;
  auto& table = shown.add("FINDINGS");
  for (auto const& each : report.found) {
    auto const words = words_of(each.level);
    table.add("FINDING")
        .set("LEVEL", std::string(words.words))
        .set("TAG_CLASS", std::string(words.tag_class))
        .set("PLACE", insurance::place_of(each))
        .set("MESSAGE", each.message)
        .set("HINT", each.hint);
  }
}

response rules_message(application const& app, call const& c, int status, std::string_view title,
                       std::string_view sentence) {
  page_model model;
  model.set("TITLE", std::string(title)).set("SENTENCE", std::string(sentence));
  return show_page(app, {.status = status, .title = std::string(title), .staff = &*c.staff},
                   "rules_message", model);
}

}  // namespace intake::service::billing

#include "forms/insurance/change.hpp"
#include "service/billing/billing.hpp"
#include "service/billing/rule_pages.hpp"
#include "service/dispatch.hpp"
#include "service/guards.hpp"
#include "service/pages/shell.hpp"
#include "service/rule_lives.hpp"
#include "service/rule_store.hpp"

#include <algorithm>
#include <ranges>

namespace intake::service::billing {
namespace {

namespace insurance = forms::insurance;

/// More than this nobody reads on a page; `intake rules diff` prints all of them.
constexpr std::size_t shown_rows_max = 200;

std::string_view kind_words(insurance::row_change_kind kind) {
  if (kind == insurance::row_change_kind::added) return "Added";
  return kind == insurance::row_change_kind::removed ? "Removed" : "Changed";
}

void add_difference(page_model& model, insurance::rule_set const& deciding,
                    insurance::rule_set const& wanted) {
  auto const rows = insurance::changed_rows(deciding, wanted);
  auto& shown = model.add("DIFFERENCE");
  shown.set("COUNT", std::to_string(rows.size()));
  for (auto const& row : rows | std::views::take(shown_rows_max)) {
    shown.add("CHANGE")
        .set("TABLE", row.table + ".csv")
        .set("ID", row.id)
        .set("KIND", std::string(kind_words(row.kind)))
        .set("BEFORE", row.before)
        .set("AFTER", row.after);
  }
  if (rows.size() > shown_rows_max) {
    shown.add("MORE").set("MORE_COUNT", std::to_string(rows.size() - shown_rows_max));
  }
}

void add_acts(page_model& model, application const& app, call const& c, rule_set_life const& life,
              insurance::check_report const& report) {
  auto const csrf = csrf_token(c.staff->record);
  auto const url = "/desk/rules/" + hash_text(life.imported.hash);
  auto const mine = std::ranges::find(life.approver_accounts, c.staff->record.account);
  if (mine == life.approver_accounts.end()) {
    model.add("APPROVE").set("CSRF", csrf).set("APPROVE_URL", url + "/approve");
  }
  auto const approvals = static_cast<int>(life.approvers.size());
  if (auto const why = why_unfit(app.settings, report); !why.empty()) {
    model.add("UNFIT").set("WHY", why);
  } else if (approvals < app.settings.rules_approvers) {
    model.add("WAITING")
        .set("HAVE", std::to_string(approvals))
        .set("NEED", std::to_string(app.settings.rules_approvers));
  } else {
    model.add("ACTIVATE")
        .set("CSRF", csrf)
        .set("ACTIVATE_URL", url + "/activate")
        .set("TODAY", insurance::write_date(today_of(app, c)));
  }
  if (life.in_force) model.add("LEAVE").set("CSRF", csrf).set("LEAVE_URL", url + "/leave");
}

}  // namespace

response rule_set_page(application& app, call const& c) {
  auto const hash = parse_hash(c.path["hash"]);
  auto const lives = rule_set_lives(app.desk, today_of(app, c));
  auto const life = std::ranges::find_if(
      lives, [&](rule_set_life const& each) { return hash && each.imported.hash == *hash; });
  if (life == lives.end()) return refuse(app, 404, "There is no such rule set.", &c.asked);
  auto const report = check_stored(app.desk, *hash, today_of(app, c));
  page_model model;
  model.set("NAME", hash_text(*hash))
      .set("CALLS_URL", "/desk/rules/" + hash_text(*hash) + "/calls")
      .set("STATE", std::string(state_words(*life)))
      .set("IMPORTED", app.clock.date_and_time(life->imported.imported))
      .set("IMPORTER", actor_words(app.desk, life->imported.actor));
  for (auto const& approver : life->approvers) model.add("APPROVER").set("APPROVED_BY", approver);
  add_acts(model, app, c, *life, report);
  add_report(model, report);
  if (report.set) add_difference(model, app.rules.current()->set, *report.set);
  return show_page(app, {.title = "Rule set", .staff = &*c.staff}, "rule_set", model);
}

}  // namespace intake::service::billing

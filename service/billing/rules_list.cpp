#include "service/billing/billing.hpp"
#include "service/billing/rule_pages.hpp"
#include "service/guards.hpp"
#include "service/pages/shell.hpp"
#include "service/rule_lives.hpp"
#include "service/rule_store.hpp"

namespace intake::service::billing {
namespace {

constexpr std::size_t shown_hash_characters = 12;

void add_set(page_model& table, application& app, rule_set_life const& life) {
  auto const name = hash_text(life.imported.hash);
  auto& row = table.add("SET");
  row.set("NAME", name.substr(0, shown_hash_characters))
      .set("URL", "/desk/rules/" + name)
      .set("STATE", std::string(state_words(life)))
      .set("TAG_CLASS", life.in_force ? "govuk-tag--green" : "govuk-tag--grey")
      .set("IMPORTED", app.clock.date_and_time(life.imported.imported))
      .set("IMPORTER", actor_words(app.desk, life.imported.actor));
  for (auto const& approver : life.approvers) row.add("APPROVER").set("APPROVED_BY", approver);
  for (auto const& act : life.activations) {
    row.add("ACT")
        .set("ACT_WORDS", act.act == db::activation_act::back ? "Returned to" : "Activated")
        .set("AT", app.clock.date_and_time(act.activated))
        .set("BY", actor_words(app.desk, act.actor))
        .set("FROM", forms::insurance::write_date(act.active_from));
  }
}

}  // namespace

response rules_list(application& app, call const& c) {
  page_model model;
  auto const lives = rule_set_lives(app.desk, today_of(app, c));
  bool in_force = false;
  for (auto life = lives.rbegin(); life != lives.rend(); ++life) {
    add_set(model, app, *life);
    in_force = in_force || life->in_force;
  }
  if (!in_force) {
    model.add("FOLDER").set("FOLDER_HASH",
                            app.rules.current()->hash.substr(0, shown_hash_characters));
  }
  if (auto const refused = app.rules.refused(); !refused.empty()) {
    model.add("REFUSED")
        .set("REFUSED_SET", refused.substr(0, shown_hash_characters))
        .set("KEPT_SET", app.rules.current()->hash.substr(0, shown_hash_characters));
  }
  model.set("APPROVERS", app.settings.rules_approvers == 1 ? "one person" : "two people")
      .set("UPLOAD_CSRF", csrf_token(c.staff->record));
  return show_page(app, {.title = "Insurance rules", .staff = &*c.staff}, "rules_list", model);
}

}  // namespace intake::service::billing

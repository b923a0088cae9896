#include "db/rule_sets.hpp"
#include "service/billing/billing.hpp"
#include "service/billing/rule_pages.hpp"
#include "service/dispatch.hpp"
#include "service/http/fields.hpp"
#include "service/responses.hpp"
#include "service/rule_lives.hpp"
#include "service/rule_store.hpp"

namespace intake::service::billing {
namespace {

using db::rule_set_change;

std::string actor_of(call const& c) {
  return certs::to_string(c.staff->record.account);
}

response no_such_set(application const& app, call const& c) {
  return refuse(app, 404, "There is no such rule set.", &c.asked);
}

/// The day in the field `from`; today where it is empty; nothing where it is no day to begin on.
std::optional<forms::insurance::date> wanted_day(application const& app, call const& c) {
  auto const today = today_of(app, c);
  for (auto const& [name, value] : read_form(c.asked.body).value_or(std::vector<form_field>{})) {
    if (name != "from" || value.empty()) continue;
    auto const day = forms::insurance::read_iso_date(value);
    return day && *day >= today ? day : std::nullopt;
  }
  return today;
}

response activated(application& app, call const& c, certs::hash256 const& hash,
                   rule_set_change change) {
  auto const name = hash_text(hash);
  switch (change) {
    case rule_set_change::not_found:
      return no_such_set(app, c);
    case rule_set_change::approvals_missing:
      audit_act(app, c, "rules-activated", name, db::audit_outcome::refused);
      return rules_message(app, c, 409, "Approvals are missing",
                           "Another person must approve this rule set first.");
    case rule_set_change::done:
      audit_act(app, c, "rules-activated", name);
      break;
    case rule_set_change::already:
    case rule_set_change::superseded:
      break;
  }
  return see_other("/desk/rules/" + name);
}

}  // namespace

response rule_set_approve(application& app, call const& c) {
  auto const hash = parse_hash(c.path["hash"]);
  if (!hash) return no_such_set(app, c);
  auto const change =
      db::approve_rule_set(app.desk, {*hash, c.staff->record.account, c.asked.received});
  if (change == rule_set_change::not_found) return no_such_set(app, c);
  if (change == rule_set_change::done) audit_act(app, c, "rules-approved", hash_text(*hash));
  return see_other("/desk/rules/" + hash_text(*hash));
}

response rule_set_activate(application& app, call const& c) {
  auto const hash = parse_hash(c.path["hash"]);
  if (!hash) return no_such_set(app, c);
  auto const from = wanted_day(app, c);
  if (!from) {
    return rules_message(app, c, 422, "That day can't be",
                         "A rule set begins to decide today or on a later day. Go back and choose "
                         "one.");
  }
  if (db::rule_set_files(app.desk, *hash).empty()) return no_such_set(app, c);
  auto const why = why_unfit(app.settings, check_stored(app.desk, *hash, *from));
  if (!why.empty()) return rules_message(app, c, 409, "Not activated", why);
  auto const change = db::activate_rule_set(
      app.desk,
      {.hash = *hash, .active_from = *from, .activated = c.asked.received, .actor = actor_of(c)},
      app.settings.rules_approvers);
  return activated(app, c, *hash, change);
}

response rule_set_leave(application& app, call const& c) {
  auto const hash = parse_hash(c.path["hash"]);
  if (!hash) return no_such_set(app, c);
  auto const change =
      db::return_rule_set(app.desk, {*hash, today_of(app, c), c.asked.received, actor_of(c)});
  if (change == rule_set_change::superseded) {
    return rules_message(app, c, 409, "Another set decides already",
                         "Somebody else has changed what decides. Look at the list before you act "
                         "again.");
  }
  if (change == rule_set_change::not_found) {
    return rules_message(app, c, 409, "There is nothing to return to",
                         "No other rule set decided before this one.");
  }
  auto const now = db::rule_set_in_force(app.desk, today_of(app, c));
  audit_act(app, c, "rules-returned", now ? hash_text(now->hash) : "");
  return see_other("/desk/rules");
}

}  // namespace intake::service::billing

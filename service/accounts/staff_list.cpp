#include "db/second_factors.hpp"
#include "service/accounts/account_acts.hpp"
#include "service/accounts/accounts.hpp"
#include "service/accounts/staff_page.hpp"
#include "service/audit.hpp"
#include "service/desk/staff_act.hpp"
#include "service/guards.hpp"
#include "service/pages/shell.hpp"

#include <algorithm>

namespace intake::service::accounts {
namespace {

response show_list(application const& app, call const& c, int status, std::string_view wrong,
                   std::string const& typed) {
  auto const factors = db::count_all_factors(app.desk);
  page_model model;
  model.set("CSRF", csrf_token(c.staff->record)).set("NAME", typed);
  if (!wrong.empty()) model.add("WRONG").set("WRONG_TEXT", std::string(wrong));
  for (auto const role : all_roles) {
    if (!may_change(*c.staff, role)) continue;
    model.add("ROLE").set("VALUE", std::string(db::to_string(role))).set("NAME", role_words(role));
  }
  for (auto const& each : db::list_accounts(app.desk)) {
    auto const counts = std::ranges::find(factors, each.id, &db::factor_counts::account);
    model.add("ROW")
        .set("NAME", each.name)
        .set("URL", staff_path(each.id))
        .set("ROLE_WORDS", role_words(each.role))
        .set("STATE", account_state(each))
        .set("FACTOR", counts == factors.end() ? "none" : factor_words(*counts));
  }
  return show_page(app, {.status = status, .title = "Accounts", .staff = &*c.staff}, "staff_list",
                   model);
}

}  // namespace

response staff_list(application& app, call const& c) {
  return show_list(app, c, 200, "", "");
}

response staff_add(application& app, call const& c) {
  auto const name = desk::field_of_body(c, "name");
  auto const role = db::parse_account_role(desk::field_of_body(c, "role"));
  if (!is_user_name(name)) {
    return show_list(app, c, 422, "A user name has 1 to 64 bytes and no spaces at its ends.", name);
  }
  if (!role || !may_change(*c.staff, *role)) {
    return show_list(app, c, 422, "Choose a role.", name);
  }
  auto const added = add_account({app.world, app.keys, app.desk}, certs::new_uuid_v7(app.world),
                                 name, *role, "", false);
  if (added.change == db::account_change::name_taken) {
    return show_list(app, c, 422, "There is an account of that name already.", name);
  }
  auto entry = entry_of(c, "account-added");
  entry.subject = added.id;
  app.writer.append(std::move(entry));
  return show_code(app, c, name, added.code);
}

}  // namespace intake::service::accounts

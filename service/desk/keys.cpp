#include "service/desk/keys.hpp"

#include "service/desk/desk.hpp"
#include "service/desk/staff_act.hpp"
#include "service/guards.hpp"
#include "service/http/fields.hpp"
#include "service/responses.hpp"

namespace intake::service::desk {
namespace {

// A choice of the browser's user, not of an account; nothing of a patient.
constexpr std::string_view keys_cookie = "__Host-intake-keys";
constexpr std::string_view off = "off";

}  // namespace

bool keys_act(request const& asked) {
  auto const header = asked.field("cookie");
  return !header || cookie(*header, keys_cookie) != off;
}

void add_keys(page_model& model, application const& app, call const& c, std::string const& back) {
  auto& block = model.add("KEYS");
  block.set("CSRF", csrf_token(c.staff->record)).set("BACK", back);
  if (keys_act(c.asked)) {
    block.add("ON").set("SCRIPT_URL", app.assets.url("desk.js"));
  } else {
    block.add("OFF");
  }
}

bool keeps_day(call const& c) {
  return c.staff->role != db::account_role::billing &&
         c.staff->role != db::account_role::administrator;
}

response keys_set(application&, call const& c) {
  auto made = see_other(way_back(c));
  bool const on = field_of_body(c, "keys") != off;
  made.fields.push_back({"set-cookie", std::string(keys_cookie) +
                                           (on ? "=; Max-Age=0" : "=off; Max-Age=31536000") +
                                           "; Path=/; Secure; HttpOnly; SameSite=Strict"});
  return made;
}

}  // namespace intake::service::desk

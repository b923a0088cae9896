#include "service/accounts/account_acts.hpp"

#include "db/second_factors.hpp"
#include "service/accounts/codes.hpp"
#include "service/http/fields.hpp"

#include <algorithm>

namespace intake::service::accounts {
namespace {

constexpr std::size_t name_bytes_max = 64;

std::string make_set_up_code(account_desk const& desk, certs::uuid account) {
  auto code = make_code(desk.world, desk.keys, code_kind::set_up, account);
  db::store_set_up(desk.rows, account, code.verifier, desk.world.now() + set_up_lifetime);
  return std::move(code.spoken);
}

}  // namespace

added_account add_account(account_desk const& desk, certs::uuid id, std::string const& name,
                          db::account_role role, std::string const& password_hash, bool demo) {
  db::account account;
  account.id = id;
  account.name = name;
  account.role = role;
  account.password_hash = password_hash.empty() ? std::string(db::no_password) : password_hash;
  account.created = desk.world.now();
  account.demo = demo;
  added_account added;
  added.id = account.id;
  added.change = db::add_account(desk.rows, account);
  if (added.change == db::account_change::done && password_hash.empty()) {
    added.code = make_set_up_code(desk, account.id);
  }
  return added;
}

std::string reset_password(account_desk const& desk, certs::uuid account) {
  auto code = make_set_up_code(desk, account);
  static_cast<void>(db::change_password(desk.rows, account, db::no_password));
  return code;
}

std::optional<std::string> reset_second_factor(account_desk const& desk,
                                               db::account const& account) {
  db::remove_all_factors(desk.rows, account.id);
  if (!account.short_password) return std::nullopt;
  return reset_password(desk, account.id);
}

bool is_user_name(std::string_view name) {
  if (name.empty() || name.size() > name_bytes_max || !is_utf8(name)) return false;
  if (name.front() == ' ' || name.back() == ' ') return false;
  return std::ranges::none_of(
      name, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

}  // namespace intake::service::accounts

#include "certs/password.hpp"
#include "db/accounts.hpp"
#include "service/commands/commands.hpp"
#include "service/files.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace intake::service::commands {
namespace {

// NIST SP 800-63B-4 3.1.1.2: a password that is the only factor has at least 15 characters.
constexpr std::size_t password_characters_min = 15;

std::string read_password(std::string const& file) {
  auto text = read_input(file);
  text.resize(std::min(text.find('\n'), text.size()));
  if (text.ends_with('\r')) text.pop_back();
  return text;
}

std::size_t characters_in(std::string_view utf8) {
  std::size_t count = 0;
  for (char const c : utf8) count += (static_cast<unsigned char>(c) & 0xc0) != 0x80 ? 1 : 0;
  return count;
}

}  // namespace

exit_code account_add(surroundings const& around, config const& settings,
                      account_add_options const& options) {
  auto const role = db::parse_account_role(options.role);
  if (!role) {
    throw command_failed(exit_code::usage, "there is no role \"" + options.role + "\"",
                         "front-desk, clinician, billing, manager or administrator");
  }
  if (options.name.empty() || options.name.size() > 64) {
    throw command_failed(exit_code::usage, "a user name has 1 to 64 bytes");
  }
  auto const password = read_password(options.password_file);
  if (characters_in(password) < password_characters_min ||
      password.size() > certs::password_bytes_max) {
    throw command_failed(
        exit_code::usage, "the password is too short",
        fmt::format("at least {} characters; several words are easiest to remember",
                    password_characters_min));
  }
  db::pool desk({.conninfo = settings.database_desk});
  certs::password_hasher hasher(around.world);
  db::account account;
  account.id = certs::new_uuid_v7(around.world);
  account.name = options.name;
  account.role = *role;
  account.password_hash = hasher.hash(around.world, password);
  account.created = around.world.now();
  account.demo = options.demo;
  if (db::add_account(desk, account) == db::account_change::name_taken) {
    throw command_failed(exit_code::input_bad,
                         "there is an account \"" + options.name + "\" already");
  }
  fmt::print(around.out, "Added {} ({}).\n", options.name, options.role);
  return exit_code::good;
}

}  // namespace intake::service::commands

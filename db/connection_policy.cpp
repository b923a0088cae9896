#include "db/connection_policy.hpp"

#include "db/errors.hpp"

#include <memory>
#include <string_view>

#include <libpq-fe.h>

namespace intake::db {
namespace {

using options = std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)>;

std::string value_of(options const& parsed, std::string_view keyword) {
  for (auto const* each = parsed.get(); each->keyword != nullptr; ++each) {
    if (each->keyword == keyword && each->val != nullptr) return each->val;
  }
  return {};
}

/// libpq takes several, with commas between them; one that is empty is the socket of the system.
bool are_all_sockets(std::string_view hosts) {
  while (true) {
    auto const host = hosts.substr(0, hosts.find(','));
    if (!host.empty() && host.front() != '/' && host.front() != '@') return false;
    if (host.size() == hosts.size()) return true;
    hosts.remove_prefix(host.size() + 1);
  }
}

/// Null where libpq cannot read it.
options read_options(std::string const& conninfo) {
  char* reason = nullptr;
  options parsed(PQconninfoParse(conninfo.c_str(), &reason), &PQconninfoFree);
  PQfreemem(reason);
  return parsed;
}

options readable_options(std::string const& conninfo) {
  auto parsed = read_options(conninfo);
  if (!parsed) throw unavailable("the connection string of the database cannot be read");
  return parsed;
}

}  // namespace

bool crosses_network_unproven(std::string const& conninfo) {
  auto const parsed = readable_options(conninfo);
  // What a string leaves open libpq takes from its environment and from a service file.
  options const open_ones(PQconndefaults(), &PQconninfoFree);
  auto const said_or_left = [&](std::string_view keyword) {
    auto value = value_of(parsed, keyword);
    return value.empty() && open_ones ? value_of(open_ones, keyword) : value;
  };
  bool const elsewhere = !said_or_left("service").empty();
  bool const stays_here =
      !elsewhere && said_or_left("hostaddr").empty() && are_all_sockets(said_or_left("host"));
  return !stays_here && value_of(parsed, "sslmode") != "verify-full";
}

std::string database_name(std::string const& conninfo) {
  auto name = value_of(readable_options(conninfo), "dbname");
  return name.empty() ? "intake" : name;
}

bool holds_password(std::string const& conninfo) {
  auto const parsed = read_options(conninfo);
  if (!parsed) return true;
  for (auto const* each = parsed.get(); each->keyword != nullptr; ++each) {
    // libpq's own mark of what is not to be shown while it is typed.
    bool const is_secret = each->dispchar != nullptr && *each->dispchar == '*';
    if (is_secret && each->val != nullptr && *each->val != '\0') return true;
  }
  return false;
}

}  // namespace intake::db

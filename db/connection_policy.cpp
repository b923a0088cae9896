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

}  // namespace

bool crosses_network_unproven(std::string const& conninfo) {
  char* reason = nullptr;
  options const parsed(PQconninfoParse(conninfo.c_str(), &reason), &PQconninfoFree);
  PQfreemem(reason);
  if (!parsed) throw unavailable("the connection string of the database cannot be read");
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

}  // namespace intake::db

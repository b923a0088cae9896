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
  bool const stays_here =
      value_of(parsed, "hostaddr").empty() && are_all_sockets(value_of(parsed, "host"));
  return !stays_here && value_of(parsed, "sslmode") != "verify-full";
}

}  // namespace intake::db

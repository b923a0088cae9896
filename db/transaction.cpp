#include "db/transaction.hpp"

#include "db/errors.hpp"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>
#include <pqxx/except.hxx>

namespace intake::db {

bool is_passing(std::string_view state) {
  // PostgreSQL appendix A: connection, resources, operator intervention, system error; then
  // rollbacks, a lock not had, and a primary that became a standby.
  static constexpr std::string_view classes[] = {"08", "53", "57", "58", "40", "XX"};
  static constexpr std::string_view states[] = {"55P03", "25006", "3D000", "28000", "28P01"};
  return state.empty() ||
         std::ranges::any_of(classes, [&](auto start) { return state.starts_with(start); }) ||
         std::ranges::any_of(states, [&](auto whole) { return state == whole; });
}

void rethrow_translated(bool connection_is_open) {
  try {
    throw;
  } catch (pqxx::in_doubt_error const&) {
    throw unavailable("the connection to PostgreSQL was lost while it committed");
  } catch (pqxx::sql_error const& error) {
    if (!connection_is_open) throw unavailable("the connection to PostgreSQL was lost");
    if (!is_passing(error.sqlstate())) throw statement_refused(error.sqlstate());
    throw unavailable(fmt::format("PostgreSQL could not answer (SQLSTATE {})", error.sqlstate()));
  } catch (pqxx::failure const&) {
    throw unavailable("the connection to PostgreSQL was lost");
  }
}

}  // namespace intake::db

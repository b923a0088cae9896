#include "db/transaction.hpp"

#include "db/errors.hpp"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>
#include <pqxx/except.hxx>

namespace intake::db {

namespace {

constexpr std::string_view read_only_transaction = "25006";

}  // namespace

std::string sqlstate_of(pqxx::sql_error const& error) {
  if (!error.sqlstate().empty()) return error.sqlstate();
  // PostgreSQL appendix A; the derived classes before their bases.
  auto const is = [&]<typename Error>(std::type_identity<Error>) {
    return dynamic_cast<Error const*>(&error) != nullptr;
  };
  if (is(std::type_identity<pqxx::insufficient_privilege>())) return "42501";
  if (is(std::type_identity<pqxx::undefined_column>())) return "42703";
  if (is(std::type_identity<pqxx::undefined_function>())) return "42883";
  if (is(std::type_identity<pqxx::undefined_table>())) return "42P01";
  if (is(std::type_identity<pqxx::syntax_error>())) return "42601";
  if (is(std::type_identity<pqxx::disk_full>())) return "53100";
  if (is(std::type_identity<pqxx::out_of_memory>())) return "53200";
  if (is(std::type_identity<pqxx::insufficient_resources>())) return "53000";
  if (is(std::type_identity<pqxx::feature_not_supported>())) return "0A000";
  if (is(std::type_identity<pqxx::data_exception>())) return "22000";
  if (is(std::type_identity<pqxx::integrity_constraint_violation>())) return "23000";
  if (is(std::type_identity<pqxx::plpgsql_error>())) return "P0000";
  return "";
}

bool is_spent(connection const& link, pqxx::pqxx_exception const& error) {
  auto const* refused = dynamic_cast<pqxx::sql_error const*>(&error);
  return !link.is_open() || (refused != nullptr && refused->sqlstate() == read_only_transaction);
}

bool is_passing(std::string_view state) {
  // PostgreSQL appendix A: connection, resources, operator intervention, system error; then
  // rollbacks, a lock not had, and a primary that became a standby.
  static constexpr std::string_view classes[] = {"08", "53", "57", "58", "40", "XX"};
  static constexpr std::string_view states[] = {"55P03", read_only_transaction};
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
    auto const state = sqlstate_of(error);
    if (!is_passing(state)) throw statement_refused(state);
    throw unavailable(fmt::format("PostgreSQL could not answer (SQLSTATE {})", state));
  } catch (pqxx::failure const&) {
    throw unavailable(connection_is_open ? "PostgreSQL took a transaction back"
                                         : "the connection to PostgreSQL was lost");
  }
}

}  // namespace intake::db

#pragma once
#include "db/connection.hpp"
#include "db/pool.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <pqxx/binarystring.hxx>
#include <pqxx/except.hxx>
#include <pqxx/nontransaction.hxx>
#include <pqxx/result.hxx>
#include <pqxx/result_iterator.hxx>
#include <pqxx/transaction.hxx>

namespace intake::db {

/// A statement that each connection prepares when it first runs it; names are unique in the
/// program.
struct statement {
  char const* name;
  char const* sql;
};

/// What `read` and `write` lend to their caller.
struct session_scope {
  connection& link;
  pqxx::transaction_base& work;

  template <typename... Values>
  pqxx::result run(statement const& what, Values&&... values) const {
    link.prepare(what.name, what.sql);
    return work.exec_prepared(what.name, std::forward<Values>(values)...);
  }
};

/// libpqxx 6 forgets the code of the errors that it has classes for.
std::string sqlstate_of(pqxx::sql_error const&);

/// Turns the pqxx exception being handled into one of db/errors.hpp.
[[noreturn]] void rethrow_translated(bool connection_is_open);

/// Whether a connection is of no more use: it broke, or leads to a server that became a standby.
bool is_spent(connection const&, pqxx::pqxx_exception const&);

/// True where a SQLSTATE speaks of the server's state, not of the statement: it may succeed later.
bool is_passing(std::string_view sqlstate);

/// One reading statement, in a transaction of its own. A connection that died while idle costs a
/// second try, no error.
template <typename Act>
auto read(pool& connections, Act act) {
  auto lease = connections.take();
  for (bool retried = false;; retried = true) {
    try {
      pqxx::nontransaction work(*lease);
      return act(session_scope{*lease, work});
    } catch (pqxx::pqxx_exception const&) {
      bool const open = lease->is_open();
      if (!open) lease.discard();
      if (open || retried) rethrow_translated(open);
    }
    lease = connections.take_new();
  }
}

/// Several statements in one transaction, committed when `act` returns.
template <typename Act>
auto write(pool& connections, Act act) {
  auto lease = connections.take();
  auto begin = [&] { return std::make_unique<pqxx::work>(*lease); };
  std::unique_ptr<pqxx::work> work;
  try {
    work = begin();
  } catch (pqxx::pqxx_exception const&) {
    // Nothing was asked yet, so beginning anew on another connection is safe.
    lease.discard();
    lease = connections.take_new();
  }
  try {
    if (!work) work = begin();
    session_scope const scope{*lease, *work};
    if constexpr (std::is_void_v<decltype(act(scope))>) {
      act(scope);
      work->commit();
    } else {
      auto value = act(scope);
      work->commit();
      return value;
    }
  } catch (pqxx::pqxx_exception const& error) {
    bool const open = lease->is_open();
    work.reset();
    if (is_spent(*lease, error)) lease.discard();
    rethrow_translated(open);
  }
}

}  // namespace intake::db

#include "db/raw_session.hpp"

#include "db/connection.hpp"
#include "db/errors.hpp"
#include "db/transaction.hpp"

#include <charconv>

#include <fmt/format.h>

namespace intake::db {
namespace {

// libpq holds what it was given until the server takes it; pieces keep that small.
constexpr int piece_bytes_max = 1 << 20;

std::int64_t rows_of(PGresult const* done) {
  std::string_view const tuples = PQcmdTuples(const_cast<PGresult*>(done));
  std::int64_t rows = 0;
  std::from_chars(tuples.data(), tuples.data() + tuples.size(), rows);
  return rows;
}

struct freed_by_libpq {
  void operator()(char* buffer) const { PQfreemem(buffer); }
};

}  // namespace

raw_session::raw_session(std::string const& conninfo)
    : link_(PQconnectdb(with_defaults({.conninfo = conninfo,
                                       .application_name = "intake backup",
                                       .statement_timeout = std::chrono::milliseconds(0)})
                            .c_str()),
            &PQfinish) {
  if (PQstatus(link_.get()) != CONNECTION_OK) {
    std::string reason = PQerrorMessage(link_.get());
    reason = reason.substr(0, reason.find('\n'));
    throw unavailable(fmt::format("PostgreSQL does not take a connection: {}", reason));
  }
  PQsetNoticeProcessor(
      link_.get(), [](void*, char const*) {}, nullptr);
}

void raw_session::fail(PGresult const* refused) {
  char const* state = refused == nullptr ? nullptr : PQresultErrorField(refused, PG_DIAG_SQLSTATE);
  if (state == nullptr || PQstatus(link_.get()) != CONNECTION_OK) {
    throw unavailable("the connection to PostgreSQL was lost");
  }
  if (!is_passing(state)) throw statement_refused(state);
  throw unavailable(fmt::format("PostgreSQL could not answer (SQLSTATE {})", state));
}

raw_session::result raw_session::check(PGresult* raw, ExecStatusType wanted) {
  result checked(raw, &PQclear);
  if (PQresultStatus(raw) != wanted) fail(raw);
  return checked;
}

raw_session::result raw_session::run(std::string const& sql) {
  result got(PQexec(link_.get(), sql.c_str()), &PQclear);
  auto const status = PQresultStatus(got.get());
  if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) fail(got.get());
  return got;
}

std::string raw_session::value(std::string const& sql) {
  auto const got = run(sql);
  return cell(got, 0, 0);
}

std::int64_t raw_session::copy_out(std::string const& sql,
                                   std::function<void(certs::bytes_view)> const& out) {
  check(PQexec(link_.get(), sql.c_str()), PGRES_COPY_OUT);
  for (;;) {
    char* raw = nullptr;
    int const size = PQgetCopyData(link_.get(), &raw, 0);
    std::unique_ptr<char, freed_by_libpq> const piece(raw);
    if (size == -1) break;
    if (size < 0) throw unavailable("the connection to PostgreSQL was lost");
    out({reinterpret_cast<std::uint8_t const*>(raw), static_cast<std::size_t>(size)});
  }
  auto const end = check(PQgetResult(link_.get()), PGRES_COMMAND_OK);
  while (result const more{PQgetResult(link_.get()), &PQclear}) continue;
  return rows_of(end.get());
}

void raw_session::begin_copy_in(std::string const& sql) {
  check(PQexec(link_.get(), sql.c_str()), PGRES_COPY_IN);
}

void raw_session::put(certs::bytes_view data) {
  while (!data.empty()) {
    auto const some = data.first(std::min<std::size_t>(data.size(), piece_bytes_max));
    auto const* begin = reinterpret_cast<char const*>(some.data());
    if (PQputCopyData(link_.get(), begin, static_cast<int>(some.size())) != 1) fail(nullptr);
    data = data.subspan(some.size());
  }
}

std::int64_t raw_session::end_copy_in() {
  if (PQputCopyEnd(link_.get(), nullptr) != 1) fail(nullptr);
  auto const end = check(PQgetResult(link_.get()), PGRES_COMMAND_OK);
  while (result const more{PQgetResult(link_.get()), &PQclear}) continue;
  return rows_of(end.get());
}

std::string cell(raw_session::result const& rows, int row, int column) {
  if (row >= PQntuples(rows.get()) || column >= PQnfields(rows.get())) return {};
  return {PQgetvalue(rows.get(), row, column),
          static_cast<std::size_t>(PQgetlength(rows.get(), row, column))};
}

}  // namespace intake::db

#pragma once
#include "certs/bytes.hpp"

#include <functional>
#include <memory>
#include <string>

#include <libpq-fe.h>

/// libpq without libpqxx, whose version 6 has no binary COPY. For the sources here only.
namespace intake::db {

/// A connection without time limits for statements. Errors become those of db/errors.hpp.
class raw_session {
 public:
  explicit raw_session(std::string const& conninfo);

  using result = std::unique_ptr<PGresult, decltype(&PQclear)>;
  /// One statement or several; the last one's rows as text.
  result run(std::string const& sql);
  /// The only value of a statement that has one.
  std::string value(std::string const& sql);

  /// Rows that a COPY … TO STDOUT gave.
  std::int64_t copy_out(std::string const& sql, std::function<void(certs::bytes_view)> const& out);
  void begin_copy_in(std::string const& sql);
  void put(certs::bytes_view);
  std::int64_t end_copy_in();

 private:
  result check(PGresult*, ExecStatusType wanted);
  [[noreturn]] void fail(PGresult const*);

  std::unique_ptr<PGconn, decltype(&PQfinish)> link_;
};

/// A cell as text; rows and columns from 0.
std::string cell(raw_session::result const&, int row, int column);

}  // namespace intake::db

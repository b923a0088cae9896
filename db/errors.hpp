#pragma once
#include <stdexcept>
#include <string>
#include <string_view>

/// What the world can do to a database. No message holds a value: PostgreSQL's own error texts
/// quote rows, so only the five characters of the SQLSTATE are carried over.
namespace intake::db {

/// The base of all of them; `what()` is a sentence for the operator's log.
class database_error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// PostgreSQL is down, unreachable, too slow, or every connection is in use: answer 503, the same
/// call may succeed later.
class unavailable : public database_error {
 public:
  using database_error::database_error;
};

/// PostgreSQL refused a statement. A retry of the same statement is refused again.
class statement_refused : public database_error {
 public:
  explicit statement_refused(std::string_view state);

  /// PostgreSQL appendix A, five characters, for example 23505 (unique_violation).
  std::string const& sqlstate() const { return sqlstate_; }

 private:
  std::string sqlstate_;
};

/// The database has not the schema that this program was made for; `what()` ends with what to do
/// about it.
class schema_refused : public database_error {
 public:
  using database_error::database_error;
};

}  // namespace intake::db

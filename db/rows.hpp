#pragma once
#include "certs/bytes.hpp"
#include "certs/hash_chain.hpp"
#include "certs/uuid.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <pqxx/binarystring.hxx>
#include <pqxx/field.hxx>

/// How values of the program and values of PostgreSQL become each other.
namespace intake::db {

/// Whether PostgreSQL can hold the text as far as NUL goes; it looks for itself whether the text is
/// UTF-8. A text with a NUL would be cut there, so it equals nothing that is stored.
bool is_text(std::string_view);

/// Sent to PostgreSQL in binary.
pqxx::binarystring binary(certs::bytes_view);

certs::bytes bytes_of(pqxx::field const&);
/// Throws `unavailable` where the column does not hold 32 bytes, which its CHECK forbids.
certs::hash256 hash_of(pqxx::field const&);
certs::uuid uuid_of(pqxx::field const&);

/// Times cross as whole microseconds since 1970, exact in both directions. In SQL:
/// MICROSECONDS_OF(column), TIME_OF($1).
long long microseconds(certs::utc_time);
certs::utc_time time_of(pqxx::field const&);

#define INTAKE_MICROSECONDS_OF(column) "(extract(epoch FROM " column ") * 1000000)::bigint"
/// The same of a column that somebody may have set to infinity, or beyond what a bigint counts:
/// then 0, of which no hash was taken.
#define INTAKE_BOUNDED_MICROSECONDS_OF(column)     \
  "CASE WHEN " column " > '-infinity' AND " column \
  " < timestamptz '10000-01-01 00:00:00+00' THEN " INTAKE_MICROSECONDS_OF(column) " ELSE 0 END"
#define INTAKE_TIME_OF(parameter) \
  "(timestamptz 'epoch' + " parameter "::bigint * interval '1 microsecond')"

/// A text[] that the query joined by line ends: array_to_string(column, E'\n').
std::vector<std::string> lines_of(pqxx::field const&);
/// A text[] as it is, element by element. Throws `unavailable` where one is NULL or an array.
std::vector<std::string> texts_of(pqxx::field const&);

/// Writes a PostgreSQL array literal, element by element.
class array_text {
 public:
  array_text& add(long long);
  array_text& add(certs::uuid const&);
  /// A text for which is_text holds.
  array_text& add(std::string_view);
  array_text& add_null();

  /// The whole literal; call once.
  std::string take();

 private:
  void separate();
  std::string text_ = "{";
};

/// A text[] or uuid[] as one parameter.
std::string to_array(std::vector<std::string> const&);
std::string to_array(std::vector<certs::uuid> const&);

}  // namespace intake::db

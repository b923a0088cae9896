#include "db/sealed_summaries.hpp"

#include "certs/hex.hpp"
#include "db/errors.hpp"
#include "db/row_cursor.hpp"
#include "db/rows.hpp"
#include "db/transaction.hpp"

#include <charconv>

namespace intake::db {
namespace {

// search_token has no index by submission: all of it is gathered once, not looked up row by row.
constexpr char const* select_summaries =
    "SELECT v.submission_id, v.version, v.forms, k.kek_id, k.wrapped, p.sealed, t.tokens "
    "FROM submission_version v "
    "JOIN wrapped_key k ON k.submission_id = v.submission_id AND k.version = v.version "
    "JOIN part p ON p.submission_id = v.submission_id AND p.version = v.version AND p.name = "
    "'summary' LEFT JOIN (SELECT submission_id, version, string_agg(kind || ' ' || encode(token, "
    "'hex'), E'\\n') AS tokens FROM search_token GROUP BY submission_id, version) t ON "
    "t.submission_id = v.submission_id AND t.version = v.version";

search_token token_of(std::string_view line) {
  auto const space = line.find(' ');
  auto const digits = line.substr(space + 1);
  search_token token{0, certs::bytes(digits.size() / 2)};
  std::from_chars(line.data(), line.data() + space, token.kind);
  if (!certs::read_hex(digits, token.value)) throw unavailable("a search token is none");
  return token;
}

}  // namespace

void for_each_sealed_summary(pool& connections,
                             std::function<void(sealed_summary const&)> const& use) {
  write(connections, [&](session_scope const& scope) {
    scope.work.exec("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
    scope.work.exec("SET LOCAL statement_timeout = 0");
    for_each_row(scope.work, select_summaries, [&](pqxx::row const& row) {
      sealed_summary each{.id = uuid_of(row[0]),
                          .version = row[1].as<std::int32_t>(),
                          .forms = texts_of(row[2]),
                          .key = {row[3].as<std::string>(), bytes_of(row[4])},
                          .sealed = bytes_of(row[5]),
                          .tokens = {}};
      for (auto const& line : lines_of(row[6])) each.tokens.push_back(token_of(line));
      use(each);
    });
  });
}

}  // namespace intake::db

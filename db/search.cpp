#include "db/search.hpp"

#include "db/submission_rows.hpp"
#include "db/transaction.hpp"

#include <algorithm>

namespace intake::db {
namespace {

// A token's rows lie in the order of their ids: PostgreSQL merges the lists of all that is asked
// for, and a page ends as soon as it is full. Looking each row of one list up in the others costs
// more than reading both where two names are common.
#define INTAKE_CARRIERS(kind, token)                                                          \
  "(SELECT DISTINCT submission_id FROM search_token WHERE kind = " kind " AND token = " token \
  " AND submission_id < $1 ORDER BY submission_id DESC) "
#define INTAKE_FIRST INTAKE_CARRIERS("$3", "$4") "t "
#define INTAKE_ALSO(name, kind, token) \
  "JOIN " INTAKE_CARRIERS(kind, token) name " USING (submission_id) "
#define INTAKE_NOT_VOID "WHERE NOT (" INTAKE_IS_VOID("t.submission_id") ") "
#define INTAKE_FOUND(others)                                                          \
  "SELECT " INTAKE_HEAD_COLUMNS                                                       \
  ", p.sealed FROM (SELECT t.submission_id FROM " INTAKE_FIRST others INTAKE_NOT_VOID \
  "ORDER BY t.submission_id DESC LIMIT $2) t JOIN submission s ON s.id = "            \
  "t.submission_id " INTAKE_NEWEST_VERSION INTAKE_HEAD_KEY INTAKE_SUMMARY "ORDER BY s.id DESC"
#define INTAKE_SECOND INTAKE_ALSO("t2", "$5::smallint", "$6")
#define INTAKE_THIRD INTAKE_ALSO("t3", "$7::smallint", "$8")
#define INTAKE_FOURTH INTAKE_ALSO("t4", "$9::smallint", "$10")

constexpr statement select_found[search_tokens_max] = {
    {"search_submissions_1", INTAKE_FOUND("")},
    {"search_submissions_2", INTAKE_FOUND(INTAKE_SECOND)},
    {"search_submissions_3", INTAKE_FOUND(INTAKE_SECOND INTAKE_THIRD)},
    {"search_submissions_4", INTAKE_FOUND(INTAKE_SECOND INTAKE_THIRD INTAKE_FOURTH)}};

constexpr char const* beyond_every_id = "ffffffff-ffff-ffff-ffff-ffffffffffff";

}  // namespace

std::vector<listed_submission> search_submissions(pool& connections,
                                                  std::span<search_token const> tokens,
                                                  std::optional<certs::uuid> below, int rows_max) {
  if (tokens.empty()) return {};
  auto const mark = below ? certs::to_string(*below) : std::string(beyond_every_id);
  auto const count = std::min(tokens.size(), search_tokens_max);
  auto const kind = [&](std::size_t i) { return tokens[i].kind; };
  auto const value = [&](std::size_t i) { return binary(tokens[i].value); };
  return read(connections, [&](session_scope const& scope) {
    auto const& what = select_found[count - 1];
    if (count == 1) return listed(scope.run(what, mark, rows_max, kind(0), value(0)));
    if (count == 2) {
      return listed(scope.run(what, mark, rows_max, kind(0), value(0), kind(1), value(1)));
    }
    if (count == 3) {
      return listed(
          scope.run(what, mark, rows_max, kind(0), value(0), kind(1), value(1), kind(2), value(2)));
    }
    return listed(scope.run(what, mark, rows_max, kind(0), value(0), kind(1), value(1), kind(2),
                            value(2), kind(3), value(3)));
  });
}

}  // namespace intake::db

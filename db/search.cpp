#include "db/search.hpp"

#include "db/submission_rows.hpp"
#include "db/transaction.hpp"

#include <algorithm>
#include <array>

namespace intake::db {
namespace {

// The first token leads: its rows lie in the order of their ids, so a page ends as soon as it is
// full. Kind 0 asks for nothing.
#define INTAKE_ALSO(kind, token)                                                 \
  "AND (" kind " = 0 OR EXISTS (SELECT FROM search_token o WHERE o.kind = " kind \
  " AND o.token = " token " AND o.submission_id = t.submission_id)) "

constexpr statement select_found{
    "search_submissions",
    "SELECT " INTAKE_HEAD_COLUMNS
    ", p.sealed FROM (SELECT DISTINCT t.submission_id FROM search_token t WHERE t.kind = $3 AND "
    "t.token = $4 AND t.submission_id < $1 " INTAKE_ALSO("$5::smallint", "$6") INTAKE_ALSO(
        "$7::smallint", "$8") INTAKE_ALSO("$9::smallint", "$10") "AND NOT "
                                                                 "(" INTAKE_IS_VOID("t.submission_"
                                                                                    "id") ") "
    "ORDER BY t.submission_id DESC LIMIT $2) t JOIN submission s ON s.id = "
    "t.submission_id " INTAKE_NEWEST_VERSION INTAKE_HEAD_KEY INTAKE_SUMMARY "ORDER BY s.id DESC"};

#define INTAKE_SOME_OF(kind, token)                                                                \
  "(SELECT count(*) FROM (SELECT FROM search_token t WHERE t.kind = " kind " AND t.token = " token \
  " LIMIT 5000) n)"

constexpr statement count_tokens{
    "count_search_tokens",
    "SELECT " INTAKE_SOME_OF("$1::smallint", "$2") ", " INTAKE_SOME_OF(
        "$3::smallint", "$4") ", " INTAKE_SOME_OF("$5::smallint",
                                                  "$6") ", " INTAKE_SOME_OF("$7::smallint", "$8")};

constexpr char const* beyond_every_id = "ffffffff-ffff-ffff-ffff-ffffffffffff";

}  // namespace

std::vector<search_token> rarest_first(pool& connections, std::vector<search_token> tokens) {
  if (tokens.size() < 2) return tokens;
  std::array<search_token, search_tokens_max> asked;
  for (std::size_t i = 0; i < tokens.size() && i < asked.size(); ++i) asked[i] = tokens[i];
  auto const counts = read(connections, [&](session_scope const& scope) {
    auto const rows = scope.run(count_tokens, asked[0].kind, binary(asked[0].value), asked[1].kind,
                                binary(asked[1].value), asked[2].kind, binary(asked[2].value),
                                asked[3].kind, binary(asked[3].value));
    std::array<std::int64_t, search_tokens_max> found{};
    for (std::size_t i = 0; i < found.size(); ++i) {
      found[i] = rows[0][static_cast<pqxx::row::size_type>(i)].as<std::int64_t>();
    }
    return found;
  });
  std::vector<std::size_t> order(tokens.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return counts[i]; });
  std::vector<search_token> sorted;
  for (auto const i : order) sorted.push_back(std::move(tokens[i]));
  return sorted;
}

std::vector<listed_submission> search_submissions(pool& connections,
                                                  std::span<search_token const> tokens,
                                                  std::optional<certs::uuid> below, int rows_max) {
  std::array<search_token, search_tokens_max> asked;
  for (std::size_t i = 0; i < tokens.size() && i < asked.size(); ++i) asked[i] = tokens[i];
  auto const mark = below ? certs::to_string(*below) : std::string(beyond_every_id);
  return read(connections, [&](session_scope const& scope) {
    return listed(scope.run(select_found, mark, rows_max, asked[0].kind, binary(asked[0].value),
                            asked[1].kind, binary(asked[1].value), asked[2].kind,
                            binary(asked[2].value), asked[3].kind, binary(asked[3].value)));
  });
}

}  // namespace intake::db

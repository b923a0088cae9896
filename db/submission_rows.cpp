#include "db/submission_rows.hpp"

namespace intake::db {

submission_head head_of(pqxx::row const& row) {
  submission_head head{.id = uuid_of(row[0]),
                       .version = row[1].as<std::int32_t>(),
                       .receipt = row[2].as<std::string>(),
                       .first_received = time_of(row[3]),
                       .received = time_of(row[4]),
                       .forms = lines_of(row[5]),
                       .body_hash = hash_of(row[6]),
                       .key = {}};
  if (!row[7].is_null()) head.key = {row[7].as<std::string>(), bytes_of(row[8])};
  return head;
}

listed_submission listed_of(pqxx::row const& row) {
  auto const summary = row[head_columns];
  return {head_of(row), summary.is_null() ? certs::bytes() : bytes_of(summary)};
}

std::vector<listed_submission> listed(pqxx::result const& rows) {
  std::vector<listed_submission> list;
  list.reserve(rows.size());
  for (auto const& row : rows) list.push_back(listed_of(row));
  return list;
}

}  // namespace intake::db

#pragma once
#include <string>

#include <pqxx/result.hxx>
#include <pqxx/result_iterator.hxx>
#include <pqxx/transaction_base.hxx>

namespace intake::db {

/// Calls `use(row)` for every row of the query, without holding them all.
template <typename Use>
void for_each_row(pqxx::transaction_base& work, std::string const& query, Use use) {
  work.exec("DECLARE each_row NO SCROLL CURSOR FOR " + query);
  for (;;) {
    auto const rows = work.exec("FETCH 2000 FROM each_row");
    if (rows.empty()) break;
    for (auto const& row : rows) use(row);
  }
  work.exec("CLOSE each_row");
}

}  // namespace intake::db

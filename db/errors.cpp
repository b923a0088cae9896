#include "db/errors.hpp"

#include <fmt/format.h>

namespace intake::db {

statement_refused::statement_refused(std::string_view state)
    : database_error(fmt::format("PostgreSQL refused a statement (SQLSTATE {})", state)),
      sqlstate_(state) {}

}  // namespace intake::db

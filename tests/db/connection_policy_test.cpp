#include "db/connection_policy.hpp"

#include "db/errors.hpp"

#include <cstdlib>
#include <optional>
#include <string>

#include <gtest/gtest.h>

namespace intake::db {
namespace {

struct conninfo_case {
  char const* name;
  char const* conninfo;
  bool unproven;
};

conninfo_case const cases[] = {
    {"a socket", "host=/run/postgresql dbname=intake", false},
    {"the system's own socket", "dbname=intake", false},
    {"an abstract socket", "host=@intake", false},
    {"another machine", "host=db.clinic.example dbname=intake", true},
    {"another machine, encrypted only", "host=db.clinic.example sslmode=require", true},
    {"another machine, its authority known", "host=db.clinic.example sslmode=verify-ca", true},
    {"another machine, proven", "host=db.clinic.example sslmode=verify-full", false},
    {"one of two over the network", "host=/run/postgresql,db2.clinic.example", true},
    {"an address beside a socket", "host=/run/postgresql hostaddr=192.0.2.4", true},
    {"this machine, but not by socket", "host=localhost", true},
    {"an address as URI", "postgresql://intake_desk@db.clinic.example/intake", true},
    {"proven, as URI", "postgresql://db.clinic.example/intake?sslmode=verify-full", false},
};

TEST(connection_policy, asks_for_proof_of_whoever_is_not_behind_a_socket) {
  for (auto const& each : cases) {
    EXPECT_EQ(crosses_network_unproven(each.conninfo), each.unproven) << each.name;
  }
  EXPECT_THROW(crosses_network_unproven("host"), unavailable);
}

TEST(connection_policy, reads_a_databases_name_as_libpq_does) {
  struct name_case {
    char const* conninfo;
    char const* name;
  };
  for (auto const& each :
       {name_case{"host=/run/postgresql dbname=clinic user=x", "clinic"},
        name_case{"dbname = 'two words'", "two words"}, name_case{"host=/run/postgresql", "intake"},
        name_case{"postgresql://intake_migrate@db.clinic.example/clinic", "clinic"},
        name_case{"postgresql:///?dbname=clinic", "clinic"}}) {
    EXPECT_EQ(database_name(each.conninfo), each.name) << each.conninfo;
  }
}

TEST(connection_policy, knows_what_holds_a_password) {
  for (auto const* each : {"host=db password=hush", "postgresql://u:hush@db/intake",
                           "postgresql://db/intake?password=hush", "not a string of libpq"}) {
    EXPECT_TRUE(holds_password(each)) << each;
  }
  EXPECT_FALSE(holds_password("postgresql://intake_desk@db.password.example/intake"));
}

/// libpq's own settings beside a string that leaves them open.
TEST(connection_policy, knows_where_libpq_would_go) {
  struct variable_case {
    char const* name;
    char const* value;
    bool unproven;
  };
  for (auto const& each : {variable_case{"PGHOST", "db.clinic.example", true},
                           variable_case{"PGHOST", "/run/postgresql", false},
                           variable_case{"PGHOSTADDR", "192.0.2.4", true},
                           variable_case{"PGSERVICE", "elsewhere", true}}) {
    auto const* const before = std::getenv(each.name);
    auto const kept = before != nullptr ? std::optional<std::string>(before) : std::nullopt;
    ::setenv(each.name, each.value, 1);
    EXPECT_EQ(crosses_network_unproven("dbname=intake"), each.unproven) << each.name;
    EXPECT_FALSE(crosses_network_unproven("dbname=intake host=/run/x sslmode=verify-full"));
    kept ? ::setenv(each.name, kept->c_str(), 1) : ::unsetenv(each.name);
  }
  EXPECT_TRUE(crosses_network_unproven("service=elsewhere dbname=intake"));
}

}  // namespace
}  // namespace intake::db

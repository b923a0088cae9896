#include "db/connection_policy.hpp"

#include "db/errors.hpp"

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

}  // namespace
}  // namespace intake::db

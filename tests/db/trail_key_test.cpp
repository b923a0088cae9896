#include "db/trail_key.hpp"

#include "db/batch_writer.hpp"
#include "tests/db/samples.hpp"

#include <gtest/gtest.h>

namespace intake::db {
namespace {

using namespace tests;

TEST(trail_key, is_known_by_one_chain_that_bears_it) {
  database const home;
  pool desk(desk_settings(home));
  certs::bytes const other(32, 0x5b);
  EXPECT_EQ(look_at_trail_key(desk, sample_audit_key()), trail_key::none_yet);
  sample_maker make;
  {
    batch_writer writer(writer_settings(home), sample_world());
    writer.append(make.entry());
    writer.append(make.entry());
  }
  EXPECT_EQ(look_at_trail_key(desk, sample_audit_key()), trail_key::fits);
  EXPECT_EQ(look_at_trail_key(desk, other), trail_key::other);

  // What was done to a head is for verification to say, and keeps nobody from the service.
  home.sql("UPDATE audit_head SET at = 'infinity', seal = sha256('x')");
  EXPECT_EQ(look_at_trail_key(desk, sample_audit_key()), trail_key::fits);
  EXPECT_EQ(look_at_trail_key(desk, other), trail_key::other);
}

TEST(trail_key, a_head_beyond_time_is_left_for_the_next_chain) {
  database const home;
  sample_maker make;
  batch_writer(writer_settings(home), sample_world()).append(make.entry());
  home.sql("UPDATE audit_head SET at = 'infinity'");
  batch_writer writer(writer_settings(home), sample_world());
  EXPECT_TRUE(std::holds_alternative<stored>(writer.submit(make.submission())));
  EXPECT_EQ(writer.counts().chains_given_up, 1U);
}

}  // namespace
}  // namespace intake::db

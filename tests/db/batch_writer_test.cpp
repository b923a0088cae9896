#include "db/batch_writer.hpp"

#include "db/errors.hpp"
#include "db/submissions.hpp"
#include "tests/db/samples.hpp"

#include <gtest/gtest.h>

namespace intake::db {
namespace {

using tests::database;
using tests::sample_maker;
using tests::sample_world;
using tests::writer_settings;

class batch_writer_test : public testing::Test {
 protected:
  database home_;
  sample_maker make_;
  batch_writer writer_{writer_settings(home_), sample_world()};
};

TEST_F(batch_writer_test, stores_a_submission_with_all_its_rows) {
  auto const sent = make_.submission();
  auto const answer = writer_.submit(sent);
  ASSERT_TRUE(std::holds_alternative<stored>(answer)) << writer_.counts().trouble;
  EXPECT_EQ(std::get<stored>(answer).id, sent.id);
  EXPECT_EQ(std::get<stored>(answer).receipt, sent.receipt);

  pool desk(tests::desk_settings(home_));
  auto const opened = open_submission(desk, sent.id);
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->head.receipt, sent.receipt);
  EXPECT_EQ(opened->head.forms, sent.forms);
  EXPECT_EQ(opened->head.body_hash, sent.body_hash);
  EXPECT_EQ(opened->head.received, sent.received);
  ASSERT_TRUE(opened->head.key);
  EXPECT_EQ(opened->head.key->kek_id, sent.key.kek_id);
  EXPECT_EQ(opened->head.key->value, sent.key.value);
  ASSERT_EQ(opened->parts.size(), 2U);
  EXPECT_EQ(opened->parts[0].name, "answers");
  EXPECT_EQ(opened->parts[0].sealed, sent.parts[1].sealed);
  EXPECT_EQ(opened->parts[1].sealed, sent.parts[0].sealed);
  EXPECT_EQ(home_.value("SELECT count(*) FROM search_token"), "2");
  EXPECT_EQ(home_.value("SELECT topic FROM outbox"), "submission-received");
  EXPECT_EQ(home_.value("SELECT action || who || version FROM audit_event"),
            "submission-receivedpatient1");
}

}  // namespace
}  // namespace intake::db

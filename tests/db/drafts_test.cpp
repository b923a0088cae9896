#include "db/drafts.hpp"

#include "db/draft_attachments.hpp"
#include "db/errors.hpp"
#include "tests/db/samples.hpp"

#include <gtest/gtest.h>

namespace intake::db {
namespace {

using namespace std::chrono_literals;
using tests::sample_now;

class drafts : public testing::Test {
 protected:
  draft make() {
    draft made;
    made.id = certs::new_uuid_v7(world_);
    world_.random(made.session_hash);
    made.code_hash.emplace();
    world_.random(*made.code_hash);
    made.key = {"kek-1", certs::bytes(40, 7)};
    made.content = {0, 1, 2, 255};
    made.expires = sample_now + 24h * 30;
    return made;
  }

  certs::world world_ = tests::sample_world();
  tests::database home_;
  pool portal_{{.conninfo = home_.conninfo("intake_portal")}};
};

TEST_F(drafts, a_draft_comes_back_to_its_browser_and_to_its_code) {
  auto const begun = make();
  start_draft(portal_, begun);
  for (auto const& found : {find_draft(portal_, begun.session_hash, sample_now),
                            find_draft_by_code(portal_, *begun.code_hash, sample_now)}) {
    ASSERT_TRUE(found);
    EXPECT_EQ(found->id, begun.id);
    EXPECT_EQ(found->session_hash, begun.session_hash);
    EXPECT_EQ(found->code_hash, begun.code_hash);
    EXPECT_EQ(found->revision, 1);
    EXPECT_EQ(found->key.kek_id, begun.key.kek_id);
    EXPECT_EQ(found->key.value, begun.key.value);
    EXPECT_EQ(found->content, begun.content);
    EXPECT_EQ(found->expires, begun.expires);
  }
  EXPECT_FALSE(find_draft(portal_, *begun.code_hash, sample_now));
}

TEST_F(drafts, two_windows_never_overwrite_each_other_unseen) {
  auto const begun = make();
  start_draft(portal_, begun);
  auto left = begun;
  left.revision = 2;
  left.content = {1};
  auto right = begun;
  right.revision = 2;
  right.content = {2};
  EXPECT_TRUE(save_draft(portal_, left));
  EXPECT_FALSE(save_draft(portal_, right));
  EXPECT_EQ(find_draft(portal_, begun.session_hash, sample_now)->content, left.content);
}

TEST_F(drafts, after_its_time_it_is_not_found_and_then_not_there) {
  auto const begun = make();
  start_draft(portal_, begun);
  EXPECT_TRUE(find_draft(portal_, begun.session_hash, begun.expires - 1us));
  EXPECT_FALSE(find_draft(portal_, begun.session_hash, begun.expires));
  EXPECT_FALSE(find_draft_by_code(portal_, *begun.code_hash, begun.expires));
  EXPECT_EQ(remove_expired_drafts(portal_, begun.expires - 1us), 0);
  EXPECT_EQ(remove_expired_drafts(portal_, begun.expires), 1);
  EXPECT_EQ(home_.value("SELECT count(*) FROM draft"), "0");
}

TEST_F(drafts, tries_are_counted_until_it_is_handed_over) {
  auto const begun = make();
  start_draft(portal_, begun);
  EXPECT_EQ(count_draft_try(portal_, begun.id), 1);
  EXPECT_EQ(count_draft_try(portal_, begun.id), 2);
  EXPECT_EQ(find_draft(portal_, begun.session_hash, sample_now)->tries, 2);
  certs::hash256 other{};
  world_.random(other);
  hand_over_draft(portal_, begun.id, other);
  EXPECT_FALSE(find_draft(portal_, begun.session_hash, sample_now));
  EXPECT_EQ(find_draft(portal_, other, sample_now)->tries, 0);
}

TEST_F(drafts, a_sent_one_has_no_code_any_more) {
  auto sent = make();
  start_draft(portal_, sent);
  auto const code = *sent.code_hash;
  sent.code_hash.reset();
  sent.revision = 2;
  EXPECT_TRUE(save_draft(portal_, sent));
  EXPECT_FALSE(find_draft_by_code(portal_, code, sample_now));
  remove_draft(portal_, sent.id);
  EXPECT_FALSE(find_draft(portal_, sent.session_hash, sample_now));
  sent.revision = 3;
  EXPECT_FALSE(save_draft(portal_, sent)) << "what was removed does not come back";
}

draft_attachment sealed_file(std::uint8_t name, std::size_t bytes) {
  draft_attachment made;
  made.name.fill(name);
  made.key = {"kek-1", certs::bytes(40, name)};
  made.about = {name};
  made.content = certs::bytes(bytes, name);
  return made;
}

TEST_F(drafts, files_come_back_by_name_and_the_same_one_twice_is_one) {
  auto const begun = make();
  start_draft(portal_, begun);
  draft_room const room{.files_max = 2, .bytes_max = 1000};
  for (auto const name : {std::uint8_t{1}, std::uint8_t{2}, std::uint8_t{1}}) {
    EXPECT_EQ(keep_draft_attachment(portal_, begun.id, sealed_file(name, 300), room),
              draft_keeping::kept);
  }
  auto const found = open_draft_attachments(portal_, begun.id);
  ASSERT_EQ(found.size(), 2U);
  for (auto const& each : found) {
    auto const name = each.name.front();
    EXPECT_EQ(each.name, sealed_file(name, 0).name);
    EXPECT_EQ(each.key.value, certs::bytes(40, name));
    EXPECT_EQ(each.about, certs::bytes{name});
    EXPECT_EQ(each.content, certs::bytes(300, name));
  }
  auto const listed = list_draft_attachments(portal_, begun.id);
  ASSERT_EQ(listed.size(), 2U);
  EXPECT_EQ(listed[0].about, certs::bytes{listed[0].name.front()});
  EXPECT_TRUE(listed[0].content.empty());
  EXPECT_TRUE(list_draft_attachments(portal_, certs::new_uuid_v7(world_)).empty());
}

TEST_F(drafts, files_find_room_or_none) {
  auto const begun = make();
  start_draft(portal_, begun);
  auto const keep = [&](std::uint8_t name, std::size_t bytes) {
    return keep_draft_attachment(portal_, begun.id, sealed_file(name, bytes),
                                 {.files_max = 2, .bytes_max = 1000});
  };
  EXPECT_EQ(keep(1, 1001), draft_keeping::no_room);
  EXPECT_EQ(keep(1, 600), draft_keeping::kept);
  EXPECT_EQ(keep(2, 401), draft_keeping::no_room);
  EXPECT_EQ(keep(2, 400), draft_keeping::kept);
  EXPECT_EQ(keep(3, 1), draft_keeping::no_room) << "two are there";
  EXPECT_EQ(keep_draft_attachment(portal_, certs::new_uuid_v7(world_), sealed_file(1, 1), {9, 9}),
            draft_keeping::no_draft);
}

TEST_F(drafts, files_that_no_answer_names_and_those_of_a_removed_draft_are_gone) {
  auto const begun = make();
  start_draft(portal_, begun);
  draft_room const room{.files_max = 9, .bytes_max = 1000};
  for (auto const name : {std::uint8_t{1}, std::uint8_t{2}, std::uint8_t{3}}) {
    keep_draft_attachment(portal_, begun.id, sealed_file(name, 10), room);
  }
  certs::hash256 const kept[] = {sealed_file(2, 0).name};
  remove_draft_attachments_but(portal_, begun.id, kept);
  EXPECT_EQ(home_.value("SELECT count(*) FROM draft_attachment"), "1");
  remove_draft(portal_, begun.id);
  EXPECT_EQ(home_.value("SELECT count(*) FROM draft_attachment"), "0");
}

TEST_F(drafts, who_may_delete_a_draft_may_not_read_its_files) {
  auto const begun = make();
  start_draft(portal_, begun);
  keep_draft_attachment(portal_, begun.id, sealed_file(1, 10), {.files_max = 9, .bytes_max = 99});
  pool retention({.conninfo = home_.conninfo("intake_retention")});
  EXPECT_THROW(open_draft_attachments(retention, begun.id), std::runtime_error);
  EXPECT_EQ(remove_expired_drafts(retention, begun.expires), 1);
  EXPECT_EQ(home_.value("SELECT count(*) FROM draft_attachment"), "0");
}

}  // namespace
}  // namespace intake::db

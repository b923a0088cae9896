#include "db/appointments.hpp"

#include "db/appointment_acts.hpp"
#include "db/drafts.hpp"
#include "db/errors.hpp"
#include "db/invitations.hpp"
#include "tests/db/samples.hpp"

#include <gtest/gtest.h>

namespace intake::db {
namespace {

using namespace std::chrono_literals;
using tests::sample_now;

class appointments : public testing::Test {
 protected:
  appointment make(certs::utc_time starts_at = sample_now + 1h) {
    appointment made;
    made.id = certs::new_uuid_v7(world_);
    made.location = "main";
    made.starts_at = starts_at;
    made.source.emplace();
    world_.random(*made.source);
    made.token.emplace();
    world_.random(*made.token);
    made.key = {"kek-1", certs::bytes(40, 7)};
    made.content = {0, 1, 255};
    add_appointment(desk_, made);
    return made;
  }

  std::vector<appointment_row> day() {
    return list_appointments(desk_, "main", sample_now, sample_now + 24h, sample_now);
  }

  appointment_act act(appointment const& on, appointment_state to, int seen) {
    return {on.id, to, seen, sample_now, person_};
  }

  invitation invite(appointment const& to) {
    invitation made;
    made.id = certs::new_uuid_v7(world_);
    world_.random(made.selector);
    world_.random(made.verifier_hash);
    made.appointment = to.id;
    made.key = {"kek-1", certs::bytes(40, 7)};
    made.content = {1};
    made.created = sample_now;
    made.actor = person_;
    made.expires = sample_now + 24h;
    add_invitation(desk_, made);
    return made;
  }

  draft begun_draft() {
    draft begun;
    begun.id = certs::new_uuid_v7(world_);
    world_.random(begun.session_hash);
    begun.code_hash.emplace();
    world_.random(*begun.code_hash);
    begun.key = {"kek-1", certs::bytes(40, 7)};
    begun.content = {1};
    begun.expires = sample_now + 24h;
    return begun;
  }

  certs::world world_ = tests::sample_world();
  tests::database home_;
  pool desk_{{.conninfo = home_.conninfo("intake_desk")}};
  pool portal_{{.conninfo = home_.conninfo("intake_portal")}};
  certs::uuid person_ = certs::new_uuid_v7(world_);
};

TEST_F(appointments, a_day_has_its_own_in_their_order) {
  auto const second = make(sample_now + 2h);
  auto const first = make(sample_now + 1h);
  make(sample_now + 24h);
  make(sample_now - 1us);
  auto const rows = day();
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].what.id, first.id);
  EXPECT_EQ(rows[0].what.source, first.source);
  EXPECT_EQ(rows[0].what.token, first.token);
  EXPECT_EQ(rows[0].what.content, first.content);
  EXPECT_EQ(rows[0].state, appointment_state::expected);
  EXPECT_EQ(rows[1].what.id, second.id);
  EXPECT_TRUE(list_appointments(desk_, "other", sample_now, sample_now + 24h, sample_now).empty());
}

TEST_F(appointments, a_change_replaces_one_revision_only) {
  auto next = make();
  next.revision = 2;
  next.starts_at += 1h;
  EXPECT_TRUE(change_appointment(desk_, next));
  EXPECT_FALSE(change_appointment(desk_, next));
  EXPECT_EQ(find_appointment_by_source(desk_, *next.source)->starts_at, next.starts_at);
}

TEST_F(appointments, the_last_event_is_the_state_and_undo_is_one_more) {
  auto const one = make();
  EXPECT_TRUE(set_appointment_state(desk_, act(one, appointment_state::arrived, 0)));
  EXPECT_EQ(day()[0].state, appointment_state::arrived);
  EXPECT_FALSE(set_appointment_state(desk_, act(one, appointment_state::no_show, 0)))
      << "somebody else was quicker";
  EXPECT_TRUE(set_appointment_state(desk_, act(one, appointment_state::left, 1)));
  EXPECT_TRUE(undo_appointment_state(desk_, act(one, {}, 2)));
  EXPECT_FALSE(undo_appointment_state(desk_, act(one, {}, 2)));
  EXPECT_EQ(day()[0].state, appointment_state::arrived);
  EXPECT_EQ(day()[0].event_number, 3);
  EXPECT_EQ(home_.value("SELECT string_agg(act || ' ' || state, ', ' ORDER BY number) FROM "
                        "appointment_event"),
            "set arrived, set left, undo arrived");
}

TEST_F(appointments, the_first_event_can_be_undone) {
  auto const one = make();
  EXPECT_FALSE(undo_appointment_state(desk_, act(one, {}, 0)));
  ASSERT_TRUE(set_appointment_state(desk_, act(one, appointment_state::no_show, 0)));
  EXPECT_TRUE(undo_appointment_state(desk_, act(one, {}, 1)));
  EXPECT_EQ(day()[0].state, appointment_state::expected);
}

TEST_F(appointments, a_match_holds_until_it_is_taken_back) {
  auto const one = make();
  auto const forms = certs::new_uuid_v7(world_);
  match_appointment(portal_, {one.id, forms, match_reason::visit, sample_now, {}});
  match_appointment(desk_, {one.id, forms, match_reason::staff, sample_now, person_});
  EXPECT_EQ(day()[0].submissions, std::vector{forms});
  EXPECT_EQ(matched_submissions(desk_, {&forms, 1}), std::vector{forms});
  part_appointment(desk_, {one.id, forms, match_reason::staff, sample_now, person_});
  EXPECT_TRUE(day()[0].submissions.empty());
  EXPECT_TRUE(matched_submissions(desk_, {&forms, 1}).empty());
}

TEST_F(appointments, the_first_to_acknowledge_stays) {
  auto const forms = certs::new_uuid_v7(world_);
  acknowledgement seen{forms, {}, sample_now, person_};
  world_.random(seen.alert);
  acknowledge_alert(desk_, seen);
  auto later = seen;
  later.actor = certs::new_uuid_v7(world_);
  acknowledge_alert(desk_, later);
  auto const found = list_acknowledgements(desk_, {&forms, 1});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].actor, person_);
  EXPECT_EQ(found[0].alert, seen.alert);
}

TEST_F(appointments, a_row_says_how_far_its_packet_is) {
  auto const one = make();
  auto const link = invite(one);
  ASSERT_TRUE(day()[0].invitation);
  EXPECT_FALSE(day()[0].invitation->opened);
  auto begun = begun_draft();
  begun.appointment = one.id;
  begun.forms_asked = 9;
  start_draft(portal_, begun);
  open_invitation(portal_, link.id, begun.id, sample_now);
  begun.revision = 2;
  begun.forms_done = 4;
  begun.help_asked = sample_now;
  ASSERT_TRUE(save_draft(portal_, begun));
  auto const row = day()[0];
  ASSERT_TRUE(row.progress);
  EXPECT_EQ(row.progress->forms_done, 4);
  EXPECT_EQ(row.progress->forms_asked, 9);
  EXPECT_TRUE(row.progress->help_asked);
  EXPECT_TRUE(row.invitation->opened);
  EXPECT_EQ(list_drafts_handed_over(portal_, sample_now, {}, 9).size(), 1U);
  EXPECT_EQ(find_invitation(portal_, link.selector)->draft, begun.id);
}

TEST_F(appointments, a_link_that_was_taken_back_is_not_on_the_row) {
  auto const one = make();
  auto const link = invite(one);
  revoke_invitations(desk_, one.id, invitation_purpose::packet, sample_now);
  EXPECT_FALSE(day()[0].invitation);
  EXPECT_TRUE(find_invitation(portal_, link.selector)->revoked);
}

TEST_F(appointments, tries_of_a_link_are_counted_until_it_is_opened) {
  auto const link = invite(make());
  EXPECT_EQ(count_invitation_try(portal_, link.id), 1);
  EXPECT_EQ(count_invitation_try(portal_, link.id), 2);
  open_invitation(portal_, link.id, certs::new_uuid_v7(world_), sample_now);
  EXPECT_EQ(find_invitation(portal_, link.selector)->tries, 0);
}

TEST_F(appointments, a_shared_device_loses_the_draft_and_the_draft_stays) {
  auto begun = begun_draft();
  begun.session_ends = sample_now + 5min;
  start_draft(portal_, begun);
  EXPECT_TRUE(find_draft(portal_, begun.session_hash, sample_now));
  EXPECT_FALSE(find_draft(portal_, begun.session_hash, sample_now + 5min));
  EXPECT_TRUE(find_draft_by_id(portal_, begun.id, sample_now + 5min));
  keep_draft_session(portal_, begun.id, sample_now + 10min);
  EXPECT_TRUE(find_draft(portal_, begun.session_hash, sample_now + 5min));
}

}  // namespace
}  // namespace intake::db

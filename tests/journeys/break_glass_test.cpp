// Emergency access, and who keeps accounts.
#include "service/copy.hpp"
#include "tests/journeys/clinic.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::tests {
namespace {

using namespace std::chrono_literals;
using db::account_role;
using testing::HasSubstr;
using testing::Not;

constexpr auto* drinking = "A few times a month or less";
constexpr auto* reason = "Collapsed in the waiting room";

class break_glass : public testing::Test {
 protected:
  break_glass() {
    EXPECT_EQ(clinic_.post_fhir(sample_packet()).status, 201);
    path_ = "/desk/submissions/" + clinic_.rows().value("SELECT id FROM submission");
  }
  std::string csrf() {
    return attribute_after(body_of(clinic_.get("/desk/account")), "name=\"csrf\"", "value");
  }
  service::response open_it(std::string const& why) {
    return clinic_.post_form(path_ + "/emergency", {{"csrf", csrf()}, {"reason", why}});
  }
  /// Gives its id.
  std::string send_another() {
    auto packet = sample_packet();
    packet.replace(packet.find("urn:uuid:") + 9, 36,
                   certs::to_string(certs::new_uuid_v7(clinic_.app().world)));
    clinic_.now += 1s;
    EXPECT_EQ(clinic_.post_fhir(packet).status, 201);
    return clinic_.rows().value("SELECT id FROM submission ORDER BY received DESC LIMIT 1");
  }
  std::string page() { return body_of(clinic_.get(path_)); }

  clinic clinic_;
  std::string path_;
};

TEST_F(break_glass, shows_one_record_for_an_hour) {
  clinic_.sign_in("front", account_role::front_desk);
  EXPECT_THAT(page(), Not(HasSubstr(drinking)));
  EXPECT_EQ(open_it("urgent").status, 422) << "no reason";
  EXPECT_EQ(field_of(open_it(reason), "location"), path_);
  EXPECT_THAT(page(), HasSubstr(drinking));
  EXPECT_EQ(clinic_.get(path_ + ".pdf?copy=clinical").status, 200);
  EXPECT_THAT(body_of(clinic_.get("/desk")), Not(HasSubstr(drinking)));
  for (int i = 0; i < 5; ++i) {
    clinic_.now += 12min;
    clinic_.get("/desk/account");
  }
  EXPECT_THAT(page(), Not(HasSubstr(drinking))) << "the hour is over";
}

TEST_F(break_glass, opens_no_other_record_and_nobody_elses_eyes) {
  auto const other = send_another();
  clinic_.sign_in("front", account_role::front_desk);
  EXPECT_EQ(open_it(reason).status, 303);
  EXPECT_THAT(body_of(clinic_.get("/desk/submissions/" + other)), Not(HasSubstr(drinking)));
  clinic_.sign_in("second", account_role::front_desk);
  EXPECT_THAT(page(), Not(HasSubstr(drinking)));
}

TEST_F(break_glass, opens_no_record_that_was_joined_to_it) {
  auto const other = send_another();
  clinic_.sign_in("front", account_role::front_desk);
  clinic_.post_form(path_ + "/acts", {{"csrf", csrf()}, {"act", "join"}, {"other", other}});
  ASSERT_EQ(open_it(reason).status, 303);
  EXPECT_THAT(page(), Not(HasSubstr("over the visits"))) << "scores of both";
  auto const file = clinic_.post_form(path_ + "/export", {{"csrf", csrf()}});
  ASSERT_EQ(file.status, 200);
  auto const receipt =
      clinic_.rows().value("SELECT receipt FROM submission WHERE id = '" + other + "'");
  EXPECT_THAT(body_of(file), Not(HasSubstr(service::spoken_receipt(receipt))));
  EXPECT_EQ(clinic_.rows().value("SELECT cardinality(shown) FROM audit_event WHERE action = "
                                 "'record-exported'"),
            "1");
  clinic_.sign_in("doctor", account_role::clinician);
  EXPECT_THAT(page(), HasSubstr("over the visits")) << "who reads both anyway sees both";
}

TEST_F(break_glass, is_not_for_who_keeps_rules_or_accounts) {
  clinic_.sign_in("money", account_role::billing);
  EXPECT_EQ(open_it(reason).status, 403);
  clinic_.sign_in("root", account_role::administrator);
  EXPECT_EQ(open_it(reason).status, 403);
}

TEST_F(break_glass, stands_in_the_trail_with_its_reason) {
  clinic_.sign_in("front", account_role::front_desk);
  open_it(reason);
  page();
  clinic_.get(path_ + ".pdf?copy=clinical");
  for (auto const* action : {"glass-broken", "submission-opened", "pdf-downloaded"}) {
    EXPECT_THAT(clinic_.rows().value("SELECT purpose FROM audit_event WHERE action = '" +
                                     std::string(action) + "' AND outcome = 'done'"),
                HasSubstr(std::string("emergency: ") + reason))
        << action;
  }
}

TEST_F(break_glass, alarms_the_managers_until_another_has_looked) {
  clinic_.sign_in("boss", account_role::manager);
  EXPECT_THAT(body_of(clinic_.get("/desk/account")), Not(HasSubstr("1 new")));
  open_it(reason);
  EXPECT_THAT(body_of(clinic_.get("/desk/account")), HasSubstr("1 new"));
  auto const own = body_of(clinic_.get("/desk/emergencies"));
  EXPECT_THAT(own, HasSubstr(reason));
  EXPECT_THAT(own, HasSubstr("somebody else must"));
  auto const id = clinic_.rows().value("SELECT id FROM broken_glass");
  auto const seen = "/desk/emergencies/" + id + "/seen";
  EXPECT_EQ(clinic_.post_form(seen, {{"csrf", csrf()}}).status, 404) << "not their own";
  auto const nothing = "/desk/emergencies/" + certs::to_string(certs::uuid{}) + "/seen";
  EXPECT_EQ(clinic_.post_form(nothing, {{"csrf", csrf()}}).status, 404);
  clinic_.sign_in("chief", account_role::manager);
  EXPECT_EQ(clinic_.post_form(seen, {{"csrf", csrf()}}).status, 303);
  EXPECT_EQ(clinic_.rows().value("SELECT string_agg(outcome, ' ' ORDER BY number) FROM audit_event "
                                 "WHERE action = 'broken-glass-seen'"),
            "refused refused done")
      << "the trail says what became of each";
  EXPECT_THAT(body_of(clinic_.get("/desk/emergencies")), HasSubstr("by chief"));
  EXPECT_THAT(body_of(clinic_.get("/desk/account")), Not(HasSubstr("1 new")));
}

class staff : public testing::Test {
 protected:
  std::string csrf() {
    return attribute_after(body_of(clinic_.get("/desk/account")), "name=\"csrf\"", "value");
  }
  service::response add(std::string const& name, std::string const& role) {
    return clinic_.post_form("/desk/accounts", {{"csrf", csrf()}, {"name", name}, {"role", role}});
  }
  service::response act(std::string const& name, std::string const& word,
                        std::string const& role = "") {
    auto const who = db::find_account(clinic_.app().desk, name);
    return clinic_.post_form("/desk/accounts/" + certs::to_string(who->id),
                             {{"csrf", csrf()}, {"act", word}, {"role", role}});
  }
  clinic clinic_;
};

TEST_F(staff, an_administrator_arrives_at_the_accounts_and_adds_one) {
  clinic_.add_account("root", account_role::administrator);
  auto const in = clinic_.post_form(
      "/desk/sign-in", {{"name", "root"}, {"password", std::string(clinic::password)}});
  EXPECT_EQ(field_of(in, "location"), "/desk/accounts");
  clinic_.keep_cookie_of(in);
  EXPECT_EQ(clinic_.get("/desk/accounts").status, 200);
  EXPECT_THAT(body_of(add("lee", "billing")), HasSubstr("One-time code for lee"));
  EXPECT_EQ(db::find_account(clinic_.app().desk, "lee")->role, account_role::billing);
  EXPECT_EQ(add("LEE", "billing").status, 422);
  EXPECT_EQ(add("", "billing").status, 422);
  EXPECT_EQ(add("sam", "owner").status, 422);
}

TEST_F(staff, every_act_ends_the_sessions_and_is_in_the_trail) {
  clinic_.sign_in("lee", account_role::front_desk);
  auto const lees = clinic_.cookie();
  clinic_.sign_in("root", account_role::administrator);
  EXPECT_THAT(body_of(act("lee", "reset-password")), HasSubstr("One-time code"));
  EXPECT_EQ(act("lee", "reset-second-factor").status, 303);
  EXPECT_EQ(act("lee", "role", "billing").status, 303);
  EXPECT_EQ(act("lee", "sign-out").status, 303);
  EXPECT_EQ(act("lee", "disable").status, 303);
  EXPECT_EQ(act("lee", "enable").status, 303);
  EXPECT_EQ(act("lee", "promote").status, 422);
  EXPECT_EQ(
      clinic_.rows().value("SELECT count(DISTINCT action) FROM audit_event WHERE subject = "
                           "(SELECT id FROM account WHERE name = 'lee') AND outcome = 'done'"),
      "6");
  clinic_.use_cookie(lees);
  EXPECT_EQ(clinic_.get("/desk/account").status, 303);
}

TEST_F(staff, the_last_administrator_can_t_be_removed) {
  clinic_.sign_in("root", account_role::administrator);
  EXPECT_EQ(act("root", "disable").status, 422);
  EXPECT_EQ(act("root", "role", "manager").status, 422);
  EXPECT_EQ(clinic_.get("/desk/accounts").status, 200) << "and is still signed in";
}

TEST_F(staff, a_manager_makes_no_administrators) {
  clinic_.add_account("root", account_role::administrator);
  clinic_.add_account("lee", account_role::front_desk);
  clinic_.sign_in("boss", account_role::manager);
  EXPECT_EQ(add("sam", "administrator").status, 422);
  EXPECT_EQ(act("lee", "role", "administrator").status, 422);
  EXPECT_EQ(act("root", "disable").status, 422);
  EXPECT_EQ(act("root", "reset-password").status, 422);
  EXPECT_EQ(act("boss", "role", "administrator").status, 422);
  EXPECT_EQ(act("lee", "role", "billing").status, 303);
}

}  // namespace
}  // namespace intake::tests

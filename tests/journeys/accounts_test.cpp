// Signing in: passwords, second factors, codes, throttling, work that outlives its session.
#include "certs/totp.hpp"
#include "db/second_factors.hpp"
#include "service/accounts/account_acts.hpp"
#include "tests/journeys/clinic.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::tests {
namespace {

using namespace std::chrono_literals;
using db::account_role;
using testing::HasSubstr;
using testing::Not;

std::string const right(clinic::password);

certs::bytes read_base32(std::string_view text) {
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  certs::bytes data;
  unsigned bits = 0;
  int held = 0;
  for (char const c : text) {
    if (c == ' ') continue;
    bits = bits << 5 | static_cast<unsigned>(alphabet.find(c));
    if ((held += 5) >= 8) {
      held -= 8;
      data.push_back(static_cast<std::uint8_t>(bits >> held));
    }
  }
  return data;
}

/// What stands between two texts, the first time.
std::string between(std::string const& text, std::string const& before, std::string const& after) {
  auto const at = text.find(before);
  if (at == std::string::npos) return {};
  auto const begin = at + before.size();
  return text.substr(begin, text.find(after, begin) - begin);
}

class accounts : public testing::Test {
 protected:
  service::response act(std::string const& path,
                        std::vector<std::pair<std::string, std::string>> fields) {
    fields.emplace_back(
        "csrf", attribute_after(body_of(clinic_.get("/desk/account")), "name=\"csrf\"", "value"));
    return clinic_.post_form("/desk/account/" + path, fields);
  }
  service::response password(std::string const& name, std::string const& typed = right) {
    return clinic_.post_form("/desk/sign-in", {{"name", name}, {"password", typed}});
  }
  service::response second(service::response const& step, std::string const& code) {
    return clinic_.post_form(
        "/desk/sign-in/second",
        {{"step", attribute_after(body_of(step), "name=\"step\"", "value")}, {"code", code}});
  }
  std::string code_now() const {
    return certs::one_time_code(key_, static_cast<std::uint64_t>(certs::totp_step(clinic_.now)));
  }
  /// Signs in as a new person and sets up an app; gives the recovery codes.
  std::vector<std::string> set_up_app(std::string const& name) {
    clinic_.sign_in(name, account_role::front_desk);
    auto const shown = body_of(act("app", {{"password", right}}));
    key_ = read_base32(between(shown, "intake-address\">", "<"));
    EXPECT_EQ(key_.size(), certs::totp_key_bytes);
    auto page = body_of(act("app/confirm", {{"code", code_now()}}));
    std::vector<std::string> codes;
    for (auto at = page.find("intake-receipt\">"); at != std::string::npos;
         at = page.find("intake-receipt\">", at + 1)) {
      codes.push_back(page.substr(at + 16, 11));
    }
    clinic_.sign_out();
    clinic_.now += 30s;
    return codes;
  }

  clinic clinic_;
  certs::bytes key_;
};

TEST_F(accounts, with_an_app_the_password_alone_signs_nobody_in) {
  EXPECT_EQ(set_up_app("nora").size(), 10U);
  auto const step = password("nora");
  EXPECT_EQ(step.status, 200);
  EXPECT_EQ(field_of(step, "set-cookie"), "");
  EXPECT_EQ(second(step, "000000").status, 401);
  auto const in = second(step, code_now());
  EXPECT_EQ(in.status, 303);
  EXPECT_EQ(field_of(in, "location"), "/desk/today");
  EXPECT_THAT(field_of(in, "set-cookie"), HasSubstr("HttpOnly"));
}

TEST_F(accounts, a_code_of_the_app_is_good_once) {
  set_up_app("nora");
  EXPECT_EQ(second(password("nora"), code_now()).status, 303);
  EXPECT_EQ(second(password("nora"), code_now()).status, 401);
  clinic_.now += 30s;
  EXPECT_EQ(second(password("nora"), code_now()).status, 303);
}

TEST_F(accounts, a_recovery_code_is_good_once_and_is_stored_as_a_verifier) {
  auto const codes = set_up_app("nora");
  EXPECT_EQ(second(password("nora"), codes.at(3)).status, 303);
  EXPECT_EQ(second(password("nora"), codes.at(3)).status, 401);
  EXPECT_EQ(second(password("nora"), codes.at(4)).status, 303);
  EXPECT_EQ(clinic_.rows().value("SELECT count(*) FROM recovery_code WHERE used IS NULL"), "8");
  EXPECT_EQ(clinic_.rows().value("SELECT count(*) FROM recovery_code WHERE octet_length(verifier) "
                                 "<> 32"),
            "0");
}

TEST_F(accounts, the_first_step_ends_after_five_minutes_and_with_the_password) {
  set_up_app("nora");
  auto const step = password("nora");
  clinic_.now += 5min;
  EXPECT_THAT(body_of(second(step, code_now())), HasSubstr("Begin again"));
  auto const other = password("nora");
  auto const who = db::find_account(clinic_.app().desk, "nora");
  ASSERT_EQ(db::change_password(clinic_.app().desk, who->id, "$argon2id$other"),
            db::account_change::done);
  EXPECT_EQ(field_of(second(other, code_now()), "set-cookie"), "");
}

TEST_F(accounts, codes_of_the_app_can_t_be_guessed_for_long) {
  set_up_app("nora");
  int tries = 0;
  auto const step = password("nora");
  while (second(step, "000000").status == 401) ++tries;
  EXPECT_EQ(tries, 6);
  EXPECT_EQ(second(step, code_now()).status, 429) << "nor is the right one taken meanwhile";
  clinic_.now += 11min;
  EXPECT_EQ(second(password("nora"), code_now()).status, 303);
}

TEST_F(accounts, failed_sign_ins_wait_whether_or_not_the_name_exists) {
  clinic_.add_account("front", account_role::front_desk);
  for (auto const* name : {"front", "frond"}) {
    int tries = 0;
    while (password(name, "x").status == 401) ++tries;
    EXPECT_EQ(tries, 10) << name;
    EXPECT_THAT(body_of(password(name, "x")), HasSubstr("Wait 2 minutes and try again"));
  }
  EXPECT_EQ(password("front").status, 429) << "nor is the right password taken meanwhile";
  clinic_.now += 121s;
  EXPECT_EQ(password("front").status, 303);
}

TEST_F(accounts, who_changes_the_password_is_signed_out_everywhere_else) {
  clinic_.sign_in("nora", account_role::billing);
  auto const elsewhere = clinic_.cookie();
  clinic_.keep_cookie_of(password("nora"));
  EXPECT_THAT(body_of(act("password", {{"password", "wrong"}, {"new", "brittle walruss"}})),
              HasSubstr("not your password"));
  EXPECT_THAT(body_of(act("password", {{"password", right}, {"new", "x7 kQ4wz"}})),
              HasSubstr("at least 15"));
  EXPECT_THAT(body_of(act("password", {{"password", right}, {"new", "passwordpassword"}})),
              HasSubstr("attackers try first"));
  auto const changed = act("password", {{"password", right}, {"new", "brittle walruss"}});
  EXPECT_EQ(changed.status, 303);
  clinic_.keep_cookie_of(changed);
  EXPECT_EQ(clinic_.get("/desk/account").status, 200);
  clinic_.use_cookie(elsewhere);
  EXPECT_EQ(clinic_.get("/desk/account").status, 303);
  EXPECT_EQ(password("nora").status, 401);
  EXPECT_EQ(password("nora", "brittle walruss").status, 303);
}

TEST_F(accounts, a_short_password_is_good_beside_a_second_factor_and_not_after_it) {
  set_up_app("nora");
  clinic_.keep_cookie_of(second(password("nora"), code_now()));
  auto const changed = act("password", {{"password", right}, {"new", "x7 kQ4wz"}});
  ASSERT_EQ(changed.status, 303);
  clinic_.keep_cookie_of(changed);
  EXPECT_THAT(body_of(act("app/remove", {{"password", "x7 kQ4wz"}})),
              HasSubstr("only beside a second factor"));
  // Lost telephone: the administrator's reset leaves no short password standing alone.
  auto const& app = clinic_.app();
  auto const code = service::accounts::reset_second_factor({app.world, app.keys, app.desk},
                                                           *db::find_account(app.desk, "nora"));
  EXPECT_TRUE(code);
  EXPECT_EQ(password("nora", "x7 kQ4wz").status, 401);
}

TEST_F(accounts, signing_out_everywhere_ends_every_session) {
  clinic_.sign_in("nora", account_role::clinician);
  auto const elsewhere = clinic_.cookie();
  clinic_.keep_cookie_of(password("nora"));
  EXPECT_EQ(act("sign-out-everywhere", {}).status, 303);
  for (auto const& cookie : {elsewhere, clinic_.cookie()}) {
    clinic_.use_cookie(cookie);
    EXPECT_EQ(clinic_.get("/desk/account").status, 303);
  }
}

TEST_F(accounts, a_session_ends_idle_after_15_minutes_and_after_12_hours) {
  clinic_.sign_in("nora", account_role::front_desk);
  for (int i = 0; i < 51; ++i) {
    clinic_.now += 14min;
    ASSERT_EQ(clinic_.get("/desk").status, 200) << i;
  }
  clinic_.now += 10min;
  EXPECT_EQ(clinic_.get("/desk").status, 303) << "12 hours are over";
  clinic_.keep_cookie_of(password("nora"));
  clinic_.now += 15min;
  EXPECT_EQ(clinic_.get("/desk").status, 303) << "idle";
}

std::vector<std::pair<std::string, std::string>> invitation(std::string const& csrf) {
  return {{"csrf", csrf},
          {"name", "\"><i>Quote, Ana"},
          {"born", "2/28/1961"},
          {"visit", "new-patient"},
          {"language", "es"}};
}

TEST_F(accounts, work_outlives_the_session) {
  clinic_.sign_in("nora", account_role::front_desk);
  auto const fields = invitation(clinic_.csrf());
  clinic_.now += 16min;
  auto const again = clinic_.post_form("/desk/invitations", fields);
  EXPECT_EQ(again.status, 401);
  auto const kept = attribute_after(body_of(again), "name=\"kept\"", "value");
  ASSERT_NE(kept, "");
  EXPECT_THAT(body_of(again), Not(HasSubstr("Quote, Ana"))) << "whoever sits there now";
  EXPECT_EQ(clinic_.rows().value("SELECT count(*) FROM invitation"), "0");
  auto const in =
      clinic_.post_form("/desk/sign-in", {{"name", "nora"}, {"password", right}, {"kept", kept}});
  EXPECT_EQ(in.status, 200);
  clinic_.keep_cookie_of(in);
  auto const page = body_of(in);
  EXPECT_EQ(between(page, "action=\"/desk/inv", "\""), "itations");
  EXPECT_THAT(page, HasSubstr("value=\"&quot;&gt;&lt;i&gt;Quote, Ana\""));
  auto const csrf =
      attribute_after(page, "<form method=\"post\" action=\"/desk/invitations", "value");
  EXPECT_EQ(clinic_.post_form("/desk/invitations", invitation(csrf)).status, 200);
  EXPECT_EQ(clinic_.rows().value("SELECT count(*) FROM invitation"), "1");
}

TEST_F(accounts, lines_of_work_stay_lines) {
  clinic_.sign_in("nora", account_role::front_desk);
  auto fields = invitation(clinic_.csrf());
  fields.emplace_back("words", "one\n\"two\"\nthree");
  clinic_.now += 16min;
  auto const kept = attribute_after(body_of(clinic_.post_form("/desk/invitations", fields)),
                                    "name=\"kept\"", "value");
  auto const in =
      clinic_.post_form("/desk/sign-in", {{"name", "nora"}, {"password", right}, {"kept", kept}});
  EXPECT_THAT(body_of(in), HasSubstr("value=\"one\n&quot;two&quot;\nthree\""));
}

TEST_F(accounts, work_is_offered_to_nobody_else) {
  clinic_.add_account("other", account_role::front_desk);
  clinic_.sign_in("nora", account_role::front_desk);
  auto const fields = invitation(clinic_.csrf());
  clinic_.now += 16min;
  auto const kept = attribute_after(body_of(clinic_.post_form("/desk/invitations", fields)),
                                    "name=\"kept\"", "value");
  auto const sign_in = [&](std::string const& name, std::string const& carried) {
    return clinic_.post_form("/desk/sign-in",
                             {{"name", name}, {"password", right}, {"kept", carried}});
  };
  EXPECT_EQ(sign_in("other", kept).status, 303);
  auto changed = kept;
  changed[changed.size() - 5] = changed[changed.size() - 5] == 'A' ? 'B' : 'A';
  EXPECT_EQ(sign_in("nora", changed).status, 303);
  EXPECT_EQ(sign_in("nora", kept).status, 200);
  clinic_.now += 13h;
  EXPECT_EQ(sign_in("nora", kept).status, 303) << "too old";
}

TEST_F(accounts, another_site_can_t_have_work_kept) {
  clinic_.sign_in("nora", account_role::front_desk);
  clinic_.now += 16min;
  EXPECT_EQ(clinic_.post_form("/desk/invitations", invitation("forged")).status, 303);
}

TEST_F(accounts, a_window_of_an_earlier_session_goes_on_in_the_new_one) {
  clinic_.sign_in("nora", account_role::front_desk);
  auto const fields = invitation(clinic_.csrf());
  clinic_.now += 16min;
  clinic_.keep_cookie_of(password("nora"));
  auto const offer = clinic_.post_form("/desk/invitations", fields);
  EXPECT_EQ(offer.status, 200);
  EXPECT_THAT(body_of(offer), HasSubstr("Send it now"));
  EXPECT_EQ(clinic_.rows().value("SELECT count(*) FROM invitation"), "0");
  EXPECT_EQ(clinic_.post_form("/desk/invitations", invitation("forged")).status, 403);
}

TEST_F(accounts, a_one_time_code_lets_its_holder_choose_a_password_once) {
  auto const& app = clinic_.app();
  auto const added =
      service::accounts::add_account({app.world, app.keys, app.desk}, certs::new_uuid_v7(app.world),
                                     "lee", account_role::manager, "", false);
  auto const choose = [&](std::string const& name, std::string const& code,
                          std::string const& chosen = "brittle walruss") {
    return clinic_.post_form("/desk/set-up",
                             {{"name", name}, {"code", code}, {"password", chosen}});
  };
  EXPECT_EQ(password("lee", "!").status, 401);
  auto const wrong_code = choose("lee", "AAAAA-AAAAA");
  auto wrong_name = body_of(choose("leo", added.code));
  wrong_name.replace(wrong_name.find("\"leo\""), 5, "\"lee\"");
  EXPECT_EQ(body_of(wrong_code), wrong_name);
  EXPECT_EQ(choose("lee", added.code, "too short").status, 422);
  EXPECT_EQ(choose("lee", added.code).status, 200);
  EXPECT_EQ(choose("lee", added.code).status, 401) << "good once";
  EXPECT_EQ(password("lee", "brittle walruss").status, 303);
  auto const later = service::accounts::reset_password({app.world, app.keys, app.desk}, added.id);
  EXPECT_EQ(password("lee", "brittle walruss").status, 401);
  clinic_.now += std::chrono::days(7);
  EXPECT_EQ(choose("lee", later).status, 401) << "its time is over";
}

TEST_F(accounts, production_opens_only_the_account_until_there_is_a_second_factor) {
  clinic_.take_for_production();
  clinic_.sign_in("nora", account_role::front_desk);
  EXPECT_EQ(field_of(clinic_.get("/desk/today"), "location"), "/desk/account");
  EXPECT_THAT(body_of(clinic_.get("/desk/account")), HasSubstr("needs a second factor"));
  auto const shown = body_of(act("app", {{"password", right}}));
  key_ = read_base32(between(shown, "intake-address\">", "<"));
  EXPECT_EQ(act("app/confirm", {{"code", code_now()}}).status, 200);
  EXPECT_EQ(clinic_.get("/desk/today").status, 200);
}

}  // namespace
}  // namespace intake::tests

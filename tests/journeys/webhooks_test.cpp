// Events for another program of the clinic: signed, ids only, tried again, given up in sight.
#include "service/outgoing/webhooks.hpp"

#include "certs/random.hpp"
#include "service/http/listener.hpp"
#include "tests/journeys/command_clinic.hpp"
#include "tests/journeys/fhir_client.hpp"

#include <mutex>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::tests {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr std::string_view secret = "a secret of the tests, long enough for a key";

/// What another program has at 127.0.0.1: takes events, answers as it is told.
class receiver {
 public:
  receiver() : server_(settings(), hooks(), world_) { server_.start(); }

  std::string url() const {
    return "http://127.0.0.1:" + std::to_string(server_.addresses().front().port) + "/events";
  }
  void answer(int status) { status_ = status; }
  std::vector<service::request> taken() {
    std::lock_guard const lock(mutex_);
    return taken_;
  }

 private:
  static service::server_settings settings() {
    service::server_settings made;
    made.addresses = {{"127.0.0.1", 0}};
    made.socket_threads = 1;
    made.worker_threads = 1;
    return made;
  }
  service::server_hooks hooks() {
    service::server_hooks made;
    made.handle = [this](service::request const& asked) {
      std::lock_guard const lock(mutex_);
      taken_.push_back(asked);
      return service::response{.status = status_, .fields = {}, .body = std::string()};
    };
    return made;
  }

  certs::world world_{.now =
                          [] {
                            return std::chrono::time_point_cast<std::chrono::microseconds>(
                                std::chrono::system_clock::now());
                          },
                      .random = certs::random_bytes};
  std::mutex mutex_;
  std::vector<service::request> taken_;
  int status_ = 204;
  service::http_server server_;
};

struct webhook_clinic {
  webhook_clinic() { home.home.use_webhook(from.url(), std::string(secret)); }
  clinic& c() { return home.home; }
  void once() { service::outgoing::webhooks(c().app(), counts).once(); }
  std::string tasks() { return c().rows().value("SELECT count(*) FROM outbox"); }

  receiver from;
  command_clinic home;
  service::outgoing::counters counts;
};

TEST(Webhooks, TellOfAVersionByItsIdsAloneAndSigned) {
  webhook_clinic w;
  auto const id = submit_sample(w.c());
  w.once();
  auto const taken = w.from.taken();
  ASSERT_EQ(taken.size(), 1U);
  auto const& body = taken.front().body;
  EXPECT_THAT(body, AllOf(HasSubstr("\"event\":\"submission.received\""),
                          HasSubstr("\"submission\":\"" + id + "\""), HasSubstr("\"version\":1"),
                          HasSubstr("\"id\":\"" + id + "/1\"")));
  for (auto const& each : scope_answers()) EXPECT_THAT(body, Not(HasSubstr(each.answer)));
  auto const receipt = w.c().rows().value("SELECT receipt FROM submission");
  EXPECT_THAT(body, AllOf(Not(HasSubstr("Nora")), Not(HasSubstr(receipt))));
  EXPECT_EQ(taken.front().field("intake-signature"),
            service::outgoing::webhook_signature(secret, w.c().now, body));
  EXPECT_EQ(taken.front().field("content-type"), "application/json");
  EXPECT_EQ(w.tasks(), "0");
  EXPECT_EQ(w.counts.webhooks_delivered.load(), 1U);
  w.once();
  EXPECT_EQ(w.from.taken().size(), 1U);
}

TEST(Webhooks, TellWhatStaffDidToARecord) {
  webhook_clinic w;
  auto const one = submit_sample(w.c());
  auto const other = submit_sample(w.c());
  w.once();
  w.c().sign_in("boss", db::account_role::manager);
  for (auto const* what : {"void", "restore", "join", "part"}) {
    w.c().now += std::chrono::seconds(1);
    ASSERT_EQ(
        w.c()
            .post_form("/desk/submissions/" + one + "/acts", {{"csrf", w.c().csrf()},
                                                              {"act", what},
                                                              {"words", "a reason that stays here"},
                                                              {"other", other}})
            .status,
        303)
        << what;
  }
  w.once();
  auto const taken = w.from.taken();
  ASSERT_EQ(taken.size(), 6U);
  for (std::size_t n = 0; n < 4; ++n) {
    constexpr char const* events[] = {"voided", "restored", "joined", "parted"};
    EXPECT_THAT(taken[2 + n].body,
                AllOf(HasSubstr(std::string("\"event\":\"submission.") + events[n] + "\""),
                      HasSubstr("\"submission\":\"" + one + "\""), Not(HasSubstr("reason"))));
  }
  EXPECT_EQ(w.tasks(), "0");
}

// RFC 4231 gives HMAC-SHA-256 for this key; what is signed is the time, a dot and the body.
TEST(Webhooks, AreSignedByAKnownAnswer) {
  // printf '1795875296.{}' | openssl dgst -sha256 -hmac Jefe
  certs::utc_time const now{std::chrono::seconds(1795875296)};
  auto const made = service::outgoing::webhook_signature("Jefe", now, "{}");
  EXPECT_TRUE(made.starts_with("t=1795875296,v1="));
  EXPECT_EQ(made.size(), 16U + 64U);
  EXPECT_NE(made, service::outgoing::webhook_signature("Jefe", now, "{ }"));
  EXPECT_NE(made, service::outgoing::webhook_signature("Jeff", now, "{}"));
}

TEST(Webhooks, AreTriedAgainLaterAndLater) {
  webhook_clinic w;
  submit_sample(w.c());
  w.from.answer(500);
  w.once();
  EXPECT_EQ(w.from.taken().size(), 1U);
  w.once();
  EXPECT_EQ(w.from.taken().size(), 1U) << "not before its pause is over";
  w.c().now += service::outgoing::pause_after(1);
  w.once();
  EXPECT_EQ(w.from.taken().size(), 2U);
  w.c().now += service::outgoing::pause_after(1);
  w.once();
  EXPECT_EQ(w.from.taken().size(), 2U) << "the second pause is longer";
  w.c().now += service::outgoing::pause_after(2);
  w.from.answer(200);
  w.once();
  auto const taken = w.from.taken();
  ASSERT_EQ(taken.size(), 3U);
  EXPECT_EQ(taken[0].body, taken[2].body) << "one event, one id";
  EXPECT_NE(taken[0].field("intake-signature"), taken[2].field("intake-signature"));
  EXPECT_EQ(w.tasks(), "0");
  EXPECT_EQ(w.counts.webhooks_failed.load(), 2U);
  EXPECT_THAT(w.c().logged(), AllOf(HasSubstr("outbox-put-off"), Not(HasSubstr("Nora"))));
}

TEST(Webhooks, AreGivenUpInSightAndTriedAnewWhenAPersonSaysSo) {
  webhook_clinic w;
  auto const gone = submit_sample(w.c());
  w.from.answer(410);
  w.once();
  w.c().now += std::chrono::hours(2);
  w.once();
  EXPECT_EQ(w.from.taken().size(), 1U) << "410 ends it";
  w.from.answer(503);
  submit_sample(w.c());
  for (int at = 0; at < service::outgoing::attempts_max + 3; ++at) {
    w.once();
    w.c().now += std::chrono::hours(2);
  }
  EXPECT_EQ(w.from.taken().size(), 1U + service::outgoing::attempts_max);
  EXPECT_EQ(w.counts.given_up.load(), 2U);
  auto const listed = w.home.run({"outbox", "list"});
  EXPECT_THAT(listed.said, AllOf(HasSubstr("webhook          waiting 0"), HasSubstr(gone),
                                 HasSubstr("it answered 410"), HasSubstr("it answered 503")));
  EXPECT_THAT(w.c().logged(), HasSubstr("outbox-given-up"));
  EXPECT_TRUE(says(w.home.run({"outbox", "retry"}), "Tried anew: 2"));
  w.from.answer(200);
  w.once();
  EXPECT_EQ(w.tasks(), "0");
}

TEST(Webhooks, GoNowhereElse) {
  webhook_clinic w;
  submit_sample(w.c());
  w.from.answer(302);
  w.once();
  EXPECT_EQ(w.tasks(), "1");
  for (std::string const url : {"http://127.0.0.1:1/", "http://127.0.0.1.evil.example/",
                                "http://192.0.2.1/", "ftp://127.0.0.1/"}) {
    w.c().now += std::chrono::hours(2);
    w.c().use_webhook(url, std::string(secret));
    w.once();
    EXPECT_EQ(w.tasks(), "1") << url;
  }
  EXPECT_EQ(w.from.taken().size(), 1U);
}

TEST(Webhooks, AreNotPromisedWhereNoneIsConfigured) {
  clinic c;
  submit_sample(c);
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM outbox"), "0");
}

}  // namespace
}  // namespace intake::tests

// Links that are sent: promised by a request, handed over by a worker, and nothing in them tells
// what kind of clinic it is.
#include "certs/dev_ca.hpp"
#include "certs/random.hpp"
#include "forms/base64.hpp"
#include "service/appointment_book.hpp"
#include "service/delivery/channel.hpp"
#include "service/delivery/deliveries.hpp"
#include "tests/certs/temporary_folder.hpp"
#include "tests/journeys/clinic.hpp"
#include "tests/support/mail_catcher.hpp"

#include <algorithm>
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::tests {
namespace {

using db::account_role;
using testing::HasSubstr;
using testing::Not;

/// A clinic whose mail and text messages end in a file each.
class Delivery : public testing::Test {
 protected:
  Delivery() {
    c.use_delivery(into("mail"), into("phone"));
    appointment = book("es", "zoe@example.com");
    c.sign_in("front", account_role::front_desk);
    csrf = c.csrf();
    desk_cookie = c.cookie();
  }

  std::vector<std::string> into(std::string const& name) {
    return {"/bin/sh", "-c", "/bin/cat >> '" + (folder / name).string() + "'"};
  }

  std::string book(std::string const& language, std::string const& mail) {
    certs::uuid id;
    service::book_appointment(c.app().desk, {c.app().world, c.app().keks, c.app().keys},
                              {.number = "",
                               .location = "main",
                               .starts_at = c.now + std::chrono::minutes(30),
                               .who = {.family = "Example",
                                       .given = "Zoë",
                                       .birth_date = "1961-03-02",
                                       .phone = "305-555-0101",
                                       .mail = mail,
                                       .visit_kind = "new-patient",
                                       .language = language}},
                              id);
    return "/desk/appointments/" + certs::to_string(id);
  }

  std::string caught(std::string const& name) {
    auto const path = (folder / name).string();
    return std::filesystem::exists(path) ? read_text_file(path) : std::string();
  }

  service::response press(std::string const& path, std::string const& way) {
    c.use_cookie(desk_cookie);
    return c.post_form(path, {{"csrf", csrf}, {"way", way}});
  }

  std::string page(std::string const& path) {
    c.use_cookie(desk_cookie);
    return body_of(c.get(path));
  }

  /// The newest link, as it was sent.
  std::string link(std::string const& name) {
    auto const text = caught(name);
    auto const at = text.rfind("/invited/");
    return at == text.npos ? std::string() : text.substr(at, text.find(' ', at) - at);
  }

  std::string resend_of_newest() {
    return "/desk/invitations/" +
           c.rows().value("SELECT id FROM invitation ORDER BY id DESC LIMIT 1") + "/resend";
  }

  certs::temporary_folder folder;
  clinic c;
  std::string appointment;
  std::string csrf;
  std::string desk_cookie;
};

TEST_F(Delivery, ALinkIsPromisedByTheRequestAndSentByTheWorker) {
  EXPECT_THAT(page(appointment), HasSubstr("Send the link by e-mail to zoe@example.com"));
  ASSERT_EQ(press(appointment + "/send", "mail").status, 303);
  EXPECT_EQ(caught("mail"), "") << "no request waits for the mail";
  EXPECT_THAT(page("/desk/today"), HasSubstr("being sent"));
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM delivery WHERE position('example.com'::bytea IN "
                           "content) > 0"),
            "0")
      << "what is to be sent is sealed";
  EXPECT_EQ(service::delivery::deliver_due(c.app()).handed_over, 1);
  EXPECT_EQ(service::delivery::deliver_due(c.app()).handed_over, 0) << "once";
  EXPECT_THAT(caught("mail"), HasSubstr(R"("to":"zoe@example.com")"));
  EXPECT_THAT(caught("mail"), HasSubstr(R"("from":"office@example.org")"));
  EXPECT_THAT(caught("mail"), HasSubstr(R"("language":"es")"));
  EXPECT_EQ(caught("phone"), "");
  EXPECT_THAT(page("/desk/today"), HasSubstr(">sent<"));
  EXPECT_THAT(page("/desk/invitations"), HasSubstr("handed to the mail"));
  EXPECT_EQ(c.rows().value("SELECT state || ' ' || octet_length(content) FROM delivery"),
            "handed-over 0")
      << "nothing of it is kept";
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM audit_event WHERE action = 'link-sent' AND "
                           "purpose = 'invitation: mail'"),
            "1");
  c.sign_out();
  auto const in = c.post_form(link("mail"), {{"day", "2"}, {"month", "3"}, {"year", "1961"}});
  EXPECT_EQ(in.status, 303) << body_of(in);
  EXPECT_THAT(page("/desk/invitations"), HasSubstr(">opened<"));
}

TEST_F(Delivery, ATextMessageGoesToTheNumber) {
  ASSERT_EQ(press(appointment + "/send", "phone").status, 303);
  EXPECT_EQ(service::delivery::deliver_due(c.app()).handed_over, 1);
  EXPECT_THAT(caught("phone"), HasSubstr(R"("to":"3055550101")"));
  EXPECT_EQ(caught("mail"), "");
}

TEST_F(Delivery, NothingInAMessageTellsWhoOrWhatTheClinicIs) {
  for (std::string const language : {"en", "es", "ht"}) {
    auto const one = book(language, "zoe-" + language + "@example.com");
    ASSERT_EQ(press(one + "/send", "mail").status, 303);
  }
  ASSERT_EQ(service::delivery::deliver_due(c.app()).handed_over, 3);
  auto text = caught("mail");
  std::ranges::transform(text, text.begin(), [](unsigned char ch) {
    return static_cast<char>(ch >= 'A' && ch <= 'Z' ? ch - 'A' + 'a' : ch);
  });
  for (auto const* word :
       {"example pain center", "pain", "dolor", "doul", "clinic", "clínica", "klinik", "doctor",
        "patient", "pacient", "pasyan", "visit", "zoë", "561) 555"}) {
    EXPECT_THAT(text, Not(HasSubstr(word)));
  }
  EXPECT_THAT(text, HasSubstr("a link for you"));
  EXPECT_THAT(text, HasSubstr("un enlace para usted"));
  EXPECT_THAT(text, HasSubstr("yon lyen pou ou"));
}

TEST_F(Delivery, WhatIsNotTakenOverIsTriedAgainThenGivenUpAndSaid) {
  c.use_delivery({"/bin/false"}, {});
  ASSERT_EQ(press(appointment + "/send", "mail").status, 303);
  EXPECT_EQ(service::delivery::deliver_due(c.app()).postponed, 1);
  EXPECT_EQ(service::delivery::deliver_due(c.app()).postponed, 0) << "not at once";
  EXPECT_THAT(page("/desk/today"),
              HasSubstr("trying again to send it: /bin/false did not end with 0"));
  int tries = 1;
  for (; tries < 20; ++tries) {
    c.now += std::chrono::hours(3);
    if (service::delivery::deliver_due(c.app()).given_up == 1) break;
  }
  EXPECT_EQ(tries, 5);
  c.sign_in("front-later", account_role::front_desk);
  EXPECT_THAT(body_of(c.get("/desk/invitations")),
              HasSubstr("not delivered: /bin/false did not end with 0"));
  EXPECT_EQ(c.rows().value("SELECT octet_length(content) FROM delivery"), "0");
}

TEST_F(Delivery, AnotherLinkIsSentInPlaceOfOneThatDidNotArrive) {
  ASSERT_EQ(press(appointment + "/send", "mail").status, 303);
  service::delivery::deliver_due(c.app());
  auto const old = link("mail");
  c.now += std::chrono::seconds(1);
  EXPECT_THAT(page("/desk/invitations"), HasSubstr("Send a new link"));
  ASSERT_EQ(press(resend_of_newest(), "mail").status, 303);
  service::delivery::deliver_due(c.app());
  EXPECT_NE(link("mail"), old);
  EXPECT_THAT(page("/desk/invitations"), HasSubstr("taken back"));
  c.sign_out();
  auto const by_old = c.post_form(old, {{"day", "2"}, {"month", "3"}, {"year", "1961"}});
  EXPECT_NE(by_old.status, 303);
  auto const by_new = c.post_form(link("mail"), {{"day", "2"}, {"month", "3"}, {"year", "1961"}});
  EXPECT_EQ(by_new.status, 303) << body_of(by_new);
}

TEST_F(Delivery, ALinkThatWasTakenBackMeanwhileIsNotSent) {
  ASSERT_EQ(press(appointment + "/send", "mail").status, 303);
  c.rows().sql("UPDATE invitation SET revoked = now()");
  EXPECT_EQ(service::delivery::deliver_due(c.app()).given_up, 1);
  EXPECT_EQ(caught("mail"), "");
}

TEST_F(Delivery, AMailServerTakesItWhereThereIsNoProgram) {
  mail_catcher const server;
  c.use_mail_server(server.url());
  ASSERT_EQ(press(appointment + "/send", "mail").status, 303);
  EXPECT_EQ(service::delivery::deliver_due(c.app()).handed_over, 1);
  auto const mail = server.caught();
  for (auto const* line :
       {"MAIL FROM:<office@example.org>", "RCPT TO:<zoe@example.com>", "From: <office@example.org>",
        "Subject: =?utf-8?B?", "Content-Language: es", "Auto-Submitted: auto-generated"}) {
    EXPECT_THAT(mail, HasSubstr(line));
  }
  EXPECT_THAT(mail, Not(HasSubstr("Pain")));
  auto const head_ends = mail.find("\r\n\r\n");
  ASSERT_NE(head_ends, mail.npos);
  auto const body = mail.substr(head_ends + 4, mail.find("\r\n.\r\n", head_ends) - head_ends - 4);
  auto const text = forms::decode_base64(body);
  ASSERT_TRUE(text) << body;
  EXPECT_THAT(*text, HasSubstr("/invited/"));
  EXPECT_THAT(*text, HasSubstr("Este es el enlace"));
}

TEST_F(Delivery, AnAddressThatTheServerRefusesIsGivenUpAtOnce) {
  mail_catcher const server({.to_receivers = "550 no such mailbox"});
  c.use_mail_server(server.url());
  ASSERT_EQ(press(appointment + "/send", "mail").status, 303);
  EXPECT_EQ(service::delivery::deliver_due(c.app()).given_up, 1);
  EXPECT_THAT(page("/desk/today"), HasSubstr("not delivered: the mail server refused the message"));
}

TEST_F(Delivery, AServerThatIsNotThereIsAskedAgain) {
  c.use_mail_server("smtp://127.0.0.1:1");
  ASSERT_EQ(press(appointment + "/send", "mail").status, 303);
  EXPECT_EQ(service::delivery::deliver_due(c.app()).postponed, 1);
  EXPECT_THAT(page("/desk/today"), HasSubstr("the mail server could not be reached"));
}

TEST_F(Delivery, NoMailGoesOverANetworkWithoutTls) {
  // To the program an address like any other.
  mail_catcher const server({.host = "127.0.0.2"});
  c.use_mail_server(server.url());
  ASSERT_EQ(press(appointment + "/send", "mail").status, 303);
  EXPECT_EQ(service::delivery::deliver_due(c.app()).postponed, 1);
  EXPECT_THAT(page("/desk/today"), HasSubstr("could not show who it is"));
  EXPECT_THAT(server.caught(), Not(HasSubstr("RCPT")));
}

struct tls_case {
  char const* name;
  mail_tls tls;
  char const* host;
  /// The name in its certificate, and whether the clinic trusts who issued it.
  char const* shown;
  bool trusted;
  bool delivered;
};

class DeliveryOverTls : public Delivery, public testing::WithParamInterface<tls_case> {};

TEST_P(DeliveryOverTls, GoesOnlyToAServerThatShowsWhoItIs) {
  auto const& tested = GetParam();
  std::filesystem::create_directories(folder / "server");
  std::filesystem::create_directories(folder / "stranger");
  for (auto const* each : {"server", "stranger"}) {
    certs::create_development_files(certs::system_world(), folder / each, {tested.shown});
  }
  mail_catcher const server(
      {.host = tested.host, .tls = tested.tls, .certificates = (folder / "server").string()});
  c.use_mail_server(server.url(),
                    (folder / (tested.trusted ? "server" : "stranger") / "ca.crt").string());
  ASSERT_EQ(press(appointment + "/send", "mail").status, 303);
  auto const done = service::delivery::deliver_due(c.app());
  if (!tested.delivered) {
    EXPECT_EQ(done.postponed, 1);
    EXPECT_THAT(page("/desk/today"), HasSubstr("could not show who it is"));
    EXPECT_THAT(server.caught(), Not(HasSubstr("RCPT")));
    return;
  }
  EXPECT_EQ(done.handed_over, 1) << page("/desk/today");
  auto const hidden = server.caught_under_tls();
  EXPECT_THAT(hidden, HasSubstr("RCPT TO:<zoe@example.com>"));
  EXPECT_THAT(hidden, HasSubstr("Auto-Submitted: auto-generated"));
  auto const open = server.caught().substr(0, server.caught().size() - hidden.size());
  EXPECT_THAT(open, Not(HasSubstr("zoe")));
}

constexpr tls_case tls_cases[] = {
    {"implicit", mail_tls::implicit, "127.0.0.1", "localhost", true, true},
    {"starttls", mail_tls::starttls, "127.0.0.2", "127.0.0.2", true, true},
    {"implicit_of_a_stranger", mail_tls::implicit, "127.0.0.1", "localhost", false, false},
    {"starttls_of_a_stranger", mail_tls::starttls, "127.0.0.2", "127.0.0.2", false, false},
    {"implicit_of_another_name", mail_tls::implicit, "127.0.0.3", "mail.example", true, false},
    {"starttls_of_another_name", mail_tls::starttls, "127.0.0.3", "mail.example", true, false}};
INSTANTIATE_TEST_SUITE_P(Servers, DeliveryOverTls, testing::ValuesIn(tls_cases),
                         [](testing::TestParamInfo<tls_case> const& one) {
                           return std::string(one.param.name);
                         });

TEST_F(Delivery, NoWayIsOfferedThatLeadsNowhere) {
  auto const hostile = book("en", "zoe@example.com\nBcc: all@example.org");
  EXPECT_THAT(page(hostile), Not(HasSubstr("by e-mail")));
  EXPECT_EQ(press(hostile + "/send", "mail").status, 422);
  EXPECT_EQ(press(hostile + "/send", "pigeon").status, 422);
  c.use_delivery({}, {});
  EXPECT_THAT(page(appointment), Not(HasSubstr("Send the link")));
  EXPECT_EQ(press(appointment + "/send", "mail").status, 422);
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM invitation"), "0") << "and no link was made";
}

TEST(MailAddress, IsOneThatMayStandInAMessagesHead) {
  struct address_case {
    char const* text;
    bool fits;
  };
  constexpr address_case cases[] = {{"zoe@example.com", true},
                                    {"zoe.o'brien+x@mail.example.com", true},
                                    {"", false},
                                    {"zoe", false},
                                    {"zoe@localhost", false},
                                    {"-zoe@example.com", false},
                                    {"zoe@-example.com", false},
                                    {"zoe@example.com.", false},
                                    {"zoe@@example.com", false},
                                    {"zoe example@example.com", false},
                                    {"zoe@example.com\r\nBcc: a@example.com", false},
                                    {"zoe,ann@example.com", false},
                                    {"<zoe@example.com>", false},
                                    {"zoë@example.com", false}};
  for (auto const& each : cases) {
    EXPECT_EQ(service::delivery::is_mail_address(each.text), each.fits) << each.text;
  }
  EXPECT_FALSE(service::delivery::is_mail_address(std::string(260, 'a') + "@example.com"));
}

}  // namespace
}  // namespace intake::tests

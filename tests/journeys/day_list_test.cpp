// The front desk's morning: who comes, what is missing, who has arrived.
#include "forms/plan/sample_answers.hpp"
#include "service/appointment_book.hpp"
#include "service/commands/commands.hpp"
#include "tests/certs/temporary_folder.hpp"
#include "tests/journeys/clinic.hpp"
#include "tests/journeys/fhir_client.hpp"

#include <cstdio>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::tests {
namespace {

using db::account_role;
using testing::HasSubstr;
using testing::Not;

service::expected_person nora() {
  return {.family = "O'Brien-Munoz",
          .given = "Nora",
          .birth_date = "1958-03-09",
          .phone = "305-555-0101",
          .visit_kind = "new-patient"};
}

std::string book(clinic& c, service::expected_person who,
                 std::chrono::minutes from_now = std::chrono::minutes(30)) {
  certs::uuid id;
  service::book_appointment(
      c.app().desk, {c.app().world, c.app().keks, c.app().keys},
      {.number = "", .location = "main", .starts_at = c.now + from_now, .who = std::move(who)}, id);
  return certs::to_string(id);
}

std::string sample_birth_date() {
  auto const packet = sample_packet();
  auto const at = packet.find("patient.birth-date");
  auto const date = packet.find("valueDate", at);
  return packet.substr(packet.find('"', date + 11) + 1, 10);
}

service::expected_person sample_person() {
  auto who = nora();
  who.birth_date = sample_birth_date();
  who.phone = "407-555-0142";
  return who;
}

service::response act(clinic& c, std::string const& id, std::string const& to, int seen) {
  return c.post_form("/desk/appointments/" + id + "/state",
                     {{"csrf", c.csrf()}, {"to", to}, {"seen", std::to_string(seen)}});
}

std::string today_html(clinic& c) {
  return body_of(c.get("/desk/today"));
}

TEST(DayList, WhoFilledInNothingIsOnIt) {
  clinic c;
  book(c, nora());
  c.sign_in("front", account_role::front_desk);
  auto const html = today_html(c);
  EXPECT_THAT(html, HasSubstr("12:30 PM"));
  EXPECT_THAT(html, HasSubstr("O&#39;Brien-Munoz, Nora"));
  EXPECT_THAT(html, HasSubstr("March 9, 1958"));
  EXPECT_THAT(html, HasSubstr("First visit"));
  EXPECT_THAT(html, HasSubstr("not sent"));
  EXPECT_THAT(html, HasSubstr("forms: nothing received"));
  EXPECT_EQ(c.rows().value("SELECT cardinality(shown) FROM audit_event WHERE action = "
                           "'list-shown' AND purpose = 'day-list'"),
            "1");
}

TEST(DayList, TheTableHoldsNobodysName) {
  clinic c;
  book(c, nora());
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM appointment WHERE position('Nora'::bytea IN "
                           "content) > 0 OR position('1958'::bytea IN content) > 0"),
            "0");
}

TEST(DayList, FormsComeToTheirAppointmentByNameAndBirthDate) {
  clinic c;
  auto const id = book(c, sample_person());
  submit_sample(c);
  c.sign_in("front", account_role::front_desk);
  auto const html = today_html(c);
  EXPECT_THAT(html, HasSubstr("received"));
  EXPECT_THAT(html, Not(HasSubstr("forms: nothing received")));
  EXPECT_THAT(html, HasSubstr("insurance: see its condition"));
  EXPECT_THAT(html, HasSubstr("Takes a blood thinner"));
  EXPECT_THAT(html, HasSubstr("Alerts that nobody has seen"));
  EXPECT_EQ(c.rows().value("SELECT how || ' ' || (appointment_id = '" + id +
                           "')::text FROM appointment_match"),
            "name true");
}

TEST(DayList, TwoOfOneNameAndBirthDateAreNeverMixed) {
  clinic c;
  book(c, sample_person());
  auto const second = book(c, sample_person(), std::chrono::minutes(60));
  submit_sample(c);
  submit_sample(c);
  c.sign_in("front", account_role::front_desk);
  EXPECT_THAT(today_html(c), HasSubstr("forms: nothing received"));
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM appointment_match"), "0");
  auto const page = body_of(c.get("/desk/appointments/" + second));
  EXPECT_THAT(page, HasSubstr("May be this patient"));
  auto const submission = attribute_after(page, "name=\"submission\"", "value");
  ASSERT_EQ(c.post_form("/desk/appointments/" + second + "/match",
                        {{"csrf", c.csrf()}, {"submission", submission}, {"act", "match"}})
                .status,
            303);
  EXPECT_EQ(c.rows().value("SELECT how FROM appointment_match"), "staff");
  EXPECT_THAT(body_of(c.get("/desk/appointments/" + second)), HasSubstr("Not for this visit"));
  c.post_form("/desk/appointments/" + second + "/match",
              {{"csrf", c.csrf()}, {"submission", submission}, {"act", "part"}});
  EXPECT_THAT(body_of(c.get("/desk/appointments/" + second)), HasSubstr("May be this patient"));
}

void see_every_alert(clinic& c, std::string const& submission) {
  auto html = today_html(c);
  for (int i = 0; i < 10 && html.find("I have seen it") != html.npos; ++i) {
    auto const code = attribute_after(html, "name=\"code\"", "value");
    EXPECT_EQ(c.post_form("/desk/submissions/" + submission + "/seen",
                          {{"csrf", c.csrf()}, {"code", code}, {"back", "/desk/today"}})
                  .status,
              303);
    html = today_html(c);
  }
}

void settle_everything(clinic& c, std::string const& page) {
  for (int i = 1; i < 10; ++i) {
    auto const html = body_of(c.get(page));
    if (html.find("Checked: nothing is open") != html.npos) return;
    auto const way = attribute_after(html, "intake-missing", "href");
    auto const mark = attribute_after(body_of(c.get(way)), "name=\"mark\"", "value");
    EXPECT_EQ(c.post_form(way, {{"csrf", c.csrf()},
                                {"mark", mark},
                                {"act", "otherwise"},
                                {"words", "seen by the manager"}})
                  .status,
              303)
        << way;
  }
}

TEST(DayList, AnAlertStaysOnTopUntilSomebodyHasSeenIt) {
  clinic c;
  book(c, sample_person());
  auto const id = submit_sample(c);
  c.sign_in("front", account_role::front_desk);
  see_every_alert(c, id);
  auto const html = today_html(c);
  EXPECT_THAT(html, Not(HasSubstr("Alerts that nobody has seen")));
  EXPECT_THAT(html, HasSubstr("seen by front, 12:00 PM"));
  EXPECT_EQ(c.post_form("/desk/submissions/" + id + "/seen",
                        {{"csrf", c.csrf()}, {"code", "no-such-alert"}})
                .status,
            400);
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM alert_acknowledgement WHERE position("
                           "'blood'::bytea IN alert) > 0"),
            "0");
}

TEST(DayList, ArrivedLeftAndNoShowCanBeTakenBack) {
  clinic c;
  auto const id = book(c, nora());
  c.sign_in("front", account_role::front_desk);
  ASSERT_EQ(act(c, id, "arrived", 0).status, 303);
  EXPECT_THAT(today_html(c), HasSubstr("value=\"left\""));
  ASSERT_EQ(act(c, id, "left", 1).status, 303);
  EXPECT_THAT(today_html(c), HasSubstr("Left, and no-shows"));
  ASSERT_EQ(act(c, id, "undo", 2).status, 303);
  EXPECT_THAT(today_html(c), Not(HasSubstr("Left, and no-shows")));
  EXPECT_EQ(act(c, id, "no-show", 1).status, 409) << "somebody else has acted since";
  EXPECT_EQ(act(c, id, "vanished", 3).status, 400);
  EXPECT_EQ(act(c, id, "undo", 1).status, 409);
  EXPECT_EQ(c.rows().value("SELECT string_agg(substr(action, 13) || ' ' || outcome, ', ' ORDER BY "
                           "number) FROM audit_event WHERE action LIKE 'appointment-%'"),
            "arrived done, left done, undo done, no-show refused, undo refused")
      << "the trail says what became of each";
}

TEST(DayList, AWalkInIsANameAndABirthDate) {
  clinic c;
  c.sign_in("front", account_role::front_desk);
  auto const add = [&](std::string const& name, std::string const& born) {
    return c.post_form("/desk/today/walk-in", {{"csrf", c.csrf()},
                                               {"place", "main"},
                                               {"name", name},
                                               {"born", born},
                                               {"visit", "new-patient"}});
  };
  EXPECT_EQ(add("", "2/28/1961").status, 422);
  EXPECT_EQ(add("Roe, Jo", "soon").status, 422);
  EXPECT_EQ(add("Roe, Jo", "2/28/2061").status, 422) << "nobody comes before they are born";
  auto const added = add("Roe, Jo", "2/28/1961");
  ASSERT_EQ(added.status, 303) << body_of(added);
  EXPECT_THAT(body_of(c.get(field_of(added, "location"))), HasSubstr("February 28, 1961"));
  EXPECT_THAT(today_html(c), HasSubstr("Roe, Jo"));
  EXPECT_THAT(today_html(c), HasSubstr("Arrived"));
}

TEST(DayList, CheckedIsSaidOfOneVersion) {
  clinic c;
  auto const appointment = book(c, sample_person());
  auto const id = submit_sample(c);
  c.sign_in("front", account_role::front_desk);
  today_html(c);
  auto const page = "/desk/appointments/" + appointment;
  auto const check = [&](char const* code) {
    return c.post_form("/desk/submissions/" + id + "/seen",
                       {{"csrf", c.csrf()}, {"code", code}, {"back", page}});
  };
  EXPECT_THAT(body_of(c.get(page)), Not(HasSubstr("Checked: nothing is open")));
  EXPECT_EQ(check("checked-1").status, 409) << "alerts that nobody has seen";
  EXPECT_THAT(today_html(c), Not(HasSubstr("checked</span><br>")));
  see_every_alert(c, id);
  settle_everything(c, page);
  EXPECT_THAT(body_of(c.get(page)), HasSubstr("Checked: nothing is open"));
  auto const stale = check("checked-2");
  EXPECT_EQ(stale.status, 409);
  EXPECT_THAT(body_of(stale), HasSubstr("Newer answers came"));
  ASSERT_EQ(check("checked-1").status, 303);
  EXPECT_THAT(today_html(c), HasSubstr("checked</span><br>"));
}

TEST(DayList, AWalkInPressedTwiceIsOne) {
  clinic c;
  c.sign_in("front", account_role::front_desk);
  auto const add = [&](char const* name) {
    return field_of(c.post_form("/desk/today/walk-in", {{"csrf", c.csrf()},
                                                        {"place", "main"},
                                                        {"name", name},
                                                        {"born", "2/28/1961"},
                                                        {"visit", "new-patient"}}),
                    "location");
  };
  auto const first = add("Roe, Jo");
  EXPECT_EQ(add("Roe, Jo"), first);
  EXPECT_NE(add("Roe, Joan"), first);
  c.now += std::chrono::minutes(11);
  EXPECT_NE(add("Roe, Jo"), first) << "came again";
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM appointment"), "3");
}

TEST(DayList, TellsBillingNothingOfAClinicalAlert) {
  clinic c;
  book(c, sample_person());
  submit_sample(c);
  c.sign_in("money", account_role::billing);
  auto const html = today_html(c);
  EXPECT_THAT(html, HasSubstr("insurance: see its condition"));
  EXPECT_THAT(html, Not(HasSubstr("Takes a blood thinner")));
}

TEST(DayList, IsTheFrontDesksFirstPage) {
  clinic c;
  c.add_account("front", account_role::front_desk);
  c.add_account("money", account_role::billing);
  auto const sign_in = [&](std::string const& name) {
    return field_of(c.post_form("/desk/sign-in", {{"name", name},
                                                  {"password", std::string(clinic::password)},
                                                  {"next", "/desk"}}),
                    "location");
  };
  EXPECT_EQ(sign_in("front"), "/desk/today");
  EXPECT_EQ(sign_in("money"), "/desk");
}

// Route by role, written by hand: 200 or 303 where the role may, 403 where not.
struct role_row {
  account_role role;
  bool reads;
  bool acts;
};

constexpr role_row role_rows[] = {{account_role::front_desk, true, true},
                                  {account_role::clinician, true, true},
                                  {account_role::billing, true, false},
                                  {account_role::manager, true, true},
                                  {account_role::administrator, false, false}};

TEST(DayList, OnlyWhoMaySeesAndActs) {
  clinic c;
  auto const id = book(c, nora());
  for (auto const* path : {"/desk/today", "/desk/appointments/x"}) {
    EXPECT_EQ(c.get(path).status, 303) << path << " without signing in";
  }
  for (auto const& row : role_rows) {
    c.sign_in(std::string(db::to_string(row.role)), row.role);
    EXPECT_EQ(c.get("/desk/today").status, row.reads ? 200 : 403);
    EXPECT_EQ(c.get("/desk/appointments/" + id).status, row.reads ? 200 : 403);
    EXPECT_EQ(c.get("/desk/today?date=never").status, row.reads ? 400 : 403);
    auto const missing = "/desk/appointments/" + certs::to_string(certs::uuid{});
    EXPECT_EQ(c.get(missing).status, row.reads ? 404 : 403);
    auto const csrf = row.reads ? c.csrf() : std::string("x");
    for (auto const* path : {"/desk/invitations", "/desk/help"}) {
      EXPECT_EQ(c.get(path).status, row.acts ? 200 : 403) << path;
    }
    EXPECT_EQ(c.post_form("/desk/invitations", {{"csrf", csrf}}).status, row.acts ? 422 : 403);
    auto const nobody = certs::to_string(certs::uuid{});
    EXPECT_EQ(c.get("/desk/submissions/" + nobody).status, row.acts ? 404 : 403);
    for (auto const& path : {missing + "/state", missing + "/match", missing + "/invite",
                             missing + "/device", missing + "/fill-in", "/desk/help/" + nobody,
                             "/desk/submissions/" + certs::to_string(certs::uuid{}) + "/seen"}) {
      EXPECT_EQ(c.post_form(path, {{"csrf", csrf}, {"to", "arrived"}, {"seen", "0"}}).status,
                row.acts ? 404 : 403)
          << path;
      EXPECT_EQ(c.post_form(path, {{"csrf", "forged"}}).status, 403) << path;
    }
    // Billing asks for what a payer could not find.
    bool const asks = row.acts || row.role == account_role::billing;
    EXPECT_EQ(c.post_form("/desk/submissions/" + nobody + "/ask-again", {{"csrf", csrf}}).status,
              asks ? 404 : 403);
    EXPECT_EQ(c.post_form("/desk/today/walk-in", {{"csrf", csrf}}).status, row.acts ? 422 : 403);
    c.sign_out();
  }
}

struct imported {
  service::exit_code code = service::exit_code::good;
  std::string out;
};

imported import_list(clinic& c, std::string const& text) {
  certs::temporary_folder const folder;
  auto const path = folder / "day.csv";
  std::ofstream(path, std::ios::binary) << text;
  auto* const out = std::tmpfile();
  imported done;
  try {
    done.code = service::commands::appointments_import(
        {.world = c.app().world, .out = out, .err = stderr, .assets = {}}, c.settings(),
        {path.string()});
  } catch (service::command_failed const& failed) {
    done.code = failed.code();
  }
  done.out.resize(static_cast<std::size_t>(std::ftell(out)));
  std::rewind(out);
  done.out.resize(std::fread(done.out.data(), 1, done.out.size(), out));
  std::fclose(out);
  return done;
}

// The morning that quickstart shows: the schedule's list and the packets of the same people.
TEST(DayList, TheSampleDaysFormsComeToTheirAppointments) {
  clinic c;
  auto const today =
      std::chrono::floor<std::chrono::days>(std::chrono::sys_days{c.app().clock.date(c.now)});
  std::string const folder = INTAKE_SOURCE "/deploy/sample-day/";
  for (auto const* name : {"01-medicare-supplement-kreyol", "02-minor-with-guardian",
                           "03-car-accident-day-13", "12-tricare-prime", "14-signs-at-the-desk"}) {
    auto const packet = forms::with_dates(read_text_file(folder + name + ".json"), today);
    ASSERT_EQ(c.post_fhir(packet).status, 201) << name;
  }
  auto const list = forms::with_dates(read_text_file(folder + "appointments.csv"), today);
  EXPECT_THAT(import_list(c, list).out, HasSubstr("10 added"));
  c.sign_in("front", account_role::front_desk);
  auto const html = today_html(c);
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM appointment_match"), "4") << "and one in a week";
  for (auto const* part :
       {"Oglethorpe, Samuel", "forms: nothing received", "interpreter: Haitian Creole",
        "signature: Agreement to be treated", "Alert: ask the clinician", "8:00 AM"}) {
    EXPECT_THAT(html, HasSubstr(part));
  }
  auto const week = forms::with_dates("{{today+7}}", today);
  EXPECT_THAT(body_of(c.get("/desk/today?date=" + week)), HasSubstr("PIP: last day tomorrow"));
}

TEST(DayList, TheSameListTwiceIsOneList) {
  clinic c;
  std::string const header = "number,date,time,family,given,birth_date\n";
  std::string const first = "7,2026-12-01,9:00,Doe,Jo,1960-01-02\n";
  std::string const second = "8,2026-12-01,9:30,Roe,Al,1970-01-02\n";
  EXPECT_THAT(import_list(c, header + first + second).out, HasSubstr("2 added, 0 changed"));
  EXPECT_THAT(import_list(c, header + first + second).out,
              HasSubstr("0 added, 0 changed, 2 as they were"));
  EXPECT_THAT(import_list(c, header + first + "8,2026-12-01,9:45,Roe,Al,1970-01-02\n").out,
              HasSubstr("0 added, 1 changed, 1 as they were"));
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM appointment"), "2");
  auto const bad = import_list(c, header + "9,2026-12-01,9:00,Poe,Ed,1960-01-02\n" +
                                      "10,2026-12-01,late,Zoe,Ed,1960-01-02\n");
  EXPECT_EQ(bad.code, service::exit_code::input_bad);
  EXPECT_THAT(bad.out, HasSubstr("row 3, column C (time)"));
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM appointment"), "2") << "all or nothing";
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM audit_event WHERE action = "
                           "'appointments-imported'"),
            "2")
      << "what changes nothing shows nothing";
}

}  // namespace
}  // namespace intake::tests

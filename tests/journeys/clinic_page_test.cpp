// What a manager changes of the clinic: in force in every instance, in the trail, taken back again.
#include "db/accounts.hpp"
#include "service/appointment_book.hpp"
#include "service/clinic/acts.hpp"
#include "service/clinic/in_force.hpp"
#include "tests/journeys/command_clinic.hpp"
#include "tests/journeys/pdf_text.hpp"
#include "tests/support/multipart_writer.hpp"

#include <filesystem>
#include <fstream>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::tests {
namespace {

using db::account_role;
using testing::HasSubstr;
using testing::Not;

constexpr char const* small_svg =
    R"svg(<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">)svg"
    R"svg(<title>Palm</title><g fill="url(#sun)"><circle cx="4" cy='4' r="3"/></g></svg>)svg";

std::string settings_path(std::string const& key) {
  return "/desk/clinic/settings/" + key;
}

/// The manager's form as its page shows it now, filled in and sent.
service::response send(clinic& c, std::string const& path,
                       std::vector<std::pair<std::string, std::string>> fields) {
  auto const page = body_of(c.get(path));
  fields.emplace_back("csrf", c.csrf());
  fields.emplace_back("seen", attribute_after(page, "name=\"seen\"", "value"));
  return c.post_form(path, fields);
}

service::response set(clinic& c, std::string const& key, std::string const& value,
                      std::string const& reason = {}) {
  return send(c, settings_path(key), {{"act", "save"}, {"value", value}, {"reason", reason}});
}

service::response take_back(clinic& c, std::string const& key, std::string const& reason = {}) {
  return send(c, settings_path(key), {{"act", "undo"}, {"reason", reason}});
}

service::response bring_logo(clinic& c, std::string const& name, std::string const& bytes) {
  auto const page = body_of(c.get(settings_path("clinic.logo")));
  auto const csrf = c.csrf();
  auto const seen = attribute_after(page, "name=\"seen\"", "value");
  auto const body = write_multipart({{"csrf", {}, "", csrf},
                                     {"seen", {}, "", seen},
                                     {"act", {}, "", "save"},
                                     {"value", name, "application/octet-stream", bytes}},
                                    "xyz");
  return c.post_body(settings_path("clinic.logo"), "multipart/form-data; boundary=xyz", body);
}

std::string row_of(std::string const& page, std::string const& name) {
  auto const from = page.find("summary-list__key\">" + name + "</dt>");
  EXPECT_NE(from, std::string::npos) << name;
  return page.substr(from, page.find("</div>", from) - from);
}

class ClinicPage : public testing::Test {
 protected:
  ClinicPage() { c.sign_in("boss", account_role::manager); }
  std::string page() { return body_of(c.get("/desk/clinic")); }
  std::string start_page(std::string const& spoken = "en") {
    return body_of(c.get("/?lang=" + spoken));
  }

  clinic c;
};

TEST_F(ClinicPage, SaysPlacesEditionsAndHowLongRecordsAreKept) {
  ASSERT_EQ(c.post_fhir(sample_packet()).status, 201);
  auto const html = page();
  for (auto const* part : {"Example Pain Center", "[clinic] name", "in force", "7 years",
                           "Who must sign again", "0 records have a last contact"}) {
    EXPECT_THAT(html, HasSubstr(part));
  }
  auto const due = body_of(c.get("/desk/consents-due"));
  EXPECT_THAT(due, HasSubstr("1 records were gone over"));
  EXPECT_THAT(due, HasSubstr("Nobody among them."));
}

TEST_F(ClinicPage, SetsNameTelephoneAndColourAndTakesThemBack) {
  auto const style_before = attribute_after(start_page(), "rel=\"stylesheet\"", "href");
  EXPECT_THAT(row_of(page(), "Name"), HasSubstr("[clinic] name"));
  ASSERT_EQ(set(c, "clinic.name", "  Harbor   Street Clinic ").status, 303);
  ASSERT_EQ(set(c, "clinic.phone", "(305) 555-2368").status, 303);
  ASSERT_EQ(set(c, "clinic.colour", "#7a0000").status, 303);
  auto const html = start_page();
  EXPECT_THAT(html, HasSubstr("Harbor Street Clinic"));
  EXPECT_THAT(html, HasSubstr("href=\"tel:3055552368\""));
  auto const style = attribute_after(html, "rel=\"stylesheet\"", "href");
  EXPECT_NE(style, style_before);
  auto const answer = c.get(style);
  EXPECT_THAT(body_of(answer), HasSubstr("--govuk-brand-colour:#7a0000"));
  EXPECT_THAT(field_of(answer, "cache-control"), HasSubstr("immutable"));
  auto const old = c.get(style_before);
  EXPECT_EQ(old.status, 200) << "a page from before the change keeps a style";
  EXPECT_EQ(field_of(old, "cache-control"), "no-store");
  EXPECT_THAT(row_of(page(), "Name"), HasSubstr("Set here by boss on "));

  ASSERT_EQ(take_back(c, "clinic.name").status, 303);
  EXPECT_THAT(row_of(page(), "Name"), HasSubstr("Example Pain Center"));
  EXPECT_THAT(row_of(page(), "Name"), HasSubstr("[clinic] name"));
  EXPECT_THAT(row_of(page(), "Telephone"), HasSubstr("(305) 555-2368"));
  EXPECT_EQ(c.rows().value("SELECT string_agg(action || ' ' || purpose, '; ' ORDER BY number) FROM "
                           "audit_event WHERE action LIKE 'clinic-setting-%'"),
            "clinic-setting-changed clinic, clinic.name; clinic-setting-changed clinic, "
            "clinic.phone; clinic-setting-changed clinic, clinic.colour; "
            "clinic-setting-taken-back clinic, clinic.name");
}

TEST_F(ClinicPage, ShowsALogoThatWasBroughtAndNoneAgain) {
  ASSERT_EQ(bring_logo(c, "palm.svg", small_svg).status, 303);
  auto const url = attribute_after(start_page(), "intake-header__logo", "src");
  EXPECT_EQ(body_of(c.get(url)), small_svg);
  ASSERT_EQ(send(c, settings_path("clinic.logo"), {{"act", "none"}}).status, 303);
  EXPECT_THAT(start_page(), Not(HasSubstr("intake-header__logo\" src")));
  EXPECT_THAT(row_of(page(), "Logo"), HasSubstr("Set here by boss"));
}

TEST_F(ClinicPage, GreetsInThePatientsLanguageElseInEnglishThatSaysSo) {
  EXPECT_THAT(start_page(), Not(HasSubstr("Parking")));
  ASSERT_EQ(set(c, "greeting.en", "Parking is behind the <house>.").status, 303);
  ASSERT_EQ(set(c, "greeting.es", "El estacionamiento está detrás.").status, 303);
  EXPECT_THAT(start_page("en"), HasSubstr("<div class=\"govuk-inset-text\">Parking is behind the "
                                          "&lt;house&gt;.</div>"));
  EXPECT_THAT(start_page("es"), HasSubstr("<div class=\"govuk-inset-text\">El estacionamiento"));
  EXPECT_THAT(start_page("ht"), HasSubstr("<div class=\"govuk-inset-text\" lang=\"en\">Parking"));
  EXPECT_THAT(body_of(c.get("/device?lang=es")), HasSubstr("El estacionamiento"));
  EXPECT_THAT(body_of(c.get("/invited/nothing?lang=es")), HasSubstr("El estacionamiento"));
  EXPECT_THAT(body_of(c.get("/resume?lang=es")), Not(HasSubstr("El estacionamiento")));
  ASSERT_EQ(set(c, "greeting.en", "Parking is\r\nbehind\n\nthe house.").status, 303);
  EXPECT_THAT(start_page("en"), HasSubstr(">Parking is behind the house.</div>"));
}

struct refused_input {
  char const* name;
  char const* key;
  std::string value;
  char const* sentence;
};

void PrintTo(refused_input const& row, std::ostream* out) {
  *out << row.name;
}

class ClinicPageRefuses : public testing::TestWithParam<refused_input> {};

TEST_P(ClinicPageRefuses, WithASentenceAtTheFieldAndNothingLost) {
  static clinic c;
  if (c.cookie().empty()) c.sign_in("boss", account_role::manager);
  auto const& row = GetParam();
  bool const is_logo = std::string_view(row.key) == "clinic.logo";
  auto const answer = is_logo ? bring_logo(c, "logo.svg", row.value) : set(c, row.key, row.value);
  EXPECT_EQ(answer.status, 422);
  auto const html = body_of(answer);
  EXPECT_THAT(html, HasSubstr(row.sentence));
  EXPECT_THAT(html, HasSubstr("<a href=\"#value\">"));
  EXPECT_THAT(html, HasSubstr("id=\"value-error\""));
  if (!is_logo && row.value.size() < 100) {
    EXPECT_THAT(html, HasSubstr(row.value));
  }
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM clinic_setting"), "0");
}

std::string svg_with(std::string const& inside) {
  return "<svg xmlns=\"http://www.w3.org/2000/svg\">" + inside + "</svg>";
}

refused_input const refused_inputs[] = {
    {"no_name", "clinic.name", "", "Write the clinic&#39;s name."},
    {"long_name", "clinic.name", std::string(101, 'n'), "The name has 101 letters"},
    {"no_number", "clinic.phone", "call us", "with its area code"},
    {"short_number", "clinic.phone", "555-236", "with its area code"},
    {"light_colour", "clinic.colour", "#ffdd00", "has a contrast of 1.3 to white"},
    {"word_for_colour", "clinic.colour", "teal", "#rrggbb"},
    {"style_for_colour", "clinic.colour", "#0b5a5e}body{", "#rrggbb"},
    {"long_greeting", "greeting.ht", std::string(501, 'g'), "The greeting has 501 letters"},
    {"control_in_a_name", "clinic.name", "Pain\x1b[2J Center", "one line of text"},
    {"control_in_a_greeting", "greeting.en", "Parking\x7f", "The greeting is plain text."},
    {"few_years", "retention.years", "4", "from 5 to 50"},
    {"many_years", "retention.years", "51", "from 5 to 50"},
    {"half_years", "retention.years", "7.5", "from 5 to 50"},
    {"young_age", "retention.minors_until_age", "17", "from 18 to 60"},
    {"no_file", "clinic.logo", "", "Choose an SVG or PNG file."},
    {"gif", "clinic.logo", "GIF89a", "neither SVG nor PNG"},
    {"large", "clinic.logo", svg_with(std::string(17'000, ' ')), "larger than 16 KiB"},
    {"script", "clinic.logo", svg_with("<script>alert(1)</script>"), "is no shape"},
    {"prefixed_script", "clinic.logo",
     svg_with("<x:script xmlns:x=\"http://www.w3.org/2000/svg\"/>"), "is no shape"},
    {"handler", "clinic.logo", svg_with("<rect onclick=\"a()\"/>"), "event handler"},
    {"handler_in_capitals", "clinic.logo", svg_with("<rect OnLoad='a()'/>"), "event handler"},
    {"foreign_use", "clinic.logo", svg_with("<use href=\"https://example.org/a.svg#b\"/>"),
     "outside itself"},
    {"script_address", "clinic.logo", svg_with("<use xlink:href=\"javascript:a()\"/>"),
     "outside itself"},
    {"hidden_address", "clinic.logo", svg_with("<use href=\"&#x68;ttps://example.org\"/>"),
     "outside itself"},
    {"foreign_paint", "clinic.logo", svg_with("<rect fill=\"url(//example.org/a#b)\"/>"),
     "outside itself"},
    {"foreign_style", "clinic.logo", svg_with("<style>@import 'a.css';</style>"), "outside itself"},
    {"escaped_style", "clinic.logo", svg_with("<style>a{b:\\75rl(x)}</style>"), "escapes"},
    {"picture_inside", "clinic.logo", svg_with("<image href=\"#a\"/>"), "is no shape"},
    {"page_inside", "clinic.logo", svg_with("<foreignObject/>"), "is no shape"},
    {"link", "clinic.logo", svg_with("<a href=\"#x\"/>"), "is no shape"},
    {"animation", "clinic.logo", svg_with("<set attributeName=\"href\"/>"), "is no shape"},
    {"entity", "clinic.logo", "<!DOCTYPE svg [<!ENTITY a \"b\">]><svg></svg>", "document type"},
    {"style_sheet", "clinic.logo", "<?xml-stylesheet href=\"a\"?><svg></svg>", "instruction"},
    {"raw_section", "clinic.logo", svg_with("<![CDATA[<script/>]]>"), "raw section"},
    {"unclosed", "clinic.logo", "<svg><g></svg>", "no well-formed"},
    {"two_roots", "clinic.logo", "<svg></svg><svg></svg>", "no well-formed"},
    {"cut_off", "clinic.logo", "<svg><rect width=\"1", "no well-formed"},
};

INSTANTIATE_TEST_SUITE_P(cases, ClinicPageRefuses, testing::ValuesIn(refused_inputs),
                         [](auto const& shown) { return shown.param.name; });

TEST_F(ClinicPage, KeepsPlaceholdersAwayFromRealPatients) {
  ASSERT_EQ(set(c, "clinic.name", "Harbor Street Clinic").status, 303);
  ASSERT_EQ(set(c, "clinic.phone", "(305) 555-2368").status, 303);
  EXPECT_EQ(set(c, "clinic.phone", "(305) 555-0142").status, 303) << "an evaluation may";
  ASSERT_EQ(take_back(c, "clinic.phone").status, 303);
  ASSERT_EQ(set(c, "clinic.phone", "(305) 555-2368").status, 303);
  c.take_for_production();
  clinic real(c);
  auto const why = [&](char const* key, std::optional<std::string> value) {
    return service::clinic::why_unfit_for_production(real.app(), {key, std::move(value)});
  };
  EXPECT_EQ(why("clinic.name", "Bay Clinic"), "");
  EXPECT_THAT(why("clinic.name", "Example Clinic"), HasSubstr("placeholder name"));
  EXPECT_THAT(why("clinic.name", std::nullopt), HasSubstr("placeholder name"));
  EXPECT_THAT(why("clinic.phone", "(305) 555-0142"), HasSubstr("placeholder telephone"));
}

TEST_F(ClinicPage, PlacesAreAddedRenamedMovedAndClosed) {
  auto const add = [&](std::string const& id, std::string const& zone) {
    return send(c, "/desk/clinic/places",
                {{"act", "save"}, {"id", id}, {"name", "Pensacola office"}, {"zone", zone}});
  };
  auto const wrong = body_of(add("Key West", "Mars/Base"));
  EXPECT_THAT(wrong, HasSubstr("Write an id of a-z"));
  EXPECT_THAT(wrong, HasSubstr("no time zone that the program knows"));
  EXPECT_THAT(wrong, HasSubstr("value=\"Pensacola office\"")) << "nothing is lost";
  ASSERT_EQ(add("pensacola", "America/Chicago").status, 303);
  EXPECT_THAT(body_of(add("pensacola", "America/Chicago")), HasSubstr("There is a place of this"));
  EXPECT_THAT(page(), HasSubstr("America/Chicago"));

  certs::uuid visit;
  service::book_appointment(c.app().desk, {c.app().world, c.app().keks, c.app().keys},
                            {.number = "",
                             .location = "pensacola",
                             .starts_at = c.now,
                             .who = {.family = "Somebody",
                                     .given = "Else",
                                     .birth_date = "1950-01-01",
                                     .visit_kind = "new-patient"}},
                            visit);
  auto const change = [&](std::string const& id, std::string const& name, std::string const& zone,
                          std::string const& closed) {
    return send(c, "/desk/clinic/places/" + id,
                {{"act", "save"}, {"name", name}, {"zone", zone}, {"closed", closed}});
  };
  ASSERT_EQ(change("pensacola", "Gulf office", "America/Chicago", "yes").status, 303);
  auto const day = body_of(c.get("/desk/today?place=pensacola"));
  EXPECT_THAT(day, HasSubstr("Gulf office (closed)"));
  EXPECT_THAT(day, HasSubstr("11:00 AM")) << "noon at the clinic";
  EXPECT_THAT(day, Not(HasSubstr("/desk/today/walk-in")));
  EXPECT_EQ(c.post_form("/desk/today/walk-in", {{"csrf", c.csrf()},
                                                {"place", "pensacola"},
                                                {"name", "Somebody, Else"},
                                                {"born", "1/1/1950"},
                                                {"visit", "new-patient"}})
                .status,
            422);
  auto const last = change("main", "Main", "America/New_York", "yes");
  EXPECT_EQ(last.status, 422);
  EXPECT_THAT(body_of(last), HasSubstr("This is the only place that is open"));

  ASSERT_EQ(change("pensacola", "Gulf office", "America/Chicago", "").status, 303);
  ASSERT_EQ(change("main", "Main", "America/New_York", "yes").status, 303);
  EXPECT_THAT(body_of(c.get("/desk/today")), HasSubstr("Gulf office")) << "the open one is shown";
  ASSERT_EQ(send(c, "/desk/clinic/places/main", {{"act", "undo"}}).status, 303);
  EXPECT_FALSE(c.app().places.find("main")->is_closed);
  EXPECT_EQ(c.app().places.find("main")->name, "Example Pain Center");
}

TEST_F(ClinicPage, KeepingRecordsShorterNeedsAReason) {
  auto const unexplained = set(c, "retention.years", "6", "shorter");
  EXPECT_EQ(unexplained.status, 422);
  EXPECT_THAT(body_of(unexplained), HasSubstr("<a href=\"#reason\">"));
  EXPECT_THAT(body_of(unexplained), HasSubstr("value=\"6\""));
  ASSERT_EQ(set(c, "retention.years", "9").status, 303) << "longer explains itself";
  EXPECT_EQ(take_back(c, "retention.years").status, 422) << "the file says seven";
  ASSERT_EQ(set(c, "retention.years", "6", "Counsel says that six are enough").status, 303);
  ASSERT_EQ(set(c, "retention.minors_until_age", "26").status, 303);
  EXPECT_THAT(row_of(page(), "Years that records are kept"),
              HasSubstr("because: Counsel says that six are enough"));
  EXPECT_THAT(page(), HasSubstr("6 years from a patient"));
  EXPECT_THAT(page(), HasSubstr("until the age of 26"));
}

TEST(Retention, TheCommandCountsTheYearsThatAManagerHasSet) {
  command_clinic c;
  c.home.sign_in("boss", account_role::manager);
  ASSERT_EQ(set(c.home, "retention.years", "5", "Florida asks for five years").status, 303);
  auto const due = c.run({"retention", "due"});
  EXPECT_TRUE(says(due, "(5 years)")) << due.said;
  EXPECT_TRUE(says(due, "set on the desk's page by boss on ")) << due.said;
  EXPECT_TRUE(says(due, "(Florida asks for five years)")) << due.said;
}

TEST(ClinicCommands, KnowWhatAManagerHasSet) {
  command_clinic c;
  c.submit(1);
  c.home.sign_in("boss", account_role::manager);
  ASSERT_EQ(set(c.home, "clinic.name", "Harbor Street Clinic").status, 303);
  ASSERT_EQ(send(c.home, "/desk/clinic/places",
                 {{"act", "save"}, {"id", "gulf"}, {"name", "Gulf"}, {"zone", "America/Chicago"}})
                .status,
            303);

  ASSERT_EQ(c.run({"key", "escrow", "-o", c.path("sheet")}).code, 0);
  EXPECT_THAT(read_text_file(c.path("sheet")), HasSubstr("Harbor Street Clinic"));
  ASSERT_EQ(c.run({"submission", "pdf", c.receipts[0], "-o", c.path("copy.pdf")}).code, 0);
  EXPECT_THAT(text_of_pdf(read_text_file(c.path("copy.pdf"))), HasSubstr("Harbor Street Clinic"));

  std::ofstream(c.path("day.csv"))
      << "number,location,date,time,family,given,birth_date,phone,visit,reason,language\n"
         "A-1,gulf,2031-06-02,8:00 AM,Doe,Jo,1951-03-08,305-555-0111,new-patient,Back pain,en\n";
  ASSERT_EQ(c.run({"appointments", "import", c.path("day.csv")}).code, 0);
  EXPECT_EQ(c.home.rows().value("SELECT starts_at AT TIME ZONE 'America/Chicago' FROM appointment"),
            "2031-06-02 08:00:00");
  ASSERT_EQ(
      send(c.home, "/desk/clinic/places/gulf",
           {{"act", "save"}, {"name", "Gulf"}, {"zone", "America/Chicago"}, {"closed", "yes"}})
          .status,
      303);
  auto const refused = c.run({"appointments", "import", c.path("day.csv")});
  EXPECT_EQ(refused.code, 1);
  EXPECT_TRUE(says(refused, "this location is closed")) << refused.said;

  std::filesystem::create_directory(c.path("tls"));
  ASSERT_EQ(c.run({"certs", "dev", c.path("tls")}).code, 0);
  auto const check = c.run({"config", "check", "--production"});
  EXPECT_THAT(check.said, HasSubstr("placeholder telephone number"));
  EXPECT_THAT(check.said, Not(HasSubstr("placeholder name")));
}

TEST_F(ClinicPage, IsOnTheCopyThatLeavesNext) {
  ASSERT_EQ(c.post_fhir(sample_packet()).status, 201);
  auto const id = c.rows().value("SELECT id FROM submission");
  auto const copy = [&] { return text_of_pdf(body_of(c.get("/desk/submissions/" + id + ".pdf"))); };
  EXPECT_THAT(copy(), HasSubstr("Example Pain Center"));
  ASSERT_EQ(set(c, "clinic.phone", "(305) 555-2368").status, 303);
  EXPECT_THAT(copy(), HasSubstr("(305) 555-2368"));
}

TEST_F(ClinicPage, ASecondInstanceHasItWithinItsLookAndWhoIsSlowerHearsIt) {
  clinic second(c);
  second.use_cookie(c.cookie());
  auto const stale = body_of(second.get(settings_path("clinic.name")));
  second.app().live.keep_looking(std::chrono::milliseconds(20));
  ASSERT_EQ(set(c, "clinic.name", "Harbor Street Clinic").status, 303);
  auto const shown = [&] {
    return body_of(second.get("/?lang=en")).find("Harbor Street Clinic") != std::string::npos;
  };
  for (int at = 0; at < 500 && !shown(); ++at) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  EXPECT_TRUE(shown());
  auto const late = second.post_form(settings_path("clinic.name"),
                                     {{"csrf", second.csrf()},
                                      {"seen", attribute_after(stale, "name=\"seen\"", "value")},
                                      {"act", "save"},
                                      {"value", "Bay Clinic"}});
  EXPECT_EQ(late.status, 409);
  EXPECT_THAT(body_of(late), HasSubstr("value=\"Bay Clinic\"")) << "nothing is lost";
  EXPECT_THAT(body_of(late), HasSubstr("<strong>Harbor Street Clinic</strong>"));
}

TEST_F(ClinicPage, ARequestKeepsTheClinicWithWhichItBegan) {
  auto const& before = c.app();
  ASSERT_EQ(set(c, "clinic.name", "Harbor Street Clinic").status, 303);
  EXPECT_NE(&before, &c.app());
  EXPECT_EQ(before.settings.clinic_name, "Example Pain Center");
  EXPECT_EQ(c.app().settings.clinic_name, "Harbor Street Clinic");
  EXPECT_EQ(&before.forms, &c.app().forms) << "what did not change is not made again";
  EXPECT_EQ(&before.assets, &c.app().assets);
}

TEST_F(ClinicPage, ARowThatCantBeUsedLeavesTheFilesWordsAndSaysSo) {
  c.rows().sql(
      "INSERT INTO clinic_setting (number, key, value, reason, at, actor) SELECT 1, "
      "'clinic.colour', "
      "'yellow', '', now(), id FROM account LIMIT 1");
  ASSERT_EQ(set(c, "clinic.name", "Harbor Street Clinic").status, 303);
  EXPECT_THAT(start_page(), HasSubstr("Harbor Street Clinic"));
  EXPECT_THAT(c.logged(), HasSubstr("clinic-setting-refused"));
  EXPECT_EQ(c.app().settings.clinic_colour, "");
}

TEST_F(ClinicPage, NobodyButAManagerFindsAWayToChangeIt) {
  for (auto const role : {account_role::front_desk, account_role::clinician, account_role::billing,
                          account_role::administrator}) {
    c.sign_in(std::string("of-") + std::string(db::to_string(role)), role);
    EXPECT_EQ(c.get(settings_path("clinic.name")).status, 403);
    EXPECT_EQ(c.post_form(settings_path("clinic.name"),
                          {{"csrf", c.csrf()}, {"seen", "0"}, {"value", "Theirs"}})
                  .status,
              403);
  }
  EXPECT_EQ(c.get("/desk/clinic").status, 200);
  EXPECT_THAT(page(), Not(HasSubstr(">Change<"))) << "an administrator looks";
}

}  // namespace
}  // namespace intake::tests

#include "service/production.hpp"

#include "service/languages.hpp"
#include "tests/journeys/clinic.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::tests {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

std::vector<std::string> obstacles(clinic& c, service::config const& settings) {
  std::vector<std::string> found;
  for (auto const& each : service::production_obstacles(settings, c.parts(),
                                                        *c.app().rules.current(), &c.app().desk)) {
    EXPECT_FALSE(each.remedy.empty()) << each.what;
    found.push_back(each.what);
  }
  return found;
}

TEST(Production, NamesWhatStandsInTheWayOfRealPatients) {
  clinic c;
  auto const found = obstacles(c, c.settings());
  for (auto const* part : {"placeholder name", "placeholder telephone", "purpose: example",
                           "\"consent\" is a sample", "never printed for escrow", "no backup"}) {
    EXPECT_THAT(found, Contains(HasSubstr(part))) << part;
  }
}

TEST(Production, WhatWasRemediedIsNotNamedAgain) {
  clinic c;
  auto settings = c.settings();
  settings.clinic_name = "Harbor Street Clinic";
  settings.clinic_phone = "(561) 555-0199";
  EXPECT_THAT(obstacles(c, settings), Not(Contains(HasSubstr("placeholder name"))));
  EXPECT_THAT(obstacles(c, settings), Contains(HasSubstr("placeholder telephone")));
  settings.clinic_phone = "(561) 555-2368";
  EXPECT_THAT(obstacles(c, settings), Not(Contains(HasSubstr("placeholder telephone"))));
}

TEST(Production, ADemoAccountStandsInTheWayUntilItIsDisabled) {
  clinic c;
  db::account demo;
  demo.id = certs::new_uuid_v7(c.app().world);
  demo.name = "demo-desk";
  demo.password_hash = c.app().passwords.hash(c.app().world, clinic::password);
  demo.created = c.now;
  demo.demo = true;
  ASSERT_EQ(db::add_account(c.app().desk, demo), db::account_change::done);
  EXPECT_THAT(obstacles(c, c.settings()), Contains(HasSubstr("demo-desk")));
  ASSERT_EQ(db::disable_account(c.app().desk, demo.id, c.now), db::account_change::done);
  EXPECT_THAT(obstacles(c, c.settings()), Not(Contains(HasSubstr("demo-desk"))));
}

TEST(Production, ADatabaseOverTheNetworkHasToProveItself) {
  clinic c;
  auto settings = c.settings();
  auto const unproven = HasSubstr("crosses a network without proof");
  EXPECT_THAT(obstacles(c, settings), Not(Contains(unproven)));
  for (auto const role : {&service::config::database_portal, &service::config::database_desk,
                          &service::config::database_billing, &service::config::database_migrate,
                          &service::config::database_backup, &service::config::database_rekey,
                          &service::config::database_retention}) {
    auto const before = settings.*role;
    settings.*role = "host=db.clinic.example dbname=intake";
    EXPECT_THAT(obstacles(c, settings), Contains(unproven));
    settings.*role += " sslmode=verify-full";
    EXPECT_THAT(obstacles(c, settings), Not(Contains(unproven)));
    settings.*role = before;
  }
}

TEST(Production, WhatMakesAnswersUpIsAskedAboutNobody) {
  clinic c;
  auto settings = c.settings();
  auto const simulated = HasSubstr("asked of a simulator");
  EXPECT_THAT(obstacles(c, settings), Not(Contains(simulated)));
  settings.eligibility_clearinghouse_is_simulator = true;
  EXPECT_THAT(obstacles(c, settings), Contains(simulated));
}

TEST(Production, WhereTheTrailStandsIsWrittenDownOutside) {
  clinic c;
  auto settings = c.settings();
  auto const nowhere = HasSubstr("written down nowhere outside the database");
  EXPECT_THAT(obstacles(c, settings), Contains(nowhere));
  settings.audit_heads_file = "/var/lib/intake/audit-heads";
  EXPECT_THAT(obstacles(c, settings), Not(Contains(nowhere)));
}

TEST(Production, OffersALanguageOnlyWhenSomebodyHasReadIt) {
  clinic c;
  auto settings = c.settings();
  auto const offered = [&] {
    return service::offered_languages(settings, c.parts().forms(), c.app().words);
  };
  EXPECT_EQ(offered().size(), service::all_languages.size());
  settings.mode = "production";
  EXPECT_THAT(offered(), testing::ElementsAre(service::language::en));
  for (auto const& state : service::language_states(c.parts().forms(), c.app().words)) {
    EXPECT_EQ(state.reviewed(), state.spoken == service::language::en);
  }
}

// What a patient cannot choose is not reached by an address or a browser's wish either.
TEST(Production, ALanguageThatIsNotOfferedIsAnsweredInEnglish) {
  clinic c;
  EXPECT_THAT(body_of(c.get("/?lang=es")), HasSubstr("lang=\"es\""));
  service::language const english[] = {service::language::en};
  c.app().offered = english;
  auto const page = body_of(c.get("/?lang=es"));
  EXPECT_THAT(page, HasSubstr("<html lang=\"en\""));
  EXPECT_THAT(page, Not(HasSubstr("Español")));
}

}  // namespace
}  // namespace intake::tests

#include "service/copy.hpp"
#include "tests/journeys/clinic.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::tests {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

std::string with_language(std::string packet, std::string const& tag) {
  std::string const from = "\"language\": \"en\"";
  auto const to = "\"language\": \"" + tag + "\"";
  for (auto at = packet.find(from); at != std::string::npos; at = packet.find(from, at + 1)) {
    packet.replace(at, from.size(), to);
  }
  return packet;
}

pdf::document copy_in(std::string const& tag, pdf::copy_profile profile) {
  clinic c;
  EXPECT_EQ(c.post_fhir(with_language(sample_packet(), tag)).status, 201);
  auto const id = certs::parse_uuid(c.rows().value("SELECT id FROM submission"));
  auto const stored = db::open_submission(c.app().desk, *id);
  auto const& app = c.app();
  auto const reading = service::open_record(app.keks, app.forms, *stored);
  return service::copy_of({app.settings, app.forms, app.clock, app.keys, app.words, app.drawer},
                          stored->head, *reading.record, profile);
}

struct language_case {
  char const* tag;
  char const* footer;
  char const* page_of;
  char const* title;
  char const* form;  ///< of the registration
};

class PatientsCopy : public testing::TestWithParam<language_case> {};

TEST_P(PatientsCopy, SpeaksTheLanguageOfTheSubmission) {
  auto const& tested = GetParam();
  auto const made = copy_in(tested.tag, pdf::copy_profile::patient);
  EXPECT_EQ(made.about.language, tested.tag);
  EXPECT_EQ(made.words.page_of, tested.page_of);
  auto const& section = made.sections.front();
  EXPECT_THAT(section.footer, StartsWith(tested.footer));
  EXPECT_EQ(std::get<pdf::heading>(section.blocks.front()).text, tested.title);
  bool form_is_named = false;
  for (auto const& each : section.blocks) {
    auto const* heading = std::get_if<pdf::heading>(&each);
    form_is_named |= heading != nullptr && heading->text == tested.form;
    if (auto const* answer = std::get_if<pdf::answer>(&each)) {
      EXPECT_EQ(answer->question_own_words, "") << "said twice";
    }
  }
  EXPECT_TRUE(form_is_named);
}

INSTANTIATE_TEST_SUITE_P(
    Languages, PatientsCopy,
    testing::Values(language_case{"en", "Patient's copy", "Page {page} of {pages}", "Patient forms",
                                  "About you"},
                    language_case{"es", "Copia del paciente", "Página {page} de {pages}",
                                  "Formularios para pacientes", "Sobre usted"},
                    language_case{"ht", "Kopi pasyan an", "Paj {page} sou {pages}",
                                  "Fòm pou pasyan", "Sou ou menm"}),
    [](auto const& tested) { return std::string(tested.param.tag); });

TEST(StaffCopy, IsInEnglishWithThePatientsWordsBeside) {
  auto const made = copy_in("ht", pdf::copy_profile::clinical);
  EXPECT_EQ(made.about.language, "en");
  EXPECT_EQ(made.words.page_of, "Page {page} of {pages}");
  int beside = 0;
  for (auto const& each : made.sections.front().blocks) {
    auto const* answer = std::get_if<pdf::answer>(&each);
    beside += answer != nullptr && !answer->question_own_words.empty() ? 1 : 0;
  }
  EXPECT_GT(beside, 50);
}

}  // namespace
}  // namespace intake::tests

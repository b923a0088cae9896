#include "forms/json_reader.hpp"
#include "forms/plan/sample_answers.hpp"
#include "forms/validation.hpp"
#include "tests/forms/packet_files.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <set>

#include <gtest/gtest.h>

namespace intake {
namespace {

using forms::json_kind;
using forms::json_value;

constexpr auto today = std::chrono::sys_days{std::chrono::year{2026} / 11 / 23};
constexpr std::string_view plan_folder = "forms/packet/plan";

forms::json_document read(std::string const& path) {
  return forms::read_json(forms::with_dates(tests::source_text(path), today)).value();
}

std::vector<json_value const*> members(json_value const& object, std::string_view name) {
  std::vector<json_value const*> found;
  if (auto const* list = object.find(name, json_kind::array)) {
    for (auto const& one : *list) found.push_back(&one);
  }
  return found;
}

std::vector<forms::item const*> items_named(std::string_view link_id) {
  std::vector<forms::item const*> found;
  for (auto const& form : tests::packet().forms()) {
    if (auto const* item = form->find(link_id)) found.push_back(item);
  }
  return found;
}

bool offers(forms::item const& item, std::string_view code) {
  return std::ranges::any_of(options_of(item), [&](forms::answer_option const& option) {
    auto const* coded = std::get_if<forms::coding>(&option.value);
    return coded != nullptr && coded->code == code;
  });
}

// A condition of packets.json or safety-alerts.json: a question of the packet, and answers it has.
void expect_answerable(json_value const& condition) {
  auto const asked = items_named(condition.text_of("question"));
  ASSERT_FALSE(asked.empty()) << condition.text_of("question");
  for (auto const* code : members(condition, "any_of")) {
    EXPECT_TRUE(std::ranges::any_of(asked, [&](auto* item) { return offers(*item, code->text()); }))
        << condition.text_of("question") << " has no answer " << code->text();
  }
}

std::vector<std::string> sample_files() {
  std::vector<std::string> files;
  for (auto const* folder :
       {"forms/packet/plan/typical", "tests/data/packet", "deploy/sample-day"}) {
    for (auto& file : tests::json_files(folder)) {
      if (!file.ends_with("index.json")) files.push_back(std::move(file));
    }
  }
  return files;
}

class every_form : public testing::TestWithParam<std::string> {};
class every_sample : public testing::TestWithParam<std::string> {};

std::string test_name(testing::TestParamInfo<std::string> const& info) {
  auto name = info.param.substr(0, info.param.size() - std::string_view{".json"}.size());
  std::ranges::replace_if(
      name, [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
  return name;
}

TEST_P(every_form, is_found_by_the_name_of_its_file) {
  auto const name = std::filesystem::path{GetParam()}.stem().string();
  auto const* form = tests::packet().find_by_id(name);
  ASSERT_NE(form, nullptr);
  EXPECT_EQ(form->header().url, "https://intake.example/fhir/Questionnaire/" + name);
}

// An instrument is offered in the languages its owner published, and in no other.
TEST_P(every_form, speaks_each_language_throughout) {
  auto const& form = *tests::packet().find_by_id(std::filesystem::path{GetParam()}.stem().string());
  bool const instrument = !form.header().instrument.owner.empty();
  std::set<std::string> spoken;
  for (auto const& one : form.header().title.translations) spoken.insert(one.language);
  if (!instrument) {
    EXPECT_EQ(spoken, (std::set<std::string>{"es", "ht"}));
  }
  for (auto const& item : form.items()) {
    bool const hidden_score = instrument && item.hidden;
    if (item.text.empty() || hidden_score) continue;
    for (auto const& language : spoken) {
      EXPECT_NE(item.text.translation_in(language), nullptr) << item.link_id << ' ' << language;
    }
    for (auto const& option : options_of(item)) {
      bool const name = option.label.translations.empty();
      EXPECT_TRUE(name || option.label.translations.size() == spoken.size()) << item.link_id;
    }
  }
}

TEST_P(every_form, asks_only_backwards) {
  auto const& form = *tests::packet().find_by_id(std::filesystem::path{GetParam()}.stem().string());
  for (auto const& item : form.items()) {
    for (auto const& condition : item.enable_when) {
      EXPECT_LT(condition.target, item.index) << item.link_id;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(packet, every_form, testing::ValuesIn(tests::json_files("forms/packet")),
                         test_name);

TEST_P(every_sample, has_no_problem) {
  auto const document = read(GetParam());
  auto const entries = members(document.root(), "entry");
  ASSERT_FALSE(entries.empty());
  for (auto const* entry : entries) {
    auto const& resource = *entry->find("resource", json_kind::object);
    auto const* form = tests::packet().find(resource.text_of("questionnaire"));
    ASSERT_NE(form, nullptr) << resource.text_of("questionnaire");
    auto const problems =
        forms::validate(*form, forms::read_response(*form, resource), {.today = "2026-11-23"});
    for (auto const& problem : problems) {
      ADD_FAILURE() << form->header().id << ' ' << problem.expression << ' '
                    << forms::sentence(problem);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(packet, every_sample, testing::ValuesIn(sample_files()), test_name);

TEST(packet, offers_the_payers_of_the_example_rules) {
  auto const table = tests::source_text("forms/rules/example/payers.csv");
  auto const* payer = tests::packet().find_by_id("coverage")->find("coverage.plan.payer");
  std::size_t rows = 0;
  for (std::size_t at = table.find('\n'); at + 1 < table.size(); at = table.find('\n', at + 1)) {
    auto const id = table.substr(at + 1, table.find(',', at) - at - 1);
    EXPECT_TRUE(offers(*payer, id)) << id;
    ++rows;
  }
  EXPECT_GE(rows, options_of(*payer).size());
}

TEST(packet, lays_out_forms_and_questions_that_exist) {
  auto const document = read(std::string{plan_folder} + "/packets.json");
  for (auto const* plan : members(document.root(), "packets")) {
    for (auto const* entry : members(*plan, "forms")) {
      EXPECT_NE(tests::packet().find_by_id(entry->text_of("form")), nullptr);
      if (auto const instead = entry->text_of("otherwise"); !instead.empty()) {
        EXPECT_NE(tests::packet().find_by_id(instead), nullptr) << instead;
      }
      for (auto const* condition : members(*entry, "only_if")) expect_answerable(*condition);
    }
    for (auto const* kind : members(*plan, "visit_kinds")) {
      EXPECT_TRUE(offers(*items_named("visit.kind").front(), kind->text())) << kind->text();
    }
  }
}

TEST(packet, raises_alerts_by_answers_that_exist) {
  auto const document = read(std::string{plan_folder} + "/safety-alerts.json");
  std::set<std::string_view> seen;
  for (auto const* alert : members(document.root(), "alerts")) {
    EXPECT_TRUE(seen.insert(alert->text_of("id")).second) << alert->text_of("id");
    for (auto const* condition : members(*alert, "all_of")) expect_answerable(*condition);
    bool const emergency = alert->text_of("level") == "emergency";
    EXPECT_EQ(emergency, !items_named(alert->text_of("patient_text")).empty());
  }
}

// What the program takes out of a packet by name; see the table in forms/packet/README.md.
TEST(packet, keeps_the_names_that_the_program_relies_on) {
  for (auto const* link_id : {"patient.name.family",
                              "patient.name.given",
                              "patient.birth-date",
                              "patient.phone",
                              "patient.email",
                              "patient.language.preferred",
                              "patient.language.interpreter",
                              "patient.address.state",
                              "visit.kind",
                              "visit.date",
                              "registration.filler",
                              "accident.kind",
                              "accident.date",
                              "accident.first-treatment",
                              "accident.first-treatment-date",
                              "accident.liability",
                              "coverage.have",
                              "coverage.plan",
                              "coverage.plan.payer",
                              "coverage.plan.name",
                              "coverage.plan.product",
                              "coverage.plan.member-id",
                              "coverage.plan.subscriber",
                              "coverage.plan.referral",
                              "ask.clinic",
                              "pain.now",
                              "pain.worst",
                              "pain.best",
                              "pain.average",
                              "pain.regions",
                              "pain.red-flags",
                              "pain.cancer",
                              "pain.blood-thinner",
                              "allergy.any",
                              "allergy.to",
                              "medicine.name",
                              "msp.reason",
                              "msp.plan-basis",
                              "msp.employer-employees",
                              "msp.va-authorized",
                              "msp.black-lung",
                              "consent.signer.name",
                              "consent.signer.relation",
                              "consent.treatment.choice"}) {
    EXPECT_FALSE(items_named(link_id).empty()) << link_id;
  }
}

}  // namespace
}  // namespace intake

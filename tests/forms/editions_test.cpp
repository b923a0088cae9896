#include "forms/editions.hpp"

#include "forms/library.hpp"
#include "tests/forms/packet_files.hpp"
#include "tests/forms/support.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace intake::forms {
namespace {

TEST(editions, may_be_signed_from_their_first_day_to_their_last) {
  text_edition const bounded{"a", "2026-11-10", "2026-11-23"};
  text_edition const open{"b", "2026-11-10", ""};
  for (auto const& [day, first, second] : {std::tuple{"2026-11-09", false, false},
                                           {"2026-11-10", true, true},
                                           {"2026-11-23", true, true},
                                           {"2026-11-24", false, true},
                                           {"2027-01-01", false, true}}) {
    EXPECT_EQ(may_be_signed(bounded, day), first) << day;
    EXPECT_EQ(may_be_signed(open, day), second) << day;
    EXPECT_TRUE(may_be_signed(text_edition{}, day));
  }
}

/// A consent of an edition that ends on a day, beside a question.
std::string consent_form(std::string_view version, std::string_view edition, std::string_view from,
                         std::string_view stop) {
  return fmt::format(
      R"({{"resourceType":"Questionnaire","id":"c","url":"https://example.org/c","version":"{}",
      "status":"active","item":[{{"linkId":"name","type":"string"}},
      {{"linkId":"consent","type":"group","required":true,"extension":[
        {{"url":"urn:intake:edition","extension":[{{"url":"id","valueString":"{}"}},
          {{"url":"valid-from","valueDate":"{}"}},{{"url":"must-stop","valueDate":"{}"}}]}}],
        "item":[{{"linkId":"agree","type":"boolean","required":true}}]}}]}})",
      version, edition, from, stop);
}

std::string answered(std::string_view items) {
  return fmt::format(
      R"({{"resourceType":"QuestionnaireResponse","status":"completed",
      "questionnaire":"https://example.org/c","item":[{}]}})",
      items);
}

constexpr auto name = R"({"linkId":"name","answer":[{"valueString":"Ana"}]})";
constexpr auto signature =
    R"({"linkId":"consent","item":[{"linkId":"agree","answer":[{"valueBoolean":true}]}]})";

std::vector<std::string> checked(std::string_view day, std::string const& items) {
  auto const form =
      read_questionnaire(consent_form("1", "old", "2026-01-01", "2026-11-23")).value();
  auto const sent = read_response(form, read_json(answered(items)).value().root());
  return support::summaries(validate(form, sent, {.today = std::string{day}}));
}

TEST(editions, an_ended_text_is_neither_signed_nor_asked_for) {
  auto const both = fmt::format("{},{}", name, signature);
  EXPECT_TRUE(checked("2026-11-23", both).empty());
  EXPECT_EQ(checked("2026-11-23", name).size(), 1U) << "it is required while it is in force";
  auto const late = checked("2026-11-24", both);
  ASSERT_EQ(late.size(), 1U) << "only that text is to be signed again";
  EXPECT_TRUE(late[0].starts_with("edition-ended @QuestionnaireResponse.item[1]")) << late[0];
  EXPECT_TRUE(checked("2026-11-24", name).empty());
}

TEST(editions, the_version_in_force_is_presented) {
  auto const old = consent_form("1", "old", "2026-01-01", "2026-12-31");
  auto const next = consent_form("2", "next", "2027-01-01", "2027-12-31");
  named_text const files[] = {{"1.json", old}, {"2.json", next}};
  auto const forms = load_library(files).value();
  EXPECT_EQ(forms.find_presentable("c", "2026-12-31")->header().version, "1");
  EXPECT_EQ(forms.find_presentable("c", "2027-01-01")->header().version, "2");
  EXPECT_EQ(forms.find_presentable("c", "2030-01-01")->header().version, "2")
      << "with nothing in force the newest, whose ended texts nobody is asked to sign";
  EXPECT_EQ(forms.find_presentable("nowhere", "2030-01-01"), nullptr);
}

TEST(editions, other_days_make_another_library_and_leave_the_first) {
  auto const old = consent_form("1", "old", "2026-01-01", "2026-12-31");
  auto const next = consent_form("2", "next", "2027-01-01", "2027-12-31");
  named_text const files[] = {{"1.json", old}, {"2.json", next}};
  auto const forms = load_library(files).value();
  text_edition const days[] = {{"next", "2026-06-01", ""}, {"unknown", "2020-01-01", ""}};
  auto const changed = forms.with_days(days);
  auto const version_on = [](library const& from, char const* day) {
    return from.find_presentable("c", day)->header().version;
  };
  EXPECT_EQ(version_on(changed, "2026-05-31"), "1");
  EXPECT_EQ(version_on(changed, "2026-06-01"), "2");
  EXPECT_EQ(version_on(changed, "2030-01-01"), "2");
  EXPECT_EQ(version_on(forms, "2026-06-01"), "1");
  auto const& text = *changed.find("https://example.org/c|2");
  EXPECT_EQ(text.find("agree")->parent, text.find("consent")->index);
  EXPECT_EQ(text.find("consent")->edition.must_stop, "");
}

TEST(editions, a_signature_does_not_go_over_to_another_text) {
  auto const old = read_questionnaire(consent_form("1", "old", "", "")).value();
  auto const same_text = read_questionnaire(consent_form("2", "old", "", "")).value();
  auto const next = read_questionnaire(consent_form("3", "next", "", "")).value();
  auto const both = answered(fmt::format("{},{}", name, signature));
  for (auto const& [form, before, signatures] :
       {std::tuple{&same_text, &old, 1U},
        {&next, &old, 0U},
        {&next, static_cast<questionnaire const*>(nullptr), 0U}}) {
    auto given = read_response(*form, read_json(both).value().root()).answers;
    auto const dropped = drop_replaced_texts(*form, before, given);
    EXPECT_EQ(answers_to(*form, given, "agree").size(), signatures);
    EXPECT_EQ(dropped.size(), 1U - signatures);
    EXPECT_EQ(first_text(*form, given, "name"), "Ana") << "nothing else is lost";
  }
}

TEST(editions, which_one_was_answered_is_known_afterwards) {
  auto const form = read_questionnaire(consent_form("1", "old", "", "")).value();
  auto const sent = read_response(form, read_json(answered(signature)).value().root());
  auto const found = answered_editions(form, sent.answers);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].group->edition.id, "old");
  EXPECT_TRUE(found[0].was_signed);
  EXPECT_TRUE(answered_editions(form, {}).empty());
}

TEST(editions, signing_at_the_desk_later_is_no_signature_yet) {
  auto const& form = *tests::packet().find_by_id("consent");
  for (auto const& [choice, is_signature] :
       {std::pair{"draw", true}, {"type", true}, {"desk", false}, {"decline", false}}) {
    auto const text = fmt::format(
        R"({{"resourceType":"QuestionnaireResponse","item":[{{"linkId":"consent.treatment","item":[
        {{"linkId":"consent.treatment.choice","answer":[{{"valueCoding":{{"code":"{}"}}}}]}}]}}]}})",
        choice);
    auto const sent = read_response(form, read_json(text).value().root());
    auto const found = answered_editions(form, sent.answers);
    ASSERT_EQ(found.size(), 1U) << choice;
    EXPECT_EQ(found[0].was_signed, is_signature) << choice;
  }
}

TEST(editions, each_consent_of_the_packet_has_its_own) {
  std::vector<std::string> ids;
  for (auto const& form : tests::packet().forms()) {
    for (auto const& one : form->items()) {
      if (one.link_id.starts_with("consent.") && one.signature_required) {
        EXPECT_FALSE(one.edition.id.empty()) << one.link_id;
      }
      if (!one.edition.id.empty()) ids.push_back(one.edition.id);
    }
  }
  EXPECT_GE(ids.size(), 8U);
  std::ranges::sort(ids);
  EXPECT_EQ(std::ranges::adjacent_find(ids), ids.end());
}

}  // namespace
}  // namespace intake::forms

#include "forms/library.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace intake::forms {
namespace {

std::string form_text(std::string_view url, std::string_view version, std::string_view status) {
  return fmt::format(
      R"({{"resourceType":"Questionnaire","id":"f","url":"{}","version":"{}","status":"{}","item":[
         {{"linkId":"a","text":"A","type":"choice","answerValueSet":"urn:vs"}}]}})",
      url, version, status);
}

constexpr std::string_view set_text =
    R"({"resourceType":"ValueSet","url":"urn:vs","compose":{"include":[{"system":"s",
        "concept":[{"code":"x"}]}]}})";

TEST(Library, FindsVersionsAndTheNewestActiveOne) {
  auto const one_nine = form_text("urn:f", "1.9", "active");
  auto const one_ten = form_text("urn:f", "1.10", "active");
  auto const two = form_text("urn:f", "2.0", "draft");
  named_text const files[] = {{"c", two}, {"a", one_ten}, {"b", one_nine}};
  auto const loaded = load_library(files);
  ASSERT_TRUE(loaded.has_value()) << sentence(loaded.error());
  EXPECT_EQ(loaded->find("urn:f|1.9")->header().version, "1.9");
  EXPECT_EQ(loaded->find("urn:f|2.0")->header().version, "2.0");
  EXPECT_EQ(loaded->find("urn:f")->header().version, "1.10");
  EXPECT_EQ(loaded->find_by_id("f")->header().version, "1.10");
  EXPECT_EQ(loaded->find("urn:f|3"), nullptr);
  EXPECT_EQ(loaded->find(""), nullptr);
  EXPECT_EQ(loaded->find_by_id("g"), nullptr);
  EXPECT_EQ(loaded->forms().size(), 3U);
}

TEST(Library, ResolvesValueSetsFromOtherFilesAndBundles) {
  auto const form = form_text("urn:f", "1", "active");
  auto const bundle =
      fmt::format(R"({{"resourceType":"Bundle","entry":[{{"resource":{}}},{{"resource":{}}}]}})",
                  form_text("urn:g", "1", "active"), set_text);
  named_text const files[] = {{"form.json", form}, {"bundle.json", bundle}};
  auto const loaded = load_library(files);
  ASSERT_TRUE(loaded.has_value()) << sentence(loaded.error());
  for (auto const* url : {"urn:f", "urn:g"}) {
    ASSERT_NE(loaded->find(url), nullptr);
    EXPECT_EQ(options_of(*loaded->find(url)->find("a")).size(), 1U);
  }
}

TEST(Library, NamesTheFileThatIsBroken) {
  auto const good = form_text("urn:f", "1", "active");
  named_text const broken[] = {{"good.json", good}, {"bad.json", "{\n\"a\":1,\n\"a\":2}"}};
  auto const refused = load_library(broken);
  ASSERT_TRUE(refused.has_error());
  EXPECT_EQ(refused.error().where, "bad.json");
  EXPECT_EQ(refused.error().line, 3U);
  named_text const twice[] = {{"good.json", good}, {"copy.json", good}};
  EXPECT_EQ(load_library(twice).error().code, "form-twice");
}

TEST(Version, OrdersNumbersAsNumbers) {
  EXPECT_TRUE(version_less("1.9", "1.10"));
  EXPECT_FALSE(version_less("1.10", "1.9"));
  EXPECT_TRUE(version_less("1", "1.1"));
  EXPECT_TRUE(version_less("2025-12-31", "2026-01-01"));
  EXPECT_TRUE(version_less("a", "b"));
  EXPECT_FALSE(version_less("1.0", "1.0"));
  EXPECT_TRUE(version_less("", "0"));
}

}  // namespace
}  // namespace intake::forms

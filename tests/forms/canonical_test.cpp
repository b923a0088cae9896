#include "forms/canonical.hpp"

#include "tests/forms/support.hpp"

#include <filesystem>
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::forms {
namespace {

using support::contents;
using support::form_of;
using support::response_text;
using support::summaries;
using ::testing::IsEmpty;

std::string rewritten(questionnaire const& form, std::string const& text,
                      origin_claims claims = origin_claims::believed) {
  auto const document = read_json(text);
  auto const read = read_response(form, document.value().root(), claims);
  return write_canonical(form, read.answers, read.envelope);
}

TEST(Canonical, IsInFormOrderWithoutTextsOrSpace) {
  auto const form =
      form_of(R"({"linkId":"a","text":"A","type":"decimal"},{"linkId":"b","text":"B",)"
              R"("type":"choice","answerOption":[{"valueCoding":{"code":"x"}}]})");
  EXPECT_EQ(rewritten(form, R"({ "status":"completed", "item":[
          {"linkId":"b","text":"B","answer":[{"valueCoding":{"display":"d","code":"x"}}]},
          {"linkId":"a","answer":[{"valueDecimal":1.50}]}],
          "identifier":{"value":"v","system":"s"}, "authored":"2026-11-23",
          "questionnaire":"urn:test|1","language":"ht","resourceType":"QuestionnaireResponse"})"),
            R"({"resourceType":"QuestionnaireResponse","language":"ht",)"
            R"("identifier":{"system":"s","value":"v"},)"
            R"("questionnaire":"urn:test|1","status":"completed","authored":"2026-11-23","item":[)"
            R"({"linkId":"a","answer":[{"valueDecimal":1.50}]},)"
            R"({"linkId":"b","answer":[{"valueCoding":{"code":"x","display":"d"}}]}]})");
}

TEST(Canonical, KeepsOriginsOnlyWhereTheyAreBelieved) {
  auto const form = form_of(R"({"linkId":"a","text":"A","type":"string"})");
  auto const text =
      response_text(R"({"linkId":"a","answer":[{"extension":[{"url":"urn:intake:answer-origin",)"
                    R"("valueCode":"staff"}],"valueString":"x"}]})");
  EXPECT_EQ(rewritten(form, text), text);
  EXPECT_EQ(rewritten(form, text, origin_claims::ignored),
            response_text(R"({"linkId":"a","answer":[{"valueString":"x"}]})"));
}

TEST(Canonical, TellsTwoItemsWithOneLinkIdApartByTheirPlace) {
  auto const form = form_of(
      R"({"linkId":"g","type":"group","item":[{"linkId":"x","text":"X","type":"string"}]},
         {"linkId":"h","type":"group","item":[{"linkId":"x","text":"X","type":"integer"}]})");
  auto const text =
      response_text(R"({"linkId":"g","item":[{"linkId":"x","answer":[{"valueString":"1"}]}]},)"
                    R"({"linkId":"h","item":[{"linkId":"x","answer":[{"valueInteger":1}]}]})");
  EXPECT_EQ(rewritten(form, text), text);
}

/// Makes responses of every shape to a form of every type.
class response_maker {
 public:
  explicit response_maker(unsigned seed) : random_{seed} {}

  std::string items() {
    std::string text;
    add(text, "bool", "valueBoolean", pick({"true", "false"}));
    add(text, "int", "valueInteger", pick({"0", "-7", "2147483647"}));
    add(text, "dec", "valueDecimal", pick({"1.50", "0.0", "-1e-3", "123456789.123456789012345"}));
    add(text, "date", "valueDate", pick({"\"1965\"", "\"1965-06\"", "\"1965-06-15\""}));
    add(text, "text", "valueString",
        pick({R"("a\u0022\\\/\n\t\u00f1")", R"("\ud83d\ude00")", "\"<b>\""}));
    add(text, "code", "valueCoding",
        pick({R"({"system":"s","code":"c"})", R"({"display":"only"})"}));
    add(text, "amount", "valueQuantity",
        pick({R"({"value":1.0,"unit":"kg"})",
              R"({"value":2,"comparator":"<","system":"u","code":"g"})"}));
    add(text, "file", "valueAttachment",
        R"({"contentType":"text/plain","data":"eA==","size":1,"title":"t"})");
    add(text, "ref", "valueReference",
        pick({R"({"reference":"Patient/1"})",
              R"({"identifier":{"system":"s","value":"v"},"display":"d"})"}));
    for (int i = number(4); i > 0; --i) {
      std::string inner;
      add(inner, "inner", "valueString", "\"x\"");
      if (!inner.empty()) inner = R"(,"item":[)" + inner + "]";
      text += std::string{text.empty() ? "" : ","} + R"({"linkId":"group")" + inner + "}";
    }
    return text;
  }

 private:
  int number(int below) { return static_cast<int>(random_() % static_cast<unsigned>(below)); }

  std::string pick(std::vector<std::string> const& from) {
    return from[static_cast<std::size_t>(number(static_cast<int>(from.size())))];
  }

  void add(std::string& text, std::string const& id, std::string const& member,
           std::string const& value) {
    if (number(3) == 0) return;
    text += std::string{text.empty() ? "" : ","} + R"({"linkId":")" + id + R"(","answer":[{")" +
            member + "\":" + value + "}]}";
  }

  std::mt19937 random_;
};

TEST(CanonicalProperty, WritingWhatWasReadIsAFixedPoint) {
  auto const form = form_of(
      R"({"linkId":"bool","text":"T","type":"boolean"},{"linkId":"int","text":"T","type":"integer"},
         {"linkId":"dec","text":"T","type":"decimal"},{"linkId":"date","text":"T","type":"date"},
         {"linkId":"text","text":"T","type":"text"},{"linkId":"code","text":"T","type":"choice"},
         {"linkId":"amount","text":"T","type":"quantity"},{"linkId":"file","text":"T",)"
      R"("type":"attachment"},
         {"linkId":"ref","text":"T","type":"reference"},
         {"linkId":"group","type":"group","repeats":true,"item":[{"linkId":"inner",)"
      R"("text":"T","type":"string"}]})");
  response_maker maker{20261123};
  for (int i = 0; i < 500; ++i) {
    auto const text = response_text(maker.items());
    auto const document = read_json(text);
    ASSERT_TRUE(document.has_value()) << text;
    auto const read = read_response(form, document->root());
    ASSERT_THAT(summaries(read.problems), IsEmpty()) << text;
    auto const once = write_canonical(form, read.answers, read.envelope);
    EXPECT_EQ(rewritten(form, once), once);
    auto const second = read_json(once);
    EXPECT_EQ(read_response(form, second.value().root()).answers, read.answers) << text;
  }
}

TEST(Canonical, KeepsTheBenchResponseToTheByte) {
  std::string const folder = INTAKE_SHARED "/bench/data/";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "The bench data is not here.";
  auto const form = read_questionnaire(contents(folder + "questionnaire.json"));
  ASSERT_TRUE(form.has_value());
  auto const text = contents(folder + "response.json");
  EXPECT_EQ(rewritten(*form, text), text);
  EXPECT_THAT(summaries(support::problems_of(*form, text)), IsEmpty());
}

}  // namespace
}  // namespace intake::forms

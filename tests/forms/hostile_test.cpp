#include "forms/canonical.hpp"
#include "forms/from_fields.hpp"
#include "forms/lint.hpp"
#include "forms/value_reader.hpp"
#include "tests/forms/support.hpp"

#include <chrono>
#include <filesystem>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

// Inputs made to be slow. Each has the size a route would let in, and must cost about what its size
// costs.
namespace intake::forms {
namespace {

using support::form_of;
using support::response_text;

constexpr std::size_t about_one_mebibyte = 1'000'000;

/// Repeats texts in turn until they fill the limit.
std::string many(std::vector<std::string> const& texts) {
  std::string all;
  for (std::size_t i = 0; all.size() < about_one_mebibyte; ++i) {
    all += (all.empty() ? "" : ",") + texts[i % texts.size()];
  }
  return all;
}

constexpr std::string_view two_groups =
    R"({"linkId":"a","type":"group","repeats":true,"item":[{"linkId":"x","text":"X","type":"string"}]},
       {"linkId":"b","type":"group","repeats":true,"item":[{"linkId":"y","text":"Y","type":"string",
         "enableWhen":[{"question":"x","operator":"exists","answerBoolean":true}]}]})";

struct hostile_case {
  std::string_view name;
  std::vector<std::string> items;
};

class HostileResponse : public ::testing::TestWithParam<hostile_case> {};

TEST_P(HostileResponse, EndsSoon) {
  auto const form = form_of(two_groups);
  auto const begin = std::chrono::steady_clock::now();
  auto const document = read_json(response_text(many(GetParam().items)));
  ASSERT_TRUE(document.has_value());
  auto const given = read_response(form, document->root());
  auto const problems = validate(form, given, {"2026-11-23", {}, item_order::strict});
  EXPECT_LE(problems.size(), 1600U);
  EXPECT_FALSE(write_canonical(form, given.answers, given.envelope).empty());
  // Generous for a sanitizer on a busy machine; a quadratic walk takes minutes.
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds{20});
}

hostile_case const cases[] = {
    {"Alternating", {R"({"linkId":"b"})", R"({"linkId":"a"})"}},
    {"Unknown", {R"({"linkId":"zz"})"}},
    {"Full",
     {R"({"linkId":"b","item":[{"linkId":"y","answer":[{"valueString":"v"}]}]})",
      R"({"linkId":"a","item":[{"linkId":"x","answer":[{"valueString":"v"}]}]})"}},
    {"EmptyAnswers", {R"({"linkId":"a","item":[{"linkId":"x","answer":[{},{},{}]}]})"}},
    {"NotObjects", {"1", "null"}},
};
INSTANTIATE_TEST_SUITE_P(All, HostileResponse, ::testing::ValuesIn(cases),
                         [](auto const& one) { return std::string{one.param.name}; });

TEST(HostileForm, WithManyOptionsEndsSoon) {
  std::string options;
  for (int i = 0; i < 20'000; ++i) {
    options += fmt::format(R"({}{{"valueCoding":{{"code":"{}"}}}})", i == 0 ? "" : ",", i);
  }
  auto const form = form_of(
      fmt::format(R"({{"linkId":"a","text":"A","type":"choice","answerOption":[{}]}})", options));
  EXPECT_EQ(options_of(*form.find("a")).size(), 20'000U);
}

TEST(HostileText, OfTwoMillionLineEndsIsReadInOnePass) {
  std::string typed;
  for (int i = 0; i < 2'000'000; ++i) typed += "\r\n";
  auto const begin = std::chrono::steady_clock::now();
  auto const read = read_primitive(value_kind::string, "\r" + typed + "x\r");
  EXPECT_EQ(std::get<std::string>(read.value), "\r" + std::string(2'000'000, '\n') + "x\r");
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds{20});
}

TEST(HostileFields, OfTenThousandNamesEndSoon) {
  auto const form = form_of(two_groups);
  std::vector<std::string> names;
  for (int i = 0; i < 10'000; ++i) names.push_back(fmt::format("a[{}]/x", 9'999 - i));
  std::vector<form_field> fields;
  for (auto const& name : names) fields.push_back({name, "v"});
  EXPECT_EQ(answers_to(form, from_fields(form, fields).answers, "x").size(), 1'000U);
}

}  // namespace
}  // namespace intake::forms

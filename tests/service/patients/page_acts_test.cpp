#include "service/patients/page_acts.hpp"

#include "forms/questionnaire.hpp"

#include <gtest/gtest.h>

namespace intake::service::patients {
namespace {

constexpr std::string_view acts_form = R"({"resourceType":"Questionnaire","status":"active",
  "url":"urn:intake:test:acts","item":[
    {"linkId":"plan","type":"group","repeats":true,"item":[
      {"linkId":"name","type":"string"},
      {"linkId":"note","type":"group","repeats":true,"item":[{"linkId":"word","type":"string"}]}]},
    {"linkId":"planet","type":"string","repeats":true}]})";

using names = std::vector<std::pair<std::string, std::string>>;

names after(names const& before, page_acts* acts = nullptr) {
  auto const form = forms::read_questionnaire(std::string(acts_form));
  std::vector<form_field> fields;
  for (auto const& [name, value] : before) fields.push_back({name, value});
  auto const taken = take_acts(*form, fields);
  if (acts != nullptr) *acts = taken;
  names left;
  for (auto const& [name, value] : fields) {
    if (!name.starts_with('_')) left.emplace_back(name, value);
  }
  return left;
}

TEST(PageActs, RemovingAnOccurrenceMovesThoseAfterItUp) {
  names const three{{"plan[0]/name", "a"}, {"plan[1]/name", "b"}, {"plan[1]/note[0]/word", "of b"},
                    {"plan[2]/name", "c"}, {"planet", "x"},       {"planet[1]", "y"}};
  struct row {
    char const* name;
    char const* dropped;
    names left;
  };
  row const rows[] = {
      {"the middle one",
       "plan[1]",
       {{"plan[0]/name", "a"}, {"plan[1]/name", "c"}, {"planet", "x"}, {"planet[1]", "y"}}},
      {"the first one",
       "plan[0]",
       {{"plan[0]/name", "b"},
        {"plan[0]/note[0]/word", "of b"},
        {"plan[1]/name", "c"},
        {"planet", "x"},
        {"planet[1]", "y"}}},
      {"one inside another",
       "plan[1]/note[0]",
       {{"plan[0]/name", "a"},
        {"plan[1]/name", "b"},
        {"plan[2]/name", "c"},
        {"planet", "x"},
        {"planet[1]", "y"}}},
      {"one that is not there", "plan[7]", three},
  };
  for (auto const& each : rows) {
    SCOPED_TRACE(each.name);
    auto sent = three;
    sent.emplace_back("_drop", each.dropped);
    page_acts acts;
    EXPECT_EQ(after(sent, &acts), each.left);
    EXPECT_TRUE(acts.dropped);
  }
}

TEST(PageActs, WhatIsNoOccurrenceOfAGroupIsNotRemoved) {
  for (auto const* dropped :
       {"planet[1]", "plan", "plan[x]", "nothing[0]", "", "plan[0]/name", "]"}) {
    names const sent{{"plan[0]/name", "a"}, {"planet[1]", "y"}, {"_drop", dropped}};
    page_acts acts;
    EXPECT_EQ(after(sent, &acts).size(), 2U) << dropped;
    EXPECT_FALSE(acts.dropped) << dropped;
  }
}

TEST(PageActs, ASearchWithoutAChoiceIsNoticed) {
  struct row {
    char const* name;
    names sent;
    bool unchosen;
  };
  row const rows[] = {
      {"nothing was searched", {{"planet", "x"}}, false},
      {"searched only", {{"planet:search", "ve"}}, true},
      {"searched and chosen", {{"planet:search", "ve"}, {"planet", "venus"}}, false},
      {"searched and written", {{"planet:search", "ve"}, {"planet:other", "X"}}, false},
      {"an empty search", {{"planet:search", "  "}}, false}};
  for (auto const& each : rows) {
    page_acts acts;
    after(each.sent, &acts);
    EXPECT_EQ(acts.unchosen, each.unchosen) << each.name;
  }
}

}  // namespace
}  // namespace intake::service::patients

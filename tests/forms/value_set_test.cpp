#include "forms/value_set.hpp"

#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace intake::forms {
namespace {

struct expansion_case {
  std::string_view says;
  bool complete;
};

TEST(ValueSet, IsIncompleteWhereItsExpansionSaysThatItIsAPart) {
  expansion_case const cases[] = {
      {R"("total":3)", true},
      {R"("total":2)", true},
      {R"("total":4)", false},
      {R"("offset":0)", true},
      {R"("offset":100)", false},
      {R"("extension":[{"url":"http://hl7.org/fhir/StructureDefinition/valueset-unclosed",
           "valueBoolean":true}])",
       false},
      {R"("extension":[{"url":"http://hl7.org/fhir/StructureDefinition/valueset-unclosed",
           "valueBoolean":false}])",
       true},
      {R"("extension":[{"url":"http://hl7.org/fhir/StructureDefinition/valueset-toocostly",
           "valueBoolean":true}])",
       false},
      {R"("extension":[{"url":"urn:other","valueBoolean":true}])", true},
  };
  for (auto const& one : cases) {
    // Three nodes, one of them only a heading.
    auto const text = fmt::format(
        R"({{"resourceType":"ValueSet","url":"urn:v","expansion":{{{},"contains":[
             {{"abstract":true,"display":"Colours","contains":[
               {{"system":"urn:s","code":"a"}},{{"system":"urn:s","code":"b"}}]}}]}}}})",
        one.says);
    auto const document = read_json(text);
    ASSERT_TRUE(document.has_value()) << text;
    auto const set = read_value_set(*document, document->root());
    ASSERT_TRUE(set.has_value());
    EXPECT_EQ(set->options.size(), 2U);
    EXPECT_EQ(set->complete, one.complete) << one.says;
  }
}

}  // namespace
}  // namespace intake::forms

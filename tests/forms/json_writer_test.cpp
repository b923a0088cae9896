#include "forms/json_writer.hpp"

#include "forms/json_reader.hpp"

#include <string>

#include <gtest/gtest.h>

namespace intake::forms {
namespace {

TEST(JsonWriter, PutsCommasWhereTheyBelong) {
  std::string text = "data: ";
  json_writer out{text};
  out.begin_object().member("a", "x").key("b").begin_array().integer(-1).number("1.50").null();
  out.begin_object().end_object().end_array().member("c", true).raw("\"d\":[]").end_object();
  EXPECT_EQ(text, R"(data: {"a":"x","b":[-1,1.50,null,{}],"c":true,"d":[]})");
}

TEST(JsonWriter, EscapesWhatJsonAsksFor) {
  std::string text;
  json_writer{text}.string("\"\\/\n\r\t\x01\x1F\x7F \xC3\xA9 \xE2\x80\xA8 ends with {");
  EXPECT_EQ(text, "\"\\\"\\\\/\\n\\r\\t\\u0001\\u001f\x7F \xC3\xA9 \xE2\x80\xA8 ends with {\"");
}

// Texts are looked at eight bytes at a time: what needs care must be found at each of their places.
TEST(JsonWriter, FindsWhatNeedsCareAtEveryPlace) {
  for (std::string_view const special : {"\"", "\\", "\n", "\x1f", "\xC3\xB1", "\xFF"}) {
    std::string alone;
    json_writer{alone}.string(special);
    auto const written = alone.substr(1, alone.size() - 2);
    for (std::size_t before = 0; before < 20; ++before) {
      std::string const left(before, '~');
      std::string text;
      json_writer{text}.string(left + std::string(special) + "!  right\x7f");
      EXPECT_EQ(text, '"' + left + written + "!  right\x7f\"") << before;
    }
  }
}

TEST(JsonWriter, WritesWhatTheStrictReaderTakesOfAnyBytes) {
  std::string text;
  json_writer{text}.string({"a\0b\xFF", 4});
  EXPECT_EQ(text,
            "\"a\xEF\xBF\xBD"
            "b\xEF\xBF\xBD\"");
  EXPECT_TRUE(read_json(text).has_value());
}

TEST(JsonWriter, SeparatesAfterTextsThatLookLikeBrackets) {
  std::string text;
  json_writer{text}.begin_array().string("{").string("[").string(":").end_array();
  EXPECT_EQ(text, R"(["{","[",":"])");
}

TEST(JsonWriter, MakesInvalidUtf8Visible) {
  std::string text;
  json_writer{text}.string("a\xFF\xC3(\xED\xA0\x80");
  EXPECT_EQ(text, "\"a\xEF\xBF\xBD\xEF\xBF\xBD(\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"");
  EXPECT_TRUE(read_json(text).has_value());
}

TEST(JsonWriter, WritesWhatTheReaderReads) {
  std::string every;
  for (char c = 1; c < 127; ++c) every += c;
  every += "\xC3\xB1\xF0\x9F\x98\x80";
  std::string text;
  json_writer{text}.string(every);
  auto const document = read_json(text);
  ASSERT_TRUE(document.has_value());
  EXPECT_EQ(document->root().text(), every);
}

}  // namespace
}  // namespace intake::forms

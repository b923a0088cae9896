#include "forms/json_reader.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <gtest/gtest.h>

namespace intake::forms {
namespace {

namespace fs = std::filesystem;

std::string contents(fs::path const& path) {
  std::ifstream file{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

std::string nested(std::size_t depth) {
  return std::string(depth, '[') + std::string(depth, ']');
}

struct refused_json_case {
  std::string_view name;
  std::string text;
  std::string_view code;
};

TEST(JsonReader, RefusesWithItsCode) {
  refused_json_case const cases[] = {
      {"duplicate member", R"({"a":1,"b":2,"a":3})", "duplicate-key"},
      {"duplicate after an escape", R"({"status":1,"st\u0061tus":2})", "duplicate-key"},
      {"duplicate in a large object",
       R"({"a":1,"b":1,"c":1,"d":1,"e":1,"f":1,"g":1,"h":1,"i":1,"j":1,"k":1,"l":1,"m":1,"c":2})",
       "duplicate-key"},
      {"duplicate empty name", R"({"":1,"":2})", "duplicate-key"},
      {"NUL in a string", R"(["a\u0000b"])", "nul-character"},
      {"NUL in a name", R"({"a\u0000":1})", "nul-character"},
      {"above a double", "[1e400]", "number-out-of-range"},
      {"below a double", "[-1e400]", "number-out-of-range"},
      {"lost to zero", "[1e-400]", "number-out-of-range"},
      {"exponent beyond an int", "[1e99999999999]", "number-out-of-range"},
      {"33 levels", nested(33), "json-too-deep"},
      {"something after it", "{} {}", "trailing-data"},
      {"a comma after it", "[1],", "trailing-data"},
      {"nothing", "", "json-incomplete"},
      {"half", R"({"a":[1,)", "json-incomplete"},
      {"invalid UTF-8", "[\"\xC3\x28\"]", "json-syntax"},
      {"an overlong slash", "[\"\xC0\xAF\"]", "json-syntax"},
      {"half a pair", R"(["\uD834"])", "json-syntax"},
      {"half a pair and another escape", R"(["\uD834\u0041"])", "lone-surrogate"},
      {"the other half", R"(["\uDD1E"])", "lone-surrogate"},
      {"byte order mark", "\xEF\xBB\xBF{}", "byte-order-mark"},
      {"leading zero", "[01]", "json-syntax"},
      {"a comment", "[1/*x*/]", "json-syntax"},
  };
  for (auto const& one : cases) {
    auto const document = read_json(one.text);
    ASSERT_TRUE(document.has_error()) << one.name;
    EXPECT_EQ(document.error().code, one.code) << one.name;
  }
}

TEST(JsonReader, KeepsTheLimitsInclusive) {
  EXPECT_TRUE(read_json(nested(32)).has_value());
  EXPECT_TRUE(read_json("\"12345\"", {.bytes_max = 7, .depth_max = 1}).has_value());
  EXPECT_EQ(read_json("\"123456\"", {.bytes_max = 7, .depth_max = 1}).error().code,
            "json-too-large");
}

TEST(JsonReader, KeepsNumbersInTheirOwnWords) {
  auto const document =
      read_json("[1.50, 10000000000000000999, -0, 1E+2, 0.10000000000000000000000001]");
  ASSERT_TRUE(document.has_value());
  std::vector<std::string_view> texts;
  for (auto const& one : document->root()) texts.push_back(one.text());
  EXPECT_EQ(texts, (std::vector<std::string_view>{"1.50", "10000000000000000999", "-0", "1E+2",
                                                  "0.10000000000000000000000001"}));
}

TEST(JsonReader, UnescapesStringsAndNames) {
  auto const document = read_json(R"({"na\u00efve":"\"\\\/\b\f\n\r\t\ud83d\ude00","x":""})");
  ASSERT_TRUE(document.has_value());
  EXPECT_EQ(document->root().text_of("na\xC3\xAFve"), "\"\\/\b\f\n\r\t\xF0\x9F\x98\x80");
  ASSERT_NE(document->root().find("x"), nullptr);
  EXPECT_EQ(document->root().find("x")->text(), "");
}

TEST(JsonReader, JoinsALongStringOfManyEscapes) {
  std::string text = "\"";
  std::string expected;
  for (int i = 0; i < 5000; ++i) {
    text += "a\\nbb";
    expected += "a\nbb";
  }
  auto const document = read_json(text + "\"");
  ASSERT_TRUE(document.has_value());
  EXPECT_EQ(document->root().text(), expected);
}

TEST(JsonReader, FindsMembersByNameAndKind) {
  auto const document = read_json(R"({"a":{"b":[true,false,null]},"c":"d"})");
  ASSERT_TRUE(document.has_value());
  auto const& root = document->root();
  auto const* list = root.find("a")->find("b", json_kind::array);
  ASSERT_NE(list, nullptr);
  ASSERT_EQ(list->children().size(), 3U);
  EXPECT_TRUE(list->children()[0].is_true());
  EXPECT_FALSE(list->children()[1].is_true());
  EXPECT_TRUE(list->children()[2].is(json_kind::null));
  EXPECT_EQ(root.find("c", json_kind::array), nullptr);
  EXPECT_EQ(root.find("none"), nullptr);
  EXPECT_EQ(root.children()[1].key(), "c");
}

TEST(JsonReader, KnowsTheLines) {
  auto const document = read_json("{\n \"a\": 1,\n \"b\": {\n  \"c\": [\n 2]}}");
  ASSERT_TRUE(document.has_value());
  auto const& root = document->root();
  EXPECT_EQ(document->line_of(*root.find("a")), 2U);
  EXPECT_EQ(document->line_of(*root.find("b")->find("c")), 5U);
  EXPECT_EQ(read_json("{\n\"a\":1,\n\"a\":2}").error().line, 3U);
  EXPECT_EQ(read_json("[1,\n2,\n,]").error().line, 3U);
}

TEST(JsonReader, StaysValidWhenMoved) {
  auto first = read_json("[\"short\"]");
  ASSERT_TRUE(first.has_value());
  auto const* node = &first->root().children()[0];
  json_document const moved = std::move(first).value();
  EXPECT_EQ(&moved.root().children()[0], node);
  EXPECT_EQ(node->text(), "short");
}

// https://github.com/nst/JSONTestSuite: y_ must be accepted, n_ refused, i_ must not crash.
TEST(JsonReader, AgreesWithJsonTestSuite) {
  fs::path const folder = INTAKE_SHARED "/corpus/badinput/json";
  if (!fs::exists(folder)) GTEST_SKIP() << "The corpus of bad input is not here.";
  for (auto const& file : fs::directory_iterator{folder}) {
    auto const name = file.path().filename().string();
    bool const read = read_json(contents(file.path())).has_value();
    if (name.starts_with("test_parsing__y_")) {
      EXPECT_TRUE(read) << name;
    }
    if (name.starts_with("test_parsing__n_")) {
      EXPECT_FALSE(read) << name;
    }
  }
}

TEST(JsonReader, RefusesTheHostileDocuments) {
  fs::path const folder = INTAKE_SHARED "/corpus/badinput/own";
  if (!fs::exists(folder)) GTEST_SKIP() << "The corpus of bad input is not here.";
  for (auto const* name :
       {"json-depth-1000.json", "json-depth-100000.json", "json-depth-33.json",
        "json-dup-key-status.json", "json-nul-in-string.json", "json-number-1e400.json"}) {
    EXPECT_TRUE(read_json(contents(folder / name)).has_error()) << name;
  }
  auto const many = read_json(contents(folder / "json-100k-keys.json"), {.bytes_max = 1U << 26U});
  EXPECT_TRUE(many.has_value() || many.error().code == "duplicate-key");
}

}  // namespace
}  // namespace intake::forms

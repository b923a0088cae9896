#include "service/http/fields.hpp"

#include <array>
#include <random>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::service {
namespace {

using ::testing::ElementsAre;
using namespace std::string_literals;

std::vector<std::string> pairs(std::optional<std::vector<form_field>> const& form) {
  std::vector<std::string> out;
  if (!form) return {"refused"};
  for (auto const& [name, value] : *form) out.push_back(name + "=" + value);
  return out;
}

TEST(Form, ReadsWhatBrowsersSend) {
  EXPECT_THAT(pairs(read_form("")), ElementsAre());
  EXPECT_THAT(pairs(read_form("a=1&b=2")), ElementsAre("a=1", "b=2"));
  EXPECT_THAT(pairs(read_form("a=1&a=2&a=")), ElementsAre("a=1", "a=2", "a="));
  EXPECT_THAT(pairs(read_form("a&&b&")), ElementsAre("a=", "b="));
  EXPECT_THAT(pairs(read_form("=x")), ElementsAre("=x"));
  EXPECT_THAT(pairs(read_form("a=b=c")), ElementsAre("a=b=c"));
  EXPECT_THAT(pairs(read_form("first+name=Jos%C3%A9+Mar%c3%ada")),
              ElementsAre("first name=Jos\xC3\xA9 Mar\xC3\xAD"
                          "a"));
  EXPECT_THAT(pairs(read_form("a=%2B%26%3D%25%0D%0A")), ElementsAre("a=+&=%\r\n"));
}

TEST(Form, RefusesWhatNoBrowserSends) {
  for (auto const* text :
       {"a=%", "a=%4", "a=%4g", "a=%00", "%00=a", "a=%FF", "a=%ED%A0%80", "a=\xC3", "a=%u0041"}) {
    EXPECT_FALSE(read_form(text)) << text;
  }
  EXPECT_FALSE(read_form("a=b\0c"s));
}

TEST(Form, HasABound) {
  std::string text;
  for (std::size_t i = 0; i < form_fields_max; ++i) text += "a=1&";
  EXPECT_TRUE(read_form(text));
  EXPECT_FALSE(read_form(text + "a=1"));
}

TEST(PercentEncoding, ReadsWhatItWrote) {
  std::mt19937 random(3);
  for (int round = 0; round < 300; ++round) {
    std::string text(random() % 40, '\0');
    for (auto& c : text) c = static_cast<char>(random());
    EXPECT_EQ(percent_decode(percent_encode(text)), text);
  }
  EXPECT_EQ(percent_encode("a b/c~\xC3\xA9"), "a%20b%2Fc~%C3%A9");
  EXPECT_EQ(percent_decode("a+b%2"), std::nullopt);
}

TEST(Cookie, FindsOneByItsName) {
  EXPECT_EQ(cookie("a=1; __Host-s=xyz; b=2", "__Host-s"), "xyz");
  EXPECT_EQ(cookie("a=1;b=2", "b"), "2");
  EXPECT_EQ(cookie("a=\"1\"", "a"), "1");
  EXPECT_EQ(cookie("a=x=y", "a"), "x=y");
  EXPECT_EQ(cookie("a=", "a"), "");
  EXPECT_EQ(cookie("A=1", "a"), std::nullopt);
  EXPECT_EQ(cookie("ab=1", "a"), std::nullopt);
  EXPECT_EQ(cookie("", "a"), std::nullopt);
}

TEST(Cookie, TrustsNoneThatIsThereTwice) {
  EXPECT_EQ(cookie("a=1; a=2", "a"), std::nullopt);
  EXPECT_EQ(cookie("a=1; a=1", "a"), std::nullopt);
}

TEST(MediaType, ReadsTypeAndParameters) {
  auto const plain = read_media_type("application/fhir+json");
  ASSERT_TRUE(plain);
  EXPECT_EQ(plain->name, "application/fhir+json");
  auto const full = read_media_type(" Text/HTML ; Charset=\"utf-8\";x=a\\b; boundary=\"a \\\"b\" ");
  EXPECT_FALSE(full) << "a backslash is no token character";
  auto const quoted = read_media_type(" Text/HTML ; Charset=\"UTF-8\"; boundary=\"a \\\"b\" ");
  ASSERT_TRUE(quoted);
  EXPECT_EQ(quoted->name, "text/html");
  EXPECT_EQ(quoted->parameter("charset"), "UTF-8");
  EXPECT_EQ(quoted->parameter("boundary"), "a \"b");
  EXPECT_EQ(quoted->parameter("version"), std::nullopt);
}

TEST(MediaType, RefusesOtherText) {
  for (auto const* text : {"", "text", "text/", "/html", "text html", "text/html x", "a/b;c",
                           "a/b;c=", "a/b;=d", "a/b;c=\"d", "a/b;c=d;C=e", "a/b, c/d", "*"}) {
    EXPECT_FALSE(read_media_type(text)) << text;
  }
}

std::vector<std::string> weights(std::string_view text) {
  std::vector<std::string> out;
  for (auto const& each : read_weighted_list(text)) {
    out.push_back(each.value + ":" + std::to_string(each.weight_per_mille));
  }
  return out;
}

TEST(WeightedList, PutsTheHeaviestFirst) {
  EXPECT_THAT(weights("da, en-GB;q=0.8, EN;q=0.7"), ElementsAre("da:1000", "en-gb:800", "en:700"));
  EXPECT_THAT(weights("a;q=0.1,b;q=1.000,c;q=0"), ElementsAre("b:1000", "a:100", "c:0"));
  EXPECT_THAT(weights("a;q=2,b;q=x,c;q=0.1234,d;q=,e;q=1.5,f"), ElementsAre("f:1000"));
  EXPECT_THAT(weights(" , ,"), ElementsAre());
  EXPECT_THAT(weights("text/html;level=1;q=0.5"), ElementsAre("text/html:500"));
  std::string many;
  for (int i = 0; i < 1000; ++i) many += "x,";
  EXPECT_LE(read_weighted_list(many).size(), 32U);
}

TEST(Language, IsTheBestThatIsOffered) {
  constexpr std::array<std::string_view, 3> offered{"en", "es", "ht"};
  EXPECT_EQ(choose_language("es", offered), "es");
  EXPECT_EQ(choose_language("es-US,es;q=0.9,en;q=0.8", offered), "es");
  EXPECT_EQ(choose_language("fr-HT, ht;q=0.9", offered), "ht");
  EXPECT_EQ(choose_language("HT", offered), "ht");
  EXPECT_EQ(choose_language("en;q=0.2, es;q=0.3", offered), "es");
  EXPECT_EQ(choose_language("es;q=0, en;q=0.1", offered), "en");
  EXPECT_EQ(choose_language("es-419-x-private", offered), "es");
  EXPECT_EQ(choose_language("est", offered), std::nullopt);
  EXPECT_EQ(choose_language("*", offered), std::nullopt);
  EXPECT_EQ(choose_language("", offered), std::nullopt);
}

TEST(Etag, IsFoundInALists) {
  auto const tag = strong_etag("v1");
  EXPECT_EQ(tag, "\"v1\"");
  EXPECT_TRUE(etag_listed("\"v1\"", tag));
  EXPECT_TRUE(etag_listed("W/\"v1\"", tag));
  EXPECT_TRUE(etag_listed("\"a\", \"b,c\" , \"v1\"", tag));
  EXPECT_TRUE(etag_listed(" * ", tag));
  EXPECT_FALSE(etag_listed("\"v2\"", tag));
  EXPECT_FALSE(etag_listed("v1", tag));
  EXPECT_FALSE(etag_listed("\"v1", tag));
  EXPECT_FALSE(etag_listed("", tag));
}

TEST(Utf8, IsWhatUnicodeTable3_7Says) {
  for (auto const& good :
       {""s, "a"s, "\0"s, "\xC2\x80"s, "\xDF\xBF"s, "\xE0\xA0\x80"s, "\xED\x9F\xBF"s,
        "\xEE\x80\x80"s, "\xF0\x90\x80\x80"s, "\xF4\x8F\xBF\xBF"s, "\xE2\x80\x99"s}) {
    EXPECT_TRUE(is_utf8(good));
  }
  for (auto const& bad : {"\x80"s, "\xC0\x80"s, "\xC1\xBF"s, "\xC2"s, "\xC2\x41"s, "\xE0\x9F\xBF"s,
                          "\xE2\x80"s, "\xED\xA0\x80"s, "\xF0\x8F\xBF\xBF"s, "\xF0\x90\x80"s,
                          "\xF4\x90\x80\x80"s, "\xF5\x80\x80\x80"s, "\xFF"s}) {
    EXPECT_FALSE(is_utf8(bad));
  }
}

}  // namespace
}  // namespace intake::service

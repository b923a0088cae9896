#include "service/http/multipart.hpp"

#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace intake::service {
namespace {

using namespace std::string_literals;

std::string part(std::string const& head, std::string const& content) {
  return "--B\r\n" + head + "\r\n\r\n" + content + "\r\n";
}
std::string named(std::string const& parameters) {
  return "Content-Disposition: form-data; " + parameters;
}

TEST(Multipart, ReadsFieldsAndFiles) {
  auto const body =
      part(named("name=\"card\"; filename=\"front.jpg\"") + "\r\nContent-Type: image/JPEG",
           "\xFF\xD8\0\r\n--A\r\n"s) +
      part(named("name=\"note\""), "") + "--B--\r\n";
  auto const parts = read_multipart(body, "B");
  ASSERT_TRUE(parts);
  ASSERT_EQ(parts->size(), 2U);
  EXPECT_EQ((*parts)[0].name, "card");
  EXPECT_EQ((*parts)[0].file_name, "front.jpg");
  EXPECT_EQ((*parts)[0].content_type, "image/jpeg");
  EXPECT_EQ((*parts)[0].content, "\xFF\xD8\0\r\n--A\r\n"s);
  EXPECT_EQ((*parts)[1].name, "note");
  EXPECT_EQ((*parts)[1].file_name, std::nullopt);
  EXPECT_EQ((*parts)[1].content_type, "text/plain");
  EXPECT_EQ((*parts)[1].content, "");
}

TEST(Multipart, AnEmptyFormHasNoParts) {
  auto const parts = read_multipart("--B--\r\n", "B");
  ASSERT_TRUE(parts);
  EXPECT_TRUE(parts->empty());
}

TEST(Multipart, UndoesWhatBrowsersEscapeInNames) {
  auto const body = part(named("name=\"a%22b%0d%0Ac%41\""), "x") + "--B--";
  EXPECT_FALSE(read_multipart(body, "B")) << "a line break is no part of a name";
  auto const parts = read_multipart(part(named("name=\"a%22b%41\""), "x") + "--B--", "B");
  ASSERT_TRUE(parts);
  EXPECT_EQ(parts->front().name, "a\"b%41");
}

TEST(Multipart, KeepsOnlyTheLastStepOfAPath) {
  for (auto const* name : {"C:\\photos\\card.jpg", "../../card.jpg", "/etc/card.jpg", "card.jpg"}) {
    auto const body = part(named("name=a; filename=\""s + name + "\""), "x") + "--B--";
    auto const parts = read_multipart(body, "B");
    ASSERT_TRUE(parts) << name;
    EXPECT_EQ(parts->front().file_name, "card.jpg") << name;
  }
}

struct multipart_case {
  char const* name;
  std::string body;
  multipart_error error;
};

TEST(Multipart, RefusesWhatIsBroken) {
  auto const good = part(named("name=\"a\""), "x");
  std::string many;
  for (std::size_t i = 0; i <= multipart_parts_max; ++i) many += good;
  std::vector<multipart_case> const cases{
      {"empty", "", multipart_error::malformed},
      {"preamble", "x\r\n" + good + "--B--", multipart_error::malformed},
      {"epilogue", good + "--B--\r\nx", multipart_error::malformed},
      {"no close", good, multipart_error::malformed},
      {"other boundary", "--C--\r\n", multipart_error::malformed},
      {"line feeds alone", "--B\nContent-Disposition: form-data; name=a\n\nx\n--B--",
       multipart_error::malformed},
      {"no disposition", part("Content-Type: a/b", "x") + "--B--", multipart_error::malformed},
      {"no name", part("Content-Disposition: form-data", "x") + "--B--",
       multipart_error::malformed},
      {"empty name", part(named("name=\"\""), "x") + "--B--", multipart_error::malformed},
      {"attachment", part("Content-Disposition: attachment; name=a", "x") + "--B--",
       multipart_error::malformed},
      {"two dispositions", part(named("name=a") + "\r\n" + named("name=b"), "x") + "--B--",
       multipart_error::malformed},
      {"two names", part(named("name=a; name=b"), "x") + "--B--", multipart_error::malformed},
      {"quote open", part(named("name=\"a"), "x") + "--B--", multipart_error::malformed},
      {"name not UTF-8", part(named("name=\"\xFF\""), "x") + "--B--", multipart_error::malformed},
      {"control character in the name", part(named("name=\"a\x01\""), "x") + "--B--",
       multipart_error::malformed},
      {"folded head", part(named("name=a;") + "\r\n filename=b", "x") + "--B--",
       multipart_error::malformed},
      {"bad type", part(named("name=a") + "\r\nContent-Type: x", "x") + "--B--",
       multipart_error::malformed},
      {"head too long", part(named("name=a") + "\r\nX: " + std::string(5000, 'x'), "x") + "--B--",
       multipart_error::head_too_long},
      {"too many parts", many + "--B--", multipart_error::too_many_parts},
  };
  for (auto const& each : cases) {
    auto const parts = read_multipart(each.body, "B");
    ASSERT_FALSE(parts) << each.name;
    EXPECT_EQ(parts.error(), each.error) << each.name;
  }
}

TEST(Multipart, ChecksTheBoundary) {
  for (auto const& boundary : {""s, std::string(71, 'a'), "a "s, "a\"b"s, "a\r\nb"s}) {
    EXPECT_FALSE(read_multipart("--" + boundary + "--", boundary)) << boundary;
  }
  EXPECT_TRUE(read_multipart("--" + std::string(70, 'a') + "--", std::string(70, 'a')));
}

TEST(Multipart, AnyBytesComeBackAsTheyWere) {
  std::mt19937 random(5);
  for (int round = 0; round < 300; ++round) {
    std::string content(random() % 200, '\0');
    for (auto& c : content) c = "\r\n-Bx"[random() % 5];
    if (("\r\n" + content + "\r\n").find("\r\n--B") != std::string::npos) continue;
    auto const body = part(named("name=a"), content) + "--B--\r\n";
    auto const parts = read_multipart(body, "B");
    ASSERT_TRUE(parts);
    ASSERT_EQ(parts->front().content, content);
  }
}

}  // namespace
}  // namespace intake::service

#include "service/http/target.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace intake::service {
namespace {

struct target_case {
  std::string text;
  std::string path;
  std::string query;
};

TEST(Target, DecodesOnce) {
  for (auto const& each : std::vector<target_case>{
           {"/", "/", ""},
           {"/a/b", "/a/b", ""},
           {"/a/", "/a/", ""},
           {"/a?b=c&d=%20e", "/a", "b=c&d=%20e"},
           {"/a?", "/a", ""},
           {"/a?b?c/d", "/a", "b?c/d"},
           {"/a%20b", "/a b", ""},
           {"/%C3%A9", "/\xC3\xA9", ""},
           {"/%c3%a9", "/\xC3\xA9", ""},
           {"/a%252Fb", "/a%2Fb", ""},
           {"/%252e%252e", "/%2e%2e", ""},
           {"/a+b", "/a+b", ""},
           {"/...", "/...", ""},
           {"/.well-known/x", "/.well-known/x", ""},
           {"/fhir/$validate", "/fhir/$validate", ""},
           {"/p?identifier=urn:x|y&z=[1]", "/p", "identifier=urn:x|y&z=[1]"},
       }) {
    auto const read = read_target(each.text);
    ASSERT_TRUE(read) << each.text;
    EXPECT_EQ(read->path, each.path) << each.text;
    EXPECT_EQ(read->query, each.query) << each.text;
  }
}

TEST(Target, RefusesWhatCouldBeUnderstoodInTwoWays) {
  for (std::string const text :
       {"",          "a",         "*",          "http://x/a", "//a",     "/a//b",    "/a//",
        "/./a",      "/a/.",      "/a/..",      "/../a",      "/a/../b", "/%2e/a",   "/%2E%2e",
        "/a/.%2e/b", "/a%2Fb",    "/a%2fb",     "/a%5Cb",     "/a\\b",   "/a%00",    "/a%0d%0aX:y",
        "/a%7F",     "/a%",       "/a%4",       "/a%4g",      "/a%g4",   "/a%u0041", "/%ff",
        "/%C3",      "/%C0%AF",   "/%ED%A0%80", "/a b",       "/a\"b",   "/a<b>",    "/a^b",
        "/a|b",      "/a#b",      "/a?b#c",     "/a?b=%00",   "/a?b=%",  "/a?b=%4",  "/a?b c",
        "/a?\"",     "/a?b=\x7F", "/\xC3\xA9",  "/a?\xC3\xA9"}) {
    EXPECT_FALSE(read_target(text)) << text;
  }
}

}  // namespace
}  // namespace intake::service

#include "service/http/gate.hpp"

#include "tests/service/http/gate_support.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace intake::service {
namespace {

using namespace std::string_literals;

struct head_case {
  std::string name;
  std::string bytes;
  int status;  ///< 0: passes
};

std::string get_with(std::string const& lines) {
  return "GET /a HTTP/1.1\r\nHost: x\r\n" + lines + "\r\n";
}
std::string post_with(std::string const& lines) {
  return "POST /a HTTP/1.1\r\nHost: x\r\n" + lines + "\r\n";
}
std::string target(std::string const& text) {
  return "GET " + text + " HTTP/1.1\r\nHost: x\r\n\r\n";
}
std::string host(std::string const& value) {
  return "GET / HTTP/1.1\r\nHost: " + value + "\r\n\r\n";
}

std::string many_fields(int count) {
  std::string lines;
  for (int i = 0; i < count; ++i) lines += "X-" + std::to_string(i) + ": v\r\n";
  return get_with(lines);
}

std::string head_of(std::size_t bytes) {
  auto const frame = get_with("X-Pad: \r\n").size();
  return get_with("X-Pad: " + std::string(bytes - frame, 'p') + "\r\n");
}

std::vector<head_case> const head_cases{
    {"plain get", get_with(""), 0},
    {"a browser's head", get_with("User-Agent: m\r\nAccept: */*\r\nCookie: a=1; b=2\r\n"), 0},
    {"value without white space", get_with("A:b\r\n"), 0},
    {"value with tabs around", get_with("A:\t b \t\r\n"), 0},
    {"empty value", get_with("A:\r\n"), 0},
    {"UTF-8 in a value", get_with("X-Name: Jos\xC3\xA9\r\n"), 0},
    {"upgrade is ignored", get_with("Connection: Upgrade\r\nUpgrade: h2c\r\n"), 0},
    {"list fields may repeat", get_with("Accept: a/b\r\nAccept: c/d\r\n"), 0},
    {"TE trailers is no trailer", get_with("TE: trailers\r\n"), 0},
    {"post with length", post_with("Content-Length: 3\r\n"), 0},
    {"post with zero length", post_with("Content-Length: 0\r\n"), 0},
    {"post chunked", post_with("Transfer-Encoding: chunked\r\n"), 0},
    {"chunked in capitals", post_with("TRANSFER-ENCODING: CHUNKED\r\n"), 0},
    {"get with zero length", get_with("Content-Length: 0\r\n"), 0},
    {"HTTP/1.0 without Host", "GET /a HTTP/1.0\r\n\r\n", 0},

    {"line feed alone after the request line", "GET /a HTTP/1.1\nHost: x\r\n\r\n", 400},
    {"line feed alone after a field", "GET /a HTTP/1.1\r\nHost: x\n\r\n", 400},
    {"line feed alone as the empty line", "GET /a HTTP/1.1\r\nHost: x\r\n\n", 400},
    {"carriage return alone in a value", get_with("A: b\rc\r\n"), 400},
    {"carriage return twice", "GET /a HTTP/1.1\r\r\nHost: x\r\n\r\n", 400},
    {"NUL in a value", get_with("A: b\0c\r\n"s), 400},
    {"NUL in a name", get_with("A\0: c\r\n"s), 400},
    {"escape character in a value", get_with("A: \x1B[31m\r\n"), 400},
    {"DEL in a value", get_with("A: \x7F\r\n"), 400},
    {"folded line", get_with("A: b\r\n c\r\n"), 400},
    {"folded line with a tab", get_with("A: b\r\n\tc\r\n"), 400},
    {"white space before the first field", "GET /a HTTP/1.1\r\n X: y\r\nHost: x\r\n\r\n", 400},
    {"empty line before the request", "\r\nGET /a HTTP/1.1\r\nHost: x\r\n\r\n", 400},
    {"white space before the colon", get_with("A : b\r\n"), 400},
    {"underscore in a name", get_with("X_A: b\r\n"), 400},
    {"no colon", get_with("A\r\n"), 400},
    {"empty name", get_with(": b\r\n"), 400},
    {"8-bit name", get_with("\xC3\xA9: b\r\n"), 400},
    {"brackets in a name", get_with("A[0]: b\r\n"), 400},

    {"no Host", "GET /a HTTP/1.1\r\nA: b\r\n\r\n", 400},
    {"two Hosts", get_with("Host: x\r\n"), 400},
    {"two Hosts in other case", get_with("hOST: y\r\n"), 400},
    {"two Hosts in HTTP/1.0", "GET /a HTTP/1.0\r\nHost: x\r\nHost: y\r\n\r\n", 400},
    {"two Cookies", get_with("Cookie: a=1\r\nCookie: a=2\r\n"), 400},
    {"two Authorizations", get_with("Authorization: a\r\nAuthorization: b\r\n"), 400},
    {"two Content-Types",
     post_with("Content-Length: 0\r\nContent-Type: a/b\r\nContent-Type: c/d\r\n"), 400},
    {"Host with a port", host("example.org:8443"), 0},
    {"Host IPv4", host("127.0.0.1:8443"), 0},
    {"Host IPv6", host("[::1]:8443"), 0},
    {"Host IPv6 without port", host("[::1]"), 0},
    {"Host of a container", host("intake_web:8443"), 0},
    {"Host empty", host(""), 400},
    {"Host with white space inside", host("a b"), 400},
    {"Host with user", host("a@b"), 400},
    {"Host with path", host("a/b"), 400},
    {"Host as a list", host("a,b"), 400},
    {"Host only a port", host(":80"), 400},
    {"Host port not a number", host("a:8x"), 400},
    {"Host port empty", host("a:"), 400},
    {"Host port too long", host("a:800000"), 400},
    {"Host two colons", host("a:1:2"), 400},
    {"Host bracket open", host("[::1"), 400},
    {"Host bracket empty", host("[]"), 400},
    {"Host bracket inside", host("a[::1]"), 400},
    {"Host after bracket", host("[::1]a"), 400},
    {"Host two brackets", host("[::1][::2]"), 400},

    {"two equal lengths", post_with("Content-Length: 3\r\nContent-Length: 3\r\n"), 400},
    {"two other lengths", post_with("Content-Length: 3\r\nContent-Length: 4\r\n"), 400},
    {"length list", post_with("Content-Length: 3, 3\r\n"), 400},
    {"length with plus", post_with("Content-Length: +3\r\n"), 400},
    {"length with minus", post_with("Content-Length: -3\r\n"), 400},
    {"length hexadecimal", post_with("Content-Length: 0x3\r\n"), 400},
    {"length with fraction", post_with("Content-Length: 3.0\r\n"), 400},
    {"length empty", post_with("Content-Length:\r\n"), 400},
    {"length too long", post_with("Content-Length: 9999999999999999999\r\n"), 400},
    {"length and chunked", post_with("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n"), 400},
    {"chunked and length", post_with("Transfer-Encoding: chunked\r\nContent-Length: 3\r\n"), 400},
    {"length and gzip", post_with("Content-Length: 3\r\nTransfer-Encoding: gzip\r\n"), 400},
    {"gzip and length", post_with("Transfer-Encoding: gzip\r\nContent-Length: 3\r\n"), 400},
    {"gzip", post_with("Transfer-Encoding: gzip\r\n"), 501},
    {"identity", post_with("Transfer-Encoding: identity\r\n"), 501},
    {"gzip then chunked", post_with("Transfer-Encoding: gzip, chunked\r\n"), 400},
    {"chunked twice", post_with("Transfer-Encoding: chunked, chunked\r\n"), 400},
    {"two codings", post_with("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"), 400},
    {"chunked with a comma before", post_with("Transfer-Encoding: ,chunked\r\n"), 400},
    {"chunked with parameters", post_with("Transfer-Encoding: chunked;q=1\r\n"), 400},
    {"chunked in quotes", post_with("Transfer-Encoding: \"chunked\"\r\n"), 400},
    {"chunked with vertical tab",
     post_with("Transfer-Encoding: \x0B"
               "chunked\r\n"),
     400},
    {"coding empty", post_with("Transfer-Encoding:\r\n"), 400},
    {"chunked in HTTP/1.0", "POST /a HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n",
     400},
    {"post without length", post_with(""), 411},
    {"get with a body", get_with("Content-Length: 5\r\n"), 400},
    {"get chunked", get_with("Transfer-Encoding: chunked\r\n"), 400},
    {"delete with a body", "DELETE /a HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\n", 400},
    {"body coded", post_with("Content-Length: 3\r\nContent-Encoding: gzip\r\n"), 415},
    {"body coded as itself", post_with("Content-Length: 3\r\nContent-Encoding: identity\r\n"), 0},

    {"expect continue", post_with("Content-Length: 3\r\nExpect: 100-continue\r\n"), 0},
    {"expect something else", post_with("Content-Length: 3\r\nExpect: tea\r\n"), 417},
    {"expect in HTTP/1.0", "POST /a HTTP/1.0\r\nContent-Length: 3\r\nExpect: tea\r\n\r\n", 0},

    {"method unknown", "BREW /a HTTP/1.1\r\nHost: x\r\n\r\n", 501},
    {"method CONNECT", "CONNECT /a HTTP/1.1\r\nHost: x\r\n\r\n", 501},
    {"method TRACE", "TRACE /a HTTP/1.1\r\nHost: x\r\n\r\n", 501},
    {"method in small letters", "get /a HTTP/1.1\r\nHost: x\r\n\r\n", 501},
    {"method long", std::string(300, 'A') + " /a HTTP/1.1\r\nHost: x\r\n\r\n", 501},
    {"method no token", "G(T /a HTTP/1.1\r\nHost: x\r\n\r\n", 400},
    {"method empty", " /a HTTP/1.1\r\nHost: x\r\n\r\n", 400},
    {"two spaces", "GET  /a HTTP/1.1\r\nHost: x\r\n\r\n", 400},
    {"tab instead of space", "GET\t/a HTTP/1.1\r\nHost: x\r\n\r\n", 400},
    {"space at the end", "GET /a HTTP/1.1 \r\nHost: x\r\n\r\n", 400},
    {"HTTP/0.9", "GET /a\r\n\r\n", 400},
    {"HTTP/2.0", "GET /a HTTP/2.0\r\nHost: x\r\n\r\n", 505},
    {"HTTP/1.2", "GET /a HTTP/1.2\r\nHost: x\r\n\r\n", 505},
    {"the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
    {"http in small letters", "GET /a http/1.1\r\nHost: x\r\n\r\n", 400},
    {"HTTP/1.10", "GET /a HTTP/1.10\r\nHost: x\r\n\r\n", 400},
    {"a TLS hello", "\x16\x03\x01\x02\x00\x01"s, 400},

    {"absolute-form", target("http://x/a"), 400},
    {"authority-form", target("x:443"), 400},
    {"asterisk-form", "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", 400},
    {"fragment", target("/a#b"), 400},
    {"8-bit target", target("/a\xFF"), 400},
    {"control character in the target", target("/a\x01"), 400},
    {"target empty", "GET  HTTP/1.1\r\nHost: x\r\n\r\n", 400},

    {"64 fields", many_fields(63), 0},
    {"65 fields", many_fields(64), 431},
    {"head of 16 KiB", head_of(head_bytes_max), 0},
    {"head of 16 KiB and a byte", head_of(head_bytes_max + 1), 431},
    {"request line of 8 KiB", target("/" + std::string(request_line_bytes_max - 16, 'a')), 0},
    {"request line too long", target("/" + std::string(request_line_bytes_max, 'a')), 414},
};

TEST(HeadGate, GivesEachCaseItsStatus) {
  for (auto const& each : head_cases) {
    EXPECT_EQ(read_head_whole(each.bytes).status, each.status) << each.name;
  }
}

TEST(HeadGate, GivesTheSameVerdictHoweverTheBytesAreCut) {
  for (auto const& each : head_cases) {
    auto const whole = read_head_whole(each.bytes);
    EXPECT_EQ(read_head_bytewise(each.bytes), whole) << each.name;
    for (std::size_t cut = 1; cut < std::min<std::size_t>(each.bytes.size(), 200); ++cut) {
      ASSERT_EQ(read_head_in_two(each.bytes, cut), whole) << each.name << " cut at " << cut;
    }
  }
}

TEST(HeadGate, StopsAtTheEmptyLine) {
  std::string const head = get_with("A: b\r\n");
  head_gate gate;
  EXPECT_EQ(gate.read(head + "GET /smuggled HTTP/1.1\r\n"), verdict::passed);
  EXPECT_EQ(gate.size(), head.size());
  EXPECT_EQ(gate.facts().target.path, "/a");
}

TEST(HeadGate, ARefusalIsFinal) {
  head_gate gate;
  EXPECT_EQ(gate.read("GET /a HTTP/1.1\n"), verdict::refused);
  EXPECT_EQ(gate.read("GET /a HTTP/1.1\nHost: x\r\n\r\n"), verdict::refused);
}

struct persistence_case {
  char const* name;
  std::string bytes;
  bool keep_alive;
};

TEST(HeadGate, KnowsWhetherTheConnectionGoesOn) {
  for (auto const& each : std::vector<persistence_case>{
           {"1.1", get_with(""), true},
           {"1.1 close", get_with("Connection: close\r\n"), false},
           {"1.1 close in a list", get_with("Connection: TE, Close\r\n"), false},
           {"1.1 close in a second field", get_with("Connection: TE\r\nConnection: close\r\n"),
            false},
           {"1.0", "GET / HTTP/1.0\r\n\r\n", false},
           {"1.0 keep-alive", "GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n", true},
           {"1.0 both", "GET / HTTP/1.0\r\nConnection: keep-alive, close\r\n\r\n", false},
       }) {
    head_gate gate;
    ASSERT_EQ(gate.read(each.bytes), verdict::passed) << each.name;
    EXPECT_EQ(gate.facts().keep_alive, each.keep_alive) << each.name;
  }
}

TEST(HeadGate, ReadsWhatFramingNeeds) {
  head_gate gate;
  ASSERT_EQ(gate.read("PUT /a%20b?q=%7C HTTP/1.1\r\nHost: x\r\ncontent-length: 0042\r\n"
                      "Expect: 100-Continue\r\n\r\n"),
            verdict::passed);
  EXPECT_EQ(gate.facts().method, http_method::put);
  EXPECT_EQ(gate.facts().content_length, 42U);
  EXPECT_EQ(gate.facts().target.path, "/a b");
  EXPECT_EQ(gate.facts().target.query, "q=%7C");
  EXPECT_TRUE(gate.facts().expects_continue);
  EXPECT_FALSE(gate.facts().chunked);
}

// The collection holds 28 messages; what each must come to was settled here, from RFC 9112.
TEST(HeadGate, RefusesTheFramingCasesOfTheCorpus) {
  auto const corpus =
      read_framing_corpus(INTAKE_SHARED "/corpus/badinput/http/own-framing-cases.tsv");
  if (corpus.empty()) GTEST_SKIP() << "The corpus of framing cases is not on this machine";
  for (auto const& [name, bytes] : corpus) {
    auto const outcome = read_message(bytes);
    bool const whole = name == "ok_cl";
    EXPECT_EQ(outcome.status == 0, whole) << name << " came to " << outcome.status;
    EXPECT_EQ(read_message_bytewise(bytes), outcome) << name;
  }
}

}  // namespace
}  // namespace intake::service

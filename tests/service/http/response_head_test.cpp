#include "service/http/response_head.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::service {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;
using namespace std::string_literals;

std::string head_of(response const& answer, response_frame frame = {}) {
  frame.date = "Sun, 06 Nov 1994 08:49:37 GMT";
  frame.request_id = "id-1";
  std::string out;
  append_response_head(out, answer, frame);
  return out;
}

TEST(ResponseHead, IsWhatEachResponseCarries) {
  response_frame frame;
  frame.body_bytes = 12;
  EXPECT_EQ(head_of({201, {{"Location", "/a"}}, {}, false}, frame),
            "HTTP/1.1 201 Created\r\n"
            "Location: /a\r\n"
            "Content-Length: 12\r\n"
            "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
            "X-Request-Id: id-1\r\n"
            "Content-Security-Policy: default-src 'none'; base-uri 'none'; form-action 'none'; "
            "frame-ancestors 'none'\r\n"
            "X-Content-Type-Options: nosniff\r\n"
            "Referrer-Policy: same-origin\r\n"
            "Cache-Control: no-store\r\n"
            "Cross-Origin-Opener-Policy: same-origin\r\n"
            "Cross-Origin-Resource-Policy: same-origin\r\n"
            "Permissions-Policy: camera=(), geolocation=(), microphone=(), payment=(), usb=()\r\n"
            "Strict-Transport-Security: max-age=31536000\r\n"
            "\r\n");
}

TEST(ResponseHead, LetsAHandlerSetASecurityFieldItself) {
  auto const head = head_of({200, {{"cache-control", "max-age=60"}}, {}, false});
  EXPECT_THAT(head, HasSubstr("cache-control: max-age=60\r\n"));
  EXPECT_THAT(head, Not(HasSubstr("no-store")));
}

TEST(ResponseHead, KeepsFramingFromHandlers) {
  auto const head = head_of({200,
                             {{"Content-Length", "99"},
                              {"transfer-encoding", "chunked"},
                              {"Connection", "x"},
                              {"Date", "x"},
                              {"Server", "x"},
                              {"X-Request-Id", "x"}},
                             {},
                             false});
  EXPECT_THAT(head, HasSubstr("Content-Length: 0\r\n"));
  EXPECT_THAT(head, Not(HasSubstr(": 99")));
  EXPECT_THAT(head, Not(HasSubstr("chunked")));
  EXPECT_THAT(head, Not(HasSubstr("Server")));
  EXPECT_THAT(head, Not(HasSubstr(": x")));
}

TEST(ResponseHead, TellsHowTheBodyEnds) {
  response_frame frame;
  frame.framing = body_framing::chunked;
  EXPECT_THAT(head_of({}, frame), HasSubstr("\r\nTransfer-Encoding: chunked\r\n"));
  frame.framing = body_framing::until_close;
  frame.keep_alive = false;
  EXPECT_THAT(head_of({}, frame), Not(HasSubstr("Content-Length")));
  EXPECT_THAT(head_of({}, frame), HasSubstr("\r\nConnection: close\r\n"));
}

TEST(ResponseHead, SpeaksTheClientsVersion) {
  response_frame frame;
  frame.version = http_version::http_1_0;
  EXPECT_THAT(head_of({}, frame), StartsWith("HTTP/1.0 200 OK\r\n"));
  EXPECT_THAT(head_of({}, frame), HasSubstr("\r\nConnection: keep-alive\r\n"));
}

TEST(ResponseHead, SaysNothingOfTransportSecurityOverPlainTcp) {
  response_frame frame;
  frame.transport = transport_kind::plain;
  EXPECT_THAT(head_of({}, frame), Not(HasSubstr("Strict-Transport-Security")));
}

TEST(ResponseHead, NoFieldMayEndTheHead) {
  EXPECT_TRUE(well_formed({200, {{"Location", "/a"}}, {}, false}));
  EXPECT_FALSE(well_formed({200, {{"Location", "/a\r\nSet-Cookie: b=c"}}, {}, false}));
  EXPECT_FALSE(well_formed({200, {{"Location", "/a\n"}}, {}, false}));
  EXPECT_FALSE(well_formed({200, {{"Location", "/\0"s}}, {}, false}));
  EXPECT_FALSE(well_formed({200, {{"Loc ation", "/a"}}, {}, false}));
  EXPECT_FALSE(well_formed({200, {{"", "/a"}}, {}, false}));
  EXPECT_FALSE(well_formed({99, {}, {}, false}));
  EXPECT_FALSE(well_formed({600, {}, {}, false}));
}

TEST(ReasonPhrase, IsTheRegisteredOne) {
  EXPECT_EQ(reason_phrase(413), "Content Too Large");
  EXPECT_EQ(reason_phrase(507), "Insufficient Storage");
  EXPECT_EQ(reason_phrase(299), "");
}

}  // namespace
}  // namespace intake::service

// The envelope around a question, and what a clearinghouse may send in place of an answer: that it
// said 200 proves nothing.
#include "service/eligibility/exchange.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::service::eligibility {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

core_request question() {
  return {.payload_id = "01938f2e-0000-7000-8000-000000000001",
          .time_stamp = "2026-11-28T14:58:00Z",
          .sender = "EXAMPLECLINIC",
          .receiver = "EXAMPLEHUB",
          .user = "clinic",
          .password = "open sesame",
          .rule_version = "2.2.0",
          .payload = "ISA*00*~IEA*1*1~"};
}

std::string enveloped(std::string const& payload, std::string const& error = "Success") {
  return "--edge\r\nContent-Disposition: form-data; name=\"PayloadType\"\r\n\r\n"
         "X12_271_Response_005010X279A1\r\n--edge\r\nContent-Disposition: form-data; "
         "name=\"ErrorCode\"\r\n\r\n" +
         error + "\r\n--edge\r\nContent-Disposition: form-data; name=\"Payload\"\r\n\r\n" +
         payload + "\r\n--edge--\r\n";
}

TEST(CoreEnvelope, HasTheFieldsOfTheRuleAndNoOthers) {
  auto const message = write_core_request(question(), {});
  auto const boundary = boundary_of(message.content_type);
  EXPECT_EQ(boundary, "intake-01938f2e-0000-7000-8000-000000000001");
  for (std::string_view const field :
       {"name=\"PayloadType\"\r\n\r\nX12_270_Request_005010X279A1\r\n",
        "name=\"ProcessingMode\"\r\n\r\nRealTime\r\n",
        "name=\"PayloadID\"\r\n\r\n01938f2e-0000-7000-8000-000000000001\r\n",
        "name=\"TimeStamp\"\r\n\r\n2026-11-28T14:58:00Z\r\n", "name=\"UserName\"\r\n\r\nclinic\r\n",
        "name=\"Password\"\r\n\r\nopen sesame\r\n", "name=\"SenderID\"\r\n\r\nEXAMPLECLINIC\r\n",
        "name=\"ReceiverID\"\r\n\r\nEXAMPLEHUB\r\n", "name=\"CORERuleVersion\"\r\n\r\n2.2.0\r\n",
        "name=\"Payload\"\r\n\r\nISA*00*~IEA*1*1~\r\n"}) {
    EXPECT_THAT(message.body, HasSubstr(std::string(field)));
  }
  EXPECT_TRUE(message.body.ends_with("--" + boundary + "--\r\n"));
  auto without = question();
  without.user.clear();
  without.password.clear();
  EXPECT_THAT(write_core_request(without, {}).body,
              AllOf(Not(HasSubstr("UserName")), Not(HasSubstr("Password"))));
}

TEST(CoreEnvelope, ReceiversMayNameItsFieldsOtherwise) {
  core_field_names const names{{"Payload", "x12_payload"}, {"ErrorCode", "error"}};
  EXPECT_THAT(write_core_request(question(), names).body,
              AllOf(HasSubstr("name=\"x12_payload\""), Not(HasSubstr("name=\"Payload\""))));
  auto const answer = read_core_answer(
      "--e\nContent-Disposition: form-data; name=error\n\nSuccess\n--e\ncontent-disposition: "
      "form-data; filename=\"name=a.x12\"; name=\"x12_payload\"\nContent-Type: text/plain\n\n"
      "ISA*1~\n--e--\nbye",
      "e", names);
  EXPECT_TRUE(answer.whole);
  EXPECT_EQ(answer.error_code, "Success");
  EXPECT_EQ(answer.payload, "ISA*1~");
}

TEST(CoreEnvelope, AnyCutOfAnAnswerIsNotWhole) {
  auto const whole = enveloped("ISA*00*~IEA*1*1~");
  for (std::size_t length = 0; length + 4 < whole.size(); ++length) {
    EXPECT_FALSE(read_core_answer(whole.substr(0, length), "edge", {}).whole) << length;
  }
  EXPECT_TRUE(read_core_answer("preamble\r\n" + whole + "epilogue", "edge", {}).whole);
}

struct body_case {
  char const* name;
  int status;
  char const* type;
  std::string body;
  ask_fault fault;
  char const* detail;
};

TEST(Exchange, WhatIsNoAnswerIsNamedWhateverTheStatusSays) {
  std::string const multipart = "multipart/form-data; boundary=\"edge\"";
  auto const* const edge = multipart.c_str();
  body_case const cases[] = {
      {"a web page", 200, "text/html", "\r\n<!DOCTYPE html><p>Maintenance", ask_fault::html,
       "HTTP 200"},
      {"a web page that says it is an envelope", 200, edge, "<html>", ask_fault::cut_off,
       "HTTP 200"},
      {"JSON", 200, "application/json", "{\"error\":\"Sample, Sally\"}", ask_fault::json,
       "HTTP 200"},
      {"a SOAP fault", 500, "text/xml",
       "<s:Envelope><s:Body><s:Fault>Sample</s:Fault></s:Body></s:Envelope>", ask_fault::soap_fault,
       "HTTP 500"},
      {"a SOAP fault with 200", 200, "text/xml", "<Envelope><Fault/></Envelope>",
       ask_fault::soap_fault, "HTTP 200"},
      {"other XML", 200, "text/xml", "<answer/>", ask_fault::xml, "HTTP 200"},
      {"nothing", 200, "", "", ask_fault::empty, "HTTP 200"},
      {"blanks", 200, edge, " \r\n", ask_fault::empty, "HTTP 200"},
      {"words", 200, "text/plain", "OK", ask_fault::not_x12, "HTTP 200"},
      {"an envelope cut off", 200, edge, enveloped("ISA*00*~").substr(0, 230), ask_fault::cut_off,
       "HTTP 200"},
      {"an envelope without a payload", 200, edge, enveloped(""), ask_fault::no_payload,
       "HTTP 200"},
      {"an envelope around a web page", 200, edge, enveloped("<html>"), ask_fault::html,
       "HTTP 200"},
      {"an envelope with an error", 200, edge, enveloped("", "PayloadTypeIllegal"),
       ask_fault::envelope_refused, "PayloadTypeIllegal"},
      {"an error that holds a name", 400, edge, enveloped("", "Unknown: Sample 1970-01-01"),
       ask_fault::envelope_refused, "UnknownSample"},
      {"wrong credentials", 401, "text/html", "<html>", ask_fault::credentials, "HTTP 401"},
      {"forbidden", 403, "", "", ask_fault::credentials, "HTTP 403"},
      {"too many", 429, "", "", ask_fault::busy, "HTTP 429"},
      {"away", 503, "text/html", "<html>", ask_fault::busy, "HTTP 503"},
      {"moved", 302, "", "", ask_fault::refused, "HTTP 302"},
      {"an answer with an error status", 500, edge, enveloped("ISA*00*~IEA*1*1~"), ask_fault::busy,
       "HTTP 500"}};
  for (auto const& one : cases) {
    auto const outcome =
        look_at(https_answer{.status = one.status, .content_type = one.type, .body = one.body}, {});
    auto const* const fault = std::get_if<exchange_fault>(&outcome);
    ASSERT_NE(fault, nullptr) << one.name;
    EXPECT_EQ(fault->what, one.fault) << one.name << ": " << name_of(fault->what);
    EXPECT_EQ(fault->detail, one.detail) << one.name;
    EXPECT_FALSE(words_of(fault->what).empty()) << one.name;
    EXPECT_EQ(ask_fault_from(name_of(fault->what)), fault->what) << one.name;
  }
}

TEST(Exchange, AnAnswerIsTakenWithItsEnvelopeOrWithoutOne) {
  std::string const x12 = "ISA*00*~IEA*1*1~";
  https_answer const both[] = {{200, "Multipart/Form-Data;boundary=edge", enveloped(x12)},
                               {202, "application/edi-x12", "\xEF\xBB\xBF\n" + x12}};
  for (auto const& each : both) {
    auto const outcome = look_at(each, {});
    ASSERT_TRUE(std::holds_alternative<std::string>(outcome));
    EXPECT_EQ(std::get<std::string>(outcome), x12);
  }
}

TEST(Exchange, OnlyWhatPassesByItselfIsTriedAgain) {
  EXPECT_TRUE(may_pass(ask_fault::timed_out));
  EXPECT_TRUE(may_pass(ask_fault::busy));
  EXPECT_FALSE(may_pass(ask_fault::credentials));
  EXPECT_FALSE(may_pass(ask_fault::server_unverified));
  EXPECT_FALSE(may_pass(ask_fault::too_large));
}

}  // namespace
}  // namespace intake::service::eligibility

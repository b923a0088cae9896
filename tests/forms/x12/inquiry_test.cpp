#include "forms/x12/inquiry_reader.hpp"
#include "forms/x12/inquiry_request.hpp"
#include "forms/x12/inquiry_writer.hpp"
#include "tests/forms/x12/sample_files.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

namespace intake::forms::x12 {
namespace {

using samples::notes_of;
using notes = std::vector<std::string>;

/// What a reading asks, as a batch; the first group counts.
inquiry_batch batch_of(reading const& read) {
  inquiry_batch batch;
  auto const& group = read.interchanges.at(0).groups.at(0);
  batch.envelope = envelope_of(read.file.segments.at(0), group);
  for (auto const& set : read.sets) {
    if (auto const* const one = std::get_if<inquiry>(&set.content)) batch.inquiries.push_back(*one);
  }
  return batch;
}

std::string rewritten(reading const& read) {
  auto const text = write_270(batch_of(read), {.marks = {}, .letters = character_set::extended});
  return text ? *text : sentence(text.error());
}

TEST(X12Inquiry, WritingWhatWasReadIsTheCanonicalText) {
  auto const text = samples::full_270();
  for (auto const& marks : {delimiters{}, delimiters{'\x1D', '\x1F', '\x1E', '\n'}}) {
    auto const file = samples::with_marks(text, marks);
    auto const read = read_tolerant(file);
    ASSERT_EQ(notes_of(read.found), notes{});
    EXPECT_EQ(rewritten(read), text);
  }
}

TEST(X12Inquiry, WritingWhatWasReadHoldsForTheCorpus) {
  int written = 0;
  for (auto const& one : samples::corpus()) {
    auto const read = read_tolerant(one.text);
    bool const is_inquiry =
        !read.sets.empty() && std::holds_alternative<inquiry>(read.sets.front().content);
    if (!is_inquiry || !read.found.empty()) continue;
    ++written;
    EXPECT_EQ(rewritten(read), canonical_text(read.file)) << one.name;
  }
  if (samples::corpus().empty()) GTEST_SKIP() << "The corpus of X12 files is not here.";
  EXPECT_GE(written, 6);
}

constexpr std::string_view envelope_json =
    R"("envelope":{"sender":"EXAMPLECLINIC","receiver":"EXAMPLEHUB","date":"2026-11-28",)"
    R"("time":"09:58","control":17,"group_control":17})";

std::string request_of(std::string_view inquiries) {
  return fmt::format("{{{},\"inquiries\":[{}]}}", envelope_json, inquiries);
}

constexpr std::string_view people_json =
    R"("payer":{"name":"Example Mutual","id":"EXM01"},)"
    R"("provider":{"name":"Example Pain Center","npi":"1234567893"},)"
    R"("subscriber":{"last":"Pe*ña~","first":"Zoë","member_id":"ex-17","birth_date":"1970-01-01",)"
    R"("sex":"F"})";

std::string one_inquiry(std::string_view more = {}) {
  return fmt::format(R"({{"control":"0017","reference":"REQ0017",{},)"
                     R"("trace":{{"number":"TRACE0017","origin":"9EXAMPLECL"}}{}}})",
                     people_json, more);
}

/// The 270, or why there is none.
std::string written(std::string const& json) {
  auto const request = read_inquiry_request(json);
  if (!request) return sentence(request.error());
  auto const text = write_270(*request);
  return text ? *text : sentence(text.error());
}

TEST(X12Inquiry, ARequestBecomesOneInterchange) {
  EXPECT_EQ(
      written(
          request_of(one_inquiry(R"(,"service_types":["30","98"],"service_date":"2026-11-30")"))),
      "ISA*00*          *00*          *ZZ*EXAMPLECLINIC  *ZZ*EXAMPLEHUB     *261128*0958*^*00501*"
      "000000017*0*T*:~GS*HS*EXAMPLECLINIC*EXAMPLEHUB*20261128*0958*17*X*005010X279A1~"
      "ST*270*0017*005010X279A1~BHT*0022*13*REQ0017*20261128*0958~"
      "HL*1**20*1~NM1*PR*2*EXAMPLE MUTUAL*****PI*EXM01~"
      "HL*2*1*21*1~NM1*1P*2*EXAMPLE PAIN CENTER*****XX*1234567893~"
      "HL*3*2*22*0~TRN*1*TRACE0017*9EXAMPLECL~NM1*IL*1*PENA*ZOE****MI*EX-17~DMG*D8*19700101*F~"
      "DTP*291*D8*20261130~EQ*30^98~SE*13*0017~GE*1*17~IEA*1*000000017~");
}

TEST(X12Inquiry, ADependentIsAskedForBelowItsSubscriber) {
  auto const text = written(request_of(one_inquiry(
      R"(,"dependent":{"last":"Peña","first":"Simón","birth_date":"2010-04-04","relationship":"19"},)"
      R"("service_date":"2026-11-01","service_date_end":"2026-11-30")")));
  EXPECT_NE(text.find("HL*3*2*22*1~NM1*IL*1*PENA*ZOE****MI*EX-17~DMG*D8*19700101*F~"
                      "HL*4*3*23*0~TRN*1*TRACE0017*9EXAMPLECL~NM1*03*1*PENA*SIMON~"
                      "DMG*D8*20100404~INS*N*19~DTP*291*RD8*20261101-20261130~EQ*30~"),
            text.npos)
      << text;
}

TEST(X12Inquiry, WhatIsWrittenIsReadWithoutADeviation) {
  auto const text = written(request_of(one_inquiry(R"(,"service_date":"2026-11-30")")));
  EXPECT_TRUE(read_strict(text).has_value()) << text;
}

struct refused_inquiry_case {
  std::string_view name;
  std::string json;
  std::string_view code;
  std::string_view where;
};

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  auto const at = text.find(from);
  if (at == text.npos) {
    ADD_FAILURE() << from;
    return text;
  }
  return text.replace(at, from.size(), to);
}

std::string hundred_types() {
  std::vector<std::string> types;
  for (int n = 0; n < 100; ++n) types.push_back(fmt::format("\"{:02}\"", n));
  return fmt::format("{}", fmt::join(types, ","));
}

std::string with_address(std::string_view members) {
  return request_of(
      replaced(one_inquiry(), "\"sex\"", fmt::format("\"address\":{{{}}},\"sex\"", members)));
}

TEST(X12Inquiry, SaysWhyARequestCannotBeSent) {
  auto const good = request_of(one_inquiry());
  refused_inquiry_case const cases[] = {
      {"no JSON", "{", "json-incomplete", ""},
      {"no object", "[]", "wrong-kind", ""},
      {"no envelope", R"({"inquiries":[]})", "missing", "envelope"},
      {"no inquiries", fmt::format("{{{}}}", envelope_json), "missing", "inquiries"},
      {"nothing asked", request_of(""), "missing", "inquiries"},
      {"a member nobody knows", replaced(good, "\"npi\"", "\"NPI\""), "unknown-member",
       "inquiries[0].provider.NPI"},
      {"a number for a text", replaced(good, "\"Zo\xC3\xAB\"", "7"), "wrong-kind",
       "inquiries[0].subscriber.first"},
      {"no payer id", replaced(good, ",\"id\":\"EXM01\"", ""), "missing", "inquiries[0].payer.id"},
      {"no trace", replaced(good, R"(,"trace":{"number":"TRACE0017","origin":"9EXAMPLECL"})", ""),
       "missing", "inquiries[0].trace"},
      {"an origin of 9", replaced(good, "9EXAMPLECL", "9EXAMPLEC"), "wrong-length",
       "inquiries[0].trace.origin"},
      {"a trace twice",
       request_of(one_inquiry() + "," + replaced(one_inquiry(), "REQ0017", "REQ2")), "repeated",
       "inquiries[1].trace.number"},
      {"a trace twice but for its letters",
       request_of(one_inquiry() + "," +
                  replaced(replaced(one_inquiry(), "REQ0017", "REQ2"), "TRACE0017", " trace0017")),
       "repeated", "inquiries[1].trace.number"},
      {"a reference twice",
       request_of(one_inquiry() + "," + replaced(one_inquiry(), "TRACE0017", "TRACE0018")),
       "repeated", "inquiries[1].reference"},
      {"a control number twice",
       request_of(one_inquiry() + "," +
                  replaced(replaced(one_inquiry(), "REQ0017", "REQ2"), "TRACE0017", "TRACE0018")),
       "repeated", "inquiries[1].control"},
      {"a service type twice", request_of(one_inquiry(R"(,"service_types":["30","98","30"])")),
       "repeated", "inquiries[0].service_types"},
      {"a hundred service types",
       request_of(one_inquiry(fmt::format(R"(,"service_types":[{}])", hundred_types()))),
       "too-many", "inquiries[0].service_types"},
      {"a service type that is a number", request_of(one_inquiry(R"(,"service_types":[30])")),
       "wrong-kind", "inquiries[0].service_types"},
      {"a service type of three", request_of(one_inquiry(R"(,"service_types":["300"])")),
       "too-long", "inquiries[0].service_types"},
      {"a service type of signs", request_of(one_inquiry(R"(,"service_types":["A#"])")),
       "not-a-code", "inquiries[0].service_types"},
      {"an NPI of three", replaced(good, "1234567893", "123"), "not-an-npi",
       "inquiries[0].provider.npi"},
      {"an NPI that proves nothing", replaced(good, "1234567893", "1234567890"), "not-an-npi",
       "inquiries[0].provider.npi"},
      {"a qualifier of one",
       replaced(good, R"("receiver":)", R"("sender_qualifier":"Z","receiver":)"), "too-short",
       "envelope.sender_qualifier"},
      {"a qualifier of signs",
       replaced(good, R"("receiver":)", R"("receiver_qualifier":"#!","receiver":)"), "not-a-code",
       "envelope.receiver_qualifier"},
      {"an acknowledgement of no kind",
       replaced(good, R"("receiver":)", R"("acknowledgement_requested":"Q","receiver":)"),
       "not-known", "envelope.acknowledgement_requested"},
      {"a usage of no kind", replaced(good, R"("receiver":)", R"("usage":"Q","receiver":)"),
       "not-known", "envelope.usage"},
      {"a birth date to come", replaced(good, "1970-01-01", "2026-11-29"), "not-a-birth-date",
       "inquiries[0].subscriber.birth_date"},
      {"a birth date of long ago", replaced(good, "1970-01-01", "1849-12-31"), "not-a-birth-date",
       "inquiries[0].subscriber.birth_date"},
      {"no last name",
       replaced(good,
                "\"last\":\"Pe*\xC3\xB1"
                "a~\",",
                ""),
       "missing", "inquiries[0].subscriber.last"},
      {"a blank last name",
       replaced(good,
                "Pe*\xC3\xB1"
                "a~",
                "  "),
       "missing", "inquiries[0].subscriber.last"},
      {"a member id of signs", replaced(good, "ex-17", "@@@"), "no-letters",
       "inquiries[0].subscriber.member_id"},
      {"a sex of no kind", replaced(good, "\"sex\":\"F\"", "\"sex\":\"X\""), "not-known",
       "inquiries[0].subscriber.sex"},
      {"a post code of one", with_address(R"("line":"1 Main","postal_code":"3")"), "too-short",
       "inquiries[0].subscriber.address.postal_code"},
      {"a city of one", with_address(R"("line":"1 Main","city":"T")"), "too-short",
       "inquiries[0].subscriber.address.city"},
      {"a state in words", with_address(R"("city":"Tampa","state":"Florida")"), "too-long",
       "inquiries[0].subscriber.address.state"},
      {"an address of a second line only", with_address(R"("second_line":"Apt 2")"), "missing",
       "inquiries[0].subscriber.address.line"},
      {"a street of signs", with_address(R"("line":"**")"), "no-letters",
       "inquiries[0].subscriber.address.line"},
      {"a relationship in words",
       request_of(one_inquiry(R"(,"dependent":{"last":"A","relationship":"child"})")), "too-long",
       "inquiries[0].dependent.relationship"},
      {"a member id of one", replaced(good, "ex-17", "7"), "too-short",
       "inquiries[0].subscriber.member_id"},
      {"a short control number", replaced(good, "\"0017\"", "\"17\""), "too-short",
       "inquiries[0].control"},
      {"a control number of letters", replaced(good, "\"control\":17", "\"control\":\"A\""),
       "not-a-control-number", "envelope.control"},
      {"a control number of ten digits", replaced(good, "\"control\":17", "\"control\":1234567890"),
       "not-a-control-number", "envelope.control"},
      {"no day", replaced(good, "2026-11-28", "2026-11-31"), "not-a-day", "envelope.date"},
      {"no time", replaced(good, "09:58", "25:00"), "not-a-time", "envelope.time"},
      {"a birth date that is none", replaced(good, "1970-01-01", "1970-13-01"), "not-a-day",
       "inquiries[0].subscriber.birth_date"},
      {"a date of service that is none", request_of(one_inquiry(R"(,"service_date":"soon")")),
       "not-a-day", "inquiries[0].service_date"},
      {"an end before its begin",
       request_of(one_inquiry(R"(,"service_date":"2026-11-28","service_date_end":"2026-11-27")")),
       "not-a-day", "inquiries[0].service_date_end"},
      {"a sender of 16", replaced(good, "EXAMPLECLINIC", "EXAMPLECLINIC016"), "too-long",
       "envelope.sender"},
      {"a name in letters X12 has not",
       replaced(good, "Example Mutual\",\"id\":\"EXM01", "X\",\"id\":\"\xE7\x8E\x8B"),
       "letters-not-in-x12", "inquiries[0].payer.id"},
  };
  for (auto const& one : cases) {
    auto const request = read_inquiry_request(one.json);
    auto error = request ? parse_error{} : request.error();
    if (request) {
      auto const text = write_270(*request);
      if (!text) error = text.error();
    }
    EXPECT_EQ(error.code, one.code) << one.name;
    EXPECT_EQ(error.where, one.where) << one.name;
    EXPECT_FALSE(error.message.empty()) << one.name;
  }
}

TEST(X12Inquiry, ARefusalHoldsNoneOfThePatientsWords) {
  auto const long_name = std::string(61, 'Q');
  auto const text = written(request_of(replaced(one_inquiry(),
                                                "Pe*\xC3\xB1"
                                                "a~",
                                                long_name)));
  EXPECT_EQ(text,
            "line 1, inquiries[0].subscriber.last: NM103 takes 60 characters, and this has 61.");
}

TEST(X12Inquiry, ARefusalNamesTheLineOfItsMember) {
  auto json = request_of(one_inquiry(R"(,"service_types":["30","A#"])"));
  for (auto at = json.find(','); at != json.npos; at = json.find(',', at + 2)) {
    json.insert(at + 1, "\n");
  }
  auto const line_of = [&json](std::string_view member) {
    return std::ranges::count(std::string_view{json}.substr(0, json.find(member)), '\n') + 1;
  };
  struct line_case {
    std::string_view member;
    std::string_view from;
    std::string_view to;
  };
  constexpr line_case cases[] = {{"\"service_types\"", "", ""},
                                 {"\"birth_date\"", "1970-01-01", "1970-13-01"},
                                 {"\"member_id\"", "ex-17", "exÉ17"},
                                 {"\"npi\"", "1234567893", "1234567890"},
                                 {"\"origin\"", "9EXAMPLECL", "9EXAMPLE*L"},
                                 {"\"time\"", "09:58", "24:00"}};
  for (auto const& one : cases) {
    auto const text = written(replaced(json, one.from, one.to));
    EXPECT_TRUE(text.starts_with(fmt::format("line {}, ", line_of(one.member)))) << text;
  }
}

struct name_case {
  std::string_view said;
  std::string_view written;  ///< empty: it is refused
};

TEST(X12Inquiry, NoOtherNameIsEverSent) {
  constexpr name_case cases[] = {{"Əliyev", "ELIYEV"},
                                 {"Ɗanjuma", "DANJUMA"},
                                 {"Ɓala ƙofa ƴar", "BALA KOFA YAR"},
                                 {"GROẞ", "GROSS"},
                                 {"Groß", "GROSS"},
                                 {"Kaʻahumanu", "KA'AHUMANU"},
                                 {"O`Brien", "O'BRIEN"},
                                 {"O´Brien", "O'BRIEN"},
                                 {"Gal·la", "GALLA"},
                                 {"Sm_ith@x", "SM_ITH@X"},
                                 {"Нгуен Smith", ""},
                                 {"Иванов", ""},
                                 {"李", ""},
                                 {"Smith 👍", ""},
                                 {"Sm\u00ADith", "SMITH"}};
  for (auto const& one : cases) {
    auto const text = written(request_of(replaced(one_inquiry(), "Pe*ña~", one.said)));
    if (one.written.empty()) {
      EXPECT_EQ(text,
                "line 1, inquiries[0].subscriber.last: NM103 has letters that X12's character set "
                "does not have.")
          << one.said;
    } else {
      EXPECT_NE(text.find(fmt::format("NM1*IL*1*{}*ZOE", one.written)), text.npos) << text;
    }
  }
}

TEST(X12Inquiry, NoOtherIdIsEverSent) {
  constexpr name_case cases[] = {{"W123_45/6", "W123_45/6"},
                                 {"A#1", "A#1"},
                                 {"ab-12 34", "AB-12 34"},
                                 {"12–34", "12-34"},
                                 {"123*45", "12345"},
                                 {"123:45", "12345"},
                                 {"É12", ""},
                                 {"W12Ø", ""},
                                 {"W1王", ""}};
  for (auto const& one : cases) {
    auto const text = written(request_of(replaced(one_inquiry(), "ex-17", one.said)));
    auto const wanted = one.written.empty() ? "inquiries[0].subscriber.member_id: NM109 has "
                                            : fmt::format("MI*{}~", one.written);
    EXPECT_NE(text.find(wanted), text.npos) << text;
  }
}

TEST(X12Inquiry, APostCodeIsWrittenWithoutItsDash) {
  auto const text = written(
      with_address(R"("line":"1 Main","city":"Tampa","state":"fl","postal_code":"33601-1234")"));
  EXPECT_NE(text.find("N3*1 MAIN~N4*TAMPA*FL*336011234~"), text.npos) << text;
  EXPECT_TRUE(read_strict(text).has_value()) << text;
}

TEST(X12CharacterSet, FoldsWhatX12CannotCarry) {
  struct folding {
    std::string_view text;
    std::string_view basic;
    std::string_view extended;
  };
  constexpr folding cases[] = {
      {"", "", ""},
      {"Jos\xC3\xA9", "JOSE", "Jose"},
      {"Nu\xC3\xB1"
       "ez",
       "NUNEZ", "Nunez"},
      {"Stra\xC3\x9F"
       "e",
       "STRASSE", "Strasse"},
      {"\xC3\x98rsted", "ORSTED", "Orsted"},
      {"\xC5\x81ukasz", "LUKASZ", "Lukasz"},
      {"Nguy\xE1\xBB\x85n", "NGUYEN", "Nguyen"},
      {"e\xCC\x81", "E", "e"},
      {"O\xE2\x80\x99"
       "Example",
       "O'EXAMPLE", "O'Example"},
      {"A\xE2\x80\x93"
       "B",
       "A-B", "A-B"},
      {"  two \t\n words  ", "TWO WORDS", "two words"},
      {"a*b~c:d^e", "ABCDE", "abcde"},
      {"a@b_c", "A@B_C", "a@b_c"},
      {"\xEF\xBC\xA1\xEF\xAC\x81", "AFI", "Afi"},
      {"\xE7\x8E\x8B", "", ""},
      {"\xF0\x9F\x91\x8D x", "X", "x"},
      {"bad \xFF\xC3 bytes", "BAD BYTES", "bad bytes"},
      {"nul\x01", "NUL", "nul"},
  };
  for (auto const& one : cases) {
    EXPECT_EQ(fold_text(one.text, {}, character_set::basic), one.basic) << one.text;
    EXPECT_EQ(fold_text(one.text, {}, character_set::extended), one.extended) << one.text;
  }
}

TEST(X12CharacterSet, WhatIsFoldedStaysFolded) {
  for (int byte = 0; byte < 256; ++byte) {
    std::string const text{'A', static_cast<char>(byte), 'z'};
    for (auto const set : {character_set::basic, character_set::extended}) {
      auto const once = fold_text(text, {}, set);
      EXPECT_EQ(fold_text(once, {}, set), once) << byte;
      EXPECT_EQ(once.find_first_of("*^:~"), once.npos) << byte;
    }
  }
}

}  // namespace
}  // namespace intake::forms::x12

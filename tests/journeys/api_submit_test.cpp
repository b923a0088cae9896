#include "tests/journeys/clinic.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::tests {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr std::string_view some_id = "0b0e5d3c-7f0a-4d6e-9d4f-2f6f3c1a9b77";

/// One question to the clinic, as a response that is still being filled in.
std::string question(std::string_view id, std::string_view words) {
  std::string const identifier =
      id.empty() ? ""
                 : R"("identifier":{"system":"urn:ietf:rfc:3986","value":"urn:uuid:)" +
                       std::string(id) + R"("},)";
  return R"({"resourceType":"QuestionnaireResponse",)" + identifier +
         R"("questionnaire":"https://intake.example/fhir/Questionnaire/pain-history",)"
         R"("status":"in-progress","item":[{"linkId":"ask","item":[{"linkId":"ask.clinic",)"
         R"("answer":[{"valueString":")" +
         std::string(words) + R"("}]}]}]})";
}

TEST(ApiSubmit, GivesOneReceiptForAWholePacket) {
  clinic c;
  auto const answer = c.post_fhir(sample_packet());
  EXPECT_EQ(answer.status, 201) << body_of(answer);
  EXPECT_THAT(field_of(answer, "location"), HasSubstr("/fhir/QuestionnaireResponse/"));
  EXPECT_EQ(field_of(answer, "etag"), "W/\"1\"");
  EXPECT_EQ(field_of(answer, "intake-receipt").size(), 10U);
  EXPECT_THAT(body_of(answer), HasSubstr("accept"));
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM submission"), "1");
}

TEST(ApiSubmit, SentAgainGivesTheSameReceiptAndNoSecondRow) {
  clinic c;
  auto const first = c.post_fhir(question(some_id, "Will it hurt?"));
  auto const again = c.post_fhir(question(some_id, "Will it hurt?"));
  EXPECT_EQ(first.status, 201) << body_of(first);
  EXPECT_EQ(again.status, 200);
  EXPECT_EQ(field_of(first, "intake-receipt"), field_of(again, "intake-receipt"));
  EXPECT_EQ(field_of(first, "location"), field_of(again, "location"));
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM submission"), "1");
}

TEST(ApiSubmit, ARowThatPostgresqlRefusesIs500WithANumberAndNothingStored) {
  clinic c;
  c.rows().sql("ALTER TABLE part ADD CHECK (false) NOT VALID");
  auto const answer = c.post_fhir(question(some_id, "Will it hurt?"));
  EXPECT_EQ(answer.status, 500);
  EXPECT_THAT(body_of(answer), HasSubstr("Incident test-"));
  EXPECT_THAT(body_of(answer), Not(HasSubstr("hurt")));
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM submission"), "0");
}

TEST(ApiSubmit, WhiteSpaceAndMemberOrderMakeNoOtherBody) {
  clinic c;
  auto const plain = question(some_id, "Will it hurt?");
  std::string spaced;
  for (char const character : plain) {
    spaced += character;
    if (character == ',' || character == '{') spaced += "\n  ";
  }
  EXPECT_EQ(c.post_fhir(plain).status, 201);
  EXPECT_EQ(c.post_fhir(spaced).status, 200);
}

TEST(ApiSubmit, OtherAnswersUnderTheSameIdConflict) {
  clinic c;
  EXPECT_EQ(c.post_fhir(question(some_id, "Will it hurt?")).status, 201);
  EXPECT_EQ(c.post_fhir(question(some_id, "How long does it take?")).status, 409);
}

TEST(ApiSubmit, WithoutAnIdEveryPostIsANewSubmission) {
  clinic c;
  EXPECT_EQ(c.post_fhir(question("", "Will it hurt?")).status, 201);
  EXPECT_EQ(c.post_fhir(question("", "Will it hurt?")).status, 201);
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM submission"), "2");
}

TEST(ApiSubmit, IfNoneExistMakesItIdempotentToo) {
  clinic c;
  std::map<std::string, std::string> const condition{
      {"if-none-exist", "identifier=urn:ietf:rfc:3986|urn:uuid:" + std::string(some_id)}};
  EXPECT_EQ(c.post_fhir(question("", "Will it hurt?"), condition).status, 201);
  EXPECT_EQ(c.post_fhir(question("", "Will it hurt?"), condition).status, 200);
  EXPECT_EQ(c.post_fhir(question("", "Will it help?"), condition).status, 409)
      << "200 would call received what nobody has";
  EXPECT_EQ(c.post_fhir(question("", "x"), {{"if-none-exist", "name=x"}}).status, 412);
}

/// A packet of these responses.
std::string bundle_of(std::vector<std::string> const& responses) {
  std::string entries;
  for (auto const& each : responses) {
    entries += (entries.empty() ? "" : ",") + (R"({"resource":)" + each + "}");
  }
  return R"({"resourceType":"Bundle","type":"collection","entry":[)" + entries + "]}";
}

TEST(ApiSubmit, APacketHoldsEachFormOnce) {
  clinic c;
  auto const answer =
      c.post_fhir(bundle_of({question("", "Will it hurt?"), question("", "Will it help?")}));
  EXPECT_EQ(answer.status, 422) << body_of(answer);
  EXPECT_THAT(body_of(answer), HasSubstr("\"expression\":[\"Bundle.entry[1].resource\"]"));
  EXPECT_THAT(body_of(answer), HasSubstr("questionnaire-repeated"));
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM submission"), "0");
  EXPECT_EQ(c.post_fhir(bundle_of({question("", "Will it hurt?")})).status, 201);
}

TEST(ApiSubmit, OnlyAnswersThatSomebodyStandsByAreReceived) {
  clinic c;
  auto const with_status = [](std::string_view status) {
    auto text = question("", "Will it hurt?");
    constexpr std::string_view was = "in-progress";
    return text.replace(text.find(was), was.size(), status);
  };
  for (auto const* status : {"entered-in-error", "stopped"}) {
    auto const alone = c.post_fhir(with_status(status));
    EXPECT_EQ(alone.status, 422) << status;
    EXPECT_THAT(body_of(alone), HasSubstr("status-not-taken")) << status;
    EXPECT_THAT(body_of(alone), HasSubstr("[\"QuestionnaireResponse.status\"]")) << status;
    auto const packet = c.post_fhir(bundle_of({with_status(status)}));
    EXPECT_THAT(body_of(packet), HasSubstr("[\"Bundle.entry[0].resource.status\"]")) << status;
  }
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM submission"), "0");
  EXPECT_EQ(c.post_fhir(with_status("in-progress")).status, 201);
}

struct bad_case {
  std::string_view name;
  std::string body;
  int status;
  std::string_view says;
};

TEST(ApiSubmit, AnswersBadInputWithAnOutcomeThatSaysWhat) {
  clinic c;
  auto const good = question(some_id, "Will it hurt?");
  auto with = [&](std::string_view from, std::string_view to) {
    auto text = good;
    text.replace(text.find(from), from.size(), to);
    return text;
  };
  std::string deep(1000, '[');
  std::string many = "{";
  for (int i = 0; i < 100'000; ++i) many += "\"" + std::to_string(i) + "\":0,";
  many += "\"z\":0}";
  std::vector<bad_case> const cases{
      {"not JSON", "hello", 400, "structure"},
      {"empty", "", 400, "structure"},
      {"duplicate key", with("\"status\":", "\"status\":\"completed\",\"status\":"), 400,
       "structure"},
      {"1e400", with("\"Will it hurt?\"", "1e400"), 400, "structure"},
      {"U+0000", with("Will", "\\u0000Will"), 400, "structure"},
      {"depth 1,000", deep, 400, "structure"},
      {"100,000 keys", many, 400, "QuestionnaireResponse"},
      {"other resource", R"({"resourceType":"Patient"})", 400, "QuestionnaireResponse"},
      {"unknown form", with("pain-history", "no-such-form"), 422, "questionnaire-unknown"},
      {"unknown linkId", with("ask.clinic", "ask.nothing"), 422, "unknown-item"},
      {"wrong type", with("\"valueString\":\"Will it hurt?\"", "\"valueInteger\":3"), 422,
       "wrong-value-type"},
      {"number in a text", with("\"Will it hurt?\"", "3"), 422,
       "QuestionnaireResponse.item[0].item[0].answer[0]"},
      {"completed without required answers", with("in-progress", "completed"), 422,
       "required-missing"},
  };
  for (auto const& each : cases) {
    auto const answer = c.post_fhir(each.body);
    EXPECT_EQ(answer.status, each.status) << each.name << body_of(answer);
    EXPECT_THAT(body_of(answer), HasSubstr("OperationOutcome")) << each.name;
    EXPECT_THAT(body_of(answer), HasSubstr(std::string(each.says))) << each.name;
    EXPECT_THAT(body_of(answer), Not(HasSubstr("Will it hurt?"))) << each.name;
  }
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM submission"), "0");
}

TEST(ApiSubmit, WantsTheRightMediaTypeAndARightToSend) {
  clinic c;
  auto const body = question(some_id, "Will it hurt?");
  EXPECT_EQ(c.post_fhir(body, {{"content-type", "text/plain"}}).status, 415);
  EXPECT_EQ(c.post_fhir(body, {{"content-type", "application/fhir+json; charset=latin1"}}).status,
            415);
  for (auto const* wrong : {"", "Bearer x", "Basic eDp5", "Bearer "}) {
    auto const answer = c.post_fhir(body, {{"authorization", wrong}});
    EXPECT_EQ(answer.status, 401) << wrong;
    EXPECT_FALSE(field_of(answer, "www-authenticate").empty());
  }
  auto const token = c.token();
  c.now += std::chrono::hours(25);
  EXPECT_EQ(c.post_fhir(body, {{"authorization", "Bearer " + token}}).status, 401);
}

TEST(ApiSubmit, NamesEveryProblemOfEveryFormAtItsPlaceInTheBundle) {
  clinic c;
  auto text = sample_packet();
  auto spoil = [&](std::string_view from, std::string_view to) {
    auto const at = text.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    text.replace(at, from.size(), to);
  };
  spoil("\"patient.name.given\"", "\"patient.name.gevin\"");
  spoil("\"pain.now\"", "\"pain.never\"");
  auto const answer = c.post_fhir(text);
  EXPECT_EQ(answer.status, 422);
  EXPECT_THAT(body_of(answer), HasSubstr("Bundle.entry[0].resource.item["));
  EXPECT_THAT(body_of(answer), testing::ContainsRegex("Bundle.entry.[1-9][0-9]*..resource.item"));
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM submission"), "0");
}

TEST(ApiSubmit, TheCapabilityStatementAndTheFormsArePublic) {
  clinic c;
  EXPECT_THAT(body_of(c.get("/fhir/metadata")), HasSubstr("CapabilityStatement"));
  auto const form = c.get("/fhir/Questionnaire/registration");
  EXPECT_EQ(form.status, 200);
  EXPECT_EQ(body_of(form), read_text_file(INTAKE_SOURCE "/forms/packet/registration.json"));
  EXPECT_THAT(
      body_of(c.get("/fhir/Questionnaire?url=https://intake.example/fhir/Questionnaire/coverage")),
      HasSubstr("\"total\":1"));
  EXPECT_THAT(body_of(c.get("/fhir/Questionnaire?title=nothing%20like%20it")),
              HasSubstr("\"total\":0"));
  EXPECT_EQ(c.get("/fhir/Questionnaire?colour=red").status, 400);
  EXPECT_EQ(c.get("/fhir/Questionnaire/none").status, 404);
  EXPECT_EQ(c.get("/fhir/Nothing").status, 404);
}

TEST(ApiForms, AreFoundByIdAndCountedWhole) {
  clinic c;
  auto const one = body_of(c.get("/fhir/Questionnaire?_id=peg"));
  EXPECT_THAT(one, HasSubstr("\"total\":1"));
  EXPECT_THAT(one, HasSubstr("/fhir/Questionnaire?_id=peg\"}]"));
  EXPECT_THAT(body_of(c.get("/fhir/Questionnaire?_id=registration,coverage,none")),
              HasSubstr("\"total\":2"));
  EXPECT_THAT(body_of(c.get("/fhir/Questionnaire?_id=peg&_id=coverage")), HasSubstr("\"total\":0"));
  EXPECT_EQ(c.get("/fhir/Questionnaire?_id=").status, 400);
  auto const few = body_of(c.get("/fhir/Questionnaire?_count=2&status=active"));
  EXPECT_THAT(few, Not(HasSubstr("\"total\":2")));
  std::size_t entries = 0;
  for (auto at = few.find("fullUrl"); at != few.npos; at = few.find("fullUrl", at + 1)) ++entries;
  EXPECT_EQ(entries, 2U);
  EXPECT_THAT(body_of(c.get("/fhir/Questionnaire?_count=0")), Not(HasSubstr("\"entry\"")));
  EXPECT_EQ(c.get("/fhir/Questionnaire?_count=some").status, 400);
  EXPECT_EQ(c.get("/fhir/Questionnaire?publisher=us").status, 400);
}

TEST(ApiSubmit, AFloodUnderOneTokenIsSlowedAndNobodyElseIs) {
  clinic c;
  std::map<std::string, std::string> const flood{{"authorization", "Bearer " + c.token()}};
  int status = 0;
  int sent = 0;
  while (status != 429 && sent < 200) {
    auto const answer = c.post_fhir(question("", "Once more"), flood);
    status = answer.status;
    ++sent;
    if (status != 429) continue;
    EXPECT_THAT(body_of(answer), HasSubstr("\"throttled\""));
    EXPECT_GE(std::stoi(field_of(answer, "retry-after")), 1);
  }
  EXPECT_EQ(status, 429);
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM submission"), std::to_string(sent - 1));
  EXPECT_EQ(c.post_fhir(question("", "I come from the same waiting room")).status, 201);
  c.now += std::chrono::minutes(1);
  EXPECT_EQ(c.post_fhir(question("", "Later"), flood).status, 201);
}

}  // namespace
}  // namespace intake::tests

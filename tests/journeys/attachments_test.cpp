// Photos of cards and papers: attached to a page without script, replaced, removed, sent, sent by a
// client, opened at the desk.
#include "forms/base64.hpp"
#include "forms/from_fields.hpp"
#include "forms/json_reader.hpp"
#include "forms/plan/sample_answers.hpp"
#include "forms/response.hpp"
#include "pdf/jpeg_size.hpp"
#include "service/limits.hpp"
#include "service/patients/page_list.hpp"
#include "service/record.hpp"
#include "tests/certs/temporary_folder.hpp"
#include "tests/journeys/clinic.hpp"
#include "tests/journeys/typical_patient.hpp"
#include "tests/support/multipart_writer.hpp"
#include "tests/support/sample_files.hpp"

#include <algorithm>
#include <array>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::tests {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr auto front = "coverage.plan[0]/coverage.plan.card-front";
constexpr auto back = "coverage.plan[0]/coverage.plan.card-back";

/// One part of a page as a browser sends it.
struct sent_part {
  std::string name;
  std::string content;
  std::optional<std::string> file_name{};
};
using page_parts = std::vector<sent_part>;

sent_part chosen(std::string field, std::string bytes, std::string file_name = "IMG_1.JPG") {
  return {std::move(field), std::move(bytes), std::move(file_name)};
}

service::response post_parts(clinic& c, std::string const& path, page_parts const& parts) {
  std::vector<service::multipart_part> sent;
  for (auto const& each : parts) {
    sent.push_back({each.name, each.file_name, "application/octet-stream", each.content});
  }
  return c.post_body(path, "multipart/form-data; boundary=xXx", write_multipart(sent, "xXx"));
}

/// A new patient whose insurance plan has a page that asks for photos of its card.
class PhotoOfACard : public testing::Test {
 protected:
  PhotoOfACard() {
    auto const answer = c.post_form("/visit", {{"kind", "new-patient"}});
    c.keep_cookie_of(answer);
    auto const text = read_text_file(INTAKE_SOURCE "/forms/packet/plan/typical/new-patient.json");
    auto const today = std::chrono::floor<std::chrono::days>(c.now);
    document_ =
        std::move(*forms::read_json(forms::with_dates(text, today), forms::form_file_limits));
    plan_page = page_of("coverage", "coverage.plan");
    auto const whether = page_of("coverage", "coverage");
    EXPECT_EQ(post_parts(c, whether, typed_on(whether)).status, 303);
  }

  forms::questionnaire const& form(std::string const& id) const {
    return *c.parts().forms().library.find_by_id(id);
  }

  std::string page_of(std::string const& id, std::string const& item) const {
    auto const pages = service::patients::pages_of(form(id));
    auto const index = form(id).find(item)->index;
    auto const at = std::ranges::find_if(pages, [&](auto const& each) { return each.has(index); });
    return "/visit/" + id + "/" + std::to_string(at - pages.begin() + 1);
  }

  /// What a typical patient types on a page.
  page_parts typed_on(std::string const& path) const {
    auto const slash = path.rfind('/');
    auto const id = path.substr(7, slash - 7);
    auto const pages = service::patients::pages_of(form(id));
    page_parts typed;
    for (auto const& entry : *document_->root().find("entry", forms::json_kind::array)) {
      auto const& resource = *entry.find("resource", forms::json_kind::object);
      if (c.parts().forms().library.find(resource.text_of("questionnaire")) != &form(id)) continue;
      auto const given = forms::read_response(form(id), resource).answers;
      auto const page = pages.at(std::stoul(path.substr(slash + 1)) - 1);
      for (auto& each : forms::to_fields(form(id), service::patients::with_page({}, page, given))) {
        typed.push_back({std::move(each.name), std::move(each.value)});
      }
    }
    return typed;
  }

  service::response post_plan(page_parts more) {
    auto parts = typed_on(plan_page);
    std::ranges::move(more, std::back_inserter(parts));
    return post_parts(c, plan_page, parts);
  }

  std::string page() { return body_of(c.get(plan_page)); }
  std::string held_at(std::string const& html, std::string const& field) {
    return attribute_after(html, "type=\"hidden\" name=\"" + field + "\"", "value");
  }
  std::string files() { return c.rows().value("SELECT count(*) FROM draft_attachment"); }

  void fill(std::string const& id) {
    std::string at = "/visit/" + id + "/1";
    for (int posts = 0; at.starts_with("/visit/" + id + "/") && posts < 30; ++posts) {
      bool const below = at.ends_with("&below=1");
      at = at.substr(0, at.find('?'));
      auto parts = typed_on(at);
      if (below) parts.push_back({"_below", "1"});
      if (at == plan_page) parts.push_back(chosen(front, jpeg_file()));
      auto const answer = post_parts(c, at, parts);
      ASSERT_EQ(answer.status, 303) << at << body_of(answer);
      at = field_of(answer, "location");
    }
  }

  std::string send_what_is_done() {
    fill("registration");
    fill("coverage");
    EXPECT_EQ(field_of(c.post_form("/visit/send", {}), "location"), "/visit/received?lang=en");
    return c.rows().value("SELECT id FROM submission");
  }

  mutable clinic c;
  std::string plan_page;

 private:
  std::optional<forms::json_document> document_;
};

TEST_F(PhotoOfACard, IsAskedForOnAPageThatSendsFiles) {
  auto const html = page();
  EXPECT_THAT(html, HasSubstr("enctype=\"multipart/form-data\""));
  EXPECT_THAT(html, HasSubstr("Photo of the front of the card"));
  EXPECT_THAT(html, HasSubstr("accept=\"image/jpeg,image/png,application/pdf\""));
  EXPECT_THAT(html, HasSubstr("data-picture-side-max=\"2000\""));
  EXPECT_THAT(body_of(c.get("/visit/registration/3")), Not(HasSubstr("enctype")));
}

TEST_F(PhotoOfACard, IsKeptSealedAndShownOnThePage) {
  auto const answer = post_plan({chosen(front, jpeg_file(), "front of card.jpg")});
  ASSERT_EQ(answer.status, 303) << body_of(answer);
  EXPECT_EQ(files(), "1");
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM draft_attachment WHERE position('JFIF'::bytea IN "
                           "content) > 0 OR position('card'::bytea IN about) > 0"),
            "0");
  auto const html = page();
  EXPECT_THAT(html, HasSubstr("Attached: front of card.jpg, "));
  EXPECT_THAT(held_at(html, front), StartsWith("held:"));
  EXPECT_EQ(held_at(html, back), "");
}

TEST_F(PhotoOfACard, StaysWhenThePageIsSentAgainWithoutOne) {
  post_plan({chosen(front, jpeg_file())});
  auto const held = held_at(page(), front);
  EXPECT_EQ(post_plan({{front, held}, chosen(back, "", "")}).status, 303);
  EXPECT_EQ(held_at(page(), front), held);
  EXPECT_EQ(post_plan({}).status, 303);
  EXPECT_EQ(held_at(page(), front), "") << "a field that is gone is an answer that is gone";
  EXPECT_EQ(files(), "0");
}

TEST_F(PhotoOfACard, IsReplacedByAnother) {
  post_plan({chosen(front, jpeg_file())});
  auto const before = held_at(page(), front);
  EXPECT_EQ(post_plan({{front, before}, chosen(front, png_file(90, 60))}).status, 303);
  EXPECT_NE(held_at(page(), front), before);
  EXPECT_EQ(files(), "1");
}

TEST_F(PhotoOfACard, IsRemovedByItsButtonAndWhatElseWasTypedStays) {
  post_plan({chosen(front, jpeg_file())});
  auto const answer = post_plan({{front, held_at(page(), front)},
                                 chosen(back, png_file(90, 60)),
                                 {"coverage.plan[0]/coverage.plan.group-number", "G-77"},
                                 {"_remove", front}});
  EXPECT_EQ(answer.status, 200);
  auto const html = body_of(answer);
  EXPECT_EQ(held_at(html, front), "");
  EXPECT_THAT(held_at(html, back), StartsWith("held:"));
  EXPECT_THAT(html, HasSubstr("value=\"G-77\""));
  EXPECT_EQ(files(), "1") << "the back is named by the page that was shown";
  EXPECT_EQ(held_at(page(), front), "");
}

TEST_F(PhotoOfACard, IsKeptWhileSomethingElseOnThePageIsPutRight) {
  auto parts = typed_on(plan_page);
  std::erase_if(parts, [](auto const& each) { return each.name.ends_with("plan.status"); });
  parts.push_back(chosen(front, jpeg_file()));
  auto const answer = post_parts(c, plan_page, parts);
  EXPECT_EQ(answer.status, 422);
  auto const held = held_at(body_of(answer), front);
  EXPECT_THAT(held, StartsWith("held:"));
  EXPECT_EQ(post_plan({{front, held}}).status, 303);
  EXPECT_EQ(held_at(page(), front), held);
}

struct refused_file {
  char const* name;
  std::string bytes;
  char const* sentence;
};

TEST_F(PhotoOfACard, WhatIsNoneGetsOneClearSentenceAtItsQuestion) {
  auto bomb = png_file(8, 8);
  bomb.replace(16, 4, "\x0F\xFF\xFF\xFF");
  refused_file const cases[] = {
      {"a page", "<html><script>alert(1)</script>", "We can&#39;t read this kind of file"},
      {"cut off", jpeg_file().substr(0, 700), "The file is damaged"},
      {"a bomb", bomb, "The file is damaged"},
      {"too large", jpeg_file() + std::string(service::attachment_bytes_max, 'x'),
       "The file is too large"},
  };
  for (auto const& each : cases) {
    auto const answer = post_plan({chosen(front, each.bytes)});
    EXPECT_EQ(answer.status, 422) << each.name;
    EXPECT_THAT(body_of(answer), HasSubstr("There is a problem")) << each.name;
    EXPECT_THAT(body_of(answer), HasSubstr(each.sentence)) << each.name;
    EXPECT_THAT(body_of(answer), HasSubstr("href=\"#" + std::string(front) + "\"")) << each.name;
    EXPECT_EQ(files(), "0") << each.name;
  }
}

TEST_F(PhotoOfACard, AFieldThatNamesNoFileOfThisVisitIsRefused) {
  auto const answer = post_plan({{front, "held:2jmj7l5rSw0yVb/vlWAYkK/YBwk="}});
  EXPECT_EQ(answer.status, 422);
  EXPECT_THAT(body_of(answer), HasSubstr("The file is missing"));
}

TEST_F(PhotoOfACard, ABodyThatBreaksTheGrammarIsNoPage) {
  auto const answer =
      c.post_body(plan_page, "multipart/form-data; boundary=xXx", "--xXx\r\nnonsense");
  EXPECT_EQ(answer.status, 400);
}

TEST_F(PhotoOfACard, ThereIsRoomForSoManyAndNoMore) {
  for (std::size_t i = 0; i < service::attachments_max; ++i) {
    auto const size = static_cast<unsigned>(20 + i);
    c.rows().sql("INSERT INTO draft_attachment SELECT id, decode(lpad('" + std::to_string(size) +
                 "', 64, '0'), 'hex'), kek_id, wrapped, 'a', 'b' FROM draft");
  }
  auto const answer = post_plan({chosen(front, jpeg_file())});
  EXPECT_EQ(answer.status, 303) << "what no answer names makes room";
  EXPECT_EQ(files(), "1");
}

TEST_F(PhotoOfACard, StaysInTheDraftUntilAllIsSent) {
  ASSERT_FALSE(send_what_is_done().empty());
  EXPECT_EQ(files(), "1") << "the rest follows with all that came before";
  typical_patient const who(c, "new-patient");
  for (auto const& id : who.order()) {
    if (id != "registration" && id != "coverage") fill_form(c, who, id);
  }
  c.post_form("/visit/send", {});
  EXPECT_EQ(c.rows().value("SELECT max(version) FROM part WHERE name = 'attachment/1'"), "2");
  EXPECT_EQ(files(), "0");
}

TEST_F(PhotoOfACard, IsPartOfTheSubmission) {
  auto const id = send_what_is_done();
  ASSERT_FALSE(id.empty());
  EXPECT_EQ(c.rows().value("SELECT string_agg(name, ' ' ORDER BY name) FROM part"),
            "answers attachment/1 summary");
  auto const stored = db::open_submission(c.app().desk, *certs::parse_uuid(id));
  auto const reading = service::open_record(c.app().keks, c.parts().forms(), *stored);
  ASSERT_TRUE(reading.record) << reading.fault;
  ASSERT_EQ(reading.record->files.size(), 1U);
  EXPECT_EQ(pdf::jpeg_size(reading.record->files[0])->width, 160U);
  auto const listed = service::attachments_of(*reading.record);
  EXPECT_EQ(listed[0].item->link_id, "coverage.plan.card-front");
  EXPECT_EQ(listed[0].file->title, "IMG_1.JPG");
  EXPECT_EQ(listed[0].file->size_bytes, reading.record->files[0].size());
  EXPECT_EQ(listed[0].file->data, "");
}

std::string audited(clinic& c, std::string const& action, std::string const& outcome = "done") {
  return c.rows().value("SELECT count(*) FROM audit_event WHERE action = '" + action +
                        "' AND outcome = '" + outcome + "'");
}

TEST_F(PhotoOfACard, IsListedAndDownloadedAtTheDeskAndTheTrailHoldsItFirst) {
  auto const list = "/desk/submissions/" + send_what_is_done() + "/attachments";
  c.sign_in("front", db::account_role::front_desk);
  EXPECT_THAT(body_of(c.get("/desk")), HasSubstr("href=\"" + list + "\""));
  EXPECT_THAT(body_of(c.get(list)), HasSubstr("Photo of the front of the card"));
  EXPECT_THAT(body_of(c.get(list)), HasSubstr("href=\"" + list + "/1?version=1\""));
  EXPECT_EQ(audited(c, "attachments-listed"), "2");
  auto const answer = c.get(list + "/1");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(field_of(answer, "content-type"), "image/jpeg");
  EXPECT_THAT(field_of(answer, "content-disposition"),
              testing::MatchesRegex("attachment; filename=\"intake-.*-attachment-1.jpg\""));
  EXPECT_EQ(pdf::jpeg_size(body_of(answer))->width, 160U);
  EXPECT_EQ(
      c.rows().value("SELECT content IS NOT NULL AND purpose = 'copy-for-visit: attachment/1' "
                     "FROM audit_event WHERE action = 'attachment-downloaded'"),
      "t");
  for (auto const* number : {"0", "2", "x", "-1", "99999999999999999999"}) {
    EXPECT_EQ(c.get(list + "/" + number).status, 404) << number;
  }
  c.rows().sql("REVOKE INSERT ON audit_event FROM intake_portal");
  EXPECT_GE(c.get(list + "/1").status, 500);
  EXPECT_GE(c.get(list).status, 500);
}

TEST_F(PhotoOfACard, ThatWasTamperedWithIsNotShown) {
  auto const id = send_what_is_done();
  c.sign_in("front", db::account_role::front_desk);
  c.rows().sql(
      "UPDATE part SET sealed = set_byte(sealed, 40, get_byte(sealed, 40) # 1) WHERE name "
      "= 'attachment/1'");
  EXPECT_EQ(c.get("/desk/submissions/" + id + "/attachments/1").status, 500);
  EXPECT_EQ(c.get("/desk/submissions/" + id + ".pdf").status, 500);
  EXPECT_EQ(audited(c, "attachment-downloaded", "failed"), "1");
}

TEST_F(PhotoOfACard, StandsInTheDesksCopyAndNotInThePatients) {
  auto const path = "/desk/submissions/" + send_what_is_done() + ".pdf";
  c.sign_in("boss", db::account_role::manager);
  auto const copy = body_of(c.get(path));
  EXPECT_THAT(copy, HasSubstr("/DCTDecode"));
  EXPECT_EQ(body_of(c.get(path)), copy) << "the same bytes each time";
  EXPECT_THAT(body_of(c.get(path + "?copy=patient")), Not(HasSubstr("/DCTDecode")));
}

/// A response to the coverage form, with an attachment for the front of a card.
std::string coverage_with(std::string const& attachment) {
  std::string const system = "https://intake.example/fhir/CodeSystem/";
  return R"({"resourceType":"QuestionnaireResponse","status":"in-progress",)"
         R"("questionnaire":"https://intake.example/fhir/Questionnaire/coverage","item":[)"
         R"({"linkId":"coverage","item":[{"linkId":"coverage.have","answer":[{"valueCoding":{"system":")" +
         system +
         R"(coverage.have","code":"yes"}}]}]},{"linkId":"coverage.plan","item":[)"
         R"({"linkId":"coverage.plan.status","answer":[{"valueCoding":{"system":")" +
         system +
         R"(coverage.plan.status","code":"new"}}]},{"linkId":"coverage.plan.card-front","answer":[)"
         R"({"valueAttachment":)" +
         attachment + "}]}]}]}";
}

std::string inline_file(std::string const& type, std::string const& bytes) {
  return R"({"contentType":")" + type + R"(","title":"card","data":")" +
         forms::encode_base64(bytes) + R"("})";
}

struct client_case {
  char const* name;
  std::string attachment;
  int status;
  char const* says;
};

TEST(ClientsFile, IsReadLikeAPatients) {
  clinic c;
  client_case const cases[] = {
      {"a photo", inline_file("image/jpeg", jpeg_file()), 201, "Received"},
      {"a PDF", inline_file("application/pdf", plain_pdf()), 201, "Received"},
      {"cut off", inline_file("image/jpeg", jpeg_file().substr(0, 500)), 422, "attachment-damaged"},
      {"disguised", inline_file("image/jpeg", "<html>"), 422, "attachment-unknown"},
      {"one that ends its reader", inline_file("image/jpeg", "abort"), 422, "attachment-damaged"},
      {"another type", inline_file("text/html", "<html>"), 422, "attachment-type"},
      {"too large", inline_file("image/jpeg", std::string(10'485'761, 'x')), 422,
       "attachment-too-large"},
      {"only named", R"({"contentType":"image/jpeg","size":9,"hash":"aGFzaA=="})", 422,
       "attachment-without-data"},
  };
  for (auto const& each : cases) {
    auto const answer = c.post_fhir(coverage_with(each.attachment));
    EXPECT_EQ(answer.status, each.status) << each.name << body_of(answer).substr(0, 1000);
    EXPECT_THAT(body_of(answer), HasSubstr("OperationOutcome")) << each.name;
    EXPECT_THAT(body_of(answer), HasSubstr(each.says)) << each.name;
  }
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM part WHERE name = 'attachment/1'"), "2");
}

TEST(ClientsFile, ThatIsAPdfIsDownloadedWithoutWhatActs) {
  clinic c;
  auto const file = pdf_file({"<< /Type /Catalog /Pages 2 0 R /OpenAction 4 0 R >>",
                              "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                              "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
                              "<< /S /JavaScript /JS (app.alert) >>"});
  ASSERT_EQ(c.post_fhir(coverage_with(inline_file("application/pdf", file))).status, 201);
  c.sign_in("billing", db::account_role::billing);
  auto const id = c.rows().value("SELECT id FROM submission");
  auto const answer = c.get("/desk/submissions/" + id + "/attachments/1");
  EXPECT_EQ(answer.status, 200) << "billing opens what pays";
  EXPECT_EQ(field_of(answer, "content-type"), "application/pdf");
  EXPECT_THAT(field_of(answer, "content-disposition"), StartsWith("attachment;"));
  EXPECT_THAT(body_of(answer), StartsWith("%PDF-"));
  EXPECT_THAT(body_of(answer), Not(HasSubstr("JavaScript")));
}

/// A form of which every question is for another reader.
constexpr std::string_view sorted_form = R"({"resourceType":"Questionnaire","id":"sorted",
  "url":"https://clinic.example/Questionnaire/sorted","version":"1","status":"active",
  "title":"Papers","item":[
  {"linkId":"id","text":"ID","type":"attachment","extension":[{"url":"urn:intake:audience","valueCode":"demographic"}]},
  {"linkId":"scan","text":"Scan","type":"attachment","extension":[{"url":"urn:intake:audience","valueCode":"clinical"}]},
  {"linkId":"diary","text":"Diary","type":"attachment","extension":[{"url":"urn:intake:audience","valueCode":"behavioural"}]}]})";

TEST(ClientsFile, IsForTheRolesOfItsQuestion) {
  certs::temporary_folder const folder;
  std::ofstream(folder / "sorted.json") << sorted_form;
  clinic c((folder / "").string());
  std::string items;
  for (auto const* each : {"id", "scan", "diary"}) {
    items += (items.empty() ? "" : ",") + (R"({"linkId":")" + std::string(each)) +
             R"(","answer":[{"valueAttachment":)" + inline_file("image/png", png_file()) + "}]}";
  }
  auto const sent = c.post_fhir(
      R"({"resourceType":"QuestionnaireResponse","status":"completed","questionnaire":)"
      R"("https://clinic.example/Questionnaire/sorted","item":[)" +
          items + "]}",
      {{"authorization",
        "Bearer " + field_of(c.get("/fhir/Questionnaire/sorted"), "intake-form-token")}});
  ASSERT_EQ(sent.status, 201) << body_of(sent);
  auto const list =
      "/desk/submissions/" + c.rows().value("SELECT id FROM submission") + "/attachments/";
  struct reader {
    db::account_role role;
    std::array<int, 3> statuses;
  };
  for (auto const& each : {reader{db::account_role::front_desk, {200, 200, 403}},
                           reader{db::account_role::billing, {200, 403, 403}},
                           reader{db::account_role::clinician, {200, 200, 200}},
                           reader{db::account_role::manager, {200, 200, 403}},
                           reader{db::account_role::administrator, {403, 403, 403}}}) {
    c.sign_out();
    c.sign_in("reader" + std::to_string(static_cast<int>(each.role)), each.role);
    for (std::size_t i = 0; i < 3; ++i) {
      EXPECT_EQ(c.get(list + std::to_string(i + 1)).status, each.statuses[i]) << i;
    }
  }
  EXPECT_EQ(audited(c, "refused", "refused"), "7");
}

/// A form by itself: a file that was sent with it need not be chosen again.
class SingleFormFile : public testing::Test {
 protected:
  SingleFormFile() : html(body_of(c.get("/forms/coverage"))) {
    std::string const system = "https://intake.example/fhir/CodeSystem/";
    parts = {{"_token", attribute_after(html, "name=\"_token\"", "value")},
             {"coverage/coverage.have", system + "coverage.have|yes"},
             {"coverage.plan[0]/coverage.plan.status", system + "coverage.plan.status|new"}};
  }

  clinic c;
  std::string const html;
  page_parts parts;
};

TEST_F(SingleFormFile, KeepsItsFileWhileSomethingElseIsPutRight) {
  EXPECT_THAT(html, HasSubstr("enctype=\"multipart/form-data\""));
  auto with_file = parts;
  with_file.push_back(chosen(front, jpeg_file()));
  auto const answer = post_parts(c, "/forms/coverage", with_file);
  EXPECT_EQ(answer.status, 422);
  EXPECT_THAT(body_of(answer), HasSubstr("intake-attached"));
  EXPECT_THAT(body_of(answer), Not(HasSubstr("Choose the file once more")));
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM draft_attachment"), "1");
  // Sent again with the field that names it, it is still there; its button takes it away.
  auto const held = attribute_after(body_of(answer), "class=\"intake-attached\"", "value");
  EXPECT_THAT(held, StartsWith("held:"));
  auto again = parts;
  again.push_back({front, held});
  EXPECT_THAT(body_of(post_parts(c, "/forms/coverage", again)), HasSubstr("intake-attached"));
  again.push_back({"_remove", front});
  auto const removed = post_parts(c, "/forms/coverage", again);
  EXPECT_EQ(removed.status, 200);
  EXPECT_THAT(body_of(removed), Not(HasSubstr("intake-attached")));
}

TEST_F(SingleFormFile, ItsFileIsNobodyElses) {
  auto with_file = parts;
  with_file.push_back(chosen(front, jpeg_file()));
  auto const held = attribute_after(body_of(post_parts(c, "/forms/coverage", with_file)),
                                    "class=\"intake-attached\"", "value");
  parts[0].content = attribute_after(body_of(c.get("/forms/coverage")), "name=\"_token\"", "value");
  parts.push_back({front, held});
  auto const answer = post_parts(c, "/forms/coverage", parts);
  EXPECT_EQ(answer.status, 422);
  EXPECT_THAT(body_of(answer), HasSubstr("govuk-error-summary"));
}

TEST_F(SingleFormFile, WithoutItsTokenAsksForTheFileAgain) {
  parts[0].content = "made up";
  parts.push_back(chosen(front, jpeg_file()));
  auto const answer = post_parts(c, "/forms/coverage", parts);
  EXPECT_EQ(answer.status, 422);
  EXPECT_THAT(body_of(answer), HasSubstr("Choose the file once more"));
  EXPECT_EQ(c.rows().value("SELECT count(*) FROM draft_attachment"), "0");
}

}  // namespace
}  // namespace intake::tests

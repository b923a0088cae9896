// The billing manager's pages: rule sets from upload to decision, and decisions to work on.
#include "service/files.hpp"
#include "service/rule_store.hpp"
#include "service/rules.hpp"
#include "tests/certs/temporary_folder.hpp"
#include "tests/journeys/clinic.hpp"

#include <filesystem>
#include <fstream>
#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::tests {
namespace {

using db::account_role;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

using tables = std::map<std::string, std::string>;

tables example_tables(clinic const& c) {
  tables all;
  for (auto const& entry : std::filesystem::directory_iterator(c.settings().rules_folder)) {
    all[entry.path().filename()] = read_text_file(entry.path());
  }
  return all;
}

tables edited(tables all, std::string const& from, std::string const& to) {
  auto& text = all["accept.csv"];
  auto const at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  text.replace(at, from.size(), to);
  return all;
}

/// Sends files as a browser does with `multiple`.
service::response upload(clinic& c, tables const& files, std::string const& csrf) {
  std::string body =
      "--edge\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n" + csrf + "\r\n";
  for (auto const& [name, text] : files) {
    body += "--edge\r\nContent-Disposition: form-data; name=\"tables\"; filename=\"" + name +
            "\"\r\nContent-Type: text/csv\r\n\r\n" + text + "\r\n";
  }
  return c.post_body("/desk/rules", "multipart/form-data; boundary=edge", body + "--edge--\r\n");
}

service::response press(clinic& c, std::string const& path,
                        std::vector<std::pair<std::string, std::string>> fields = {}) {
  fields.emplace_back("csrf", c.csrf());
  return c.post_form(path, fields);
}

std::string count(clinic& c, std::string const& of) {
  return c.rows().value("SELECT count(*) FROM " + of);
}

TEST(BillingPages, AreForBillingAndTheManager) {
  for (auto const role :
       {account_role::front_desk, account_role::clinician, account_role::administrator}) {
    clinic c;
    c.sign_in("someone", role);
    EXPECT_EQ(c.get("/desk/rules").status, 403);
    EXPECT_EQ(c.get("/desk/decisions").status, 403);
    EXPECT_EQ(c.get("/desk/decisions.csv").status, 403);
    EXPECT_THAT(body_of(c.get("/desk")), Not(HasSubstr("/desk/decisions")));
  }
  clinic c;
  c.sign_in("bills", account_role::billing);
  EXPECT_EQ(c.get("/desk/rules").status, 200);
  EXPECT_THAT(body_of(c.get("/desk")), HasSubstr("/desk/decisions"));
}

TEST(BillingPages, ASetGoesFromUploadToDecisionAndBack) {
  clinic c;
  c.sign_in("boss", account_role::manager);
  auto const first = upload(c, example_tables(c), c.csrf());
  ASSERT_EQ(first.status, 303) << body_of(first);
  auto const second = upload(
      c, edited(example_tables(c), "We take this plan.", "We take this very plan."), c.csrf());
  ASSERT_EQ(second.status, 303);
  auto const page = field_of(second, "location");
  EXPECT_NE(page, field_of(first, "location"));
  auto const draft = body_of(c.get(page));
  EXPECT_THAT(draft, AllOf(HasSubstr("<strong>draft</strong>"), HasSubstr("Imported"),
                           HasSubstr("by boss"), HasSubstr("No errors"), HasSubstr("1 rows differ"),
                           HasSubstr("We take this very plan."), HasSubstr("0 of 1 approvals")));
  EXPECT_THAT(draft, Not(HasSubstr(">Activate<")));
  EXPECT_EQ(press(c, page + "/activate").status, 409);
  EXPECT_EQ(press(c, page + "/approve").status, 303);
  EXPECT_EQ(press(c, page + "/approve").status, 303);
  EXPECT_THAT(body_of(c.get(page)), AllOf(HasSubstr(">Activate<"), HasSubstr("Approved by boss")));
  EXPECT_EQ(press(c, page + "/activate", {{"from", "2001-01-01"}}).status, 422);
  EXPECT_EQ(press(c, page + "/activate", {{"from", "soon"}}).status, 422);
  EXPECT_EQ(press(c, page + "/activate").status, 303);
  EXPECT_THAT(body_of(c.get("/desk/rules")), HasSubstr("in force"));
  EXPECT_EQ(press(c, page + "/leave").status, 409);
  auto const old = field_of(first, "location");
  EXPECT_EQ(press(c, old + "/approve").status, 303);
  EXPECT_EQ(press(c, old + "/activate").status, 303);
  EXPECT_EQ(press(c, page + "/leave").status, 409);
  EXPECT_EQ(press(c, old + "/leave").status, 303);
  EXPECT_THAT(body_of(c.get(page)), HasSubstr("<strong>in force</strong>"));
  EXPECT_EQ(count(c, "audit_event WHERE action = 'rules-imported' AND who = 'staff'"), "2");
  EXPECT_EQ(count(c, "audit_event WHERE action = 'rules-approved'"), "2");
  EXPECT_EQ(count(c, "audit_event WHERE action = 'rules-activated' AND outcome = 'done'"), "2");
  EXPECT_EQ(count(c, "audit_event WHERE action = 'rules-returned'"), "1");
}

TEST(BillingPages, TablesWithErrorsAreReportedAndNotKept) {
  clinic c;
  c.sign_in("bills", account_role::billing);
  auto const answer = upload(
      c, edited(example_tables(c), "We take this plan.", "<b>Please do not come.</b>"), c.csrf());
  EXPECT_EQ(answer.status, 422);
  EXPECT_THAT(body_of(answer), AllOf(HasSubstr("Nothing was kept"), HasSubstr("accept.csv, row 14"),
                                     Not(HasSubstr("<b>Please"))));
  EXPECT_EQ(count(c, "rule_set"), "0");
}

TEST(BillingPages, NeedTheirOwnTokenAndTables) {
  clinic c;
  c.sign_in("bills", account_role::billing);
  EXPECT_EQ(upload(c, example_tables(c), "").status, 403);
  EXPECT_EQ(upload(c, example_tables(c), "another").status, 403);
  EXPECT_EQ(c.post_body("/desk/rules", "multipart/form-data; boundary=x", "--y").status, 403);
  EXPECT_EQ(upload(c, {}, c.csrf()).status, 422);
  EXPECT_EQ(upload(c, {{"rules.xlsx", "PK"}}, c.csrf()).status, 422);
  EXPECT_EQ(press(c, "/desk/rules/none/approve").status, 404);
  EXPECT_EQ(press(c, "/desk/rules/" + std::string(64, 'a') + "/activate").status, 404);
  EXPECT_EQ(c.get("/desk/rules/" + std::string(64, 'a')).status, 404);
  EXPECT_EQ(count(c, "rule_set"), "0");
}

void submit(clinic& c, std::string const& family) {
  c.now += std::chrono::seconds(1);
  auto packet = sample_packet();
  packet.replace(packet.find("urn:uuid:") + 9, 36,
                 certs::to_string(certs::new_uuid_v7(c.app().world)));
  std::string const sample = "O’Brien-Muñoz";
  for (auto at = packet.find(sample); at != std::string::npos; at = packet.find(sample, at)) {
    packet.replace(at, sample.size(), family);
    at += family.size();
  }
  auto const answer = c.post_fhir(packet);
  ASSERT_EQ(answer.status, 201) << body_of(answer);
}

TEST(BillingDecisions, AreListedByOutcomeWithTheirReason) {
  clinic c;
  submit(c, "Sample");
  c.sign_in("bills", account_role::billing);
  auto const all = body_of(c.get("/desk/decisions"));
  EXPECT_THAT(all, AllOf(HasSubstr("Sample, "), HasSubstr("Accepted, with conditions"),
                         HasSubstr("A200: ")));
  EXPECT_THAT(body_of(c.get("/desk/decisions?outcome=accept_with_conditions")),
              HasSubstr("Sample, "));
  EXPECT_THAT(body_of(c.get("/desk/decisions?outcome=review")),
              AllOf(Not(HasSubstr("Sample, ")), HasSubstr("No submission has this decision")));
  EXPECT_EQ(c.get("/desk/decisions?outcome=perhaps").status, 400);
  EXPECT_EQ(count(c, "audit_event WHERE action = 'list-shown' AND cardinality(shown) = 1"), "2");
}

TEST(BillingDecisions, KeepTheSentenceOfTheRulesThatDecided) {
  clinic c;
  submit(c, "Sample");
  certs::temporary_folder const folder;
  for (auto const& [name, text] :
       edited(example_tables(c), "Free choice of enrolled providers.", "Nobody was told this.")) {
    std::ofstream(folder / name, std::ios::binary) << text;
  }
  c.use_rules((folder / "").string());
  c.sign_in("bills", account_role::billing);
  auto const unknown = body_of(c.get("/desk/decisions"));
  EXPECT_THAT(unknown, AllOf(HasSubstr("A200"), Not(HasSubstr("Nobody was told this")),
                             Not(HasSubstr("Free choice"))));
  service::keep_rules(c.app().desk, *service::load_rules(c.settings().rules_folder),
                      service::read_folder(c.settings().rules_folder, ".csv"), c.now);
  EXPECT_THAT(body_of(c.get("/desk/decisions")),
              AllOf(HasSubstr("A200: Free choice of enrolled"), Not(HasSubstr("Nobody was told"))));
  EXPECT_THAT(body_of(c.get("/desk/decisions.csv")), HasSubstr("Free choice of enrolled"));
}

TEST(BillingDecisions, OlderOnesAreAPageFurther) {
  clinic c;
  submit(c, "Oldest");
  // 500 later ones without a summary: looked through, and in nobody's list.
  c.rows().sql(
      "CREATE TEMP TABLE g AS SELECT gen_random_uuid() id, i, received + i * interval '1 second' t "
      "FROM submission, generate_series(1, 500) i; "
      "INSERT INTO submission SELECT id, lpad(i::text, 10, '0'), t FROM g; "
      "INSERT INTO submission_version SELECT id, 1, t, sha256(i::text::bytea), ARRAY['x|1'], 1, i "
      "FROM g");
  c.sign_in("bills", account_role::billing);
  auto const newest = body_of(c.get("/desk/decisions?outcome=accept_with_conditions"));
  EXPECT_THAT(newest, AllOf(Not(HasSubstr("Oldest, ")), HasSubstr("No submission has")));
  EXPECT_THAT(newest, HasSubstr("?outcome=accept_with_conditions&amp;after="));
  auto const mark = newest.find("&amp;after=") + 5;
  auto const after = "&" + newest.substr(mark, newest.find('"', mark) - mark);
  auto const page = body_of(c.get("/desk/decisions?outcome=accept_with_conditions" + after));
  EXPECT_THAT(page, AllOf(HasSubstr("Oldest, "), HasSubstr("Received before "),
                          Not(HasSubstr("Older decisions"))));
  EXPECT_THAT(page, HasSubstr("/desk/decisions.csv?outcome=accept_with_conditions&amp;after="));
  EXPECT_THAT(body_of(c.get("/desk/decisions.csv?outcome=accept_with_conditions" + after)),
              HasSubstr(",Oldest,"));
  EXPECT_EQ(c.get("/desk/decisions?after=yesterday").status, 400);
  EXPECT_EQ(c.get("/desk/decisions.csv?after=1-2").status, 400);
}

TEST(BillingDecisions, AreExportedWithoutFormulas) {
  clinic c;
  submit(c, "=HYPERLINK(1)");
  c.sign_in("bills", account_role::billing);
  auto const answer = c.get("/desk/decisions.csv");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(field_of(answer, "content-type"), "text/csv; charset=utf-8");
  EXPECT_THAT(body_of(answer), StartsWith("\xEF\xBB\xBFreceived,receipt,family,"));
  EXPECT_THAT(body_of(answer), HasSubstr(",\"'=HYPERLINK(1)\","));
  EXPECT_EQ(count(c, "audit_event WHERE action = 'list-exported' AND content IS NOT NULL"), "1");
}

TEST(BillingPages, AChangeIsACallList) {
  clinic c;
  submit(c, "Sample");
  c.sign_in("bills", account_role::billing);
  auto const same = field_of(upload(c, example_tables(c), c.csrf()), "location");
  EXPECT_THAT(body_of(c.get(same + "/calls")), HasSubstr("nothing changes"));
  auto const other = field_of(
      upload(c, edited(example_tables(c), "Original Medicare has no network", "Medicare has none"),
             c.csrf()),
      "location");
  auto const list = body_of(c.get(other + "/calls"));
  EXPECT_THAT(list, AllOf(HasSubstr("1 of the newest 1 decisions"), HasSubstr("1 of them for"),
                          HasSubstr("Sample, "), HasSubstr("Medicare has none"),
                          HasSubstr("This is not a promise")));
  EXPECT_EQ(c.get("/desk/rules/none/calls").status, 404);
  EXPECT_EQ(count(c, "audit_event WHERE action = 'decisions-compared' AND purpose = 'call-list'"),
            "1");
  c.sign_in("boss", account_role::manager);
  ASSERT_EQ(press(c, other + "/approve").status, 303);
  ASSERT_EQ(press(c, other + "/activate", {{"from", "2099-01-01"}}).status, 303);
  EXPECT_THAT(body_of(c.get(other + "/calls")), HasSubstr("0 of them for"))
      << "nobody's visit is on a day on which it decides";
}

}  // namespace
}  // namespace intake::tests

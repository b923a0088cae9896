#include "tests/journeys/eligibility_day.hpp"

#include "db/appointment_acts.hpp"
#include "service/appointment_book.hpp"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace intake::tests {

namespace fs = std::filesystem;
using db::account_role;

std::string between(std::string const& text, std::string const& before, std::string const& after,
                    std::size_t from) {
  auto const at = text.find(before, from);
  if (at == std::string::npos) return {};
  auto const begin = at + before.size();
  return text.substr(begin, text.find(after, begin) - begin);
}

eligibility_day::eligibility_day(std::vector<insured_patient> patients,
                                 std::string const& line_url) {
  fs::create_directory(outbox());
  fs::create_directory(inbox());
  c.use_eligibility(outbox(), inbox());
  if (!line_url.empty()) c.use_line(line_url);
  for (auto const& each : patients) add(each);
  c.sign_in("bills", account_role::billing);
}

void eligibility_day::add(insured_patient const& who) {
  auto packet = sample_packet();
  packet.replace(packet.find("urn:uuid:") + 9, 36,
                 certs::to_string(certs::new_uuid_v7(c.app().world)));
  auto const put = [&](std::string const& old, std::string const& text) {
    packet.replace(packet.find(old), old.size(), text);
  };
  put("\"Nora\"", "\"" + who.given + "\"");
  put("O’Brien-Muñoz", who.family);
  put("1EG4-TE5-MK73", who.member);
  auto const answer = c.post_fhir(packet);
  EXPECT_EQ(answer.status, 201) << body_of(answer);
  submissions.push_back(c.rows().value("SELECT id FROM submission ORDER BY id DESC LIMIT 1"));
  certs::uuid id;
  service::book_appointment(c.app().desk, {c.app().world, c.app().keks, c.app().keys},
                            {.number = "",
                             .location = "main",
                             .starts_at = c.now + std::chrono::minutes(10 + submissions.size()),
                             .who = {.family = who.family,
                                     .given = who.given,
                                     .birth_date = "1951-03-08",
                                     .visit_kind = "new-patient"}},
                            id);
  // Somebody said so: by name alone "Ann" may be "Anna".
  db::match_appointment(c.app().desk, {.appointment = id,
                                       .submission = *certs::parse_uuid(submissions.back()),
                                       .how = db::match_reason::staff,
                                       .at = c.now,
                                       .actor = id});
  c.now += std::chrono::seconds(1);
}

std::string eligibility_day::today() {
  return attribute_after(body_of(c.get("/desk/eligibility/files")), "id=\"day\"", "value");
}

std::string eligibility_day::make_batch() {
  auto const answer =
      c.post_form("/desk/eligibility/batch", {{"csrf", c.csrf()}, {"day", today()}});
  EXPECT_EQ(answer.status, 200) << body_of(answer);
  return body_of(answer);
}

std::string eligibility_day::written() const {
  std::vector<fs::path> all;
  for (auto const& each : fs::directory_iterator(outbox())) all.push_back(each.path());
  std::ranges::sort(all);
  return all.empty() ? std::string() : read_text_file(all.back());
}

std::string eligibility_day::upload(std::string const& text) {
  auto const csrf = c.csrf();
  return body_of(c.post_body(
      "/desk/eligibility/files", "multipart/form-data; boundary=edge",
      "--edge\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n" + csrf +
          "\r\n--edge\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.271\"\r\n"
          "Content-Type: application/octet-stream\r\n\r\n" +
          text + "\r\n--edge--\r\n"));
}

std::string eligibility_day::page(std::size_t which, int coverage) {
  return body_of(c.get("/desk/coverages/" + submissions[which] + "/" + std::to_string(coverage)));
}

std::string set_of(std::string const& control, std::vector<person_said> const& people,
                   std::string const& reference) {
  std::string text = "ST*271*" + control + "*005010X279A1~BHT*0022*11*" + reference +
                     "*20261128*0958~HL*1**20*1~NM1*PR*2*EXAMPLE PAYER*****PI*CMS~HL*2*1*21*1~"
                     "NM1*1P*2*EXAMPLE PAIN CENTER*****XX*1234567893~";
  int level = 3;
  for (auto const& each : people) {
    text += fmt::format("HL*{}*2*22*0~", level++);
    if (!each.trace.empty()) text += "TRN*2*" + each.trace + "*9EXAMPLECL~";
    text += "NM1*IL*1*" + each.family + "*" + each.given + "****MI*1EG4TE5MK73~DMG*D8*" +
            each.born + "*F~" + each.rows;
  }
  return text + fmt::format("SE*{}*{}~", std::ranges::count(text, '~') + 1, control);
}

std::string file_of(std::string const& sets, int control) {
  return fmt::format(
      "ISA*00*          *00*          *ZZ*EXAMPLEHUB     *ZZ*EXAMPLECLINIC  *261128*0958*^*00501*"
      "{0:09}*0*T*:~GS*HB*EXAMPLEHUB*EXAMPLECLINIC*20261128*0958*{0}*X*005010X279A1~{1}GE*1*{0}~"
      "IEA*1*{0:09}~",
      control, sets);
}

std::string trace_in(std::string const& question, std::size_t which) {
  std::size_t at = 0;
  for (std::size_t n = 0; n < which; ++n) at = question.find("TRN*1*", at) + 6;
  return between(question, "TRN*1*", "*", at);
}

}  // namespace intake::tests

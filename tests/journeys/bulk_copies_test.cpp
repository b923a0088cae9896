#include "certs/hex.hpp"
#include "certs/receipt.hpp"
#include "service/appointment_book.hpp"
#include "service/bulk_copy.hpp"
#include "service/commands/commands.hpp"
#include "tests/certs/temporary_folder.hpp"
#include "tests/journeys/clinic.hpp"
#include "tests/journeys/fhir_client.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::tests {
namespace {

using db::account_role;
using testing::HasSubstr;
using testing::Not;

using field_list = std::vector<std::pair<std::string, std::string>>;

service::response start(clinic& c, std::vector<std::string> const& ids,
                        std::string const& copy = "", field_list const& more = {}) {
  field_list fields{{"csrf", c.csrf()}};
  fields.insert(fields.end(), more.begin(), more.end());
  for (auto const& each : ids) fields.emplace_back("id", each);
  if (!copy.empty()) fields.emplace_back("copy", copy);
  return c.post_form("/desk/copies", fields);
}

/// Looks until the work has ended, as the page does by itself.
std::string last_page(clinic& c, std::string const& url) {
  for (int at = 0; at < 2'000; ++at) {
    auto const page = c.get(url);
    if (field_of(page, "refresh").empty()) return body_of(page);
    EXPECT_THAT(body_of(page), HasSubstr("<progress"));
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return "it never ended";
}

std::string pulled(service::response const& answer) {
  auto const& next = std::get<service::body_generator>(answer.body);
  std::string out;
  for (auto piece = next(); !piece.empty(); piece = next()) {
    EXPECT_LE(piece.size(), 64U * 1024);
    out += piece;
  }
  return out;
}

std::string audited(clinic& c, std::string const& where) {
  return c.rows().value("SELECT count(*) FROM audit_event WHERE " + where);
}

TEST(BulkCopies, AreOneFileThatTheTrailKnows) {
  clinic c;
  std::vector<std::string> const ids{submit_sample(c), submit_sample(c), submit_sample(c)};
  c.sign_in("front", account_role::front_desk);
  EXPECT_THAT(body_of(c.get("/desk")), HasSubstr("name=\"id\" value=\"" + ids[0] + "\""));
  auto const begun = start(c, {ids[2], ids[0], ids[1], ids[0]});
  ASSERT_EQ(begun.status, 303);
  auto const url = field_of(begun, "location");
  EXPECT_THAT(last_page(c, url), HasSubstr("href=\"" + url + ".pdf\""));
  EXPECT_EQ(audited(c, "action = 'pdf-included' AND outcome = 'done'"), "3");
  EXPECT_EQ(audited(c, "action = 'pdf-downloaded'"), "0");
  auto const file = c.get(url + ".pdf");
  EXPECT_EQ(audited(c, "action = 'pdf-downloaded' AND array_length(shown, 1) = 3"), "1");
  auto const bytes = pulled(file);
  EXPECT_THAT(bytes, testing::StartsWith("%PDF-1.7"));
  EXPECT_THAT(field_of(file, "content-disposition"), Not(HasSubstr("Muñoz")));
  EXPECT_THAT(field_of(file, "content-disposition"), HasSubstr("intake-3-copies.pdf"));

  certs::temporary_folder const folder;
  auto const path = (folder / "copies.pdf").string();
  auto const verify = [&](std::string const& content) {
    auto* const to = std::fopen(path.c_str(), "wb");
    std::fwrite(content.data(), 1, content.size(), to);
    std::fclose(to);
    auto* const out = std::tmpfile();
    auto const code = service::commands::pdf_verify(
        {.world = c.app().world, .out = out, .err = stderr, .assets = {}}, c.settings(), {path});
    std::string text(static_cast<std::size_t>(std::ftell(out)), '\0');
    std::rewind(out);
    text.resize(std::fread(text.data(), 1, text.size(), out));
    std::fclose(out);
    return std::pair(code, text);
  };
  auto const [code, text] = verify(bytes);
  EXPECT_EQ(code, service::exit_code::good);
  for (auto const& each : ids) EXPECT_THAT(text, HasSubstr("of submission " + each));
  EXPECT_EQ(verify(bytes + "\n").first, service::exit_code::input_bad);
}

/// The names in a ZIP and each entry's bytes, by a program that shares no code with ours.
std::vector<std::pair<std::string, std::string>> unzipped(std::string const& bytes) {
  certs::temporary_folder const folder;
  auto const path = (folder / "copies.zip").string();
  std::ofstream(path, std::ios::binary) << bytes;
  auto const into = (folder / "out").string();
  auto const unpack =
      "python3 -c \"import sys,zipfile; z=zipfile.ZipFile(sys.argv[1]); "
      "assert z.testzip() is None; z.extractall(sys.argv[2])\" '" +
      path + "' '" + into + "'";
  EXPECT_EQ(std::system(unpack.c_str()), 0);
  std::vector<std::pair<std::string, std::string>> files;
  for (auto const& each : std::filesystem::directory_iterator(into)) {
    files.emplace_back(each.path().filename(), read_text_file(each.path()));
  }
  std::ranges::sort(files);
  return files;
}

std::string book_sample(clinic& c, std::string const& submission, std::chrono::minutes from_now) {
  certs::uuid id;
  service::book_appointment(c.app().desk, {c.app().world, c.app().keks, c.app().keys},
                            {.number = "",
                             .location = "main",
                             .starts_at = c.now + from_now,
                             .who = {.family = "Somebody",
                                     .given = "Else",
                                     .birth_date = "1950-01-01",
                                     .visit_kind = "new-patient"}},
                            id);
  c.rows().sql(
      "INSERT INTO appointment_match (appointment_id, submission_id, act, how, at) VALUES ('" +
      certs::to_string(id) + "', '" + submission + "', 'match', 'staff', now())");
  return certs::to_string(id);
}

TEST(BulkCopies, AreAZipInTheOrderOfTheVisitsAndEachFileIsInTheTrail) {
  if (std::system("python3 -c 'import zipfile'") != 0) GTEST_SKIP() << "python3 reads the ZIP";
  clinic c;
  std::vector<std::string> const ids{submit_sample(c), submit_sample(c), submit_sample(c)};
  book_sample(c, ids[0], std::chrono::minutes(90));
  book_sample(c, ids[2], std::chrono::minutes(30));
  c.sign_in("front", account_role::front_desk);
  auto const url = field_of(start(c, ids, "", {{"as", "zip"}, {"extent", "summary"}}), "location");
  EXPECT_THAT(last_page(c, url), HasSubstr("href=\"" + url + ".zip\""));
  EXPECT_EQ(c.get(url + ".pdf").status, 404) << "there is no PDF of it";
  auto const answer = c.get(url + ".zip");
  EXPECT_EQ(field_of(answer, "content-type"), "application/zip");
  auto const files = unzipped(pulled(answer));
  ASSERT_EQ(files.size(), 3U);
  constexpr std::size_t order[] = {2, 0, 1};
  for (std::size_t at = 0; at < files.size(); ++at) {
    auto const receipt = certs::spoken_form(*certs::parse_receipt(
        c.rows().value("SELECT receipt FROM submission WHERE id = '" + ids[order[at]] + "'")));
    EXPECT_EQ(files[at].first,
              "00" + std::to_string(at + 1) + "-intake-" + receipt + "-desk-summary.pdf");
    EXPECT_THAT(files[at].second, testing::StartsWith("%PDF-1.7"));
    std::string hash;
    certs::append_hex(hash, c.app().keys.keyed_hash(certs::key_role::document_hash,
                                                    certs::as_bytes(files[at].second)));
    EXPECT_EQ(audited(c, "action = 'pdf-included' AND subject = '" + ids[order[at]] +
                             "' AND encode(content, 'hex') = '" + hash + "'"),
              "1");
  }
  EXPECT_EQ(audited(c, "action = 'pdf-included' AND purpose LIKE '%desk summary, one of 3'"), "3");
}

TEST(BulkCopies, OfADayStandOnTodayInOneForm) {
  clinic c;
  auto const id = submit_sample(c);
  book_sample(c, id, std::chrono::minutes(30));
  c.sign_in("front", account_role::front_desk);
  auto const html = body_of(c.get("/desk/today"));
  EXPECT_THAT(html, HasSubstr("Copies of this day in one file"));
  EXPECT_THAT(html, HasSubstr("name=\"id\" value=\"" + id + "\""));
}

TEST(BulkCopies, WithOneThatIsNotThereAreRefusedWhole) {
  clinic c;
  auto const id = submit_sample(c);
  c.sign_in("front", account_role::front_desk);
  auto const begun = start(c, {id, "0190a1b2-0000-7000-8000-000000000001"});
  ASSERT_EQ(begun.status, 303);
  auto const url = field_of(begun, "location");
  EXPECT_THAT(last_page(c, url), HasSubstr("None was opened"));
  EXPECT_EQ(c.get(url + ".pdf").status, 404);
  EXPECT_EQ(audited(c, "action = 'pdf-included' AND outcome = 'done'"), "0");
  EXPECT_EQ(audited(c, "action = 'pdf-included' AND outcome = 'refused'"), "1");
}

TEST(BulkCopies, WithOneThatDoesNotOpenAreRefusedWholeAndNamed) {
  clinic c;
  auto const good = submit_sample(c);
  auto const damaged = submit_sample(c);
  c.rows().sql(
      "UPDATE part SET sealed = set_byte(sealed, 40, get_byte(sealed, 40) # 1) "
      "WHERE name = 'answers' AND submission_id = '" +
      damaged + "'");
  c.sign_in("front", account_role::front_desk);
  auto const url = field_of(start(c, {good, damaged}), "location");
  auto const receipt = certs::spoken_form(*certs::parse_receipt(
      c.rows().value("SELECT receipt FROM submission WHERE id = '" + damaged + "'")));
  EXPECT_THAT(last_page(c, url), HasSubstr(receipt));
  EXPECT_EQ(c.get(url + ".pdf").status, 404);
  EXPECT_EQ(audited(c, "action = 'pdf-included' AND outcome = 'failed'"), "1");
}

TEST(BulkCopies, KeepToTheRolesCopies) {
  clinic c;
  auto const id = submit_sample(c);
  c.sign_in("front", account_role::front_desk);
  EXPECT_EQ(start(c, {id}, "clinical").status, 403);
  EXPECT_EQ(start(c, {id}, "everything").status, 400);
  EXPECT_EQ(start(c, {id}, "", {{"as", "tar"}}).status, 400);
  EXPECT_EQ(start(c, {id}, "", {{"extent", "half"}}).status, 400);
  EXPECT_EQ(c.get("/desk/submissions/" + id + ".pdf?extent=half").status, 400);
  EXPECT_EQ(start(c, {}).status, 422);
  EXPECT_EQ(start(c, {"no-id"}).status, 400);
  EXPECT_EQ(audited(c, "action = 'refused'"), "1");
}

TEST(BulkCopies, BelongToWhoAskedForThem) {
  clinic c;
  auto const id = submit_sample(c);
  c.sign_in("front", account_role::front_desk);
  auto const url = field_of(start(c, {id}), "location");
  last_page(c, url);
  c.sign_out();
  c.sign_in("other", account_role::front_desk);
  EXPECT_EQ(c.get(url).status, 404);
  EXPECT_EQ(c.get(url + ".pdf").status, 404);
}

TEST(BulkCopies, AreKeptForAQuarterOfAnHour) {
  clinic c;
  auto const id = submit_sample(c);
  c.sign_in("front", account_role::front_desk);
  auto const url = field_of(start(c, {id}), "location");
  last_page(c, url);
  c.now += std::chrono::minutes(10);
  EXPECT_EQ(c.get(url + ".pdf").status, 200);
  c.now += std::chrono::minutes(6);
  EXPECT_EQ(c.get(url + ".pdf").status, 404);
}

TEST(BulkCopies, TakeTwoHundredPatientsAndNotOneMore) {
  clinic c;
  std::vector<std::string> ids;
  for (std::size_t at = 0; at < service::bulk_records_max; ++at) ids.push_back(submit_sample(c));
  c.sign_in("front", account_role::front_desk);
  auto const url = field_of(start(c, ids), "location");
  EXPECT_THAT(last_page(c, url), HasSubstr("Download the PDF"));
  EXPECT_EQ(audited(c, "action = 'pdf-included' AND outcome = 'done'"), "200");
  ids.emplace_back("0190a1b2-0000-7000-8000-000000000001");
  EXPECT_EQ(start(c, ids).status, 422);
}

TEST(BulkCopies, AreWrittenByACommandToo) {
  clinic c;
  std::vector<std::string> const ids{submit_sample(c), submit_sample(c)};
  certs::temporary_folder const folder;
  auto const path = (folder / "day.pdf").string();
  auto* const err = std::tmpfile();
  service::commands::surroundings const around{
      .world = c.app().world, .out = stdout, .err = err, .assets = {}};
  EXPECT_EQ(service::commands::submission_pdf(around, c.settings(), {ids, path, "clinical"}),
            service::exit_code::good);
  EXPECT_THAT(read_text_file(path), testing::StartsWith("%PDF-1.7"));
  EXPECT_GT(std::ftell(err), 0) << "nobody was told how far it is";
  std::fclose(err);
  EXPECT_EQ(audited(c, "action = 'pdf-written' AND array_length(shown, 1) = 2"), "1");
  EXPECT_EQ(audited(c, "action = 'pdf-included' AND who = 'command'"), "2");
}

TEST(WrittenCopy, IsEncryptedWhereAPasswordIsGiven) {
  clinic c;
  auto const id = submit_sample(c);
  certs::temporary_folder const folder;
  auto const path = (folder / "copy.pdf").string();
  auto const secret = (folder / "password").string();
  auto const write = [&](std::string const& password) {
    auto* const to = std::fopen(secret.c_str(), "w");
    std::fputs(password.c_str(), to);
    std::fclose(to);
    return service::commands::submission_pdf(
        {.world = c.app().world, .out = stdout, .err = stderr, .assets = {}}, c.settings(),
        {{id}, path, "patient", secret});
  };
  EXPECT_EQ(write("correct horse battery\n"), service::exit_code::good);
  EXPECT_THAT(read_text_file(path), HasSubstr("/Encrypt"));
  EXPECT_EQ(audited(c, "action = 'pdf-written' AND purpose LIKE '%with a password'"), "1");
  EXPECT_THROW(write("short\n"), service::command_failed);
  EXPECT_EQ(audited(c, "action = 'pdf-written'"), "1");
}

}  // namespace
}  // namespace intake::tests

#include "db/audit_log.hpp"

#include "db/audit_chain.hpp"
#include "db/batch_writer.hpp"
#include "tests/db/samples.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace intake::db {
namespace {

using tests::database;
using tests::sample_audit_key;
using tests::sample_maker;
using tests::sample_world;

/// Two chains. test/portal: entries 1-3 store two submissions and a correction of the first, 4-8
/// are acts of staff; test/other: entries 1-2 store two submissions.
struct audited_clinic {
  audited_clinic() {
    sample_maker make;
    batch_writer portal(tests::writer_settings(home), sample_world());
    auto const first = make.submission();
    must_store(portal.submit(first));
    must_store(portal.submit(make.submission()));
    must_store(portal.submit(make.correction(first)));
    for (auto const* action :
         {"signed-in", "submissions-listed", "submission-opened", "pdf-downloaded", "signed-out"}) {
      auto entry = make.entry(action);
      entry.subject = first.id;
      entry.shown = {first.id, make.submission().id};
      entry.content = first.body_hash;
      portal.append(entry);
    }
    auto settings = tests::writer_settings(home);
    settings.chain = "test/other";
    batch_writer other(settings, sample_world());
    must_store(other.submit(make.submission()));
    must_store(other.submit(make.submission()));
  }

  static void must_store(verdict const& answer) {
    ASSERT_TRUE(std::holds_alternative<stored>(answer));
  }

  database home;
};

audit_report verify(database const& home, audit_depth depth = audit_depth::ciphertexts) {
  pool desk(tests::desk_settings(home));
  return verify_audit(desk, sample_audit_key(), depth);
}

/// Makes one database with rows for all tests of the process; each test edits a copy.
std::unique_ptr<database> copy_of_clinic() {
  static audited_clinic const clinic;
  return database::copy_of(clinic.home);
}

TEST(audit_log, what_was_not_touched_raises_nothing) {
  auto const home = copy_of_clinic();
  for (auto const depth : {audit_depth::chains, audit_depth::ciphertexts}) {
    auto const report = verify(*home, depth);
    EXPECT_EQ(report.chains, 2);
    EXPECT_EQ(report.entries, 10);
    EXPECT_EQ(report.submissions, depth == audit_depth::ciphertexts ? 5 : 0);
    EXPECT_TRUE(report.findings.empty());
  }
}

TEST(audit_log, another_key_fits_nothing) {
  auto const home = copy_of_clinic();
  pool desk(tests::desk_settings(*home));
  certs::bytes const other(32, 0x5b);
  auto const report = verify_audit(desk, other, audit_depth::chains);
  ASSERT_EQ(report.findings.size(), 2U);
  EXPECT_EQ(report.findings[0].fault, audit_fault::entry_changed);
  EXPECT_EQ(report.findings[0].number, 1);
}

TEST(audit_log, rotation_of_keys_raises_nothing) {
  auto const home = copy_of_clinic();
  home->sql(
      "UPDATE wrapped_key SET kek_id = 'kek-2', wrapped = '\\x00112233445566778899aabbccddeeff'");
  EXPECT_TRUE(verify(*home).findings.empty());
}

struct planted_edit {
  char const* name;
  char const* sql;
  audit_fault fault;
  int number;
  char const* chain = "test/portal";
};

planted_edit const planted_edits[] = {
    {"action_changed", "UPDATE audit_event SET action = 'x' WHERE chain = 1 AND number = 5",
     audit_fault::entry_changed, 5},
    {"actor_changed", "UPDATE audit_event SET actor = 'desk-2' WHERE chain = 1 AND number = 4",
     audit_fault::entry_changed, 4},
    {"kind_of_actor_changed",
     "UPDATE audit_event SET who = 'system' WHERE chain = 1 AND number = 4",
     audit_fault::entry_changed, 4},
    {"outcome_changed", "UPDATE audit_event SET outcome = 'failed' WHERE chain = 1 AND number = 7",
     audit_fault::entry_changed, 7},
    {"subject_changed",
     "UPDATE audit_event SET subject = gen_random_uuid() WHERE chain = 1 AND number = 6",
     audit_fault::entry_changed, 6},
    {"subject_erased", "UPDATE audit_event SET subject = NULL WHERE chain = 1 AND number = 6",
     audit_fault::entry_changed, 6},
    {"version_changed", "UPDATE audit_event SET version = 2 WHERE chain = 1 AND number = 8",
     audit_fault::entry_changed, 8},
    {"one_shown_record_hidden",
     "UPDATE audit_event SET shown = shown[1:1] WHERE chain = 1 AND number = 5",
     audit_fault::entry_changed, 5},
    {"nobody_shown_as_well",
     "UPDATE audit_event SET shown = shown || NULL::uuid WHERE chain = 1 AND number = 5",
     audit_fault::entry_changed, 5},
    {"shown_records_swapped",
     "UPDATE audit_event SET shown = ARRAY[shown[2], shown[1]] WHERE chain = 1 AND number = 5",
     audit_fault::entry_changed, 5},
    {"purpose_changed", "UPDATE audit_event SET purpose = 'payment' WHERE chain = 1 AND number = 4",
     audit_fault::entry_changed, 4},
    {"request_changed", "UPDATE audit_event SET request_id = '' WHERE chain = 1 AND number = 4",
     audit_fault::entry_changed, 4},
    {"text_moved_to_the_next_field",
     "UPDATE audit_event SET request_id = request_id || address, address = '' "
     "WHERE chain = 1 AND number = 4",
     audit_fault::entry_changed, 4},
    {"hash_of_the_pdf_changed",
     "UPDATE audit_event SET content = sha256('x') WHERE chain = 1 AND number = 7",
     audit_fault::entry_changed, 7},
    {"hash_of_the_pdf_erased",
     "UPDATE audit_event SET content = NULL WHERE chain = 1 AND number = 7",
     audit_fault::entry_changed, 7},
    {"link_changed", "UPDATE audit_event SET link = sha256('x') WHERE chain = 1 AND number = 3",
     audit_fault::entry_changed, 3},
    {"moved_a_microsecond",
     "UPDATE audit_event SET at = at + interval '1 microsecond' WHERE chain = 1 AND number = 2",
     audit_fault::entry_changed, 2},
    {"moved_to_yesterday",
     "UPDATE audit_event SET at = at - interval '1 day' WHERE chain = 1 AND number = 6",
     audit_fault::entry_changed, 6},
    {"moved_beyond_time", "UPDATE audit_event SET at = 'infinity' WHERE chain = 1 AND number = 6",
     audit_fault::entry_changed, 6},
    {"checks_switched_off",
     "ALTER TABLE audit_event DROP CONSTRAINT audit_event_who_check; "
     "UPDATE audit_event SET who = 'nobody' WHERE chain = 1 AND number = 6",
     audit_fault::entry_changed, 6},
    {"first_removed", "DELETE FROM audit_event WHERE chain = 1 AND number = 1",
     audit_fault::entry_missing, 1},
    {"middle_removed", "DELETE FROM audit_event WHERE chain = 1 AND number = 5",
     audit_fault::entry_missing, 5},
    {"middle_removed_and_closed_up",
     "DELETE FROM audit_event WHERE chain = 1 AND number = 5; "
     "UPDATE audit_event SET number = number - 1 WHERE chain = 1 AND number > 5",
     audit_fault::entry_changed, 5},
    {"tail_cut", "DELETE FROM audit_event WHERE chain = 1 AND number = 8", audit_fault::tail_cut,
     8},
    {"long_tail_cut", "DELETE FROM audit_event WHERE chain = 1 AND number > 4",
     audit_fault::tail_cut, 5},
    {"tail_cut_and_head_adjusted",
     "DELETE FROM audit_event WHERE chain = 1 AND number = 8; UPDATE audit_head SET number = 7, "
     "link = (SELECT link FROM audit_event WHERE chain = 1 AND number = 7) WHERE chain = 1",
     audit_fault::head_changed, 0},
    {"all_entries_removed", "DELETE FROM audit_event WHERE chain = 1", audit_fault::tail_cut, 1},
    {"two_swapped",
     "UPDATE audit_event SET number = CASE number WHEN 5 THEN -6 ELSE -5 END "
     "WHERE chain = 1 AND number IN (5, 6); "
     "UPDATE audit_event SET number = -number WHERE number < 0",
     audit_fault::entry_changed, 5},
    {"added_at_the_end",
     "INSERT INTO audit_event SELECT chain, 9, at, action, who, actor, outcome, subject, version, "
     "shown, purpose, request_id, address, content, record, link FROM audit_event "
     "WHERE chain = 1 AND number = 8",
     audit_fault::entry_added, 9},
    {"added_before_the_beginning",
     "INSERT INTO audit_event SELECT chain, 0, at, action, who, actor, outcome, subject, version, "
     "shown, purpose, request_id, address, content, record, link FROM audit_event "
     "WHERE chain = 1 AND number = 1",
     audit_fault::entry_added, 0},
    {"added_in_the_middle",
     "UPDATE audit_event SET number = -number - 1 WHERE chain = 1 AND number >= 5; "
     "UPDATE audit_event SET number = -number WHERE number < 0; "
     "INSERT INTO audit_event SELECT chain, 5, at, action, who, actor, outcome, subject, version, "
     "shown, purpose, request_id, address, content, record, link FROM audit_event "
     "WHERE chain = 1 AND number = 4",
     audit_fault::entry_changed, 5},
    {"moved_to_another_chain",
     "UPDATE audit_event SET chain = 2, number = 3 WHERE chain = 1 AND number = 8",
     audit_fault::tail_cut, 8},
    {"head_moved_on", "UPDATE audit_head SET number = number + 1 WHERE chain = 1",
     audit_fault::head_changed, 0},
    {"head_sealed_without_the_key", "UPDATE audit_head SET seal = sha256(link) WHERE chain = 1",
     audit_fault::head_changed, 0},
    {"head_beyond_time", "UPDATE audit_head SET at = 'infinity' WHERE chain = 1",
     audit_fault::head_changed, 0},
    {"head_beyond_what_is_counted", "UPDATE audit_head SET at = '294276-12-31' WHERE chain = 1",
     audit_fault::head_changed, 0},
    {"heads_swapped",
     "UPDATE audit_head SET name = 'x' WHERE chain = 1; "
     "UPDATE audit_head SET name = 'test/portal' WHERE chain = 2",
     audit_fault::entry_changed, 1},
    {"head_removed", "DELETE FROM audit_head WHERE chain = 1", audit_fault::head_missing, 0, ""},
    {"ciphertext_bit_flipped",
     "UPDATE part SET sealed = set_bit(sealed, 77, 1 - get_bit(sealed, 77)) "
     "WHERE name = 'answers' AND (submission_id, version) IN "
     "(SELECT submission_id, version FROM submission_version WHERE chain = 1 AND number = 2)",
     audit_fault::submission_changed, 2},
    {"ciphertexts_of_two_swapped",
     "UPDATE part p SET sealed = q.sealed FROM part q "
     "WHERE p.name = 'summary' AND q.name = 'summary' AND q.version = 1 "
     "AND q.submission_id = (SELECT submission_id FROM submission_version WHERE chain = 2 AND "
     "number = 1) "
     "AND (p.submission_id, p.version) = "
     "(SELECT submission_id, version FROM submission_version WHERE chain = 1 AND number = 2)",
     audit_fault::submission_changed, 2},
    {"part_removed", "DELETE FROM part WHERE name = 'answers' AND version = 2",
     audit_fault::submission_changed, 3},
    {"part_added",
     "INSERT INTO part SELECT submission_id, version, 'answers/2', sealed FROM part "
     "WHERE name = 'answers' AND version = 2",
     audit_fault::submission_changed, 3},
    {"part_renamed", "UPDATE part SET name = 'answer' WHERE name = 'answers' AND version = 2",
     audit_fault::submission_changed, 3},
    {"body_hash_changed", "UPDATE submission_version SET body_hash = sha256('x') WHERE version = 2",
     audit_fault::submission_changed, 3},
    {"form_changed", "UPDATE submission_version SET forms = forms[1:1] WHERE version = 2",
     audit_fault::submission_changed, 3},
    {"forms_joined",
     "UPDATE submission_version SET forms = ARRAY[array_to_string(forms, E'\\n')] WHERE version = "
     "2",
     audit_fault::submission_changed, 3},
    {"no_form_added", "UPDATE submission_version SET forms = forms || NULL::text WHERE version = 2",
     audit_fault::submission_changed, 3},
    {"reception_of_a_version_beyond_time",
     "UPDATE submission_version SET received = 'infinity' WHERE version = 2",
     audit_fault::submission_changed, 3},
    {"first_reception_beyond_time",
     "UPDATE submission SET received = '-infinity' WHERE id = (SELECT submission_id FROM "
     "submission_version WHERE chain = 1 AND number = 2)",
     audit_fault::submission_changed, 2},
    {"reception_of_a_version_moved",
     "UPDATE submission_version SET received = received + interval '1 hour' WHERE version = 2",
     audit_fault::submission_changed, 3},
    {"first_reception_moved",
     "UPDATE submission SET received = received + interval '1 hour' WHERE id = (SELECT "
     "submission_id FROM submission_version WHERE chain = 1 AND number = 2)",
     audit_fault::submission_changed, 2},
    {"receipt_changed",
     "UPDATE submission SET receipt = 'XXXXXXXXXX' WHERE id = (SELECT submission_id FROM "
     "submission_version WHERE chain = 1 AND number = 2)",
     audit_fault::submission_changed, 2},
    {"version_removed", "DELETE FROM submission_version WHERE version = 2",
     audit_fault::submission_missing, 3},
    {"submission_removed",
     "DELETE FROM submission WHERE id = (SELECT submission_id FROM submission_version WHERE chain "
     "= 1 AND number = 2)",
     audit_fault::submission_missing, 2},
    {"version_forged",
     "INSERT INTO submission_version SELECT submission_id, 3, received, body_hash, forms, 1, 99 "
     "FROM submission_version WHERE version = 2",
     audit_fault::submission_unaudited, 0, ""},
    {"version_forged_behind_an_entry",
     "INSERT INTO submission_version SELECT submission_id, 3, received, body_hash, forms, chain, "
     "number FROM submission_version WHERE version = 2",
     audit_fault::submission_changed, 3},
    {"key_removed", "DELETE FROM wrapped_key WHERE version = 2", audit_fault::key_missing, 3},
    {"key_of_nothing",
     "INSERT INTO wrapped_key SELECT gen_random_uuid(), 1, kek_id, wrapped FROM wrapped_key LIMIT "
     "1",
     audit_fault::key_stray, 0, ""},
    {"token_of_nothing", "INSERT INTO search_token VALUES (1, '\\x00', gen_random_uuid(), 1)",
     audit_fault::tokens_changed, 0, ""},
    {"part_of_nothing", "INSERT INTO part VALUES (gen_random_uuid(), 1, 'answers', '\\x00')",
     audit_fault::submission_unaudited, 0, ""},
    {"submission_of_nothing",
     "INSERT INTO submission VALUES (gen_random_uuid(), 'XXXXXXXXXX', now())",
     audit_fault::submission_unaudited, 0, ""},
};

class audit_log_edit : public testing::TestWithParam<planted_edit> {};

TEST_P(audit_log_edit, is_found_and_named) {
  auto const home = copy_of_clinic();
  home->sql(GetParam().sql);
  auto const report = verify(*home);
  ASSERT_FALSE(report.findings.empty());
  auto const& found = report.findings.front();
  EXPECT_EQ(to_string(found.fault), to_string(GetParam().fault));
  EXPECT_EQ(found.number, GetParam().number);
  if (std::string_view(GetParam().name) != "heads_swapped") {
    EXPECT_EQ(found.chain, GetParam().chain);
  }
}

INSTANTIATE_TEST_SUITE_P(cases, audit_log_edit, testing::ValuesIn(planted_edits),
                         [](auto const& shown) { return shown.param.name; });

/// Reads the first chain, lets `edit` change it, and writes every link and the head anew with
/// `key`.
void rewrite_chain(database const& home, certs::bytes const& key,
                   void (*edit)(std::vector<audit_event>&)) {
  pool desk(tests::desk_settings(home));
  auto events = events_of_actor(desk, "desk-1", {}, tests::sample_now + std::chrono::days(1), 99);
  std::erase_if(events, [](auto const& event) { return event.chain != "test/portal"; });
  std::ranges::sort(events, {}, &audit_event::number);
  edit(events);
  auto const hex = [](certs::hash256 const& hash) {
    std::string text = "'\\x";
    for (auto const byte : hash) {
      text += "0123456789abcdef"[byte >> 4];
      text += "0123456789abcdef"[byte & 15];
    }
    return text + "'";
  };
  chain_position at;
  at.link = certs::hash256{};
  auto const before =
      home.value("SELECT encode(link, 'hex') FROM audit_event WHERE chain = 1 AND number = 3");
  for (std::size_t i = 0; i < 32; ++i) {
    at.link[i] = static_cast<std::uint8_t>(std::stoi(before.substr(2 * i, 2), nullptr, 16));
  }
  std::optional<certs::hash256> const none;
  for (auto const& event : events) {
    at.link = event_link(key, at.link,
                         {.chain = event.chain,
                          .number = event.number,
                          .at = event.at,
                          .entry = event.entry,
                          .record = none});
    at.number = event.number;
    at.at = event.at;
    home.sql("UPDATE audit_event SET action = '" + event.entry.action +
             "', at = timestamptz 'epoch' + " +
             std::to_string(event.at.time_since_epoch().count()) +
             " * interval '1 microsecond', link = " + hex(at.link) +
             " WHERE chain = 1 AND number = " + std::to_string(event.number));
  }
  home.sql("UPDATE audit_head SET link = " + hex(at.link) +
           ", seal = " + hex(head_seal(key, "test/portal", at)) + " WHERE chain = 1");
}

TEST(audit_log, a_chain_hashed_anew_without_the_key_is_found_at_its_first_entry) {
  auto const home = copy_of_clinic();
  rewrite_chain(*home, certs::bytes(32, 1),
                [](std::vector<audit_event>& events) { events[1].entry.action = "x"; });
  auto const report = verify(*home);
  ASSERT_EQ(report.findings.size(), 1U);
  EXPECT_EQ(report.findings[0].number, 4);
}

TEST(audit_log, a_clock_that_went_back_is_found_even_where_every_link_is_right) {
  auto const home = copy_of_clinic();
  rewrite_chain(*home, sample_audit_key(),
                [](std::vector<audit_event>& events) { events[2].at -= std::chrono::hours(1); });
  auto const report = verify(*home);
  ASSERT_EQ(report.findings.size(), 1U);
  EXPECT_EQ(report.findings[0].fault, audit_fault::clock_back);
  EXPECT_EQ(report.findings[0].number, 6);
}

TEST(audit_log, a_clock_set_back_does_not_run_a_chain_back) {
  database const home;
  sample_maker make;
  auto now = tests::sample_now;
  certs::world const world{.now = [&] { return now; }, .random = sample_world().random};
  batch_writer writer(tests::writer_settings(home), world);
  writer.append(make.entry());
  now -= std::chrono::hours(2);
  writer.append(make.entry());
  EXPECT_TRUE(verify(home).findings.empty());
}

TEST(audit_log, events_of_a_subject_are_its_storing_its_openings_and_the_lists_that_showed_it) {
  auto const home = copy_of_clinic();
  pool desk(tests::desk_settings(*home));
  auto const id = certs::parse_uuid(
      home->value("SELECT submission_id FROM submission_version WHERE chain = 1 AND number = 1"));
  auto const events = events_of_subject(desk, *id, 100);
  ASSERT_EQ(events.size(), 7U);
  EXPECT_EQ(events.back().entry.action, "submission-received");
  EXPECT_EQ(events_of_subject(desk, *id, 2).size(), 2U);
}

TEST(audit_log, a_file_is_known_by_the_hash_of_its_bytes) {
  auto const home = copy_of_clinic();
  pool desk(tests::desk_settings(*home));
  auto const all =
      events_of_actor(desk, "desk-1", {}, tests::sample_now + std::chrono::days(1), 100);
  auto const made =
      std::ranges::find_if(all, [](auto const& e) { return e.entry.content.has_value(); });
  ASSERT_NE(made, all.end());
  auto hash = *made->entry.content;
  auto const known = events_of_content(desk, hash, 100);
  ASSERT_EQ(known.size(), 5U);
  EXPECT_EQ(known.front().entry.action, "signed-in");
  EXPECT_EQ(known.back().entry.action, "signed-out");
  EXPECT_EQ(events_of_content(desk, hash, 2).size(), 2U);
  hash[0] ^= 1;
  EXPECT_TRUE(events_of_content(desk, hash, 100).empty());
}

}  // namespace
}  // namespace intake::db

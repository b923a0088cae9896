// What each role may do, tried with raw SQL.
#include "tests/support/postgres.hpp"

#include <map>
#include <sstream>

#include <gtest/gtest.h>

namespace intake::db {
namespace {

using tests::database;

// Role, table, verbs; "(columns)" where only some columns are meant. Written by hand: what is not
// here must not be there. Besides, intake_backup reads every table, and every role reads
// schema_migration.
constexpr char const* granted = R"(
intake_portal    submission          SELECT INSERT
intake_portal    submission_version  SELECT INSERT
intake_portal    part                INSERT
intake_portal    wrapped_key         INSERT
intake_portal    search_token        INSERT
intake_portal    outbox              INSERT
intake_portal    audit_event         SELECT(columns) INSERT
intake_portal    audit_head          SELECT INSERT UPDATE(columns)
intake_portal    client              SELECT
intake_portal    client_certificate  SELECT
intake_portal    draft               SELECT INSERT UPDATE(columns) DELETE
intake_portal    appointment_match   INSERT
intake_portal    invitation          SELECT UPDATE(columns)
intake_portal    draft_attachment    SELECT INSERT DELETE
intake_desk      submission          SELECT
intake_desk      submission_version  SELECT
intake_desk      part                SELECT
intake_desk      wrapped_key         SELECT
intake_desk      search_token        SELECT
intake_desk      outbox              SELECT INSERT UPDATE(columns) DELETE
intake_desk      handed_over         SELECT INSERT
intake_desk      audit_event         SELECT
intake_desk      audit_head          SELECT
intake_desk      account             SELECT INSERT UPDATE(columns)
intake_desk      session             SELECT INSERT UPDATE(columns) DELETE
intake_desk      client              SELECT INSERT UPDATE(columns)
intake_desk      client_certificate  SELECT INSERT UPDATE(columns)
intake_desk      account_totp        SELECT INSERT UPDATE DELETE
intake_desk      recovery_code       SELECT INSERT UPDATE(columns) DELETE
intake_desk      passkey             SELECT INSERT UPDATE(columns) DELETE
intake_desk      broken_glass        SELECT INSERT UPDATE(columns)
intake_desk      account_set_up      SELECT INSERT UPDATE(columns) DELETE
intake_desk      rule_set            SELECT INSERT
intake_desk      rule_set_file       SELECT INSERT
intake_desk      rule_set_approval   SELECT INSERT
intake_desk      rule_set_activation SELECT INSERT
intake_desk      backup_check        SELECT INSERT
intake_desk      appointment         SELECT INSERT UPDATE(columns)
intake_desk      appointment_event   SELECT INSERT
intake_desk      appointment_match   SELECT INSERT
intake_desk      alert_acknowledgement SELECT INSERT
intake_desk      appointment_decision SELECT INSERT
intake_desk      invitation          SELECT INSERT UPDATE(columns)
intake_desk      draft               SELECT(columns) UPDATE(columns)
intake_desk      work_item           SELECT INSERT UPDATE(columns)
intake_desk      work_event          SELECT INSERT
intake_desk      work_mark           SELECT INSERT UPDATE(columns)
intake_desk      record_act          SELECT INSERT
intake_billing   record_act          SELECT(columns)
intake_desk      delivery            SELECT INSERT UPDATE(columns)
intake_rekey     delivery            SELECT(columns) UPDATE(columns)
intake_rekey     record_act          SELECT(columns) UPDATE(columns)
intake_retention record_act          SELECT(columns) DELETE
intake_desk      settlement          SELECT INSERT
intake_desk      settlement_scan     SELECT INSERT
intake_rekey     settlement          SELECT(columns) UPDATE(columns)
intake_rekey     settlement_scan     SELECT(columns) UPDATE(columns)
intake_retention settlement          SELECT(columns) DELETE
intake_retention settlement_scan     SELECT(columns) DELETE
intake_billing   submission          SELECT
intake_billing   submission_version  SELECT
intake_billing   part                SELECT
intake_billing   wrapped_key         SELECT
intake_billing   outbox              SELECT UPDATE(columns) DELETE
intake_billing   rule_set            SELECT
intake_billing   rule_set_file       SELECT
intake_billing   rule_set_approval   SELECT
intake_billing   rule_set_activation SELECT
intake_desk      legal_hold          SELECT INSERT UPDATE(columns)
intake_desk      purge               SELECT INSERT
intake_desk      purge_record        SELECT INSERT
intake_desk      purge_approval      SELECT INSERT
intake_desk      purge_destroyed     SELECT
intake_retention purge_destroyed     SELECT INSERT
intake_retention appointment         SELECT(columns) DELETE
intake_retention appointment_event   SELECT(columns) DELETE
intake_retention appointment_match   SELECT(columns) DELETE
intake_retention appointment_decision SELECT(columns) DELETE
intake_retention invitation          SELECT(columns) DELETE
intake_retention delivery            SELECT(columns) DELETE
intake_retention legal_hold          SELECT
intake_retention purge               SELECT UPDATE(columns)
intake_retention purge_record        SELECT
intake_retention purge_approval      SELECT
intake_desk      key_reader          SELECT INSERT UPDATE(columns)
intake_desk      kek_wraps           SELECT INSERT UPDATE(columns)
intake_desk      clinic_setting      SELECT INSERT
intake_rekey     wrapped_key         SELECT UPDATE(columns)
intake_rekey     draft               SELECT(columns) UPDATE(columns)
intake_rekey     draft_attachment    SELECT(columns) UPDATE(columns)
intake_rekey     kek_emptied         SELECT INSERT UPDATE(columns)
intake_rekey     kek_wraps           SELECT INSERT UPDATE(columns)
intake_rekey     account_totp        SELECT(columns) UPDATE(columns)
intake_rekey     appointment         SELECT(columns) UPDATE(columns)
intake_rekey     invitation          SELECT(columns) UPDATE(columns)
intake_rekey     appointment_decision SELECT(columns) UPDATE(columns)
intake_desk      eligibility_check   SELECT INSERT
intake_desk      eligibility_key     SELECT INSERT
intake_desk      eligibility_part    SELECT INSERT
intake_billing   eligibility_check   SELECT INSERT
intake_billing   eligibility_key     SELECT INSERT
intake_billing   eligibility_part    SELECT INSERT
intake_desk      eligibility_round   SELECT INSERT UPDATE(columns)
intake_billing   eligibility_round   SELECT INSERT UPDATE(columns)
intake_desk      eligibility_batch   SELECT INSERT UPDATE(columns)
intake_desk      eligibility_inquiry SELECT INSERT
intake_desk      eligibility_file    SELECT INSERT
intake_desk      eligibility_unmatched SELECT INSERT
intake_desk      eligibility_acknowledgement SELECT INSERT
intake_billing   eligibility_batch   SELECT INSERT UPDATE(columns)
intake_billing   eligibility_inquiry SELECT INSERT
intake_billing   eligibility_file    SELECT INSERT
intake_billing   eligibility_unmatched SELECT INSERT
intake_billing   eligibility_acknowledgement SELECT INSERT
intake_rekey     eligibility_batch   SELECT(columns) UPDATE(columns)
intake_rekey     eligibility_file    SELECT(columns) UPDATE(columns)
intake_retention eligibility_batch   SELECT DELETE
intake_retention eligibility_inquiry SELECT(columns)
intake_desk      eligibility_request SELECT INSERT UPDATE(columns)
intake_billing   eligibility_request SELECT INSERT UPDATE(columns)
intake_desk      enrolment_task      SELECT INSERT UPDATE(columns)
intake_billing   enrolment_task      SELECT INSERT UPDATE(columns)
intake_billing   appointment         SELECT
intake_billing   appointment_match   SELECT
intake_retention eligibility_file    SELECT DELETE
intake_rekey     eligibility_key     SELECT(columns) UPDATE(columns)
intake_retention eligibility_key     SELECT DELETE
intake_retention submission          SELECT
intake_retention submission_version  SELECT
intake_retention wrapped_key         SELECT DELETE
intake_retention search_token        SELECT DELETE
intake_retention draft               SELECT(columns) DELETE
)";

constexpr char const* roles[] = {"intake_portal", "intake_desk",      "intake_billing",
                                 "intake_rekey",  "intake_retention", "intake_backup"};
constexpr char const* verbs[] = {"SELECT", "INSERT", "UPDATE", "DELETE"};

using right_map = std::map<std::string, std::string>;  // "role table verb" → "", "columns" or "all"

right_map expected_rights(std::vector<std::string> const& tables) {
  right_map rights;
  std::istringstream lines(granted);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string role, table, verb;
    words >> role >> table;
    while (words >> verb) {
      bool const some = verb.ends_with("(columns)");
      rights[role + " " + table + " " + verb.substr(0, verb.find('('))] = some ? "columns" : "all";
    }
  }
  for (auto const& table : tables) {
    rights["intake_backup " + table + " SELECT"] = "all";
    if (table != "schema_migration") continue;
    for (auto const* role : roles) rights[std::string(role) + " " + table + " SELECT"] = "all";
  }
  return rights;
}

std::vector<std::string> tables_of(database const& home) {
  std::vector<std::string> names;
  for (auto const& row :
       home.sql("SELECT tablename FROM pg_tables WHERE schemaname = 'intake' ORDER BY 1")) {
    names.push_back(row[0]);
  }
  return names;
}

// Tries a verb on every column by itself, with statements that touch no row: "all", "columns" or
// "".
constexpr char const* tried = R"(
CREATE FUNCTION public.tried(wanted text, t text, verb text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  statements text[];
  one text;
  good integer := 0;
  refused integer := 0;
BEGIN
  SELECT array_agg(format(CASE verb WHEN 'SELECT' THEN 'SELECT %2$I FROM intake.%1$I LIMIT 0'
           WHEN 'INSERT' THEN 'INSERT INTO intake.%1$I (%2$I) OVERRIDING SYSTEM VALUE SELECT NULL WHERE false'
           WHEN 'UPDATE' THEN 'UPDATE intake.%1$I SET %2$I = DEFAULT WHERE false'
           ELSE 'DELETE FROM intake.%1$I WHERE false' END, t, attname))
    INTO statements FROM pg_attribute WHERE attrelid = format('intake.%I', t)::regclass AND attnum > 0 AND NOT attisdropped;
  EXECUTE format('SET LOCAL ROLE %I', wanted);
  FOREACH one IN ARRAY statements LOOP
    BEGIN
      EXECUTE one;
      good := good + 1;
    EXCEPTION WHEN insufficient_privilege THEN
      refused := refused + 1;
    END;
  END LOOP;
  RESET ROLE;
  RETURN CASE WHEN refused = 0 THEN 'all' WHEN good = 0 THEN '' ELSE 'columns' END;
END $$)";

TEST(rights, of_every_role_on_every_table_are_those_written_down) {
  database const home;
  home.sql(tried);
  auto const tables = tables_of(home);
  auto expected = expected_rights(tables);
  for (auto const* role : roles) {
    for (auto const& table : tables) {
      for (auto const* verb : verbs) {
        auto const key = std::string(role) + " " + table + " " + verb;
        EXPECT_EQ(home.value(std::string("SELECT public.tried('") + role + "', '" + table + "', '" +
                             verb + "')"),
                  expected[key])
            << key;
        expected.erase(key);
      }
      EXPECT_EQ(home.refusal(role, "TRUNCATE " + table), "42501") << role << " " << table;
    }
  }
  EXPECT_TRUE(expected.empty()) << expected.begin()->first << " is not a role or table";
}

struct tried_statement {
  char const* name;
  char const* sql;
};

constexpr tried_statement append_only[] = {
    {"update_submission", "UPDATE submission SET receipt = 'XXXXXXXXXX'"},
    {"delete_submission", "DELETE FROM submission"},
    {"truncate_submission", "TRUNCATE submission"},
    {"update_version", "UPDATE submission_version SET received = now()"},
    {"delete_version", "DELETE FROM submission_version"},
    {"update_part", "UPDATE part SET sealed = '\\x00'"},
    {"delete_part", "DELETE FROM part"},
    {"truncate_part", "TRUNCATE part"},
    {"update_event", "UPDATE audit_event SET action = 'x'"},
    {"delete_event", "DELETE FROM audit_event"},
    {"truncate_event", "TRUNCATE audit_event"},
    {"delete_head", "DELETE FROM audit_head"},
    {"update_rule_set", "UPDATE rule_set SET imported = now()"},
    {"delete_rule_set", "DELETE FROM rule_set"},
    {"update_rule_set_file", "UPDATE rule_set_file SET content = ''"},
    {"delete_rule_set_file", "DELETE FROM rule_set_file"},
    {"update_approval", "UPDATE rule_set_approval SET approved = now()"},
    {"delete_approval", "DELETE FROM rule_set_approval"},
    {"update_activation", "UPDATE rule_set_activation SET active_from = now()"},
    {"delete_activation", "DELETE FROM rule_set_activation"},
    {"truncate_activation", "TRUNCATE rule_set_activation"},
    {"update_backup_check", "UPDATE backup_check SET outcome = 'good'"},
    {"delete_backup_check", "DELETE FROM backup_check"},
    {"update_appointment_event", "UPDATE appointment_event SET state = 'arrived'"},
    {"update_match", "UPDATE appointment_match SET act = 'part'"},
    {"delete_acknowledgement", "DELETE FROM alert_acknowledgement"},
    {"update_decision", "UPDATE appointment_decision SET changed = false"},
    {"change_whose_appointment", "UPDATE appointment SET source = NULL"},
    {"update_clinic_setting", "UPDATE clinic_setting SET value = NULL"},
    {"delete_clinic_setting", "DELETE FROM clinic_setting"},
    {"disable_trigger",
     "ALTER TABLE rule_set_activation DISABLE TRIGGER rule_set_activation_checked"},
    {"drop_table", "DROP TABLE part"},
    {"drop_check", "ALTER TABLE audit_event DROP CONSTRAINT audit_event_who_check"},
    {"add_table", "CREATE TABLE intake.mine (id integer)"},
    {"replace_function",
     "CREATE OR REPLACE FUNCTION intake.has_synchronous_standby() RETURNS boolean LANGUAGE sql AS "
     "'SELECT true'"},
    {"become_owner", "SET ROLE intake_owner"},
    {"become_migrate", "SET ROLE intake_migrate"},
    {"add_role", "CREATE ROLE mine"},
    {"change_head_key", "UPDATE audit_head SET name = 'x'"},
    {"demote_demo", "UPDATE account SET demo = false"},
};

class rights_append_only : public testing::TestWithParam<tried_statement> {};

TEST_P(rights_append_only, is_refused_to_every_run_time_role) {
  static database const home;
  for (auto const* role : roles) {
    EXPECT_EQ(home.refusal(role, GetParam().sql), "42501") << role;
  }
}

INSTANTIATE_TEST_SUITE_P(cases, rights_append_only, testing::ValuesIn(append_only),
                         [](auto const& shown) { return shown.param.name; });

// Visits end with their patient's record, under the two approvals that the record's end has.
TEST(rights, nobody_destroys_a_visit_alone) {
  database const home;
  home.sql(
      "INSERT INTO appointment (id, location, starts_at, revision, kek_id, wrapped, content) "
      "VALUES "
      "('0198c5d0-0000-7000-8000-000000000001', 'main', now() - interval '9 years', 1, 'k', "
      "decode(repeat('00', 16), 'hex'), ''); "
      "INSERT INTO appointment_event SELECT id, 1, 'arrived', 'set', now(), id FROM appointment; "
      "INSERT INTO appointment_match (appointment_id, submission_id, act, how, at) SELECT id, id, "
      "'match', 'staff', now() FROM appointment; "
      "INSERT INTO invitation (id, purpose, selector, verifier_hash, appointment_id, kek_id, "
      "wrapped, "
      "content, created, expires) SELECT id, 'packet', decode(repeat('00', 16), 'hex'), "
      "decode(repeat('00', 32), 'hex'), id, 'k', wrapped, '', now(), now() FROM appointment");
  for (auto const* table :
       {"appointment_event", "appointment_match", "invitation", "appointment"}) {
    auto const destroy = std::string("DELETE FROM ") + table;
    EXPECT_EQ(home.refusal("intake_retention", destroy), "23514") << table;
    for (auto const* role : {"intake_portal", "intake_desk", "intake_billing", "intake_rekey"}) {
      EXPECT_EQ(home.refusal(role, destroy), "42501") << role << " " << table;
    }
  }
}

TEST(rights, functions_of_the_owner_keep_their_search_path_and_their_callers) {
  database const home;
  EXPECT_EQ(
      home.value("SELECT count(*) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace "
                 "WHERE n.nspname = 'intake' AND p.prosecdef AND (p.proconfig IS NULL OR NOT "
                 "'search_path=intake, pg_temp' = ANY (p.proconfig))"),
      "0");
  auto const call = "SELECT confirm_submission(gen_random_uuid(), 1, '\\x00')";
  EXPECT_EQ(home.refusal("intake_portal", call), "");
  for (auto const* role : {"intake_desk", "intake_billing", "intake_rekey", "intake_retention"}) {
    EXPECT_EQ(home.refusal(role, call), "42501") << role;
  }
}

TEST(rights, the_portal_sees_no_staff) {
  database const home;
  EXPECT_EQ(home.refusal("intake_portal", "SELECT * FROM account"), "42501");
  EXPECT_EQ(home.refusal("intake_portal", "SELECT * FROM session"), "42501");
  EXPECT_EQ(home.refusal("intake_portal", "SELECT * FROM part"), "42501");
  EXPECT_EQ(home.refusal("intake_portal", "SELECT * FROM wrapped_key"), "42501");
  EXPECT_EQ(home.refusal("intake_portal", "SELECT action FROM audit_event"), "42501");
}

// What a patient typed and has not sent is not staff's to read.
TEST(rights, the_desk_sees_how_far_a_draft_is_and_nothing_in_it) {
  database const home;
  EXPECT_EQ(home.refusal("intake_desk", "SELECT forms_done, help_asked FROM draft"), "");
  EXPECT_EQ(home.refusal("intake_desk", "SELECT content FROM draft"), "42501");
  EXPECT_EQ(home.refusal("intake_desk", "SELECT code_hash FROM draft"), "42501");
}

}  // namespace
}  // namespace intake::db

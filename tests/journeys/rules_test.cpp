// Insurance rules from the manager's folder to the decision, and back: commands, database, watch.
#include "certs/envelope.hpp"
#include "certs/random.hpp"
#include "db/rule_sets.hpp"
#include "forms/insurance/decision_json.hpp"
#include "service/commands/rule_commands.hpp"
#include "service/metrics.hpp"
#include "service/record.hpp"
#include "service/rule_store.hpp"
#include "service/rule_watch.hpp"
#include "tests/journeys/clinic.hpp"

#include <array>
#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <unistd.h>

namespace intake::tests {
namespace {

using db::account_role;
using service::exit_code;
using testing::HasSubstr;
using testing::Not;

namespace commands = service::commands;

std::string contents(std::FILE* file) {
  std::string text;
  std::rewind(file);
  std::array<char, 4096> part{};
  while (auto const n = std::fread(part.data(), 1, part.size(), file)) text.append(part.data(), n);
  std::fclose(file);
  return text;
}

struct ran {
  exit_code code = exit_code::good;
  /// What was printed, then the sentence of a failure.
  std::string text;
};

class rules_life : public testing::Test {
 protected:
  rules_life() : folder_(std::filesystem::temp_directory_path() / "intake-rules-XXXXXX") {
    if (::mkdtemp(folder_.data()) == nullptr) throw std::runtime_error("no temporary folder");
    settings_ = c_.settings();
  }
  ~rules_life() override { std::filesystem::remove_all(folder_); }

  template <class Command, class... Options>
  ran run(Command command, Options const&... options) {
    auto* const out = std::tmpfile();
    auto* const err = std::tmpfile();
    commands::surroundings const around{
        .world = c_.app().world, .out = out, .err = err, .assets = {}};
    ran result;
    std::string failure;
    try {
      result.code = command(around, settings_, options...);
    } catch (service::command_failed const& failed) {
      result.code = failed.code();
      failure = failed.what();
    }
    result.text = contents(out) + failure;
    std::fclose(err);
    return result;
  }

  /// The example with one text replaced in accept.csv; the folder's name.
  std::string edited(std::string const& name, std::string const& from, std::string const& to) {
    auto const path = folder_ + "/" + name;
    std::filesystem::copy(c_.settings().rules_folder, path);
    auto text = read_text_file(path + "/accept.csv");
    auto const at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    if (!from.empty()) text.replace(at, from.size(), to);
    std::ofstream(path + "/accept.csv", std::ios::binary) << text;
    return path;
  }
  /// Another sentence for people with Original Medicare, nothing else.
  std::string other_sentence(std::string const& name = "other") {
    return edited(name, "Original Medicare has no network", "Medicare has none");
  }
  static std::string name_of(std::string const& folder) {
    return service::load_rules(folder)->hash;
  }

  std::string imported(std::string const& folder) {
    EXPECT_EQ(run(commands::rules_import, commands::rules_import_options{folder}).code,
              exit_code::good);
    return name_of(folder);
  }
  ran approve(std::string const& hash, std::string const& account,
              std::string_view password = clinic::password) {
    auto const file = folder_ + "/password";
    std::ofstream(file) << password << "\n";
    return run(commands::rules_approve, commands::rules_approve_options{hash, account, file});
  }
  ran activate(std::string const& hash, std::string const& from = {}) {
    return run(commands::rules_activate, commands::rules_activate_options{hash, from});
  }
  std::string in_force(std::string const& folder) {
    auto const text = imported(folder);
    EXPECT_EQ(approve(text, "boss").code, exit_code::good);
    EXPECT_EQ(activate(text).code, exit_code::good);
    return text;
  }
  service::rule_watch watch() {
    return {{c_.app().desk, c_.app().clock, c_.app().world, c_.app().log},
            c_.settings().rules_folder};
  }
  void submit() {
    auto packet = sample_packet();
    packet.replace(packet.find("urn:uuid:") + 9, 36,
                   certs::to_string(certs::new_uuid_v7(c_.app().world)));
    ASSERT_EQ(c_.post_fhir(packet).status, 201);
  }
  std::string audited(std::string const& action, std::string const& outcome = "done") {
    return c_.rows().value("SELECT count(*) FROM audit_event WHERE action = '" + action +
                           "' AND outcome = '" + outcome + "'");
  }

  clinic c_;
  std::string folder_;
  service::config settings_;
};

TEST_F(rules_life, from_draft_to_decision_and_back_in_one_act) {
  c_.add_account("boss", account_role::manager);
  auto rules = watch();
  auto const first = name_of(c_.settings().rules_folder);
  EXPECT_EQ(rules.rules().current()->hash, first);
  submit();
  auto const folder = other_sentence();
  auto const draft = run(commands::rules_import, commands::rules_import_options{folder});
  auto const second = name_of(folder);
  EXPECT_THAT(draft.text, HasSubstr("Imported as a draft: " + second));
  EXPECT_THAT(run(commands::rules_import, commands::rules_import_options{folder}).text,
              HasSubstr("in the database already"));
  EXPECT_EQ(activate(second).code, exit_code::input_bad);
  EXPECT_THAT(activate(second).text, HasSubstr("approvals are missing"));
  EXPECT_EQ(approve(second.substr(0, 8), "boss").code, exit_code::good);
  auto const active = activate(second);
  EXPECT_EQ(active.code, exit_code::good) << active.text;
  EXPECT_THAT(active.text, HasSubstr("1 of 1 decisions would change, 1 of them for visits still"));
  EXPECT_THAT(active.text, HasSubstr("say: Medicare has none"));
  EXPECT_THAT(active.text, Not(HasSubstr("Nora")));
  rules.look();
  EXPECT_EQ(rules.rules().current()->hash, second);
  EXPECT_THAT(run(commands::rules_list, commands::rules_list_options{}).text,
              HasSubstr(second + "  in force"));
  // The folder's set never was activated, so there is nothing to return to.
  EXPECT_EQ(run(commands::rules_return).code, exit_code::input_bad);
  EXPECT_EQ(approve(first, "boss").code, exit_code::good);
  EXPECT_EQ(activate(first).code, exit_code::good);
  rules.look();
  EXPECT_EQ(rules.rules().current()->hash, first);
  auto const returned = run(commands::rules_return);
  EXPECT_EQ(returned.code, exit_code::good) << returned.text;
  EXPECT_THAT(returned.text, HasSubstr(second + " decides again"));
  rules.look();
  EXPECT_EQ(rules.rules().current()->hash, second);
  EXPECT_EQ(audited("rules-imported"), "1");
  EXPECT_EQ(audited("rules-activated"), "2");
  EXPECT_EQ(audited("rules-returned"), "1");
}

TEST_F(rules_life, a_set_that_begins_later_asks_nobody_to_be_called_about_an_earlier_visit) {
  c_.add_account("boss", account_role::manager);
  submit();
  auto const hash = imported(other_sentence());
  ASSERT_EQ(approve(hash, "boss").code, exit_code::good);
  auto const active = activate(hash, "2099-01-01");
  EXPECT_EQ(active.code, exit_code::good) << active.text;
  EXPECT_THAT(active.text, HasSubstr("0 of them for visits still to come"));
  EXPECT_THAT(active.text, Not(HasSubstr("say: ")));
}

TEST_F(rules_life, two_people_approve_where_the_setting_asks_for_two) {
  settings_.rules_approvers = 2;
  c_.add_account("boss", account_role::manager);
  c_.add_account("bills", account_role::billing);
  c_.add_account("front", account_role::front_desk);
  auto const hash = imported(other_sentence());
  EXPECT_THAT(approve(hash, "boss", "not the password").text, HasSubstr("not right"));
  EXPECT_THAT(approve(hash, "nobody").text, HasSubstr("not right"));
  EXPECT_THAT(approve(hash, "front").text, HasSubstr("not by front-desk"));
  EXPECT_EQ(audited("rules-approved", "refused"), "3");
  EXPECT_THAT(approve(hash, "boss").text, HasSubstr("1 of 2 approvals"));
  EXPECT_THAT(approve(hash, "boss").text, HasSubstr("has approved"));
  EXPECT_EQ(activate(hash).code, exit_code::input_bad);
  EXPECT_THAT(approve(hash, "bills").text, HasSubstr("rules activate"));
  EXPECT_EQ(activate(hash).code, exit_code::good);
  EXPECT_EQ(audited("rules-approved"), "2");
}

TEST_F(rules_life, a_set_begins_on_its_day_at_the_clinic) {
  c_.add_account("boss", account_role::manager);
  // 2026-11-24 04:30 UTC is the evening of the 23rd in Florida.
  c_.now = certs::utc_time{std::chrono::sys_days{std::chrono::year{2026} / 11 / 24} +
                           std::chrono::minutes{4 * 60 + 30}};
  auto rules = watch();
  auto const first = rules.rules().current()->hash;
  auto const second = imported(other_sentence());
  ASSERT_EQ(approve(second, "boss").code, exit_code::good);
  EXPECT_EQ(activate(second, "2026-11-22").code, exit_code::usage);
  EXPECT_EQ(activate(second, "tomorrow").code, exit_code::usage);
  ASSERT_EQ(activate(second, "2026-11-24").code, exit_code::good);
  rules.look();
  EXPECT_EQ(rules.rules().current()->hash, first);
  c_.now += std::chrono::minutes{29};
  rules.look();
  EXPECT_EQ(rules.rules().current()->hash, first);
  c_.now += std::chrono::minutes{1};
  rules.look();
  EXPECT_EQ(rules.rules().current()->hash, second);
}

TEST_F(rules_life, a_bad_set_leaves_the_old_one_in_force) {
  c_.add_account("boss", account_role::manager);
  auto const good = in_force(other_sentence());
  auto const log_file = std::tmpfile();
  service::event_log const log(::fileno(log_file), [this] { return c_.now; });
  service::rule_watch rules({c_.app().desk, c_.app().clock, c_.app().world, log},
                            c_.settings().rules_folder);
  ASSERT_EQ(rules.rules().current()->hash, good);
  auto const bad = in_force(edited("bad", "We take this plan.", "We take this very plan."));
  // What nobody but the database's owner could do.
  c_.rows().sql(
      "UPDATE rule_set_file SET content = content || '\\x0a' || "
      "'X1,1,,,any' WHERE name = 'accept.csv' AND hash = '\\x" +
      bad + "'");
  rules.look();
  rules.look();
  EXPECT_EQ(rules.rules().current()->hash, good);
  EXPECT_EQ(rules.rules().refused(), bad);
  EXPECT_THAT(service::write_metrics({}, {}, log, rules.rules(), {}),
              HasSubstr("intake_rules_refused 1"));
  // A program that starts now takes the last one that can be read.
  EXPECT_EQ(watch().rules().current()->hash, good);
  // One act back to what goes on deciding anyway ends the alarm.
  ASSERT_EQ(run(commands::rules_return).code, exit_code::good);
  rules.look();
  EXPECT_EQ(rules.rules().current()->hash, good);
  EXPECT_EQ(rules.rules().refused(), "");
  auto const lines = contents(log_file);
  EXPECT_THAT(lines, HasSubstr(R"("level":"error","event":"rules-refused")"));
  EXPECT_THAT(lines, HasSubstr(good));
  EXPECT_EQ(lines.find("rules-refused"), lines.rfind("rules-refused"));
}

TEST_F(rules_life, staff_are_told_of_a_set_that_cannot_decide) {
  c_.sign_in("boss", db::account_role::manager);
  EXPECT_THAT(body_of(c_.get("/desk/rules")), testing::Not(HasSubstr("can't be read")));
  c_.rules().refuse("0123456789abcdef");
  EXPECT_THAT(body_of(c_.get("/desk/rules")),
              HasSubstr("The set 0123456789ab should decide and can't be read"));
}

TEST_F(rules_life, tables_with_errors_are_not_imported) {
  auto const folder = edited("bad", "We take this plan.", "Please do not come.");
  auto const result = run(commands::rules_import, commands::rules_import_options{folder});
  EXPECT_EQ(result.code, exit_code::input_bad);
  EXPECT_THAT(result.text, HasSubstr("[sends-away]"));
  EXPECT_EQ(c_.rows().value("SELECT count(*) FROM rule_set"), "0");
  EXPECT_EQ(run(commands::rules_import, commands::rules_import_options{"/nowhere"}).code,
            exit_code::usage);
}

TEST_F(rules_life, production_activates_no_example) {
  c_.add_account("boss", account_role::manager);
  auto const hash = imported(other_sentence());
  ASSERT_EQ(approve(hash, "boss").code, exit_code::good);
  settings_.mode = "production";
  EXPECT_THAT(activate(hash).text, HasSubstr("is an example"));
}

TEST_F(rules_life, a_name_that_is_no_sets_is_said_to_be_none) {
  auto const hash = imported(other_sentence());
  EXPECT_EQ(activate("deadbeef").code, exit_code::usage);
  EXPECT_EQ(activate(hash.substr(0, 4)).code, exit_code::usage);
}

TEST_F(rules_life, the_diff_of_stored_decisions_is_a_call_list) {
  auto rules = watch();
  submit();
  auto const diff = [&](service::commands::output_format format) {
    return run([](auto const& around, auto const& settings,
                  auto const& options) { return commands::rules_diff(around, &settings, options); },
               commands::rules_diff_options{rules.rules().current()->hash.substr(0, 12),
                                            folder_ + "/other", format});
  };
  other_sentence();
  auto const text = diff(commands::output_format::text);
  EXPECT_EQ(text.code, exit_code::good) << text.text;
  EXPECT_THAT(text.text, HasSubstr("1 of 1 stored decisions would change"));
  EXPECT_THAT(text.text, HasSubstr("still to come"));
  EXPECT_THAT(text.text, HasSubstr("accept.csv A200 changed"));
  EXPECT_THAT(diff(commands::output_format::json).text, HasSubstr(R"("to_come":true)"));
  EXPECT_EQ(audited("decisions-compared"), "2");
}

/// A submission as the program stores it, but with that decision.
void store_with_decision(clinic& c, std::string const& decision) {
  auto& app = c.app();
  auto const id = certs::new_uuid_v7(app.world);
  std::vector<std::string> const forms{"https://intake.example/fhir/Questionnaire/coverage|1"};
  auto const form = service::bound_form(forms);
  auto const answers = service::write_answers_part({}, decision);
  certs::plain_part const parts[] = {{{certs::part_kind::summary, 0}, certs::as_bytes("{}")},
                                     {{certs::part_kind::answers, 0}, certs::as_bytes(answers)}};
  auto version =
      certs::seal(app.world, app.keks,
                  {.table = service::part_table, .record = id, .version = 1, .form = form}, parts);
  db::new_submission row;
  row.id = id;
  row.receipt = "7KD2M9QX3C";
  row.forms = forms;
  row.received = c.now;
  row.key = std::move(version.key);
  row.parts = {{std::string(db::summary_part), std::move(version.parts[0].content.value)},
               {"answers", std::move(version.parts[1].content.value)}};
  row.audit.action = "submission-received";
  ASSERT_TRUE(std::holds_alternative<db::stored>(app.writer.submit(std::move(row))));
}

TEST_F(rules_life, replay_proves_every_stored_decision) {
  submit();
  auto const replay = [&] { return run(commands::rules_replay, commands::rules_replay_options{}); };
  // Decided before any watch kept the folder's set: nobody can prove it.
  EXPECT_EQ(replay().code, exit_code::input_bad);
  EXPECT_THAT(replay().text, HasSubstr("is not in the database"));
  auto rules = watch();
  submit();
  auto const good = replay();
  EXPECT_EQ(good.code, exit_code::good) << good.text;
  EXPECT_THAT(good.text, HasSubstr("2 decisions of 2 submissions were made again: all"));
  // Another set in force changes nothing: each decision is asked of the set it names.
  c_.add_account("boss", account_role::manager);
  in_force(other_sentence());
  EXPECT_EQ(replay().code, exit_code::good);
  EXPECT_EQ(audited("decisions-replayed"), "4");
  EXPECT_EQ(c_.rows().value("SELECT max(cardinality(shown)) FROM audit_event WHERE action = "
                            "'decisions-replayed'"),
            "2");
}

TEST_F(rules_life, replay_names_what_does_not_come_out_the_same) {
  auto rules = watch();
  auto const& set = *rules.rules().current();
  forms::insurance::coverage_facts coverage;
  coverage.payer = "medicare";
  forms::insurance::visit_facts visit;
  visit.date_of_service = std::chrono::sys_days{std::chrono::year{2026} / 11 / 23};
  auto decided = forms::insurance::decide_visit(set.set, {&coverage, 1}, visit);
  decided.coverages.front().rule = "A100";
  store_with_decision(c_, forms::insurance::to_json(decided, set.hash));
  auto const replay =
      run(commands::rules_replay, commands::rules_replay_options{commands::output_format::json});
  EXPECT_EQ(replay.code, exit_code::input_bad);
  EXPECT_THAT(replay.text, HasSubstr(R"("verdict":"bad")"));
  EXPECT_THAT(replay.text, HasSubstr(R"("difference":"coverages[0].rule")"));
}

}  // namespace
}  // namespace intake::tests

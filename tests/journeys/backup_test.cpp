// Backups and restores, from the command line on a real database.
#include "certs/kek_file.hpp"
#include "db/backup_checks.hpp"
#include "service/backup/manifest.hpp"
#include "service/backup/watch.hpp"
#include "service/production.hpp"
#include "tests/journeys/command_clinic.hpp"

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <unistd.h>

namespace intake::tests {
namespace {

namespace fs = std::filesystem;

std::string count_of(database const& rows) {
  return rows.value("SELECT count(*) FROM submission");
}

void copy_backup(std::string const& from, std::string const& to) {
  fs::copy(from, to, fs::copy_options::recursive);
}

void change_byte(std::string const& path, std::streamoff at) {
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  file.seekg(at);
  auto const old = file.get();
  file.seekp(at);
  file.put(static_cast<char>(old ^ 1));
}

TEST(Backup, ComesBackWhole) {
  command_clinic c;
  c.submit(3);
  c.home.add_account("maria", db::account_role::manager);
  auto const made = c.run({"backup", c.path("one"), "--verify"});
  ASSERT_EQ(made.code, 0) << made.said;
  EXPECT_TRUE(says(made, "3 submissions: 3 summaries and 3 sets of answers opened")) << made.said;

  database target;
  c.write_settings("new.toml", target);
  auto const sheet = c.run({"key", "escrow", "-o", c.path("sheet")});
  ASSERT_EQ(sheet.code, 0) << sheet.said;
  auto const back = c.run(
      {"restore", c.path("one"), "--key", c.path("sheet"), "--files", c.path("files")}, "new.toml");
  ASSERT_EQ(back.code, 0) << back.said;
  EXPECT_TRUE(says(back, "Everything is there and opens."));
  EXPECT_EQ(count_of(target), "3");
  EXPECT_EQ(target.value("SELECT name FROM account"), "maria");
  EXPECT_TRUE(fs::exists(c.path("files/intake.toml")));
  EXPECT_TRUE(fs::exists(c.path("files/forms/registration.json")));
  EXPECT_EQ(certs::as_text(certs::write_key_file(certs::read_key_file(c.path("new.toml.keys")))),
            certs::as_text(certs::write_key_file(certs::read_key_file(c.path("intake.keys")))));
  auto const trail = c.run({"audit", "verify"}, "new.toml");
  EXPECT_EQ(trail.code, 0) << trail.said;

  auto const again = c.run({"restore", c.path("one"), "--key", c.path("sheet")}, "new.toml");
  EXPECT_EQ(again.code, 4) << again.said;
  EXPECT_TRUE(says(again, "has rows already; nothing was written")) << again.said;
}

TEST(Backup, VerifyingReadsConfigurationFormsAndRulesToo) {
  command_clinic c;
  c.submit(1);
  ASSERT_EQ(c.run({"backup", c.path("one")}).code, 0);
  copy_backup(c.path("one"), c.path("two"));
  change_byte(c.path("one/files/intake.toml"), 120);
  fs::remove(c.path("two/files/forms/registration.json"));
  for (auto const* each : {"one", "two"}) {
    auto const verified = c.run({"backup", c.path(each), "--verify"});
    EXPECT_EQ(verified.code, 1) << verified.said;
    EXPECT_TRUE(says(verified, "NOT good")) << verified.said;
  }
}

TEST(Backup, AKeyFileOfAnotherInstallationStandsInTheWay) {
  command_clinic c;
  c.submit(1);
  ASSERT_EQ(c.run({"backup", c.path("one")}).code, 0);
  database target;
  c.write_settings("new.toml", target);
  certs::create_key_file(c.path("new.toml.keys"), certs::new_key_set(c.home.app().world));
  auto const refused =
      c.run({"restore", c.path("one"), "--key", c.path("intake.keys")}, "new.toml");
  EXPECT_EQ(refused.code, 4) << refused.said;
  EXPECT_TRUE(says(refused, "is not the key file of this backup; nothing was written"))
      << refused.said;
  EXPECT_EQ(count_of(target), "0");
  fs::remove(c.path("new.toml.keys"));
  fs::copy_file(c.path("intake.keys"), c.path("new.toml.keys"));
  auto const back = c.run({"restore", c.path("one"), "--key", c.path("intake.keys")}, "new.toml");
  EXPECT_EQ(back.code, 0) << back.said;
  EXPECT_EQ(target.value("SELECT count(*) FROM audit_event WHERE action = 'backup-restored'"), "1");
}

// How old a backup is PostgreSQL says, whatever this test's clock shows: only "now" moves.
TEST(Backup, OldOnesGoOnlyAfterANewerOneWasFoundGood) {
  command_clinic c;
  command_clinic other;
  c.submit(1);
  other.submit(1);
  fs::create_directory(c.path("all"));
  for (auto const* each : {"all/one", "all/two", "all/bad"}) {
    ASSERT_EQ(c.run({"backup", c.path(each)}).code, 0);
  }
  ASSERT_EQ(other.run({"backup", c.path("all/strange")}).code, 0);
  fs::create_directory(c.path("all/notes"));
  auto const all_there = [&] {
    return fs::exists(c.path("all/one")) && fs::exists(c.path("all/bad"));
  };
  auto const prune = [&](char const* name) {
    return c.run({"backup", c.path(name), "--verify", "--prune"}).code;
  };
  c.home.now += std::chrono::days(34);
  EXPECT_EQ(prune("all/two"), 0);
  EXPECT_TRUE(all_there()) << "none is old enough";
  c.home.now += std::chrono::days(2);
  change_byte(c.path("all/bad/tables/part"), 400);
  EXPECT_EQ(prune("all/bad"), 1);
  EXPECT_TRUE(all_there()) << "the one that was verified is not good";
  EXPECT_EQ(c.run({"backup", c.path("all/two"), "--verify"}).code, 0);
  EXPECT_TRUE(all_there()) << "nobody asked";
  EXPECT_EQ(prune("all/two"), 0);
  EXPECT_FALSE(fs::exists(c.path("all/one")));
  EXPECT_FALSE(fs::exists(c.path("all/bad")));
  for (auto const* each : {"all/two", "all/strange", "all/notes"}) {
    EXPECT_TRUE(fs::exists(c.path(each))) << each;
  }
  EXPECT_EQ(c.home.rows().value("SELECT count(*) FROM audit_event WHERE action = 'backup-removed'"),
            "2");
}

TEST(Backup, OldOnesGoEvenWhenTheirKeyIsGoneAndTheFolderWasNamedWithASlash) {
  command_clinic c;
  command_clinic other;
  c.submit(1);
  other.submit(1);
  fs::create_directory(c.path("all"));
  ASSERT_EQ(c.run({"backup", c.path("all/one")}).code, 0);
  ASSERT_EQ(other.run({"backup", c.path("all/strange")}).code, 0);
  auto const old = certs::read_key_file(c.path("intake.keys")).keks.front().id;
  for (int step = 0; step < 3; ++step) {
    ASSERT_EQ(c.run({"key", "rotate"}).code, 0);
    ASSERT_EQ(c.run({"key", "escrow", "-o", c.path("sheet" + std::to_string(step))}).code, 0);
  }
  c.home.now += std::chrono::days(36);
  ASSERT_EQ(c.run({"key", "retire", old}).code, 0);
  auto const pruned = c.run({"backup", c.path("all/two/"), "--verify", "--prune"});
  ASSERT_EQ(pruned.code, 0) << pruned.said;
  EXPECT_FALSE(fs::exists(c.path("all/one"))) << pruned.said;
  EXPECT_TRUE(fs::exists(c.path("all/two")));
  EXPECT_TRUE(fs::exists(c.path("all/strange")));
  EXPECT_TRUE(says(pruned, "all/strange alone: this backup was sealed for other keys"))
      << pruned.said;
}

TEST(Backup, AFolderForFilesThatIsNotEmptyIsRefusedBeforeAnythingIsWritten) {
  command_clinic c;
  c.submit(1);
  ASSERT_EQ(c.run({"backup", c.path("one")}).code, 0);
  database target;
  c.write_settings("new.toml", target);
  fs::create_directory(c.path("taken"));
  std::ofstream(c.path("taken/note")) << "mine";
  auto const restore = [&](char const* files) {
    return c.run(
        {"restore", c.path("one"), "--key", c.path("intake.keys"), "--files", c.path(files)},
        "new.toml");
  };
  EXPECT_EQ(restore("taken").code, 2);
  EXPECT_EQ(count_of(target), "0");
  auto const again = restore("free");
  EXPECT_EQ(again.code, 0) << again.said;
}

TEST(Backup, PlacesThatCantBeWrittenAreRefusedBeforeAnythingIsWritten) {
  command_clinic c;
  c.submit(1);
  ASSERT_EQ(c.run({"backup", c.path("one")}).code, 0);
  database target;
  std::ofstream(c.path("note")) << "a file, not a folder";
  c.write_settings("new.toml", target);
  auto const files = c.run(
      {"restore", c.path("one"), "--key", c.path("intake.keys"), "--files", c.path("note/files")},
      "new.toml");
  EXPECT_EQ(files.code, 2);
  EXPECT_TRUE(says(files, "can't write into")) << files.said;
  EXPECT_EQ(count_of(target), "0");

  auto text = read_text_file(c.path("new.toml"));
  text.replace(text.find("new.toml.keys"), 13, "note/intake.keys");
  std::ofstream(c.path("keys.toml")) << text;
  auto const keys = c.run({"restore", c.path("one"), "--key", c.path("intake.keys")}, "keys.toml");
  EXPECT_EQ(keys.code, 2);
  EXPECT_TRUE(says(keys, "[keys] file")) << keys.said;
  EXPECT_EQ(count_of(target), "0");

  auto const again = c.run({"restore", c.path("one"), "--key", c.path("intake.keys"), "--files",
                            c.path("some/new/files")},
                           "new.toml");
  EXPECT_EQ(again.code, 0) << again.said;
}

TEST(Backup, WhatAKilledVerificationLeftGoesWithTheNextOne) {
  command_clinic c;
  c.submit(1);
  fs::create_directory(c.path("scratch"));
  fs::permissions(c.path("scratch"), fs::perms::all);
  fs::permissions(fs::path(c.path("scratch")).parent_path(), fs::perms::others_exec,
                  fs::perm_options::add);
  auto text = read_text_file(c.path("intake.toml"));
  text.replace(text.find("\"/tmp\""), 6, '"' + c.path("scratch") + '"');
  std::ofstream(c.path("intake.toml")) << text;
  auto const folder = [&](std::string const& name, std::chrono::minutes age) {
    fs::create_directories(c.path("scratch/" + name + "/data"));
    fs::last_write_time(c.path("scratch/" + name), fs::file_time_type::clock::now() - age);
    return c.path("scratch/" + name);
  };
  auto const left = folder("intake-scratch-killed", std::chrono::minutes(5));
  auto const running = folder("intake-scratch-busy", std::chrono::minutes(5));
  auto const fresh = folder("intake-scratch-new", std::chrono::minutes(0));
  auto const foreign = folder("something-else", std::chrono::minutes(5));
  int const held = ::open(running.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  ASSERT_EQ(::flock(held, LOCK_EX | LOCK_NB), 0);
  auto const verified = c.run({"backup", c.path("one"), "--verify"});
  EXPECT_EQ(verified.code, 0) << verified.said;
  ::close(held);
  EXPECT_FALSE(fs::exists(left));
  for (auto const& each : {running, fresh, foreign}) EXPECT_TRUE(fs::exists(each)) << each;
}

TEST(Backup, OneAtATimeWritesIntoAFolder) {
  command_clinic c;
  fs::create_directory(c.path("one"));
  int const held = ::open(c.path("one").c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  ASSERT_EQ(::flock(held, LOCK_EX | LOCK_NB), 0);
  auto const refused = c.run({"backup", c.path("one")});
  EXPECT_EQ(refused.code, 2) << refused.said;
  EXPECT_TRUE(says(refused, "another backup is being written")) << refused.said;
  ::close(held);
  EXPECT_EQ(c.run({"backup", c.path("one")}).code, 0);
}

TEST(Backup, NeverHoldsTheKeysOrWordsThatCanBeRead) {
  command_clinic c;
  c.submit(1);
  c.home.add_account("maria-of-the-desk", db::account_role::manager);
  ASSERT_EQ(c.run({"backup", c.path("one")}).code, 0);
  auto const keys = read_text_file(c.path("intake.keys"));
  auto const secret = keys.substr(keys.find("index-root ") + 11, 64);
  for (auto const& entry : fs::recursive_directory_iterator(c.path("one"))) {
    if (!entry.is_regular_file()) continue;
    auto const text = read_text_file(entry.path());
    for (auto const& word : {secret, std::string("maria-of-the-desk"), std::string("scratch_"),
                             std::string("argon2id"), std::string("questionnaire")}) {
      EXPECT_EQ(text.find(word), std::string::npos) << entry.path() << " holds " << word;
    }
  }
}

TEST(Backup, AnotherInstallationsKeysAreRefusedBeforeAnythingIsWritten) {
  command_clinic c;
  c.submit(1);
  ASSERT_EQ(c.run({"backup", c.path("one")}).code, 0);
  certs::create_key_file(c.path("other.keys"), certs::new_key_set(c.home.app().world));
  database target;
  c.write_settings("new.toml", target);
  auto const refused = c.run({"restore", c.path("one"), "--key", c.path("other.keys")}, "new.toml");
  EXPECT_EQ(refused.code, 1);
  EXPECT_TRUE(says(refused, "sealed for other keys than these")) << refused.said;
  auto const none = c.run({"restore", c.path("one"), "--key", c.path("nothing")}, "new.toml");
  EXPECT_EQ(none.code, 2) << none.said;
  EXPECT_EQ(count_of(target), "0");
  EXPECT_FALSE(fs::exists(c.path("new.toml.keys")));
}

TEST(Backup, AKeySetWithoutOneOfTheKeysIsRefused) {
  command_clinic c;
  c.submit(1);
  ASSERT_EQ(c.run({"backup", c.path("one")}).code, 0);
  auto fewer = certs::read_key_file(c.path("intake.keys"));
  auto const old = fewer.keks.front().id;
  certs::make_current(fewer, certs::add_kek(fewer, c.home.app().world));
  certs::remove_kek(fewer, old);
  certs::create_key_file(c.path("fewer.keys"), fewer);
  database target;
  c.write_settings("new.toml", target);
  auto const refused = c.run({"restore", c.path("one"), "--key", c.path("fewer.keys")}, "new.toml");
  EXPECT_EQ(refused.code, 1);
  EXPECT_TRUE(says(refused, "the key " + old + " is missing")) << refused.said;
  EXPECT_EQ(count_of(target), "0");
}

struct harm {
  char const* name;
  void (*apply)(std::string const& backup);
};

harm const harms[] = {
    {"a byte of a table changed",
     [](std::string const& b) { change_byte(b + "/tables/part", 4000); }},
    {"a table cut short",
     [](std::string const& b) {
       fs::resize_file(b + "/tables/part", fs::file_size(b + "/tables/part") - 1);
     }},
    {"a table missing", [](std::string const& b) { fs::remove(b + "/tables/audit_event"); }},
    {"two tables exchanged",
     [](std::string const& b) {
       fs::rename(b + "/tables/account", b + "/x");
       fs::rename(b + "/tables/client", b + "/tables/account");
       fs::rename(b + "/x", b + "/tables/client");
     }},
    {"the list of contents changed",
     [](std::string const& b) { change_byte(b + "/manifest", 40); }},
    {"the list of contents cut short",
     [](std::string const& b) { fs::resize_file(b + "/manifest", 300); }},
    {"a form changed",
     [](std::string const& b) { change_byte(b + "/files/forms/registration.json", 100); }},
};

TEST(Backup, DamageIsFoundByVerificationAndBeforeARestoreWrites) {
  command_clinic c;
  c.submit(2);
  ASSERT_EQ(c.run({"backup", c.path("one")}).code, 0);
  database target;
  c.write_settings("new.toml", target);
  int number = 0;
  for (auto const& each : harms) {
    auto const copy = c.path("harmed-" + std::to_string(++number));
    copy_backup(c.path("one"), copy);
    each.apply(copy);
    auto const refused = c.run({"restore", copy, "--key", c.path("intake.keys")}, "new.toml");
    EXPECT_EQ(refused.code, 1) << each.name << ": " << refused.said;
  }
  EXPECT_EQ(count_of(target), "0");
  auto const verified = c.run({"backup", c.path("harmed-1"), "--verify"});
  EXPECT_EQ(verified.code, 1) << verified.said;
  EXPECT_TRUE(says(verified, "The backup is NOT good")) << verified.said;
  EXPECT_EQ(db::newest_good_backup(c.home.app().desk), std::nullopt);
  EXPECT_EQ(c.home.rows().value("SELECT outcome FROM backup_check"), "bad");
}

TEST(Backup, OfARecordThatWasChangedInTheDatabaseIsNotGood) {
  command_clinic c;
  c.submit(2);
  c.home.rows().sql("UPDATE submission SET received = received + interval '1 hour'");
  auto const made = c.run({"backup", c.path("one"), "--verify"});
  EXPECT_EQ(made.code, 1) << made.said;
  EXPECT_TRUE(says(made, "the submission was changed after it was stored")) << made.said;
}

TEST(Backup, IsNeverOverwrittenAndGoesOnWhereItWasInterrupted) {
  command_clinic c;
  c.submit(1);
  ASSERT_EQ(c.run({"backup", c.path("one")}).code, 0);
  auto const again = c.run({"backup", c.path("one")});
  EXPECT_EQ(again.code, 2);
  EXPECT_TRUE(says(again, "holds a finished backup")) << again.said;

  fs::create_directory(c.path("mine"));
  std::ofstream(c.path("mine/letter")) << "dear";
  EXPECT_EQ(c.run({"backup", c.path("mine")}).code, 2);
  EXPECT_TRUE(fs::exists(c.path("mine/letter")));

  fs::remove(c.path("one/manifest"));
  std::ofstream(c.path("one/unfinished")) << "";
  fs::resize_file(c.path("one/tables/part"), 10);
  EXPECT_EQ(c.run({"restore", c.path("one"), "--key", c.path("intake.keys")}).code, 1);
  auto const resumed = c.run({"backup", c.path("one"), "--verify"});
  EXPECT_EQ(resumed.code, 0) << resumed.said;
}

TEST(Backup, AVerifiedOneIsWhatProductionAsksFor) {
  command_clinic c;
  auto const missing = [&] {
    for (auto const& each :
         service::production_obstacles(c.home.settings(), c.home.parts(),
                                       *c.home.app().rules.current(), &c.home.app().desk)) {
      if (each.what.find("no backup") != std::string::npos) return true;
    }
    return false;
  };
  EXPECT_TRUE(missing());
  ASSERT_EQ(c.run({"backup", c.path("one")}).code, 0);
  EXPECT_TRUE(missing());
  ASSERT_EQ(c.run({"backup", c.path("one"), "--verify"}).code, 0);
  EXPECT_FALSE(missing());
  EXPECT_EQ(c.home.rows().value("SELECT count(*) FROM audit_event WHERE action LIKE 'backup-%'"),
            "2");
}

/// What the log says at one look.
std::string said_at_a_look(clinic& home) {
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> out(std::tmpfile(), &std::fclose);
  service::event_log const log(::fileno(out.get()), home.app().world.now);
  service::backup::watch watch({home.app().desk, home.app().world, log});
  watch.look();
  std::rewind(out.get());
  std::array<char, 4096> part{};
  return {part.data(), std::fread(part.data(), 1, part.size(), out.get())};
}

TEST(BackupWatch, AnOldOneIsAnAlertAndAFreshOneIsNot) {
  clinic home;
  EXPECT_NE(said_at_a_look(home).find("\"backup-missing\""), std::string::npos);
  db::add_backup_check(home.app().desk,
                       {home.now, home.now, {}, 0, db::check_outcome::good, "uid 0"});
  EXPECT_EQ(said_at_a_look(home), "");
  home.now += std::chrono::days(8);
  EXPECT_EQ(said_at_a_look(home), "");
  home.now += std::chrono::hours(1);
  EXPECT_NE(said_at_a_look(home).find("\"backup-old\",\"days\":8"), std::string::npos)
      << said_at_a_look(home);
}

TEST(Manifest, IsReadAsItWasWritten) {
  certs::keyring const keys(certs::secret::copy_of(certs::bytes(32, 7)));
  service::backup::manifest m;
  m.program = "0.1.0";
  m.instance = "main desk";
  m.facts.taken = certs::utc_time(std::chrono::microseconds(1'795'442'706'123'456));
  m.facts.migrations = {certs::hash256{1}, certs::hash256{2}};
  m.facts.keks = {"kek-1"};
  m.facts.heads = {{"main/serve~2 x", 12, certs::hash256{3}}};
  m.facts.tables = {{"t", "a, \"B c\"", 4}};
  m.facts.sequences = {{"s", 9}};
  m.files = {{"files/a file", 70, certs::hash256{4}}};
  auto const text = service::backup::write_manifest(m, keys);
  auto const read = service::backup::read_manifest(text);
  ASSERT_TRUE(read);
  EXPECT_EQ(service::backup::write_manifest(*read, keys), text);
  EXPECT_TRUE(service::backup::is_sealed_by(text, keys));
  certs::keyring const other(certs::secret::copy_of(certs::bytes(32, 8)));
  EXPECT_FALSE(service::backup::is_sealed_by(text, other));
  for (std::size_t at = 0; at < text.size(); ++at) {
    auto changed = text;
    changed[at] ^= 1;
    EXPECT_FALSE(service::backup::is_sealed_by(changed, keys)) << at;
    EXPECT_FALSE(service::backup::is_sealed_by(text.substr(0, at), keys)) << at;
  }
}

}  // namespace
}  // namespace intake::tests

// A key file under a passphrase, from the command line and at a terminal.
#include "certs/atomic_file.hpp"
#include "certs/kek_file.hpp"
#include "certs/random.hpp"
#include "certs/sealed_key_file.hpp"
#include "service/command_line.hpp"
#include "tests/certs/temporary_folder.hpp"
#include "tests/service/command_run.hpp"

#include <array>
#include <fstream>
#include <functional>
#include <memory>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <pty.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace intake::service::tests {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr std::string_view good = "correct horse battery staple";

class KeyPassphrase : public testing::Test {
 protected:
  KeyPassphrase() { write("intake.toml", "[keys]\nfile = \"intake.keys\"\n", 0644); }

  std::string path(std::string const& name) const { return (folder_ / name).string(); }
  void write(std::string const& name, std::string_view text, unsigned mode = 0600) const {
    std::ofstream(path(name)) << text;
    ::chmod(path(name).c_str(), mode);
  }
  std::string text_of(std::string const& name) const {
    auto const text = certs::read_small_file(path(name), 65536, certs::readers::owner_and_group);
    return std::string(certs::as_text(text));
  }
  void with_passphrase_file(std::string_view passphrase) const {
    write("words", std::string(passphrase) + "\n");
    write("intake.toml", "[keys]\nfile = \"intake.keys\"\npassphrase_file = \"words\"\n", 0644);
  }
  command_end run(std::vector<std::string> arguments) const {
    arguments.insert(arguments.end(), {"--config", path("intake.toml")});
    return run_command(std::move(arguments));
  }

  certs::temporary_folder folder_;
};

TEST_F(KeyPassphrase, AFileGivesItSealsTheKeysAndOpensThemAgain) {
  with_passphrase_file(good);
  auto const made = run({"key", "new", "--passphrase"});
  ASSERT_EQ(made.code, 0) << made.err;
  EXPECT_TRUE(certs::is_sealed_key_file(text_of("intake.keys")));
  auto const printed = run({"key", "escrow"});
  ASSERT_EQ(printed.code, 0) << printed.err;
  EXPECT_THAT(printed.out, HasSubstr("BEGIN KEYS"));

  with_passphrase_file("correct horse battery stable");
  auto const wrong = run({"key", "escrow"});
  EXPECT_EQ(wrong.code, 2);
  EXPECT_THAT(wrong.err, HasSubstr("the passphrase is wrong"));
  EXPECT_THAT(wrong.err, Not(HasSubstr("stable")));
}

TEST_F(KeyPassphrase, IsPutOnChangedAndTakenOffWithoutTouchingAKey) {
  ASSERT_EQ(run({"key", "new"}).code, 0);
  auto const plain = text_of("intake.keys");
  write("new", good);
  ASSERT_EQ(run({"key", "passphrase", "--new-file", path("new")}).code, 0);
  EXPECT_TRUE(certs::is_sealed_key_file(text_of("intake.keys")));
  with_passphrase_file(good);
  write("newer", "another horse battery staple");
  ASSERT_EQ(run({"key", "passphrase", "--new-file", path("newer")}).code, 0);
  EXPECT_EQ(run({"key", "escrow"}).code, 2);
  with_passphrase_file("another horse battery staple");
  ASSERT_EQ(run({"key", "passphrase", "--remove"}).code, 0);
  EXPECT_EQ(text_of("intake.keys"), plain);
}

TEST_F(KeyPassphrase, IsRefusedWhereItIsShortOrOthersCanReadIt) {
  with_passphrase_file("short");
  auto const too_short = run({"key", "new", "--passphrase"});
  EXPECT_EQ(too_short.code, 2);
  EXPECT_THAT(too_short.err, HasSubstr("fewer than 12"));
  with_passphrase_file(good);
  ::chmod(path("words").c_str(), 0644);
  EXPECT_EQ(run({"key", "new", "--passphrase"}).code, 2);
  EXPECT_NE(::access(path("intake.keys").c_str(), F_OK), 0);
}

TEST_F(KeyPassphrase, ASheetThatCouldNotBeWrittenDoesNotCountAsPrinted) {
  ASSERT_EQ(run({"key", "new"}).code, 0);
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> const full(std::fopen("/dev/full", "w"),
                                                             &std::fclose);
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> const err(std::tmpfile(), &std::fclose);
  auto const world = certs::system_world();
  auto const code = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--config", path("intake.toml")});
    return run_command_line({.world = world, .out = full.get(), .err = err.get(), .assets = {}},
                            std::move(arguments), {});
  };
  EXPECT_EQ(code({"key", "escrow"}), 3);
  EXPECT_NE(::access(path("intake.keys.escrowed").c_str(), F_OK), 0);
  EXPECT_EQ(code({"config", "print"}), 3);
  EXPECT_EQ(code({"--help"}), 3);
}

/// What a person at a terminal sees, and how the command ended.
struct seen {
  std::string screen;
  int code = -1;
};

/// Waits for each prompt, then types the answer that belongs to it; `meanwhile` happens first.
seen at_terminal(std::vector<std::string> arguments,
                 std::vector<std::pair<std::string, std::string>> const& talk,
                 std::function<void(std::size_t prompt)> const& meanwhile = {}) {
  int terminal = -1;
  auto const child = ::forkpty(&terminal, nullptr, nullptr, nullptr);
  if (child == 0) ::_exit(run_command(std::move(arguments)).code);
  seen end;
  std::size_t heard = 0;
  std::size_t next = 0;
  std::array<char, 512> part{};
  pollfd waiting{terminal, POLLIN, 0};
  while (::poll(&waiting, 1, 30'000) > 0) {
    auto const n = ::read(terminal, part.data(), part.size());
    if (n <= 0) break;
    end.screen.append(part.data(), static_cast<std::size_t>(n));
    if (next == talk.size()) continue;
    auto const at = end.screen.find(talk[next].first, heard);
    if (at == std::string::npos) continue;
    heard = at + talk[next].first.size();
    if (meanwhile) meanwhile(next);
    auto const& typed = talk[next++].second;
    if (::write(terminal, typed.data(), typed.size()) < 0) break;
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  ::close(terminal);
  end.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return end;
}

TEST_F(KeyPassphrase, IsTypedTwiceAtATerminalAndNeverShown) {
  std::vector<std::string> const make{"key", "new", "--passphrase", "--config",
                                      path("intake.toml")};
  auto const typed = std::string(good) + "\r";
  auto const differs = at_terminal(
      make, {{"New passphrase: ", typed}, {"The same again: ", "not the same at all\r"}});
  EXPECT_EQ(differs.code, 2);
  EXPECT_NE(::access(path("intake.keys").c_str(), F_OK), 0);
  auto const given_up = at_terminal(make, {{"New passphrase: ", "correct\x03"}});
  EXPECT_EQ(given_up.code, 2);

  auto const made = at_terminal(make, {{"New passphrase: ", "correct horsx\x7f" + typed.substr(12)},
                                       {"The same again: ", typed}});
  ASSERT_EQ(made.code, 0) << made.screen;
  EXPECT_THAT(made.screen, Not(HasSubstr("battery")));
  EXPECT_TRUE(certs::is_sealed_key_file(text_of("intake.keys")));
  auto const opened =
      at_terminal({"key", "escrow", "-o", path("sheet"), "--config", path("intake.toml")},
                  {{"Passphrase of the key file: ", typed}});
  EXPECT_EQ(opened.code, 0) << opened.screen;
  EXPECT_THAT(text_of("sheet"), HasSubstr("BEGIN KEYS"));
}

/// A key more in the file, as a rotation makes it.
void add_key(std::string const& file) {
  auto keys = certs::read_key_file(file);
  certs::add_kek(keys, certs::system_world(), certs::kek_home::key_file);
  certs::write_file_atomically(file, certs::write_key_file(keys), 0600, certs::if_exists::replace);
}

TEST_F(KeyPassphrase, KeepsAKeyThatWasMadeWhileItWasTyped) {
  ASSERT_EQ(run({"key", "new"}).code, 0);
  auto const typed = std::string(good) + "\r";
  auto const changed = at_terminal({"key", "passphrase", "--config", path("intake.toml")},
                                   {{"New passphrase: ", typed}, {"The same again: ", typed}},
                                   [this](std::size_t prompt) {
                                     if (prompt == 0) add_key(path("intake.keys"));
                                   });
  ASSERT_EQ(changed.code, 0) << changed.screen;
  with_passphrase_file(good);
  ASSERT_EQ(run({"key", "passphrase", "--remove"}).code, 0);
  EXPECT_EQ(certs::read_key_file(path("intake.keys")).keks.size(), 2U);
}

}  // namespace
}  // namespace intake::service::tests

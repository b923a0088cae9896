#include "tests/tidy/rules.hpp"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

namespace intake::tidy {

/// How gtest shows a breach: as a compiler would, so that an editor jumps to it.
void PrintTo(breach const& shown, std::ostream* out) {
  *out << "\n  " << shown.path << ":" << shown.line << ": " << shown.message;
}

namespace {

using testing::IsEmpty;

char const* const no_program =
    "the program itself is not part of this build (it needs node and npm)";

std::string const program = INTAKE_BUILD "/service/intake";

tree const& checkout() {
  static tree const files = read_tree(INTAKE_SOURCE);
  return files;
}

std::string slurp(std::filesystem::path const& path) {
  std::ifstream in{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, {}};
}

struct output {
  int exit_status;
  std::string text;
};

output run(std::string const& command) {
  auto* pipe = popen((command + " 2>&1").c_str(), "r");
  std::string text;
  char buffer[4096];
  while (auto const count = std::fread(buffer, 1, sizeof buffer, pipe)) text.append(buffer, count);
  return {pclose(pipe), text};
}

std::string const& compile_commands() {
  static std::string const text =
      slurp(std::filesystem::path{INTAKE_BUILD} / "compile_commands.json");
  return text;
}

/// What stands in a text between `begin` and the next quotation mark, wherever it does.
std::set<std::string> quoted_after(std::string const& text, std::string const& begin) {
  std::set<std::string> found;
  for (auto at = text.find(begin); at != text.npos; at = text.find(begin, at)) {
    at += begin.size();
    found.insert(text.substr(at, text.find('"', at) - at));
  }
  return found;
}

/// The sources that compile_commands.json names, relative to the top; where several are compiled at
/// once it names a file that includes them.
std::set<std::string> compiled_sources() {
  auto paths = quoted_after(compile_commands(), "\"file\": \"" INTAKE_SOURCE "/");
  for (auto const& file : quoted_after(compile_commands(), "\"file\": \"")) {
    if (file.find("/Unity/unity_") == file.npos) continue;
    paths.merge(quoted_after(slurp(file), "#include \"" INTAKE_SOURCE "/"));
  }
  return paths;
}

/// The command that makes an object file, from compile_commands.json; empty if there is none.
std::string command_for(std::string const& object) {
  auto const made = compile_commands().find(" -o " + object + " ");
  if (made == std::string::npos) return {};
  std::string const key = "\"command\": \"";
  auto const begin = compile_commands().rfind(key, made) + key.size();
  std::string command;
  for (auto at = begin; compile_commands()[at] != '"'; ++at) {
    if (compile_commands()[at] == '\\') ++at;
    command += compile_commands()[at];
  }
  return command;
}

double cpu_seconds_of_children() {
  rusage used{};
  getrusage(RUSAGE_CHILDREN, &used);
  auto const seconds = [](timeval t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

/// What compiling it costs on this machine, whatever else the machine is doing; 0 if it is not
/// compiled any more.
double cpu_seconds_to_compile(std::string const& object) {
  auto const command = command_for(object);
  if (command.empty()) return 0;
  auto const before = cpu_seconds_of_children();
  run("cd '" INTAKE_BUILD "' && CCACHE_DISABLE=1 " + command + " -o /dev/null");
  return cpu_seconds_of_children() - before;
}

struct law {
  char const* name;
  breaches (*rule)(tree const&);
};

void PrintTo(law const& shown, std::ostream* out) {
  *out << shown.name;
}

class tree_law : public testing::TestWithParam<law> {};

TEST_P(tree_law, holds) {
  EXPECT_THAT(GetParam().rule(checkout()), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    tidy, tree_law,
    testing::Values(
        law{"folders_include_downwards", folders_include_downwards},
        law{"libraries_stay_home", libraries_stay_home},
        law{"libraries_have_a_package", libraries_have_a_package},
        law{"includes_resolve", includes_resolve},
        law{"sources_include_their_header_first", sources_include_their_header_first},
        law{"headers_say_pragma_once", headers_say_pragma_once},
        law{"headers_are_used", headers_are_used}, law{"files_stay_short", files_stay_short},
        law{"functions_stay_short", functions_stay_short},
        law{"lines_stay_short", lines_stay_short}, law{"medians_stay_low", medians_stay_low},
        law{"templates_share_no_name", templates_share_no_name},
        law{"sources_avoid_banned_words", sources_avoid_banned_words},
        law{"texts_claim_nothing", texts_claim_nothing},
        law{"paths_are_of_no_machine", paths_are_of_no_machine},
        law{"top_level_is_exact", top_level_is_exact}, law{"templates_escape", templates_escape},
        law{"messages_exist_in_all_languages", messages_exist_in_all_languages},
        law{"lock_files_name_no_host", lock_files_name_no_host},
        law{"scripts_in_texts_exist", scripts_in_texts_exist}),
    [](auto const& instance) { return std::string{instance.param.name}; });

TEST(tidy, every_source_is_compiled) {
  auto const compiled = compiled_sources();
  if (!compiled.contains("service/main.cpp")) {
    GTEST_SKIP() << no_program;
  }
  EXPECT_THAT(sources_are_compiled(checkout(), compiled), IsEmpty());
}

/// Asks the program's own help: it begins with "Usage: intake form lint [OPTIONS] FILE".
bool program_knows(std::string const& words) {
  auto const help = run("'" + program + "' " + words + " --help").text;
  std::string const key = "Usage: intake ";
  auto const usage = help.find(key);
  if (usage == help.npos) return false;
  auto const rest = std::string_view{help}.substr(usage + key.size());
  auto const line = rest.substr(0, rest.find('\n'));
  auto const command = line.substr(0, line.find(" ["));
  bool const takes_arguments = line.find("SUBCOMMAND") == line.npos;
  return words == command || (takes_arguments && words.starts_with(std::string{command} + " "));
}

TEST(tidy, subcommands_in_texts_exist) {
  if (!std::filesystem::exists(program)) {
    GTEST_SKIP() << no_program;
  }
  EXPECT_THAT(subcommands_in_texts_exist(checkout(), program_knows), IsEmpty());
}

TEST(tidy, settings_are_explained) {
  if (!std::filesystem::exists(program)) GTEST_SKIP() << no_program;
  auto const settings = testing::TempDir() + "tidy-settings.toml";
  std::ofstream{settings} << "mode = \"evaluation\"\n";
  auto const printed = run("'" + program + "' config print --config '" + settings + "'");
  std::filesystem::remove(settings);
  ASSERT_EQ(printed.exit_status, 0) << printed.text;
  EXPECT_THAT(settings_are_explained(checkout(), printed.text), IsEmpty());
}

TEST(tidy, no_unit_takes_long_to_compile) {
  // Twice the 12 s that a unit may take at -O1; -O3 needs about half as much again.
  int const seconds_max = std::string_view{INTAKE_BUILD_TYPE} == "Release" ? 36 : 24;
  auto const log = slurp(std::filesystem::path{INTAKE_BUILD} / ".ninja_log");
  ASSERT_FALSE(log.empty()) << "this build was not made by ninja";
  for (auto const& slow : units_compile_fast(log, seconds_max)) {
    // The log holds the time on the wall, and a machine may have been busy.
    EXPECT_LE(cpu_seconds_to_compile(slow.path), seconds_max) << slow.path << ": " << slow.message;
  }
}

TEST(tidy, sources_are_formatted) {
  if (run("command -v clang-format-16").exit_status != 0) {
    GTEST_SKIP() << "clang-format-16 is not installed (tests/run --full installs it)";
  }
  std::string command = "cd '" INTAKE_SOURCE "' && clang-format-16 --dry-run -Werror";
  for (auto const& file : checkout().files) {
    if (is_cxx(file.path)) command += " '" + file.path + "'";
  }
  auto const formatted = run(command);
  EXPECT_EQ(formatted.exit_status, 0) << formatted.text.substr(0, 4000);
}

}  // namespace
}  // namespace intake::tidy

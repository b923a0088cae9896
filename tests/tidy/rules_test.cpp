/// Every rule is proved here by a tree in which exactly one thing is wrong, beside one in which
/// nothing is.
#include "tests/tidy/rules.hpp"

#include "tests/tidy/code.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace intake::tidy {
namespace {

tree tree_of(std::vector<file> files) {
  std::ranges::sort(files, {}, &file::path);
  return {std::move(files)};
}

std::string repeated(std::string_view text, int times) {
  std::string result;
  for (int i = 0; i < times; ++i) result += text;
  return result;
}

std::string function_of(int lines) {
  return "int f() {\n" + repeated("  g();\n", lines - 2) + "}\n";
}

struct planted {
  char const* name;
  breaches (*rule)(tree const&);
  std::vector<file> good;
  std::vector<file> bad;
  std::string bad_path;
  int bad_line;
};

void PrintTo(planted const& shown, std::ostream* out) {
  *out << shown.name;
}

class planted_breach : public testing::TestWithParam<planted> {};

TEST_P(planted_breach, is_found_and_the_clean_tree_is_not) {
  auto const& [name, rule, good, bad, path, line] = GetParam();
  EXPECT_TRUE(rule(tree_of(good)).empty());
  auto const found = rule(tree_of(bad));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].path, path);
  EXPECT_EQ(found[0].line, line);
}

std::vector<planted> include_breaches() {
  file const header{"db/pool.hpp", "#pragma once\n"};
  file const packages{"deploy/packages", "build  libre2-dev  why\n"};
  return {
      {"upward_include",
       folders_include_downwards,
       {header, {"service/a.cpp", "#include \"db/pool.hpp\"\n"}},
       {header, {"forms/a.cpp", "\n#include \"db/pool.hpp\"\n"}},
       "forms/a.cpp",
       2},
      {"sockets_know_no_pages",
       folders_include_downwards,
       {{"service/http/a.cpp", "#include \"certs/tls.hpp\"\n"}},
       {{"service/http/a.cpp", "#include \"service/routes.hpp\"\n"}},
       "service/http/a.cpp",
       1},
      {"library_away_from_home",
       libraries_stay_home,
       {{"service/http/a.cpp", "#include <boost/asio/ip/tcp.hpp>\n"}},
       {{"service/desk/a.cpp", "#include <boost/asio/ip/tcp.hpp>\n"}},
       "service/desk/a.cpp",
       1},
      {"file_access_in_a_pure_folder",
       libraries_stay_home,
       {{"forms/a.cpp", "#include <vector>\n"}},
       {{"forms/a.cpp", "#include <fstream>\n"}},
       "forms/a.cpp",
       1},
      {"system_call_in_a_pure_folder",
       libraries_stay_home,
       {{"certs/a.cpp", "#include <unistd.h>\n"}},
       {{"pdf/a.cpp", "#include <unistd.h>\n"}},
       "pdf/a.cpp",
       1},
      {"library_without_package",
       libraries_have_a_package,
       {packages, {"forms/a.cpp", "#include <re2/re2.h>\n"}},
       {packages, {"forms/a.cpp", "#include <fmt/core.h>\n"}},
       "forms/a.cpp",
       1},
      {"include_by_half_a_path",
       includes_resolve,
       {header, {"db/a.cpp", "#include \"db/pool.hpp\"\n"}},
       {header, {"db/a.cpp", "#include \"pool.hpp\"\n"}},
       "db/a.cpp",
       1},
      {"own_header_second",
       sources_include_their_header_first,
       {header, {"db/pool.cpp", "#include \"db/pool.hpp\"\n#include <vector>\n"}},
       {header, {"db/pool.cpp", "#include <vector>\n#include \"db/pool.hpp\"\n"}},
       "db/pool.cpp",
       1},
      {"pragma_in_a_comment",
       headers_say_pragma_once,
       {header},
       {{"db/pool.hpp", "// #pragma once\n"}},
       "db/pool.hpp",
       1},
      {"header_of_nobody",
       headers_are_used,
       {header, {"service/a.cpp", "#include \"db/pool.hpp\"\n"}},
       {header, {"db/pool.cpp", "#include \"db/pool.hpp\"\n"}},
       "db/pool.hpp",
       0},
  };
}

std::vector<planted> size_breaches() {
  return {
      {"long_header",
       files_stay_short,
       {{"db/a.hpp", repeated("\n", 200)}},
       {{"db/a.hpp", repeated("\n", 201)}},
       "db/a.hpp",
       0},
      {"long_source",
       files_stay_short,
       {{"db/a.cpp", repeated("\n", 400)}},
       {{"db/a.cpp", repeated("\n", 401)}},
       "db/a.cpp",
       0},
      {"long_function",
       functions_stay_short,
       {{"db/a.cpp", function_of(70)}},
       {{"db/a.cpp", function_of(71)}},
       "db/a.cpp",
       1},
      {"long_member_function",
       functions_stay_short,
       {{"db/a.cpp", "struct s {\n" + function_of(70) + "};\n"}},
       {{"db/a.cpp", "struct s {\n" + function_of(71) + "};\n"}},
       "db/a.cpp",
       2},
      {"long_line",
       lines_stay_short,
       {{"db/a.cpp", repeated("ñ", 100)}},
       {{"db/a.cpp", "\n" + repeated("ñ", 101)}},
       "db/a.cpp",
       2},
      {"most_headers_too_long",
       medians_stay_low,
       {{"db/a.hpp", repeated("\n", 60)}},
       {{"db/a.hpp", repeated("\n", 61)}},
       "",
       0},
      {"most_functions_too_long",
       medians_stay_low,
       {{"db/a.cpp", function_of(12)}},
       {{"db/a.cpp", function_of(13)}},
       "",
       0},
  };
}

std::vector<planted> unity_breaches() {
  file const templated{
      "db/a.cpp",
      "namespace {\ntemplate <typename T>\nint size_in(T const& t) {\n  return 1;\n}\n}\n"};
  return {
      {"template_with_the_name_of_a_function",
       templates_share_no_name,
       {templated,
        {"certs/b.cpp", "int size_in(int i) { return i; }\n"},
        {"db/b.cpp", "struct b {\n  int size_in(int i) { return i; }\n};\n"}},
       {templated, {"db/b.cpp", "int size_in(int i) { return i; }\n"}},
       "db/a.cpp",
       3},
  };
}

std::vector<planted> word_breaches() {
  return {
      {"print_from_anywhere",
       sources_avoid_banned_words,
       {{"db/a.cpp", "// std::cout is not used\nchar const* s = \"std::cout\";\n"}},
       {{"db/a.cpp", "\nstd::cout << 1;\n"}},
       "db/a.cpp",
       2},
      {"overflowing_pattern",
       sources_avoid_banned_words,
       {{"db/a.cpp", "std::regexp x;\n"}},
       {{"db/a.cpp", "std::regex x;\n"}},
       "db/a.cpp",
       1},
      {"environment_below_config",
       sources_avoid_banned_words,
       {{"service/config.cpp", "getenv(\"A\");\n"}},
       {{"db/a.cpp", "getenv(\"A\");\n"}},
       "db/a.cpp",
       1},
      {"unfinished",
       sources_avoid_banned_words,
       {{"db/a.cpp", "char const* s = \"TODO\";\n"}},
       {{"db/a.cpp", "// TODO: later\n"}},
       "db/a.cpp",
       1},
      {"claim",
       texts_claim_nothing,
       {{"README.md", "A certificate.\n"}},
       {{"README.md", "It is CERTIFIED.\n"}},
       "README.md",
       1},
      {"claim_of_two_words",
       texts_claim_nothing,
       {{"README.md", "HIPAA asks for it.\n"}},
       {{"README.md", "hipaa compliant\n"}},
       "README.md",
       1},
      {"path_of_one_machine",
       paths_are_of_no_machine,
       {{"deploy/a", "$dir/work/x and network/\n"}},
       {{"deploy/a", "cd /work/x\n"}},
       "deploy/a",
       1},
  };
}

std::vector<file> whole_top_level() {
  std::vector<file> files;
  for (auto const* name :
       {"CMakeLists.txt", "service/a", "forms/a", "pdf/a", "db/a", "certs/a", "tests/a", "deploy/a",
        "README.md", "LICENSE", "CHANGELOG.md", "CMakePresets.json", ".ci/run"}) {
    files.push_back({name, ""});
  }
  return files;
}

std::vector<planted> layout_breaches() {
  auto with_notes = whole_top_level();
  with_notes.push_back({"NOTES.txt", ""});
  auto without_license = whole_top_level();
  std::erase_if(without_license, [](auto const& file) { return file.path == "LICENSE"; });
  file const en{"service/texts/en.toml",
                "[desk]\ntitle = \"Today\"\nlong = \"\"\"\na = b\n\"\"\"\n"};
  file const es{"service/texts/es.toml", "[desk]\ntitle = \"Hoy\"\nlong = \"x\"\n"};
  file const ht{"service/texts/ht.toml", "[desk]\ntitle = \"Jodi a\"\nlong = \"x\"\n"};
  file const ht_short{"service/texts/ht.toml", "[desk]\nlong = \"x\"\n"};
  return {
      {"stray_file_at_the_top", top_level_is_exact, whole_top_level(), with_notes, "NOTES.txt", 0},
      {"missing_file_at_the_top", top_level_is_exact, whole_top_level(), without_license, "LICENSE",
       0},
      {"template_that_escapes_nothing",
       templates_escape,
       {{"service/pages/templates/a.html", "{{%AUTOESCAPE context=\"HTML\"}}\n<p>{{X}}</p>"}},
       {{"service/pages/templates/a.html", "<p>{{X}}</p>"}},
       "service/pages/templates/a.html",
       1},
      {"text_missing_in_one_language",
       messages_exist_in_all_languages,
       {en, es, ht},
       {en, es, ht_short},
       "service/texts/ht.toml",
       0},
      {"address_in_a_lock_file",
       lock_files_name_no_host,
       {{"service/assets/package-lock.json", "\"integrity\": \"x\"\n"}},
       {{"service/assets/package-lock.json", "\"resolved\": \"x\"\n"}},
       "service/assets/package-lock.json",
       1},
      {"script_that_is_not_there",
       scripts_in_texts_exist,
       {{"tests/run", "", true}, {"README.md", "Run `./tests/run --full`.\n"}},
       {{"tests/run", "", true}, {"README.md", "```\n./tests/walk\n```\n"}},
       "README.md",
       2},
      {"script_that_cannot_run",
       scripts_in_texts_exist,
       {{"tests/run", "", true}, {"README.md", "`./tests/run`\n"}},
       {{"tests/run", "", false}, {"README.md", "`./tests/run`\n"}},
       "README.md",
       1},
  };
}

auto name_of(testing::TestParamInfo<planted> const& info) {
  return std::string{info.param.name};
}

INSTANTIATE_TEST_SUITE_P(includes, planted_breach, testing::ValuesIn(include_breaches()), name_of);
INSTANTIATE_TEST_SUITE_P(sizes, planted_breach, testing::ValuesIn(size_breaches()), name_of);
INSTANTIATE_TEST_SUITE_P(unity, planted_breach, testing::ValuesIn(unity_breaches()), name_of);
INSTANTIATE_TEST_SUITE_P(words, planted_breach, testing::ValuesIn(word_breaches()), name_of);
INSTANTIATE_TEST_SUITE_P(layout, planted_breach, testing::ValuesIn(layout_breaches()), name_of);

TEST(tidy_rules, a_source_without_target_is_found) {
  auto const files = tree_of({{"db/a.cpp", ""}, {"db/b.cpp", ""}});
  EXPECT_TRUE(sources_are_compiled(files, {"db/a.cpp", "db/b.cpp"}).empty());
  EXPECT_EQ(sources_are_compiled(files, {"db/a.cpp"}),
            (breaches{{"db/b.cpp", 0, "no target compiles this source"}}));
}

TEST(tidy_rules, a_slow_unit_is_found_by_its_last_build) {
  std::string const log =
      "# ninja log v5\n0\t90000\t1\tdb/a.o\tx\n0\t24000\t2\tdb/a.o\tx\n0\t90000\t2\tintake\tx\n";
  EXPECT_TRUE(units_compile_fast(log, 24).empty());
  EXPECT_EQ(units_compile_fast(log + "5\t24006\t3\tdb/b.o\ty\n", 24).size(), 1u);
}

TEST(tidy_rules, an_unknown_subcommand_is_found_in_code_only) {
  auto const files = tree_of({{"README.md",
                               "The intake walks.\n`intake form lint FILE`, `intake --help`\n"
                               "```\n$ build/release/service/intake walk --fast\n```\n"}});
  std::vector<std::string> asked;
  auto const knows = [&asked](std::string const& words) {
    asked.push_back(words);
    return words == "form lint";
  };
  EXPECT_EQ(subcommands_in_texts_exist(files, knows),
            (breaches{{"README.md", 4, "'intake walk' is not a command"}}));
  EXPECT_EQ(asked, (std::vector<std::string>{"form lint", "walk"}));
}

TEST(tidy_rules, a_setting_without_a_row_in_the_guide_is_found) {
  auto const files =
      tree_of({{"deploy/README.md", "| `mode` | x |\n| `[server] port` | 8443 |\n"}});
  EXPECT_TRUE(settings_are_explained(files, "mode = \"a\"\n\n[server]\nport = 1\n").empty());
  EXPECT_EQ(settings_are_explained(files, "[server]\nport = 1\naddress = 1\n"),
            (breaches{{"deploy/README.md", 0, "no row for the setting [server] address"}}));
}

TEST(tidy_code, finds_functions_and_nothing_else) {
  auto const found = functions_of(R"text(
#define TWICE(x) { x; \
  x; }
namespace a {
enum class e { one, two };
int const table[] = {1, 2, 3};
std::array<row, 2> const rows{{{1, f(2)}, {3, g(4)}}};
constexpr std::array<row, static_cast<std::size_t>(e::count)> counted{{{1, f(2)}}};
template <class T> struct s : base<decltype(f())> {
  explicit s(int x) : base{x}, member_{x} {
    run();
  }
  int size() const { return 1; }
 private:
  int member_ = 0;
};
auto operator==(s const&, s const&) -> bool = default;
void g(char const* text = "}") {
  auto f = [](int x) { return x; };
  char const* raw = R"(})";
  int big = 1'000'000;
  if (big == '{') f(1);
}
}
)text");
  std::vector<std::string> names;
  for (auto const& function : found)
    names.push_back(function.name + ":" + std::to_string(function.lines));
  EXPECT_EQ(names, (std::vector<std::string>{"s:3", "size:1", "g:6"}));
}

TEST(tidy_code, blanks_keep_every_line_where_it_was) {
  EXPECT_EQ(code_only("a // b\n/* c\n*/ d \"e\\\"f\" '\\''"), "a     \n    \n   d \"    \" '  '");
  EXPECT_EQ(code_only("// b \"c\"", blank::literals), "// b \"c\"");
}

}  // namespace
}  // namespace intake::tidy

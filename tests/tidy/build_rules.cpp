#include "tests/tidy/rules.hpp"

#include <charconv>
#include <map>

namespace intake::tidy {
namespace {

/// The tab-separated field `index` of a line of .ninja_log: start and end in milliseconds, time,
/// output, hash.
std::string_view field(std::string_view line, int index) {
  for (; index > 0; --index) line.remove_prefix(std::min(line.find('\t') + 1, line.size()));
  return line.substr(0, line.find('\t'));
}

int number(std::string_view text) {
  int value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

}  // namespace

breaches sources_are_compiled(tree const& files, std::set<std::string> const& compiled) {
  breaches found;
  for (auto const& file : files.files) {
    bool const is_elsewhere =
        file.path.starts_with("tests/fuzz/") || file.path.starts_with("tests/bench/");
    if (!is_source(file.path) || is_elsewhere || compiled.contains(file.path)) continue;
    found.push_back({file.path, 0, "no target compiles this source"});
  }
  return found;
}

breaches units_compile_fast(std::string_view ninja_log, int seconds_max) {
  std::map<std::string, int, std::less<>> milliseconds;  // the last build of an output counts
  for (auto line : lines_of(ninja_log)) {
    if (auto const output = field(line, 3); output.ends_with(".o")) {
      milliseconds.insert_or_assign(std::string{output},
                                    number(field(line, 1)) - number(field(line, 0)));
    }
  }
  breaches found;
  for (auto const& [output, taken] : milliseconds) {
    if (taken <= seconds_max * 1000) continue;
    found.push_back({output, 0,
                     "took " + std::to_string(taken / 1000) + " s to compile, " +
                         std::to_string(seconds_max) + " at most"});
  }
  return found;
}

}  // namespace intake::tidy

#include "tests/tidy/rules.hpp"

#include <algorithm>
#include <cctype>
#include <set>

namespace intake::tidy {
namespace {

bool is_path_char(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-' || c == '.' ||
         c == '/';
}

/// The scripts a line tells to run: "./tests/run --full" gives "tests/run".
std::vector<std::string> scripts_in(std::string_view line) {
  std::vector<std::string> found;
  for (auto at = line.find("./"); at != line.npos; at = line.find("./", at + 2)) {
    if (at > 0 && line[at - 1] != ' ' && line[at - 1] != '`') continue;
    auto const rest = line.substr(at + 2);
    auto const length = std::ranges::find_if_not(rest, is_path_char) - rest.begin();
    auto path = rest.substr(0, static_cast<std::size_t>(length));
    while (path.ends_with('.') || path.ends_with('/')) path.remove_suffix(1);
    if (!path.empty() && !path.starts_with("build/")) found.emplace_back(path);
  }
  return found;
}

/// The lower-case words after "intake" where code begins with it: "intake form lint FILE" gives
/// "form lint".
std::string subcommand_in(std::string_view code) {
  code.remove_prefix(std::min(code.find_first_not_of(" $"), code.size()));
  if (auto const slash = code.substr(0, code.find(' ')).rfind('/'); slash != code.npos) {
    code.remove_prefix(slash + 1);
  }
  if (!code.starts_with("intake ")) return {};
  std::string words;
  for (code.remove_prefix(7); !code.empty();) {
    auto const word = code.substr(0, code.find(' '));
    bool const is_plain = !word.empty() && std::ranges::all_of(word, [](char c) {
      return (c >= 'a' && c <= 'z') || c == '-';
    });
    if (!is_plain || word.starts_with('-')) break;
    words += (words.empty() ? "" : " ") + std::string{word};
    code.remove_prefix(std::min(word.size() + 1, code.size()));
  }
  return words;
}

/// Calls `use(line number, code)` for each line of a fenced block and each `code` within a line.
template <class Use>
void for_each_code(file const& text, Use use) {
  bool in_fence = false;
  int number = 0;
  for (auto line : lines_of(text.text)) {
    ++number;
    if (line.starts_with("```")) {
      in_fence = !in_fence;
    } else if (in_fence) {
      use(number, line);
    } else {
      for (auto open = line.find('`'); open != line.npos;) {
        auto const close = line.find('`', open + 1);
        if (close == line.npos) break;
        use(number, line.substr(open + 1, close - open - 1));
        open = line.find('`', close + 1);
      }
    }
  }
}

bool is_document(std::string_view path) {
  return path.ends_with(".md");
}

}  // namespace

breaches scripts_in_texts_exist(tree const& files) {
  breaches found;
  for (auto const& document : files.files) {
    if (!is_document(document.path)) continue;
    for_each_code(document, [&](int line, std::string_view code) {
      for (auto const& script : scripts_in(code)) {
        auto const* file = files.find(script);
        if (file == nullptr || !file->is_executable) {
          found.push_back({document.path, line, "./" + script + " is not a program of this tree"});
        }
      }
    });
  }
  return found;
}

breaches subcommands_in_texts_exist(tree const& files,
                                    std::function<bool(std::string const&)> const& knows) {
  breaches found;
  std::set<std::string> good{""};
  for (auto const& document : files.files) {
    if (!is_document(document.path)) continue;
    for_each_code(document, [&](int line, std::string_view code) {
      auto const words = subcommand_in(code);
      if (good.contains(words)) return;
      if (knows(words)) {
        good.insert(words);
      } else {
        found.push_back({document.path, line, "'intake " + words + "' is not a command"});
      }
    });
  }
  return found;
}

breaches settings_are_explained(tree const& files, std::string_view settings) {
  auto const* guide = files.find("deploy/README.md");
  breaches found;
  std::string section;
  for (auto line : lines_of(settings)) {
    auto const equals = line.find(" = ");
    if (line.starts_with('[')) section = std::string{line} + " ";
    if (line.starts_with('[') || equals == line.npos) continue;
    auto const name = section + std::string{line.substr(0, equals)};
    if (guide == nullptr || guide->text.find("| `" + name + "` |") == std::string::npos) {
      found.push_back({"deploy/README.md", 0, "no row for the setting " + name});
    }
  }
  return found;
}

}  // namespace intake::tidy

#include "tests/tidy/rules.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace intake::tidy {
namespace {

constexpr std::string_view top_level[] = {
    "CMakeLists.txt", "service", "forms",     "pdf",     "db",           "certs",
    "tests",          "deploy",  "README.md", "LICENSE", "CHANGELOG.md", "CMakePresets.json",
};

constexpr std::string_view languages[] = {"en", "es", "ht"};

/// Every key of a TOML file of texts as "area.name" with its line; nothing but tables and strings
/// is expected there.
std::map<std::string, int> keys_of(file const& texts) {
  std::map<std::string, int> keys;
  std::string area;
  bool in_long_string = false;
  int number = 0;
  for (auto line : lines_of(texts.text)) {
    ++number;
    bool const toggles =
        line.find(R"(""")") != line.npos && line.find(R"(""")") == line.rfind(R"(""")");
    if (in_long_string) {
      in_long_string = !toggles;
    } else if (line.starts_with('[')) {
      area = line.substr(1, line.find(']') - 1);
    } else if (auto const equals = line.find('='); !line.starts_with('#') && equals != line.npos) {
      auto const name = line.substr(0, line.find_last_not_of(' ', equals - 1) + 1);
      keys.emplace(area.empty() ? std::string{name} : area + "." + std::string{name}, number);
      in_long_string = toggles;
    }
  }
  return keys;
}

}  // namespace

breaches top_level_is_exact(tree const& files) {
  std::set<std::string_view> present;
  for (auto const& file : files.files) present.insert(folder_of(file.path));
  breaches found;
  for (auto const name : present) {
    bool const is_expected = name.starts_with('.') || std::ranges::count(top_level, name) > 0;
    if (!is_expected) found.push_back({std::string{name}, 0, "does not belong at the top"});
  }
  for (auto const name : top_level) {
    if (!present.contains(name)) found.push_back({std::string{name}, 0, "is missing at the top"});
  }
  return found;
}

breaches templates_escape(tree const& files) {
  breaches found;
  for (auto const& file : files.files) {
    bool const is_template =
        file.path.starts_with("service/pages/templates/") && !file.path.ends_with(".md");
    if (is_template && !file.text.starts_with(R"({{%AUTOESCAPE context="HTML"}})")) {
      found.push_back(
          {file.path, 1, "does not begin with the AUTOESCAPE pragma: nothing would be escaped"});
    }
  }
  return found;
}

breaches messages_exist_in_all_languages(tree const& files) {
  std::map<std::string_view, std::map<std::string, int>> keys;
  std::set<std::string> all;
  for (auto const language : languages) {
    auto const* texts = files.find("service/texts/" + std::string{language} + ".toml");
    if (texts == nullptr) continue;
    keys[language] = keys_of(*texts);
    for (auto const& [key, line] : keys[language]) all.insert(key);
  }
  breaches found;
  if (keys.empty()) return found;
  for (auto const language : languages) {
    for (auto const& key : all) {
      if (keys[language].contains(key)) continue;
      found.push_back(
          {"service/texts/" + std::string{language} + ".toml", 0, "no text for " + key});
    }
  }
  return found;
}

breaches lock_files_name_no_host(tree const& files) {
  breaches found;
  for (auto const& file : files.files) {
    if (!file.path.ends_with("package-lock.json")) continue;
    int number = 0;
    for (auto line : lines_of(file.text)) {
      ++number;
      if (line.find("\"resolved\"") == line.npos) continue;
      found.push_back(
          {file.path, number, "an address; npm install --omit-lockfile-registry-resolved"});
    }
  }
  return found;
}

}  // namespace intake::tidy

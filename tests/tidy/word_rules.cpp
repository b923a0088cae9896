#include "tests/tidy/code.hpp"
#include "tests/tidy/rules.hpp"

#include <algorithm>
#include <cctype>

namespace intake::tidy {
namespace {

struct banned {
  std::string_view word;
  std::string_view instead;
  std::string_view home;  ///< how the path of the one place that may begins; "-" for none
};

/// This folder has to spell what it bans.
bool is_searched(file const& file) {
  return is_text(file.path) && !file.path.starts_with("tests/tidy/");
}

banned const source_words[] = {
    {"std::cout", "the logger, or a FILE* argument", "-"},
    {"std::cerr", "the logger, or a FILE* argument", "-"},
    {"std::regex", "RE2: std's overflows the stack on 50,000 characters", "-"},
    {"strcpy", "std::string", "-"},
    {"sprintf", "fmt::format", "-"},
    {"getenv", "an argument: only service/config reads the environment", "service/config"},
};

constexpr std::string_view unfinished[] = {"TODO", "FIXME", "XXX:"};

/// What no text may claim: an installation may be these things, a program cannot be.
constexpr std::string_view claims[] = {"HIPAA compliant", "HIPAA-compliant", "certified",
                                       "guaranteed",      "tamper-proof",    "no other system"};

constexpr std::string_view machine_paths[] = {"/work/", "/home/", "/root/", "/Users/"};

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

char lower(char c) {
  return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
}

enum class letters { exact, any_case };

/// Whether `phrase` stands in `line` between word boundaries.
bool mentions(std::string_view line, std::string_view phrase, letters match = letters::exact) {
  auto same = [match](char a, char b) {
    return match == letters::exact ? a == b : lower(a) == lower(b);
  };
  for (auto rest = line; !rest.empty();) {
    auto const at = std::ranges::search(rest, phrase, same);
    if (at.empty()) return false;
    auto const* begin = at.data();
    auto const* end = begin + at.size();
    bool const starts = begin == line.data() || !is_word(begin[-1]) || !is_word(phrase.front());
    bool const ends = end == line.data() + line.size() || !is_word(*end) || !is_word(phrase.back());
    if (starts && ends) return true;
    rest.remove_prefix(static_cast<std::size_t>(begin - rest.data()) + 1);
  }
  return false;
}

template <class Check>
void for_each_line(file const& file, std::string_view text, breaches& found, Check check) {
  int number = 0;
  for (auto line : lines_of(text)) {
    ++number;
    if (auto message = check(line); !message.empty()) {
      found.push_back({file.path, number, std::move(message)});
    }
  }
}

}  // namespace

breaches sources_avoid_banned_words(tree const& files) {
  breaches found;
  for (auto const& file : files.files) {
    if (!is_cxx(file.path)) continue;
    auto const in_tests = file.path.starts_with("tests/");
    for_each_line(file, code_only(file.text), found, [&](auto line) -> std::string {
      for (auto const& [word, instead, home] : source_words) {
        if (!mentions(line, word) || file.path.starts_with(home)) continue;
        if (in_tests && word.starts_with("get")) continue;
        return std::string{word} + "; use " + std::string{instead};
      }
      return {};
    });
    for_each_line(file, code_only(file.text, blank::literals), found, [](auto line) -> std::string {
      for (auto word : unfinished) {
        if (mentions(line, word)) return std::string{word} + ": finish it, or write an issue";
      }
      return {};
    });
  }
  return found;
}

breaches texts_claim_nothing(tree const& files) {
  breaches found;
  for (auto const& file : files.files) {
    if (!is_searched(file)) continue;
    for_each_line(file, file.text, found, [](auto line) -> std::string {
      for (auto claim : claims) {
        if (mentions(line, claim, letters::any_case)) return "claims '" + std::string{claim} + "'";
      }
      return {};
    });
  }
  return found;
}

breaches paths_are_of_no_machine(tree const& files) {
  breaches found;
  for (auto const& file : files.files) {
    if (!is_searched(file) || file.path.starts_with("tests/data/")) continue;
    for_each_line(file, file.text, found, [](auto line) -> std::string {
      for (auto path : machine_paths) {
        auto const at = line.find(path);
        bool const is_start = at != line.npos && (at == 0 || !is_word(line[at - 1]));
        if (is_start) return "names a folder of one machine: " + std::string{path};
      }
      return {};
    });
  }
  return found;
}

}  // namespace intake::tidy

#include "tests/tidy/code.hpp"
#include "tests/tidy/rules.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <set>
#include <span>

namespace intake::tidy {
namespace {

struct folder_law {
  std::string_view folder;
  std::initializer_list<std::string_view> may_include;
};

/// One package behind one folder; values go down, nothing calls up. The most special folder first.
folder_law const folder_laws[] = {
    {"service/http/", {"service/http/", "certs/"}},
    {"service/", {"service/", "pdf/", "forms/", "db/", "certs/"}},
    {"pdf/", {"pdf/", "forms/"}},
    {"db/", {"db/", "forms/", "certs/"}},
    {"forms/", {"forms/"}},
    {"certs/", {"certs/"}},
};

struct library_law {
  std::string_view header;   ///< how its include begins
  std::string_view package;  ///< in deploy/packages; empty for what every Debian has
  std::initializer_list<std::string_view> homes;
};

/// A library can be replaced by editing one folder. The most special header first.
library_law const library_laws[] = {
    {"boost/asio", "libboost1.81-dev", {"service/http/"}},
    {"boost/beast", "libboost1.81-dev", {"service/http/"}},
    {"boost/json", "libboost-json1.81-dev", {"forms/", "service/fhir/"}},
    {"boost/url", "libboost-url1.81-dev", {"service/"}},
    {"boost/", "libboost1.81-dev", {""}},
    {"fmt/", "libfmt-dev", {""}},
    {"re2/", "libre2-dev", {"forms/"}},
    {"unicode/", "libicu-dev", {"forms/", "pdf/", "service/texts/", "service/texts."}},
    {"pqxx/", "libpqxx-dev", {"db/"}},
    {"libpq-fe.h", "libpq-dev", {"db/"}},
    {"openssl/", "libssl-dev", {"certs/"}},
    {"argon2.h", "libargon2-dev", {"certs/"}},
    {"p11-kit/", "libp11-kit-dev", {"certs/"}},
    {"hpdf", "libhpdf-dev", {"pdf/"}},
    {"harfbuzz/", "libharfbuzz-dev", {"pdf/"}},
    {"hb", "libharfbuzz-dev", {"pdf/"}},
    {"qpdf/", "libqpdf-dev", {"pdf/"}},
    {"qrencode.h", "libqrencode-dev", {"pdf/"}},
    {"libdeflate.h", "libdeflate-dev", {"pdf/"}},
    {"zlib.h", "zlib1g-dev", {"service/assets/", "service/assets."}},
    {"mimalloc.h", "libmimalloc-dev", {"service/wiping_heap"}},
    {"jpeglib.h", "libjpeg62-turbo-dev", {"service/worker/"}},
    {"jerror.h", "libjpeg62-turbo-dev", {"service/worker/"}},
    {"png.h", "libpng-dev", {"service/worker/"}},
    {"seccomp.h", "libseccomp-dev", {"service/worker/"}},
    {"ctemplate/", "libctemplate-dev", {"service/pages/"}},
    {"CLI/", "libcli11-dev", {"service/command_line", "service/commands/"}},
    {"toml++/", "libtomlplusplus-dev", {"service/config", "service/texts/", "service/texts."}},
    {"curl/", "libcurl4-openssl-dev", {"service/http/client"}},
    {"zip.h", "libzip-dev", {"service/zip/"}},
    {"fido.h", "libfido2-dev", {"service/passkeys/"}},
    {"fido/", "libfido2-dev", {"service/passkeys/"}},
    {"gtest/", "libgtest-dev", {}},
    {"gmock/", "libgmock-dev", {}},
    {"benchmark/", "libbenchmark-dev", {}},
    // forms and pdf are pure: they see no file, no clock of the system, no chance.
    {"fstream", "", {"certs/", "db/", "service/"}},
    {"filesystem", "", {"certs/", "db/", "service/"}},
    {"random", "", {"certs/", "db/", "service/"}},
    {"iostream", "", {}},
};

bool begins_with_any(std::string_view text, std::initializer_list<std::string_view> prefixes) {
  return std::ranges::any_of(prefixes, [text](auto prefix) { return text.starts_with(prefix); });
}

bool is_program(std::string_view path) {
  return begins_with_any(path, {"service/", "forms/", "pdf/", "db/", "certs/"});
}

folder_law const* law_of(std::string_view path) {
  auto const at = std::ranges::find_if(
      folder_laws, [path](auto const& law) { return path.starts_with(law.folder); });
  return at == std::end(folder_laws) ? nullptr : at;
}

library_law const* law_of_library(std::string_view header) {
  auto const at = std::ranges::find_if(library_laws, [header](auto const& law) {
    return law.header.find_first_of("/.") == law.header.npos && law.package.empty()
               ? header == law.header
               : header.starts_with(law.header);
  });
  return at == std::end(library_laws) ? nullptr : at;
}

/// A header with a dot in its name that is no library above is the operating system's.
bool is_operating_system(std::string_view header) {
  return header.find('.') != header.npos && law_of_library(header) == nullptr;
}

bool is_generated(std::string_view header) {
  return header.starts_with("embedded_") && header.find('/') == header.npos;
}

std::string sibling_header(std::string_view source) {
  return std::string{source.substr(0, source.size() - 4)} + ".hpp";
}

/// Calls `check(file, include)` for every include of every C++ file that `selects` picks.
template <class Selects, class Check>
breaches for_each_include(tree const& files, Selects selects, Check check) {
  breaches found;
  for (auto const& file : files.files) {
    if (!is_cxx(file.path) || !selects(file.path)) continue;
    for (auto const& include : includes_of(file.text)) {
      if (auto message = check(file, include); !message.empty()) {
        found.push_back({file.path, include.line, std::move(message)});
      }
    }
  }
  return found;
}

}  // namespace

breaches folders_include_downwards(tree const& files) {
  return for_each_include(
      files, is_program, [](file const& from, include const& to) -> std::string {
        if (!to.quoted || is_generated(to.path)) return {};
        auto const* law = law_of(from.path);
        if (law == nullptr || begins_with_any(to.path, law->may_include)) return {};
        return std::string{law->folder} + " may not include \"" + to.path + "\"";
      });
}

breaches libraries_stay_home(tree const& files) {
  return for_each_include(
      files, is_program, [](file const& from, include const& to) -> std::string {
        if (to.quoted) return {};
        if (auto const* law = law_of_library(to.path)) {
          if (begins_with_any(from.path, law->homes)) return {};
          return "<" + to.path + "> does not live in " + std::string{folder_of(from.path)};
        }
        if (is_operating_system(to.path) && begins_with_any(from.path, {"forms/", "pdf/"})) {
          return "<" + to.path + "> is the operating system's; this folder is pure";
        }
        return {};
      });
}

breaches includes_resolve(tree const& files) {
  return for_each_include(
      files, [](auto) { return true; },
      [&files](file const&, include const& to) -> std::string {
        if (!to.quoted || is_generated(to.path) || files.has(to.path)) return {};
        return "\"" + to.path + "\" is not the full path of a file";
      });
}

breaches sources_include_their_header_first(tree const& files) {
  breaches found;
  for (auto const& file : files.files) {
    if (!is_source(file.path) || !files.has(sibling_header(file.path))) continue;
    auto const includes = includes_of(file.text);
    if (includes.empty() || includes.front().path != sibling_header(file.path)) {
      found.push_back(
          {file.path, 1,
           "does not include its own header first: nothing proves that it stands alone"});
    }
  }
  return found;
}

breaches headers_say_pragma_once(tree const& files) {
  breaches found;
  for (auto const& file : files.files) {
    if (is_header(file.path) && code_only(file.text).find("#pragma once") == std::string::npos) {
      found.push_back({file.path, 1, "no #pragma once"});
    }
  }
  return found;
}

breaches headers_are_used(tree const& files) {
  std::set<std::string> used;
  for (auto const& file : files.files) {
    for (auto const& include : includes_of(file.text)) {
      bool const is_own = is_source(file.path) && sibling_header(file.path) == include.path;
      if (!is_own) used.insert(include.path);
    }
  }
  breaches found;
  for (auto const& file : files.files) {
    if (is_header(file.path) && !used.contains(file.path)) {
      found.push_back({file.path, 0, "nobody includes this header"});
    }
  }
  return found;
}

breaches libraries_have_a_package(tree const& files) {
  auto const* packages = files.find("deploy/packages");
  std::string const listed = packages == nullptr ? "" : packages->text;
  return for_each_include(
      files, [](auto) { return true; },
      [&listed](file const&, include const& to) -> std::string {
        auto const* law = to.quoted ? nullptr : law_of_library(to.path);
        if (law == nullptr || law->package.empty()) return {};
        auto const name = " " + std::string{law->package} + " ";
        if (listed.find(name) != listed.npos) return {};
        return "<" + to.path + "> comes with" + name + "which deploy/packages does not list";
      });
}

}  // namespace intake::tidy

#include "service/version.hpp"

#include "service/commands/commands.hpp"

#include <fmt/format.h>

namespace intake::service::commands {
namespace {

struct dependency {
  std::string_view name;
  std::string_view licence;
  /// How the shared library's name begins; empty where the code is part of this program.
  std::string_view library;
};

/// tests/deploy/program_tells holds it to what the program really loads.
constexpr dependency dependencies[] = {
    {"Boost.JSON", "BSL-1.0", "libboost_json.so"},
    {"Boost (Asio, Beast, other headers)", "BSL-1.0", ""},
    {"libpqxx", "BSD-3-Clause", "libpqxx-6.4.so"},
    {"libpq", "PostgreSQL", "libpq.so"},
    {"OpenSSL, TLS", "Apache-2.0", "libssl.so"},
    {"OpenSSL, cryptography", "Apache-2.0", "libcrypto.so"},
    {"argon2", "CC0-1.0 OR Apache-2.0", "libargon2.so"},
    {"p11-kit (one header)", "BSD-3-Clause", ""},
    {"libharu", "Zlib", "libhpdf-2.3.0.so"},
    {"HarfBuzz", "MIT", "libharfbuzz.so"},
    {"HarfBuzz, subsets", "MIT", "libharfbuzz-subset.so"},
    {"qpdf", "Apache-2.0", "libqpdf.so"},
    {"mimalloc", "MIT", "libmimalloc.so"},
    {"qrencode", "LGPL-2.1-or-later", "libqrencode.so"},
    {"libdeflate", "MIT", "libdeflate.so"},
    {"ICU, common", "ICU", "libicuuc.so"},
    {"ICU, languages", "ICU", "libicui18n.so"},
    {"RE2", "BSD-3-Clause", "libre2.so"},
    {"CTemplate", "BSD-3-Clause", "libctemplate.so"},
    {"CLI11", "BSD-3-Clause", ""},
    {"toml++", "MIT", "libtomlplusplus.so"},
    {"fmt", "MIT", "libfmt.so"},
    {"zlib", "Zlib", "libz.so"},
    {"libzip", "BSD-3-Clause", "libzip.so"},
    {"curl", "curl", "libcurl.so"},
    {"libjpeg-turbo", "IJG AND BSD-3-Clause AND Zlib", "libjpeg.so"},
    {"libpng", "libpng-2.0", "libpng16.so"},
    {"libseccomp", "LGPL-2.1-only", "libseccomp.so"},
    {"libfido2", "BSD-2-Clause", "libfido2.so"},
    {"GNU C Library", "LGPL-2.1-or-later", "libc.so"},
    {"GNU C Library, mathematics", "LGPL-2.1-or-later", "libm.so"},
    {"GCC, C++ library", "GPL-3.0-or-later WITH GCC-exception-3.1", "libstdc++.so"},
    {"GCC, run-time library", "GPL-3.0-or-later WITH GCC-exception-3.1", "libgcc_s.so"},
    {"Noto Sans", "OFL-1.1", ""},
    {"govuk-frontend, style sheet", "MIT", ""},
    {"signature_pad", "MIT", ""},
};

}  // namespace

exit_code show_version(surroundings const& around, version_options const& options) {
  fmt::print(around.out, "intake {}\n", version);
  if (!options.licences) return exit_code::good;
  fmt::print(around.out, "Licence: Apache-2.0\nBuilt with:\n");
  for (auto const& [name, licence, library] : dependencies) {
    fmt::print(around.out, "  {:<36}{:<42}{}\n", name, licence,
               library.empty() ? "part of this program" : library);
  }
  return exit_code::good;
}

}  // namespace intake::service::commands

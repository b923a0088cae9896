#include "service/version.hpp"

#include "service/commands/commands.hpp"

#include <fmt/format.h>

namespace intake::service::commands {
namespace {

struct dependency {
  std::string_view name;
  std::string_view licence;
};

constexpr dependency dependencies[] = {
    {"Boost (Asio, Beast, JSON)", "BSL-1.0"},
    {"libpqxx", "BSD-3-Clause"},
    {"libpq", "PostgreSQL"},
    {"OpenSSL", "Apache-2.0"},
    {"argon2", "CC0-1.0 or Apache-2.0"},
    {"libharu", "Zlib"},
    {"HarfBuzz", "MIT"},
    {"ICU", "Unicode-3.0"},
    {"RE2", "BSD-3-Clause"},
    {"qrencode", "LGPL-2.1-or-later"},
    {"CTemplate", "BSD-3-Clause"},
    {"CLI11", "BSD-3-Clause"},
    {"toml++", "MIT"},
    {"fmt", "MIT"},
    {"libdeflate", "MIT"},
    {"zlib", "Zlib"},
    {"Noto Sans (embedded)", "OFL-1.1"},
    {"govuk-frontend (style sheet, embedded)", "MIT"},
};

}  // namespace

exit_code show_version(surroundings const& around, version_options const& options) {
  fmt::print(around.out, "intake {}\n", version);
  if (!options.licences) return exit_code::good;
  fmt::print(around.out, "Licence: Apache-2.0\nBuilt with:\n");
  for (auto const& [name, licence] : dependencies) {
    fmt::print(around.out, "  {:<42}{}\n", name, licence);
  }
  return exit_code::good;
}

}  // namespace intake::service::commands

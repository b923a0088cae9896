#pragma once
#include <chrono>
#include <span>
#include <string>
#include <vector>

/// ZIP files, written whole in memory. libzip lives here only.
namespace intake::service::zip {

struct archive_entry {
  /// Letters, digits, '.', '-' and '_', no two the same.
  std::string name;
  std::string bytes;
  /// What the entry calls its time; ZIP knows no zone, so it is written as UTC, to two seconds.
  std::chrono::sys_seconds made{};
};

/// The entries, at least one, in their order, stored as they are: what goes into it is deflated
/// already. The same entries give the same bytes. Throws std::runtime_error where a name may not be
/// or libzip fails; its sentence holds no content.
std::string write_archive(std::span<archive_entry const>);

}  // namespace intake::service::zip

#pragma once
#include "db/eligibility_files.hpp"
#include "service/application.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What comes from outside: 271, 999 or TA1, whoever brought it.
namespace intake::service::eligibility {

struct taken_file {
  /// False: these bytes were taken before.
  bool is_new = false;
  /// Not X12, or nothing in it that is read here: nothing was kept. One sentence.
  std::string refused{};
  std::int64_t answers = 0;
  std::int64_t kept = 0;
  std::int64_t unmatched = 0;
  std::int64_t acknowledgements = 0;
  /// Acknowledgements of files that are not ours.
  std::int64_t strange = 0;
  /// Whose records got an answer.
  std::vector<certs::uuid> submissions{};
  /// Whose answers it holds, taken now or before.
  std::vector<certs::uuid> inquiries{};
};

struct file_bringer {
  db::file_way how = db::file_way::upload;
  /// Nothing where the program found it in a folder.
  std::optional<certs::uuid> actor{};
  certs::utc_time now{};
};

/// Reads it, finds the question of every answer by its trace number, and stores all of it or
/// nothing. The caller's audit entry names `submissions`. Throws db::unavailable.
taken_file take_file(application&, std::string_view bytes, file_bringer const&);

/// A received file as it came; nothing where it is not there or does not open. Empty where what
/// came over the line lies whole with its check.
std::optional<std::string> open_received(application&, certs::uuid file);

}  // namespace intake::service::eligibility

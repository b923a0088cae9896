#pragma once
#include "db/eligibility_files.hpp"
#include "service/application.hpp"
#include "service/eligibility/work_list.hpp"

#include <optional>
#include <string>
#include <vector>

/// A day's coverages as one 270.
namespace intake::service::eligibility {

/// A coverage that is not asked about, and why in words for staff.
struct not_asked {
  certs::uuid submission;
  std::int16_t coverage = 1;
  std::string patient;
  std::string payer;
  std::string why;
};

struct made_batch {
  /// Nothing where there was nothing to ask.
  std::optional<certs::uuid> id;
  std::string file_name;
  std::string text;
  std::size_t asked = 0;
  std::vector<certs::uuid> submissions;
  std::vector<certs::uuid> inquiries;
  std::vector<not_asked> left_out;
};

/// What is missing in the configuration before anything can be asked; empty: nothing.
std::string cannot_ask(config const&);

/// Whether questions can leave over the line.
bool is_connected(config const&);

/// Writes and stores the day's questions: of every coverage that `why_not_now` lets be asked.
/// `actor` nothing: a command. Throws db::unavailable.
made_batch make_batch(application&, std::vector<work_row> const&, std::optional<certs::uuid> actor,
                      certs::utc_time now);

/// One question for the line, written and stored whatever was asked before: whether it is to be
/// asked is the caller's to know. Throws db::unavailable.
made_batch make_question(application&, work_row const&, std::optional<certs::uuid> actor,
                         certs::utc_time now);

/// Those that `why_not_now` lets be asked.
std::vector<work_row const*> rows_to_ask(application&, std::vector<work_row> const&,
                                         certs::utc_time now);

/// The text of a stored batch; nothing where it does not open.
std::optional<std::string> open_batch(certs::kek_provider const&, db::batch_row const&);

/// "intake-270-000000017.x12".
std::string batch_file_name(std::int64_t interchange);

/// Whom a question was about; nothing where it does not open.
std::optional<asked_about> open_question(certs::kek_provider const&, db::inquiry_row const&);

}  // namespace intake::service::eligibility

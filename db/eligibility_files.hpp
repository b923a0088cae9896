#pragma once
#include "db/eligibility.hpp"
#include "db/enrolments.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

/// Questions to payers and what comes back, as files. Rows are only ever added. All functions here
/// need the role intake_desk or intake_billing and throw `unavailable`.
namespace intake::db {

/// Numbers that no other file of ours has.
struct control_numbers {
  std::int64_t interchange = 0;  ///< ISA13
  std::int64_t group = 0;        ///< GS06
  /// One a question: ST02, BHT03 and TRN02 are made of it.
  std::vector<std::int64_t> inquiries;
};
control_numbers take_control_numbers(pool&, std::size_t inquiries);

/// One question about one coverage.
struct inquiry_row {
  certs::uuid id;
  std::string trace;
  std::string set_control;
  certs::uuid batch;
  certs::uuid submission;
  std::int32_t version = 1;
  std::int16_t coverage = 1;
  std::string service_date;
  certs::utc_time created{};
  std::optional<certs::wrapped_key> key;
  /// Whom it is about, sealed.
  certs::bytes question;
};

struct batch_row {
  certs::uuid id;
  std::int64_t interchange = 0;
  std::int64_t group = 0;
  certs::utc_time created{};
  std::optional<certs::uuid> actor;
  certs::wrapped_key key;
  certs::bytes content;
  /// One question that went over the line: nobody brings it anywhere.
  bool over_line = false;
  /// It is to lie in the folder for the clearinghouse, and is not known to yet.
  bool folder_due = false;
};

/// A batch with its questions, in one transaction.
void add_batch(pool&, batch_row const&, std::span<inquiry_row const>);

struct listed_batch {
  batch_row what;  ///< without its content
  std::int64_t inquiries = 0;
  std::int64_t answered = 0;
  /// The last word of the receiver about it, TA1 or 999; empty: none yet.
  std::string acknowledged;
  /// What it found wrong: "TA1 R 006", "IK5 R".
  std::string complaints;
};
/// Those for somebody to bring, the newest first; at most 50.
std::vector<listed_batch> list_batches(pool&);
std::optional<batch_row> find_batch(pool&, certs::uuid id);
/// Those that are to lie in the folder and do not, the oldest first; at most 50.
std::vector<certs::uuid> batches_due_in_folder(pool&);
void note_batch_in_folder(pool&, certs::uuid id);

/// Those with these trace numbers, in no particular order.
std::vector<inquiry_row> find_inquiries(pool&, std::vector<std::string> const& traces);

/// The latest question of each coverage of these submissions.
struct asked_inquiry {
  inquiry_row what;  ///< without its question
  bool answered = false;
  bool over_line = false;
  /// The last word of the receiver about this question alone; empty: none.
  std::string acknowledged;
};
std::vector<asked_inquiry> latest_inquiries(pool&, std::span<certs::uuid const> submissions);

/// What a receiver says: of an interchange (TA1), of a group or of one set in it (999).
struct acknowledgement_row {
  std::int64_t interchange = 0;  ///< 0: it is a group's
  std::int64_t group = 0;
  std::string set_control;  ///< empty: of the whole
  std::string verdict;
  std::string code;
};

struct unmatched_row {
  std::int64_t segment = 0;
  std::string reason;
};

/// The round of that day (YYYY-MM-DD) is the caller's: nobody has begun it, or whoever did has not
/// ended it within half an hour.
[[nodiscard]] bool begin_round(pool&, std::string const& day, certs::utc_time now);
void end_round(pool&, std::string const& day, certs::utc_time now);

/// An answer that only the clinic's enrolment with its payer can change.
struct found_enrolment {
  enrolment_task task;
  certs::utc_time asked{};
};

enum class file_way : std::uint8_t { upload, folder, clearinghouse };

struct answer_file {
  certs::uuid id;
  certs::hash256 content_hash{};
  certs::utc_time received{};
  file_way how = file_way::upload;
  std::optional<certs::uuid> actor;
  std::int64_t answers = 0;
  certs::wrapped_key key;
  certs::bytes content;
  std::vector<new_check> checks;
  std::vector<unmatched_row> unmatched;
  std::vector<acknowledgement_row> acknowledgements;
  std::vector<found_enrolment> enrolments;
};

struct file_outcome {
  bool taken = false;  ///< false: these bytes were taken before, and nothing was added
  std::int64_t kept = 0;
  /// Acknowledgements of batches that are not ours.
  std::int64_t strange = 0;
};
/// All of it in one transaction: a file is taken once, whole, or not at all.
file_outcome add_answer_file(pool&, answer_file const&);

struct listed_file {
  certs::uuid id;
  certs::utc_time received{};
  file_way how = file_way::upload;
  std::optional<certs::uuid> actor;
  std::int64_t answers = 0;
  std::int64_t kept = 0;
  std::vector<unmatched_row> unmatched;
};
/// The newest first; at most 50, with at most 200 unmatched answers in all. Of what came over the
/// line, only what found no question.
std::vector<listed_file> list_files(pool&);

/// A received file as it came, sealed; nothing where it is not there.
struct sealed_file {
  certs::wrapped_key key;
  certs::bytes content;
};
std::optional<sealed_file> find_answer_file(pool&, certs::uuid id);

}  // namespace intake::db

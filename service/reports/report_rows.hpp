#pragma once
#include "service/application.hpp"
#include "service/call.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace intake::service::reports {

enum class report_kind {
  none,
  patient,  ///< who saw this patient: every entry about any of their submissions
  user,     ///< what somebody saw, printed, downloaded, exported between two times
  left      ///< whose data left between two times, by which way
};

/// What was asked, as it was typed; the page shows it again.
struct report_question {
  report_kind kind = report_kind::none;
  std::string receipt{};
  std::string account{};
  /// "2026-11-28T07:45" on the clinic's wall.
  std::string from{};
  std::string until{};
};

/// One act on one record.
struct report_row {
  certs::utc_time at{};
  std::string who;
  std::string act;
  /// How it left: "download", "export", "API", "command line"; empty where nothing did.
  std::string way;
  /// As people say it; empty where the act was on no submission.
  std::string receipt;
  std::string outcome;
  std::string purpose;
  std::string address;
};

/// Rows of a report at most; beyond that the newest.
inline constexpr int report_rows_max = 10'000;

struct report {
  std::vector<report_row> rows;
  /// The submissions that the report is about or names: the trail says that they were shown.
  std::vector<certs::uuid> records;
  /// What is wrong with the question; empty: nothing.
  std::string fault{};
  bool cut_short = false;
};

report_question read_question(request const&);
std::string_view word_of(report_kind);

/// Asks the trail, and writes into it that it was asked, before anything is shown.
report answer(application&, call const&, report_question const&);

}  // namespace intake::service::reports

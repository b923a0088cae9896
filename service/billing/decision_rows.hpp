#pragma once
#include "db/submissions.hpp"
#include "service/application.hpp"
#include "service/summary.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace intake::service::billing {

/// A submission as billing works on it; answers stay sealed.
struct decision_row {
  db::submission_head head;
  summary patient;
  /// What staff read about the row that spoke, by the rules in force; empty where they lack it.
  std::string reason;
};

/// The newest submissions with a decision, of that outcome (empty: all). At most 500 submissions
/// are looked at; `more` says that there are older ones.
struct decision_rows {
  std::vector<decision_row> rows;
  bool more = false;
};
decision_rows newest_decisions(application&, std::string_view outcome);

/// "Accepted, with conditions"; empty for a word that is no outcome.
std::string_view outcome_words(std::string_view outcome);

/// `?outcome=`; nothing where it is none.
std::optional<std::string> wanted_outcome(std::string_view query);

}  // namespace intake::service::billing

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
  /// What staff read about the row that spoke, in the rules that decided; empty where it is not
  /// known which these were, or they can't be read.
  std::string reason;
};

/// Which decisions are wanted: of that outcome (empty: all), of submissions before the mark.
struct wanted_decisions {
  std::string outcome;
  std::optional<db::page_mark> after;
};

/// `?outcome=&after=`; nothing where one of them is none.
std::optional<wanted_decisions> read_wanted(std::string_view query);

/// The other way about, with its question mark; empty for the newest of all.
std::string query_of(wanted_decisions const&);

/// Newest first. At most 500 submissions are looked at; where there are older ones, they begin
/// after `last`.
struct decision_rows {
  std::vector<decision_row> rows;
  std::optional<db::page_mark> last;
};
decision_rows decisions_of(application&, wanted_decisions const&);

/// "Accepted, with conditions"; empty for a word that is no outcome.
std::string_view outcome_words(std::string_view outcome);

}  // namespace intake::service::billing

#pragma once
#include "service/eligibility/asking.hpp"
#include "tests/journeys/eligibility_day.hpp"

#include <functional>
#include <mutex>
#include <string>
#include <vector>

namespace intake::tests {

/// A line that answers what it is told to, and keeps what was asked.
struct scripted_line {
  using outcome = service::eligibility::exchange_outcome;
  outcome operator()(std::string const& x12);

  std::function<outcome(std::string const&)> answer;
  std::mutex mutex{};
  std::vector<std::string> asked{};
};

/// Active, as a file of its own for each question.
scripted_line::outcome says_active(std::string const& question);

/// A day at a clinic that has a line.
struct line_day {
  explicit line_day(std::vector<insured_patient> patients = {insured_patient{}});

  /// The button on the page of one coverage.
  service::response press(std::size_t which = 0, int coverage = 1);
  /// What the worker does once.
  bool ask();
  std::size_t asked() const { return line.asked.size(); }
  /// A later moment, signed in.
  void wait(std::chrono::seconds);
  /// A column of every wish, in their order.
  std::string requests(std::string const& column);

  eligibility_day day;
  scripted_line line{says_active};
  int people = 0;
};

}  // namespace intake::tests

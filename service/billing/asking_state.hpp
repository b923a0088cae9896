#pragma once
#include "service/application.hpp"
#include "service/eligibility/asking.hpp"
#include "service/pages/page.hpp"

#include <span>
#include <string>
#include <vector>

/// What billing's pages show of questions that leave over the line.
namespace intake::service::billing {

/// The newest wish of every coverage of some rows.
class asking_states {
 public:
  asking_states(application&, std::span<eligibility::work_row const>, certs::utc_time now);

  /// Empty where nothing goes on and nothing failed.
  eligibility::asking_words words_of(eligibility::work_row const&) const;
  /// "Asking the payers: 3 under way, 21 wait, 1 could not be asked."; empty: nothing of it.
  std::string progress() const;

 private:
  application& app_;
  certs::utc_time now_;
  std::vector<db::eligibility_request> requests_;
};

/// The state of one coverage's question and the button, in sections of the page of one coverage.
void add_asking(page_model&, application&, eligibility::work_row const&, std::string const& csrf,
                std::string const& url, certs::utc_time now);

}  // namespace intake::service::billing

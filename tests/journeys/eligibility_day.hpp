#pragma once
#include "tests/certs/temporary_folder.hpp"
#include "tests/journeys/clinic.hpp"

#include <string>
#include <vector>

namespace intake::tests {

/// A patient of an eligibility test; born on March 8, 1951, as all of them are.
struct insured_patient {
  std::string family = "Sample";
  std::string given = "Sally";
  std::string member = "1EG4-TE5-MK73";
};

/// What stands between two texts after a place.
std::string between(std::string const& text, std::string const& before, std::string const& after,
                    std::size_t from = 0);

/// A clinic at noon with patients who have visits, forms and insurances, and billing signed in.
struct eligibility_day {
  /// `line_url` empty: the clinic has no line to a clearinghouse.
  explicit eligibility_day(std::vector<insured_patient> patients = {insured_patient{}},
                           std::string const& line_url = {});

  std::string outbox() const { return folder / "out"; }
  std::string inbox() const { return folder / "in"; }
  void add(insured_patient const&);
  std::string today();
  std::string make_batch();
  /// The newest file in the folder.
  std::string written() const;
  std::string upload(std::string const& text);
  std::string page(std::size_t which = 0, int coverage = 1);
  std::string checks() { return c.rows().value("SELECT count(*) FROM eligibility_check"); }

  certs::temporary_folder folder;
  clinic c;
  std::vector<std::string> submissions;
};

/// What a 271 says of one person.
struct person_said {
  std::string trace;
  std::string family = "SAMPLE";
  std::string given = "SALLY";
  std::string rows = "EB*1**30**EXAMPLE PLAN A~";
  std::string born = "19510308";
};
std::string set_of(std::string const& control, std::vector<person_said> const& people,
                   std::string const& reference = "");
std::string file_of(std::string const& sets, int control = 71);
/// TRN02 of the which-th question in a 270.
std::string trace_in(std::string const& question, std::size_t which = 0);

}  // namespace intake::tests

#pragma once
#include "service/form_store.hpp"
#include "service/record.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace intake::service {

/// Which edition of a text can be signed on a day (YYYY-MM-DD); empty: none.
std::string edition_in_force(form_store const&, std::string_view form_id, std::string_view link_id,
                             std::string_view day);

/// A text that a patient signed in an edition that is not in force any more.
struct due_consent {
  /// Of the submission in which it was signed last.
  std::string receipt;
  std::string patient;
  std::string birth_date;
  std::string consent;
  std::string signed_edition;
  certs::utc_time signed_at{};
  /// Empty: no edition is in force, there is nothing to sign.
  std::string edition_in_force;
};

/// Finds who must sign again, given every record from the newest to the oldest. Patients are told
/// apart by name and date of birth.
class consent_search {
 public:
  /// `day` is YYYY-MM-DD, the clinic's.
  consent_search(form_store const& forms, std::string day) : forms_(forms), day_(std::move(day)) {}

  void add(db::submission_head const&, opened_record const&);
  /// In the order of the last signature, newest first.
  std::vector<due_consent> const& due() const { return due_; }

 private:
  form_store const& forms_;
  std::string day_;
  /// Patient and consent, once its newest signature was seen.
  std::map<std::string, bool, std::less<>> seen_;
  std::vector<due_consent> due_;
};

}  // namespace intake::service

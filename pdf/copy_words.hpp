#pragma once
#include "pdf/document.hpp"

#include <array>
#include <string>

namespace intake::pdf {

/// The words of the one-page summary and of the treatment ledger.
struct summary_words {
  std::string summary = "Summary";
  std::string asks = "The patient asks";
  std::string visit = "Visit";
  std::string filled_in_by = "Filled in by";
  std::string called = "Wants to be called";
  std::string sex = "Sex";
  std::string telephone = "Telephone";
  std::string email = "E-mail";
  std::string address = "Address";
  std::string language = "Language at the visit";
  std::string interpreter = "Interpreter";
  std::string needs = "Help at the visit";
  std::string contact = "In an emergency";
  std::string doctor = "Regular doctor";
  std::string referring = "Sent by";
  std::string pharmacy = "Pharmacy";
  std::string plans = "Insurance plans";
  std::string payer = "Insurer";
  std::string plan = "Plan";
  std::string member = "Member ID";
  std::string group = "Group number";
  std::string subscriber = "The patient is";
  std::string referral = "Referral";
  std::string scores = "Pain, 0 to 10";
  std::string now = "now";
  std::string worst = "worst";
  std::string least = "least";
  std::string most_days = "most days";
  std::string peg = "PEG score";
  std::string since = "Since";
  std::string began = "How it began";
  std::string medicines = "Medicines";
  std::string allergies = "Allergies";
  std::string ledger = "Treatments tried";
  std::string ledger_note =
      "For a prior authorization: what the patient reports, on the day given above. Nothing here "
      "was checked against another record.";
  std::string treatment = "Treatment";
  std::string in_use = "In use";
  std::string how_long = "For how long";
  std::string helped = "Helped, 0 to 10";
  std::string why_stopped = "Why stopped";
  std::string eligibility = "Eligibility";
  std::string not_checked = "Not checked";
  std::string asked = "As of {time}, {by}.";
  std::string no_guarantee = "Not a guarantee of payment.";
  std::string regions = "Where it hurts";
  std::string worst_region = "Worst at";
};

/// The words of a copy, in its language.
struct copy_words {
  page_words page{};
  std::string yes = "Yes";
  std::string no = "No";
  std::string none_given = "None given";
  std::string attached = "Attached: {title}";
  std::string receipt = "Receipt";
  std::string submitted = "Submitted";
  std::string form = "Form";
  std::string language = "Language";
  std::string edition = "edition {edition}";
  std::string about_version = "About this version";
  std::string settled = "Settled at the desk";
  std::string not_signed_here = "Not signed on a screen";
  std::string alerts = "Alerts";
  std::string insurance = "Insurance";
  std::string rule = "Rule";
  std::string signed_by_hand = "Signed by hand on a screen";
  std::string typed_name = "Signed by typing the name";
  std::string not_signed = "Not signed";
  std::string canonical = "Edition";
  std::string editions = "Editions of forms:";
  std::string agreements = "Agreements";
  std::string agreement = "Agreement";
  std::string method = "How it was signed";
  std::string text_hash = "Text, SHA-256 begins";
  std::string answered_by = "Answered by";
  std::string record = "Submission";
  std::string version = "{id}, version {version}";
  std::string forms_in_packet = "{title}: {count} forms, editions on the last page";
  std::string behavioural_left_out =
      "This copy leaves out behavioural answers (mood, safety, substances), if there are any. "
      "Clinicians find them in the clinical copy.";
  std::string clinical_left_out =
      "This copy leaves out clinical and behavioural answers, if there are any, but for the "
      "treatments tried, which a prior authorization asks for.";
  std::string answers_left_out =
      "This copy has the summary and the forms that are signed. The whole copy has every answer.";
  std::string as_of = "as of {time}";
  std::string certificate = "About this copy";
  std::string certificate_note =
      "This copy was made by the clinic's forms service from the record named here.";
  std::array<std::string, 12> months{"January",   "February", "March",    "April",
                                     "May",       "June",     "July",     "August",
                                     "September", "October",  "November", "December"};
  std::string date = "{month} {day}, {year}";
  std::string month_and_year = "{month} {year}";
  std::string patients_name = "Patient's name";
  std::string blank_packet = "Forms to fill in with a pen";
  summary_words summary{};
};

}  // namespace intake::pdf

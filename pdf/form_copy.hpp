#pragma once
#include "forms/answers.hpp"
#include "forms/questionnaire.hpp"
#include "pdf/copy_words.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace intake::pdf {

/// Who a copy is for. The clinical copy shows everything; the desk's leaves out what has the
/// audience `behavioural`, names of forms too; the patient's shows what was answered and signed,
/// without scores, alerts and what staff make of it; billing's is about who pays: who the patient
/// is, coverage and agreements. What an alert may say to whom is the caller's to choose.
enum class copy_profile : std::uint8_t { desk, clinical, patient, billing };

/// All of it, or what goes on top of a chart: the summary and the forms that are signed. The
/// patient's own copy is always whole.
enum class copy_extent : std::uint8_t { whole, summary_and_agreements };

enum class decided : std::uint8_t { accepted, accepted_with_conditions, review, not_accepted };

/// An insurance decision as it is printed.
struct copy_decision {
  decided outcome = decided::review;
  std::string headline{};                ///< "Accepted with conditions"
  std::vector<std::string> sentences{};  ///< for the reader of this profile
  std::string reason{};
  std::string rule{};  ///< the rule that spoke and its rule set; not in the patient's copy
};

/// What a payer calls a plan.
enum class cover_verdict : std::uint8_t { active, inactive, unclear };

/// One check of one plan: what somebody said at some time, printed as it is given. Never a promise,
/// which the copy says beside it. Amounts are text with their currency; what is unknown is left
/// out.
struct copy_eligibility {
  std::string plan{};  ///< which of the patient's plans
  cover_verdict verdict = cover_verdict::unclear;
  std::string headline{};  ///< "Active", "Could not check"
  std::string as_of{};     ///< when it was asked, with its zone
  std::string asked_by{};  ///< by whom and how: "by hand, front desk, payer's portal"
  std::string plan_dates{};
  std::vector<fact> money{};
  std::vector<std::string> remarks{};  ///< "Simulated", for which day of service
};

/// What staff settled after it was missing, as it is printed: the record itself never changes.
struct copy_settlement {
  std::string agreement{};  ///< linkId of the group that was to be signed; empty: something else
  std::string thing{};      ///< "signature: Agreement to be treated"
  std::string how{};        ///< "signed on paper, seen by front, March 4, 2026, 9:05 AM EST"
  std::string reason{};     ///< what staff wrote beside it
};

/// One form of a packet, as it was filled in. Both must outlive the call.
struct filled_form {
  forms::questionnaire const* form = nullptr;
  forms::answers const* given = nullptr;
};

/// A picture that was uploaded, decoded and encoded again: printed where its answer stands.
struct copy_picture {
  std::string key{};  ///< answer_key of the attachment
  std::string jpeg{};
};

/// What the record and the clinic say beside the answers. Times are text with their zone, made by
/// the caller.
struct copy_facts {
  copy_profile profile = copy_profile::desk;
  copy_extent extent = copy_extent::whole;
  standing purpose = standing::evaluation;
  clinic letterhead{};
  std::string title{};
  std::string patient_name{};
  std::string born{};  ///< date of birth and age at submission
  std::string receipt{};
  std::string submitted{};
  std::string language_name{};  ///< of the patient, in the copy's language
  std::string
      patient_language{};  ///< BCP 47; where it is not the copy's, the patient's words stand beside
  std::string copy_language = "en";
  std::string profile_name{};  ///< "Desk copy"
  std::string as_of{};         ///< when eligibility, decision and alerts were looked up
  /// The moment that the forms' expressions go by, as a FHIR dateTime: that of the submission, so
  /// that an old copy shows what applied then.
  std::string now{};
  std::chrono::sys_seconds created{};
  std::vector<std::string> alerts{};
  /// What every reader must know of this version before its answers: what it replaces, who typed.
  std::vector<std::string> record_notes{};
  std::optional<copy_decision> decision{};
  /// The last check of each plan at `as_of`; where there is none, staff read "Not checked". A dated
  /// input as decision and alerts are; not in the patient's copy.
  std::vector<copy_eligibility> eligibility{};
  /// What was settled at the desk, as of when it is printed; not in the patient's copy.
  std::vector<copy_settlement> settled{};
  std::vector<copy_picture> pictures{};
  std::string signer_name{};
  std::string signer_relation{};
  std::string record_id{};  ///< UUID; with the version the only content of the QR code
  unsigned record_version = 1;
  std::vector<fact> certificate{};  ///< hashes and methods, as label and value
  std::vector<fact> text_hashes{};  ///< edition of a signed text, and the hash of its words
  /// In copy_language.
  copy_words words{};
};

/// Whether a reader of that copy may see an answer of that audience.
bool may_show(copy_profile, forms::form_audience);

/// The paper copy of a submission: alerts and a list of the forms; for staff a summary of one page:
/// what the patient asks, who it is, plans, decision, eligibility, pain with the body map,
/// medicines, allergies; every question that was asked, in form order, with its answer or "Not
/// answered"; hidden and disabled ones omitted, computed scores shown; agreements with their full
/// text and signature; for staff the treatments tried; a certificate on the last page.
document form_copy(std::span<filled_form const> packet, copy_facts const& about);

/// Names an answer in rendered::defects and copy_picture: linkIds with the number of a repetition,
/// never a value, such as "medicine[2]/medicine.name".
std::string answer_key(std::string_view parent, std::string_view link_id, std::size_t repetition);

}  // namespace intake::pdf

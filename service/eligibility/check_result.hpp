#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What is known after one check, however it was made. What was not said is empty or absent, never
/// 0; `segment` is the number of the payer's segment, 0 where a person wrote it down.
namespace intake::service::eligibility {

enum class verdict : std::uint8_t { active, inactive, unclear, could_not_check };

/// "active", "could-not-check"; and how people read it.
std::string_view name_of(verdict);
std::string_view words_of(verdict);
std::optional<verdict> verdict_from(std::string_view name);

/// Whom a check was about, as the form had it at that time.
struct asked_about {
  std::string payer{};
  /// As the form has it, where the tables know it by another name; older checks do not say.
  std::string payer_typed{};
  std::string member_id{};
  std::string family{};
  std::string given{};
  std::string birth_date{};
  bool operator==(asked_about const& other) const {
    return payer == other.payer && member_id == other.member_id && family == other.family &&
           given == other.given && birth_date == other.birth_date;
  }
};

struct said_text {
  std::uint32_t segment = 0;
  std::string text{};
};

/// One line of the money table.
struct money_line {
  std::string kind{};   ///< "deductible", "out-of-pocket", "copay", "coinsurance", "limit" …
  std::string where{};  ///< "in", "out", "either", "unknown", "not-stated"
  std::string whom{};   ///< "individual", "family", "other", "not-stated"
  std::string services{};
  std::string plan{};
  std::string period{};  ///< EB06
  std::string unit{};    ///< EB09; empty: money, or a share
  std::string note{};    ///< the payer's words that belong to this line alone
  std::optional<std::int64_t> total_cents{};
  std::optional<std::int64_t> used_cents{};
  std::optional<std::int64_t> remaining_cents{};
  std::optional<std::int64_t> exceeded_cents{};  ///< beyond the total, and no part of it
  /// total − used where the payer did not say what remains; marked wherever it is shown.
  std::optional<std::int64_t> derived_cents{};
  std::string total{};  ///< quantities, as said
  std::string used{};
  std::string remaining{};
  std::string exceeded{};
  std::string percent{};  ///< of a coinsurance: "20"
  std::vector<std::uint32_t> segments{};
};

/// Another payer that the answer names.
struct other_payer {
  std::uint32_t segment = 0;
  std::string name{};
  std::string code{};  ///< NM101: PRP primary, SEP secondary, TTP tertiary …
  std::string insurance_type{};
};

/// One EB as it was said.
struct said_row {
  std::uint32_t segment = 0;
  std::string code{};
  std::string level{};
  std::string services{};
  std::string insurance_type{};
  std::string plan{};
  std::string period{};
  std::string amount{};
  std::string share{};
  std::string quantity{};
  std::string authorisation{};
  std::string network{};
  /// What else its loop says, code by code: procedure, dates, references, parties with telephones.
  std::string also{};
};

/// AAA, and what it lets us do.
struct said_refusal {
  std::uint32_t segment = 0;
  std::string level{};
  std::string reason{};
  std::string follow_up{};
  std::string action{};  ///< "retry", "correct-with-patient" …
  std::int64_t days = 0;
};

struct check_result {
  verdict status = verdict::unclear;
  std::string reason{};  ///< x12::verdict_reason; empty by hand
  asked_about asked{};
  /// As the payer has them.
  std::string payer{};
  asked_about payer_has{};
  std::uint32_t person_segment = 0;
  bool somebody_else = false;
  bool simulated = false;
  std::string plan{};
  std::uint32_t plan_segment = 0;
  std::string begins{};  ///< YYYY-MM-DD
  std::string ends{};
  std::uint32_t dates_segment = 0;
  std::string pays_first{};  ///< "this", "another"; empty: not said
  std::vector<other_payer> others{};
  std::vector<money_line> money{};
  std::string authorisation{};  ///< "needed", "not-needed", "unknown"; empty: not said
  std::string authorisation_number{};
  std::vector<said_text> authorisations{};
  std::vector<said_text> limits{};
  std::vector<said_text> messages{};
  std::vector<said_refusal> refusals{};
  /// Of all refusals, what must be done first: "enrolment", "retry" …; and for "schedule", when.
  std::string action{};
  std::int64_t days = 0;
  std::vector<said_row> rows{};
  std::int64_t rows_left_out = 0;
  /// Of a check by hand: "portal", "telephone", "letter", "other"; who spoke; their number for it.
  std::string source{};
  std::string person{};
  std::string reference{};
  /// What is attached: its media type; empty: nothing.
  std::string attached{};
};

/// ISA06 of the simulator's answers: nothing that comes from there was said by a payer.
inline constexpr std::string_view simulator_name = "INTAKESIMULATOR";

/// One JSON text, for a sealed part.
std::string write_result(check_result const&);
/// Nothing for what `write_result` did not write.
std::optional<check_result> read_result(std::string text);

/// What a list needs, without opening the whole.
struct check_summary {
  verdict status = verdict::unclear;
  std::string ends{};
  std::string action{};   ///< what must be done first about refusals
  std::int64_t days = 0;  ///< for "schedule"
  std::string changed{};  ///< since the check before, in words; empty: nothing
  bool simulated = false;
  asked_about asked{};
};
check_summary summary_of(check_result const&);
std::string write_summary(check_summary const&);
std::optional<check_summary> read_check_summary(std::string text);

}  // namespace intake::service::eligibility

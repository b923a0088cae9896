#pragma once
#include "certs/kek.hpp"
#include "db/eligibility.hpp"
#include "service/eligibility/check_result.hpp"
#include "service/eligibility/told_coverage.hpp"
#include "service/texts/clinic_time.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// A check's plaintext on its way into its rows and out of them.
namespace intake::service::eligibility {

/// A check that opened; `result` absent where the envelope did not open.
struct opened_check {
  db::eligibility_check head;
  std::optional<check_summary> summary;
};

/// What goes with the result: the payer's answer as it came, and what somebody attached.
struct check_evidence {
  std::string answer{};
  std::string attachment{};
};

/// Ready to be added. `head.id` and `head.key` are made here; `answer` is the keyed hash by which
/// the same answer is known again, `changed` what `changes_since_last` said.
db::new_check seal_check(certs::world const&, certs::kek_provider const&,
                         db::eligibility_check head, check_result const&, check_evidence const&,
                         std::string changed, std::optional<certs::hash256> answer = {});

/// What a new check says otherwise than the one before it, in words for a list: "Plan ends: not
/// said → Nov 30, 2026". Empty where there is none before, or nothing has changed.
std::string changes_since_last(db::pool&, certs::kek_provider const&, clinic_time const&,
                               db::eligibility_check const& made, check_result const&);

/// Those of one coverage with their summaries, the latest question first.
std::vector<opened_check> checks_of(db::pool&, certs::kek_provider const&, certs::uuid submission,
                                    std::int16_t coverage);
/// The latest that says something of the plan, where a later one could not be made.
std::optional<opened_check> last_known(std::vector<opened_check> const& latest_first);
std::vector<opened_check> latest_checks(db::pool&, certs::kek_provider const&,
                                        std::span<certs::uuid const> submissions);

/// The whole result; nothing where it does not open.
std::optional<check_result> open_result(db::pool&, certs::kek_provider const&,
                                        db::eligibility_check const&);

enum class evidence { answer, attachment };
std::optional<std::string> open_evidence(db::pool&, certs::kek_provider const&,
                                         db::eligibility_check const&, evidence);

/// As the form has it now.
asked_about asked_of(told_coverage const&);

}  // namespace intake::service::eligibility

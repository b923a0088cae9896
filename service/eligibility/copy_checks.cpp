#include "service/eligibility/copy_checks.hpp"

#include "db/accounts.hpp"
#include "service/decide.hpp"
#include "service/eligibility/clearinghouse.hpp"
#include "service/eligibility/differences.hpp"
#include "service/eligibility/stored_checks.hpp"
#include "service/known_items.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace intake::service::eligibility {
namespace {

constexpr std::size_t money_facts_max = 6;

constexpr pdf::cover_verdict cover_verdicts[] = {
    pdf::cover_verdict::active, pdf::cover_verdict::inactive, pdf::cover_verdict::unclear,
    pdf::cover_verdict::unclear};

std::string way_of(check_source const& from, db::eligibility_check const& head) {
  if (head.how == db::check_way::clearinghouse) return "clearinghouse";
  if (head.how == db::check_way::file) return "X12 file";
  auto const accounts = db::list_accounts(from.rows);
  auto const who =
      head.actor ? std::ranges::find(accounts, *head.actor, &db::account::id) : accounts.end();
  return (who == accounts.end() ? std::string("a person") : who->name) + ", by hand";
}

/// Whether the form still says what the check was made for.
bool still_holds(opened_record const& record, db::eligibility_check const& head,
                 asked_about const& asked) {
  std::vector<answered_form> packet;
  for (auto const& each : record.forms) packet.push_back({each.form, &each.response.answers});
  auto const plans = plans_in(packet);
  auto const at = static_cast<std::size_t>(head.coverage) - 1;
  if (at >= plans.size()) return false;
  auto const member = known::text_below(*plans[at].form, *plans[at].answers, known::plan_member_id);
  auto const payer = known::text_below(*plans[at].form, *plans[at].answers, known::plan_payer);
  if (!asked.payer_typed.empty() && asked.payer_typed != payer) return false;
  return member == asked.member_id && forms::code_in(packet, known::family_name) == asked.family &&
         forms::code_in(packet, known::given_name) == asked.given &&
         forms::code_in(packet, known::birth_date) == asked.birth_date;
}

std::string dates_of(clinic_time const& clock, check_result const& result) {
  if (result.begins.empty() && result.ends.empty()) return {};
  auto const say = [&](std::string const& day) {
    return day.empty() ? std::string("not said") : clock.written_date(day);
  };
  return fmt::format("Plan begins: {}; ends: {}", say(result.begins), say(result.ends));
}

std::vector<pdf::fact> money_facts(check_result const& result) {
  std::vector<pdf::fact> facts;
  for (auto const& line : result.money) {
    auto const label = money_name(line) + ", " + money_place(line);
    auto const total = line.percent.empty() ? dollars(line.total_cents) : line.percent + " %";
    if (!total.empty()) facts.push_back({label, total});
    if (line.remaining_cents) {
      facts.push_back({label + ", remaining", dollars(line.remaining_cents)});
    } else if (line.derived_cents) {
      facts.push_back({label + ", remaining (derived)", dollars(line.derived_cents)});
    }
  }
  return facts;
}

void add_money(pdf::copy_eligibility& printed, check_result const& result) {
  printed.money = money_facts(result);
  if (printed.money.size() <= money_facts_max) return;
  printed.remarks.push_back(
      fmt::format("Sums left out here: {}. All of them are on this plan's page, desk, Eligibility.",
                  printed.money.size() - money_facts_max));
  printed.money.resize(money_facts_max);
}

pdf::copy_eligibility printed_check(check_source const& from, opened_record const& record,
                                    db::eligibility_check const& head, check_result const& result) {
  pdf::copy_eligibility printed{.plan = result.asked.payer,
                                .verdict = cover_verdicts[static_cast<std::size_t>(result.status)],
                                .headline = std::string(words_of(result.status)),
                                .as_of = from.clock.date_and_time(head.as_of),
                                .asked_by = result.simulated ? "a simulator" : way_of(from, head),
                                .plan_dates = dates_of(from.clock, result)};
  add_money(printed, result);
  printed.remarks.push_back("For the day of service " + from.clock.written_date(head.service_date) +
                            ".");
  if (result.simulated) {
    printed.verdict = pdf::cover_verdict::unclear;
    printed.headline = "Simulated: " + printed.headline;
    printed.remarks.emplace_back("A program made this answer up. No payer said it.");
  }
  if (head.how != db::check_way::by_hand) {
    if (auto words = tried_only(from.settings); !words.empty()) {
      printed.remarks.push_back(std::move(words));
    }
  }
  if (!still_holds(record, head, result.asked)) {
    printed.verdict = pdf::cover_verdict::unclear;
    printed.remarks.emplace_back("The form says otherwise now than when this was asked.");
  }
  if (result.somebody_else) {
    printed.remarks.emplace_back("The answer names somebody else than the form.");
  }
  return printed;
}

}  // namespace

dated_inputs checks_for_copy(check_source const& from, db::submission_head const& head,
                             opened_record const& record, pdf::copy_profile profile) {
  dated_inputs dated;
  if (profile == pdf::copy_profile::patient) return dated;
  certs::uuid const only[] = {head.id};
  auto checks = latest_checks(from.rows, from.keks, only);
  std::ranges::sort(checks, {}, [](opened_check const& each) { return each.head.coverage; });
  for (auto const& each : checks) {
    auto const result = open_result(from.rows, from.keks, each.head);
    if (!result) continue;
    dated.eligibility.push_back(printed_check(from, record, each.head, *result));
    if (result->status != verdict::could_not_check) continue;
    // A check that failed hides nothing that was known.
    auto const known =
        last_known(checks_of(from.rows, from.keks, each.head.submission, each.head.coverage));
    auto const before = known ? open_result(from.rows, from.keks, known->head) : std::nullopt;
    if (before) dated.eligibility.push_back(printed_check(from, record, known->head, *before));
  }
  return dated;
}

}  // namespace intake::service::eligibility

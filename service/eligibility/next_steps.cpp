#include "service/eligibility/next_steps.hpp"

#include "service/known_items.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace intake::service::eligibility {
namespace {

struct action_row {
  std::string_view action;
  std::string_view words;
};
constexpr action_row actions[] = {
    {"retry",
     "The payer's system did not answer. Over a line it is asked again by itself, else ask later "
     "today"},
    {"wait", "The payer answers by itself. Send nothing again"},
    {"enrolment",
     "The clinic's own enrolment with this payer is missing or wrong: it is a task on the "
     "eligibility list"},
    {"staff", "Telephone the payer, and record the check here"}};

/// Short words of our own for the codes that a patient can put right.
constexpr action_row corrections[] = {
    {"58", "Ask the patient for the date of birth: it is missing or not valid for the payer"},
    {"71", "Ask the patient for the date of birth: it is not the one the payer has"},
    {"72", "Ask the patient for the member ID, or read it off the card"},
    {"73", "Ask the patient how the card spells the name"},
    {"75", "Ask the patient for the card: the payer does not find this person"}};

constexpr correction birth_date{known::birth_date, "the date of birth"};
constexpr correction member_id{known::plan_member_id, "the member ID"};
constexpr correction family{known::family_name, "the last name"};
constexpr correction given{known::given_name, "the first name"};

struct correction_row {
  std::string_view reason;
  correction what;
};
constexpr correction_row asked_anew[] = {{"58", birth_date}, {"71", birth_date}, {"72", member_id},
                                         {"73", family},     {"73", given},      {"75", member_id},
                                         {"75", birth_date}, {"75", family}};

template <std::size_t Count>
std::string_view words_in(action_row const (&rows)[Count], std::string_view key) {
  auto const* const found = std::ranges::find(rows, key, &action_row::action);
  return found == std::end(rows) ? std::string_view{} : found->words;
}

std::string sentence_of(said_refusal const& refusal) {
  auto const code = refusal.follow_up.empty() ? fmt::format(" (AAA {}).", refusal.reason)
                                              : fmt::format(" (AAA {}, follow-up {}).",
                                                            refusal.reason, refusal.follow_up);
  if (refusal.action == "schedule") return fmt::format("Ask again in {} days", refusal.days) + code;
  if (refusal.action == "correct-with-patient") {
    auto const words = words_in(corrections, refusal.reason);
    return std::string(words.empty() ? "Ask the patient to correct what was sent" : words) + code;
  }
  auto const words = words_in(actions, refusal.action);
  return std::string(words.empty() ? words_in(actions, "staff") : words) + code;
}

void add_once(std::vector<std::string>& steps, std::string step) {
  if (std::ranges::count(steps, step) == 0) steps.push_back(std::move(step));
}

void add_verdict_steps(std::vector<std::string>& steps, check_result const& result) {
  if (result.somebody_else) {
    steps.emplace_back(
        "The answer names somebody else than the form. Use nothing of it: check the member ID with "
        "the patient, and telephone the payer.");
  }
  if (result.status == verdict::inactive) {
    steps.emplace_back(
        "Tell the patient before the visit that the payer calls this plan inactive, and ask for "
        "another insurance. The form is kept either way.");
  }
  if (result.status == verdict::unclear && !result.somebody_else && result.refusals.empty()) {
    steps.emplace_back(
        "Telephone the payer: its answer does not settle whether the plan is active "
        "on this day.");
  }
  if (result.authorisation == "needed" && result.authorisation_number.empty()) {
    steps.emplace_back("Get the authorization before the visit.");
  }
}

}  // namespace

std::vector<std::string> next_steps(standing stands, check_result const* result,
                                    told_coverage const& told, std::size_t coverages) {
  std::vector<std::string> steps;
  if (stands == standing::corrected) {
    steps.emplace_back("The patient corrected this coverage after the check. Check again.");
    return steps;
  }
  if (result == nullptr) {
    steps.emplace_back("Check on the payer's website or by telephone, and record it here.");
    if (auto const why = why_not_sent(told); !why.empty()) {
      steps.push_back("It can't be asked electronically: " + why + ".");
    }
    return steps;
  }
  for (auto const& refusal : result->refusals) add_once(steps, sentence_of(refusal));
  add_verdict_steps(steps, *result);
  if (!order_mismatch(*result, told, coverages).empty()) {
    steps.emplace_back("Settle with the patient and the payers who pays first.");
  }
  if (steps.empty() && result->status == verdict::active) {
    steps.emplace_back(
        "Nothing else for this plan. Active does not say that a service is covered.");
  }
  if (steps.empty()) steps.emplace_back(std::string(words_in(actions, "staff")) + ".");
  return steps;
}

std::vector<correction> corrections_of(check_result const& result) {
  std::vector<correction> found;
  for (auto const& refusal : result.refusals) {
    if (refusal.action != "correct-with-patient") continue;
    for (auto const& row : asked_anew) {
      bool const is_new = std::ranges::count(found, row.what) == 0;
      if (row.reason == refusal.reason && is_new) found.push_back(row.what);
    }
  }
  return found;
}

std::string order_mismatch(check_result const& result, told_coverage const& told,
                           std::size_t coverages) {
  if (result.pays_first == "another" && told.number == 1) {
    return "The form has this plan first; the payer says that another plan pays first.";
  }
  if (result.pays_first == "this" && told.number > 1) {
    return "The form has another plan first; the payer says that this plan pays first.";
  }
  bool const first = std::ranges::any_of(
      result.others, [](other_payer const& each) { return each.code == "PRP"; });
  if (first && told.number == 1) {
    return "The form has this plan first; the payer names another primary payer.";
  }
  if (!result.others.empty() && coverages == 1) {
    return "The form names one insurance only; the payer knows of another.";
  }
  return {};
}

}  // namespace intake::service::eligibility

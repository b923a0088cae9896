#include "forms/insurance/decision.hpp"
#include "forms/insurance/sentences.hpp"

#include <algorithm>

namespace intake::forms::insurance {
namespace {

plan_basis commercial_basis(decision const& first, decision const& second) {
  return first.kind == payer_kind::commercial ? first.coverage.basis : second.coverage.basis;
}

std::optional<int> commercial_employees(decision const& first, decision const& second) {
  return first.kind == payer_kind::commercial ? first.coverage.employer_employees
                                              : second.coverage.employer_employees;
}

bool speaks_of(cob_row const& row, decision const& first, decision const& second,
               visit_facts const& visit) {
  return row.valid.contains(visit.date_of_service) && row.first.contains(first.kind) &&
         row.second.contains(second.kind) && row.second_products.contains(second.plan_product) &&
         row.first_relation.contains(first.coverage.to_subscriber) &&
         row.second_relation.contains(second.coverage.to_subscriber) &&
         row.basis.contains(commercial_basis(first, second)) &&
         row.employer_employees.contains(commercial_employees(first, second)) &&
         row.reason.contains(visit.reason) && row.esrd_month.contains(visit.esrd_month) &&
         row.accidents.contains(visit.accident) && row.age_years.contains(visit.age_years) &&
         row.va_authorized.contains(visit.va_authorized) &&
         row.black_lung.contains(visit.black_lung) &&
         row.liability_claim.contains(visit.liability_claim);
}

enum class pair_order : std::uint8_t { unknown, left_first, right_first };

struct pair_verdict {
  pair_order order = pair_order::unknown;
  cob_row const* row = nullptr;
};

// The lowest row that speaks of the pair either way round; one that would put each before the other
// says nothing.
pair_verdict order_of(std::span<cob_row const> rows, decision const& left, decision const& right,
                      visit_facts const& visit) {
  for (auto const& row : rows) {
    bool const forward = speaks_of(row, left, right, visit);
    bool const backward = speaks_of(row, right, left, visit);
    if (!forward && !backward) continue;
    if (row.says == cob_says::ask_staff || forward == backward) return {pair_order::unknown, &row};
    return {forward ? pair_order::left_first : pair_order::right_first, &row};
  }
  return {};
}

// Nobody has more; a sender who claims to is not worth the work.
constexpr std::size_t ranked_coverages_max = 8;

struct ranking {
  std::optional<std::size_t> first;
  std::vector<cob_row const*> used;
};

void note_row(std::vector<cob_row const*>& used, cob_row const* row) {
  if (row != nullptr && std::find(used.begin(), used.end(), row) == used.end()) used.push_back(row);
}

// The first payer is the coverage that pays before every other one.
ranking rank(rule_set const& set, std::span<decision const> coverages, visit_facts const& visit) {
  ranking result;
  if (coverages.size() > ranked_coverages_max) return result;
  std::vector<std::size_t> wins(coverages.size(), 0);
  std::vector<cob_row const*> undecided;
  std::vector<std::pair<std::size_t, cob_row const*>> won_by;
  for (std::size_t left = 0; left < coverages.size(); ++left) {
    for (std::size_t right = left + 1; right < coverages.size(); ++right) {
      auto const verdict = order_of(set.tables().cob, coverages[left], coverages[right], visit);
      if (verdict.order == pair_order::unknown) {
        note_row(undecided, verdict.row);
        continue;
      }
      auto const winner = verdict.order == pair_order::left_first ? left : right;
      ++wins[winner];
      won_by.emplace_back(winner, verdict.row);
    }
  }
  for (std::size_t i = 0; i < coverages.size(); ++i) {
    if (wins[i] + 1 == coverages.size()) result.first = i;
  }
  for (auto const& [winner, row] : won_by) {
    if (result.first == winner) note_row(result.used, row);
  }
  if (!result.first) result.used = undecided;
  return result;
}

std::size_t weakest(std::span<decision const> coverages) {
  auto const worst =
      std::max_element(coverages.begin(), coverages.end(),
                       [](decision const& a, decision const& b) { return a.result < b.result; });
  return static_cast<std::size_t>(worst - coverages.begin());
}

void append_sentence(std::string& to, std::string const& more) {
  if (more.empty()) return;
  if (!to.empty()) to += ' ';
  to += more;
}

// The row's own sentence, without the endings that every decision carries.
sentence_text const& row_sentence(rule_set const& set, decision const& one) {
  auto const* const row = set.find_rule(one.rule);
  return row == nullptr ? unknown_plan_sentence() : row->patient;
}

}  // namespace

visit_decision decide_visit(rule_set const& set, std::span<coverage_facts const> coverages,
                            visit_facts const& visit) {
  visit_decision result;
  for (auto const& coverage : coverages) result.coverages.push_back(decide(set, coverage, visit));
  if (coverages.empty()) result.coverages.push_back(decide(set, {}, visit));
  auto const order = rank(set, result.coverages, visit);
  result.first = order.first;
  result.speaking = order.first.value_or(weakest(result.coverages));
  auto const& speaker = result.coverages[result.speaking];
  result.result = speaker.result;
  result.staff = speaker.staff;
  sentence_text order_text;
  for (auto const* row : order.used) {
    result.cob_rules.push_back(row->id);
    append_sentence(result.staff, row->staff);
    if (order_text.empty()) order_text = row->patient;
  }
  if (!order.first && order_text.empty()) order_text = ask_who_pays_sentence(set.tables().meta);
  result.patient =
      visit_sentence(set.tables().meta, result.result, row_sentence(set, speaker), order_text);
  return result;
}

}  // namespace intake::forms::insurance

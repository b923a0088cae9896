#include "pdf/insurance_notices.hpp"

#include <fmt/format.h>

namespace intake::pdf {
namespace {

notice_kind kind_of(decided outcome) {
  switch (outcome) {
    case decided::accepted:
    case decided::accepted_with_conditions:
      return notice_kind::accepted;
    case decided::not_accepted:
      return notice_kind::refused;
    case decided::review:
      break;
  }
  return notice_kind::open;
}

notice_kind kind_of(cover_verdict verdict) {
  switch (verdict) {
    case cover_verdict::active:
      return notice_kind::accepted;
    case cover_verdict::inactive:
      return notice_kind::refused;
    case cover_verdict::unclear:
      break;
  }
  return notice_kind::open;
}

/// "Deductible: $240.00 · Left of it: $112.50"
std::string money_line(std::vector<fact> const& money) {
  std::string out;
  for (auto const& each : money) {
    if (!out.empty()) out += " · ";
    out += fmt::format("{}: {}", each.label, each.value);
  }
  return out;
}

notice eligibility_notice(copy_eligibility const& from, summary_words const& words) {
  notice out{kind_of(from.verdict), fmt::format("{}: {}", words.eligibility, from.headline), {}};
  if (!from.plan.empty()) out.title += ", " + from.plan;
  auto const when = filled_in(words.asked, "{time}", from.as_of);
  out.lines.push_back(filled_in(when, "{by}", from.asked_by) + ' ' + words.no_guarantee);
  if (!from.plan_dates.empty()) out.lines.push_back(from.plan_dates);
  if (!from.money.empty()) out.lines.push_back(money_line(from.money));
  out.lines.insert(out.lines.end(), from.remarks.begin(), from.remarks.end());
  return out;
}

}  // namespace

std::string filled_in(std::string text, std::string_view name, std::string_view value) {
  if (auto const at = text.find(name); at != std::string::npos) {
    text.replace(at, name.size(), value);
  }
  return text;
}

notice decision_notice(copy_decision const& from, copy_facts const& about) {
  notice out{kind_of(from.outcome), about.words.insurance + ": " + from.headline, from.sentences};
  if (!from.reason.empty()) out.lines.push_back(from.reason);
  if (!from.rule.empty() && about.profile != copy_profile::patient) {
    out.lines.push_back(fmt::format("{}: {}", about.words.rule, from.rule));
  }
  return out;
}

std::vector<notice> eligibility_notices(copy_facts const& about) {
  auto const& words = about.words.summary;
  if (about.eligibility.empty()) {
    return {{notice_kind::open, fmt::format("{}: {}", words.eligibility, words.not_checked), {}}};
  }
  std::vector<notice> out;
  for (auto const& each : about.eligibility) out.push_back(eligibility_notice(each, words));
  return out;
}

}  // namespace intake::pdf

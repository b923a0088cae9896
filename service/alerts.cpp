#include "service/alerts.hpp"

#include <algorithm>

namespace intake::service {
namespace {

struct alert_rule {
  std::string_view code;
  /// A whole linkId, or a beginning and an end around '*'.
  std::string_view link_id;
  std::string_view answer;
};

// Most urgent first. The answers are codes of our packet; a clinic's own form raises the same
// alerts with the same linkIds and codes.
constexpr alert_rule rules[] = {
    {"emergency-sign", "pain.red-flags", "bladder-bowel"},
    {"emergency-sign", "pain.red-flags", "saddle-numbness"},
    {"emergency-sign", "pain.red-flags", "new-weakness"},
    {"red-flag", "pain.red-flags", "fever"},
    {"red-flag", "pain.red-flags", "night-pain"},
    {"red-flag", "pain.red-flags", "weight-loss"},
    {"blood-thinner", "pain.blood-thinner", "yes"},
    {"cancer", "pain.cancer", "yes"},
    {"allergy", "allergy.any", "yes"},
    {"unsigned", "consent.*.choice", "desk"},
    {"unsigned", "consent.*.choice", "decline"},
    {"interpreter", "patient.language.interpreter", "yes"},
};

struct alert_text {
  std::string_view code;
  std::string_view words;
};

constexpr alert_text texts_of_alerts[] = {
    {"emergency-sign", "Emergency sign: call the clinician now"},
    {"red-flag", "Red flag: ask the clinician"},
    {"blood-thinner", "Blood thinner"},
    {"cancer", "Cancer in the history"},
    {"allergy", "Allergy"},
    {"unsigned", "Agreement not signed"},
    {"interpreter", "Interpreter needed"},
};

bool matches(std::string_view pattern, std::string_view link_id) {
  auto const star = pattern.find('*');
  if (star == std::string_view::npos) return pattern == link_id;
  auto const before = pattern.substr(0, star);
  auto const after = pattern.substr(star + 1);
  return link_id.size() > before.size() + after.size() && link_id.starts_with(before) &&
         link_id.ends_with(after);
}

bool holds(answered_form const& form, forms::item const& item, std::string_view wanted) {
  auto const all = forms::answers_to(*form.form, *form.answers, item.link_id);
  return std::ranges::any_of(all, [&](forms::answer const* given) {
    auto const* code = std::get_if<forms::coding>(&given->value);
    return code != nullptr && code->code == wanted;
  });
}

bool raised(answered_form const& form, alert_rule const& rule) {
  return std::ranges::any_of(form.form->items(), [&](forms::item const& item) {
    return matches(rule.link_id, item.link_id) && holds(form, item, rule.answer);
  });
}

}  // namespace

std::vector<std::string> alerts_of(std::span<answered_form const> packet) {
  std::vector<std::string> codes;
  for (auto const& rule : rules) {
    if (!codes.empty() && codes.back() == rule.code) continue;
    auto const here = [&](answered_form const& form) { return raised(form, rule); };
    if (std::ranges::any_of(packet, here)) codes.emplace_back(rule.code);
  }
  return codes;
}

std::string_view alert_words(std::string_view code) {
  auto const found = std::ranges::find(texts_of_alerts, code, &alert_text::code);
  return found == std::end(texts_of_alerts) ? code : found->words;
}

}  // namespace intake::service

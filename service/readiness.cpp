#include "service/readiness.hpp"

#include "service/terms.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace intake::service {
namespace {

constexpr std::string_view form_code = "form:";
constexpr std::string_view sign_code = "sign:";
constexpr std::string_view interpreter_code = "interpreter";
constexpr std::string_view unsigned_code = "unsigned";
constexpr std::size_t titles_max = 2;

struct outcome_words {
  std::string_view outcome;
  std::string_view words;
};

constexpr std::array outcomes{
    outcome_words{"accept_with_conditions", "insurance: see its condition"},
    outcome_words{"review", "insurance: call plan"},
    outcome_words{"not_accepted", "insurance: not accepted, offer another plan or self-pay"},
};

std::string title_of(form_store const& forms, std::string_view id, alert_reader reader) {
  auto const* const form = forms.library.find_by_id(id);
  if (form == nullptr) return std::string(id);
  bool const hidden = reader == alert_reader::front_desk &&
                      form->header().audience == forms::form_audience::behavioural;
  return hidden ? "one for the clinician" : form->header().title.text;
}

std::string agreement_title(form_store const& forms, std::string_view link_id) {
  for (auto const& form : forms.library.forms()) {
    auto const* const group = form->find(link_id);
    if (group != nullptr) return std::string(forms::text_in(*group, "en"));
  }
  return std::string(link_id);
}

std::string missing_words(form_store const& forms, std::string_view code, alert_reader reader) {
  if (code.starts_with(form_code)) {
    return "form: " + title_of(forms, code.substr(form_code.size()), reader);
  }
  if (code.starts_with(sign_code)) {
    return "signature: " + agreement_title(forms, code.substr(sign_code.size()));
  }
  return code.starts_with('+') ? fmt::format("and {} more", code.substr(1)) : std::string(code);
}

std::string interpreter_words(std::string_view language) {
  if (language == "es") return "interpreter: Spanish";
  if (language == "ht") return "interpreter: Haitian Creole";
  return "interpreter needed";
}

void read_alerts(readiness& found, summary const& s, form_store const& forms,
                 std::chrono::sys_days today, alert_reader reader) {
  for (auto const& code : s.alerts) {
    if (auto term = term_words(code, today); !term.empty()) {
      found.missing.push_back({code, std::move(term)});
    } else if (code == interpreter_code) {
      found.notes.push_back(interpreter_words(s.language));
    } else if (code != unsigned_code) {
      // Billing reads no clinical alert: then there is no sentence.
      auto const words = alert_sentences(forms.alerts, {&code, 1}, reader);
      if (!words.empty()) found.alerts.push_back({code, words.front()});
    }
  }
}

}  // namespace

readiness readiness_of(summary const& s, form_store const& forms, std::chrono::sys_days today,
                       alert_reader reader) {
  readiness found;
  read_alerts(found, s, forms, today, reader);
  auto const* const outcome = std::ranges::find(outcomes, s.outcome, &outcome_words::outcome);
  if (outcome != outcomes.end()) {
    found.missing.push_back({"insurance:" + s.outcome, std::string(outcome->words)});
  }
  for (auto const& code : s.missing) {
    found.missing.push_back({code, missing_words(forms, code, reader)});
  }
  return found;
}

std::string received_words(summary const& s) {
  auto const missing = std::ranges::count_if(
      s.missing, [](auto const& code) { return code.starts_with(form_code); });
  if (missing == 0) return "received";
  auto const sent = count_in(s.forms);
  return fmt::format("received {} of {}", sent, sent + static_cast<std::size_t>(missing));
}

std::string visit_words(form_store const& forms, std::string_view visit_kind) {
  auto const* const plan = forms::plan_for(forms.packets, visit_kind);
  return plan == nullptr ? std::string(visit_kind) : plan->title.text;
}

std::string form_titles(form_store const& forms, std::vector<std::string> const& ids,
                        alert_reader reader) {
  std::string text;
  auto const all = count_in(ids);
  auto const shown = std::min({titles_max, ids.size(), all});
  for (std::size_t i = 0; i < shown; ++i) {
    text += (text.empty() ? "" : ", ") + title_of(forms, ids[i], reader);
  }
  return all > shown ? fmt::format("{} and {} more", text, all - shown) : text;
}

}  // namespace intake::service

#pragma once
#include "service/alerts.hpp"
#include "service/form_store.hpp"
#include "service/summary.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace intake::service {

/// An alert of a patient's forms that somebody must have seen.
struct open_alert {
  std::string code;
  std::string words;
};

/// What is missing in a patient's forms: "form:ID", "sign:LINK", "insurance:OUTCOME" or a running
/// term's code; empty where there are no forms.
struct missing_item {
  std::string code;
  std::string words;
};

/// What stands between a patient's forms and their visit, in words.
struct readiness {
  std::vector<open_alert> alerts;
  /// "signature: Paying for care", "insurance: call plan", "PIP: last day tomorrow"; none: ready.
  std::vector<missing_item> missing;
  /// What helps on the day and hinders nothing: "interpreter: Haitian Creole".
  std::vector<std::string> notes;
};

readiness readiness_of(summary const&, form_store const&, std::chrono::sys_days today,
                       alert_reader);

/// "received", "received 4 of 9".
std::string received_words(summary const&);

/// The title of the packet for that kind of visit; the kind itself where no packet is for it.
std::string visit_words(form_store const&, std::string_view visit_kind);

/// "About you, Insurance and 7 more", of a summary's forms. The front desk does not read which
/// behavioural forms somebody filled in.
std::string form_titles(form_store const&, std::vector<std::string> const& forms, alert_reader);

}  // namespace intake::service

#pragma once
#include "forms/plan/safety_alerts.hpp"
#include "service/form_store.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace intake::service {

/// Codes of what staff must see before anything else, most urgent first: the ids of the clinic's
/// safety alerts that these answers raise, then which agreements are not signed
/// ("unsigned:treatment+privacy") and "interpreter".
std::vector<std::string> alerts_of(std::span<forms::safety_alert const>,
                                   std::span<forms::answered_form const>);

/// "sign:LINK" of every agreement that is to be signed at the desk, by its group's linkId.
std::vector<std::string> missing_signatures(std::span<forms::answered_form const>);

/// Whether the code names one of the clinic's safety alerts: somebody must have seen it. The
/// others say what to do.
bool is_safety_alert(std::span<forms::safety_alert const>, std::string_view code);

/// Whose eyes a text is for: behavioural answers are the clinician's alone, and billing is told
/// only what is about coverage, agreements and who the patient is.
enum class alert_reader { front_desk, clinician, billing };

/// What staff read for each code, in order, each sentence once. A reader who may not know why is
/// told to ask the clinician. A code of another program version is shown as it is.
std::vector<std::string> alert_sentences(std::span<forms::safety_alert const>,
                                         std::span<std::string const> codes, alert_reader);

/// For the clinician, who would look for a score: a sentence for each instrument that these forms
/// (their ids) stood in for, because its owner has not published it in the patient's language.
std::vector<std::string> stand_in_sentences(form_store const&, std::span<std::string const> forms);

}  // namespace intake::service

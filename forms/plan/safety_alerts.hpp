#pragma once
#include "forms/library.hpp"
#include "forms/plan/answered_form.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace intake::forms {

/// Most urgent first.
enum class alert_level : std::uint8_t {
  /// The patient is told at once whom to call, also in a draft.
  emergency,
  /// Staff look at it the same day.
  urgent,
  /// Whoever sees the patient should know.
  note,
};

/// What answers mean danger, and who is told.
struct safety_alert {
  std::string id;
  alert_level level = alert_level::note;
  /// Who may read why it was raised.
  form_audience audience = form_audience::clinical;
  /// Role of the one who acknowledges it: "clinician".
  std::string owner;
  /// What staff read.
  std::string staff;
  /// Display item that tells the patient; only emergencies have one.
  std::string patient_text;
  /// All must hold, anywhere in the packet.
  std::vector<answer_condition> all_of;
};

/// Reads `plan/safety-alerts.json`: {"alerts": [...]}, explained in forms/packet/README.md; most
/// urgent first, otherwise in the order of the file.
parsed<std::vector<safety_alert>> read_alerts(json_document const&, library const&);

/// The alerts that these answers raise, in the order of the list.
std::vector<safety_alert const*> raised_alerts(std::span<safety_alert const>,
                                               std::span<answered_form const>);

}  // namespace intake::forms

#include "forms/plan/safety_alerts.hpp"

#include "forms/plan/plan_reader.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

namespace intake::forms {
namespace {

struct level_word {
  std::string_view word;
  alert_level level;
};

constexpr std::array level_words{level_word{"emergency", alert_level::emergency},
                                 level_word{"urgent", alert_level::urgent},
                                 level_word{"note", alert_level::note}};

alert_level read_level(plan_reader& reader, json_value const& json, std::string const& where) {
  auto const found = std::ranges::find(level_words, json.text_of("level"), &level_word::word);
  if (found != level_words.end()) return found->level;
  reader.fail(json, where, "unknown-level", "\"level\" is emergency, urgent or note.");
  return alert_level::note;
}

form_audience read_alert_audience(plan_reader& reader, json_value const& json,
                                  std::string const& where) {
  auto const found = from_code<form_audience>(json.text_of("audience"));
  if (!found) {
    reader.fail(json, where, "unknown-audience",
                "\"audience\" is demographic, coverage, clinical, behavioural or consent.");
  }
  return found.value_or(form_audience::behavioural);
}

bool is_display(library const& known, std::string_view link_id) {
  return std::ranges::any_of(known.forms(), [&](auto const& form) {
    auto const* item = form->find(link_id);
    return item != nullptr && item->type == item_type::display;
  });
}

void check_patient_text(plan_reader& reader, json_value const& json, std::string const& where,
                        safety_alert const& alert) {
  bool const emergency = alert.level == alert_level::emergency;
  if (emergency == alert.patient_text.empty()) {
    reader.fail(json, where, "patient-text",
                "An emergency tells the patient whom to call, and only an emergency does.",
                "\"patient_text\" is the linkId of a display item.");
  }
  if (emergency && !is_display(reader.known(), alert.patient_text)) {
    reader.fail(json, where, "unknown-display",
                fmt::format("No form has a display item \"{}\".", alert.patient_text));
  }
}

safety_alert read_alert(plan_reader& reader, json_value const& json, std::string const& where) {
  reader.only(json, where, {"id", "level", "audience", "owner", "staff", "patient_text", "all_of"});
  safety_alert alert;
  alert.id = reader.text(json, where, "id");
  alert.level = read_level(reader, json, where);
  alert.audience = read_alert_audience(reader, json, where);
  alert.owner = reader.text(json, where, "owner");
  alert.staff = reader.text(json, where, "staff");
  alert.patient_text = json.text_of("patient_text");
  alert.all_of = reader.conditions(json, where, "all_of");
  if (alert.all_of.empty()) {
    reader.fail(json, where, "missing-answers", "\"all_of\" is empty: it would always be raised.");
  }
  check_patient_text(reader, json, where, alert);
  return alert;
}

}  // namespace

parsed<std::vector<safety_alert>> read_alerts(json_document const& document, library const& known) {
  plan_reader reader{document, known};
  std::vector<safety_alert> alerts;
  reader.only(document.root(), {}, {"alerts"});
  reader.each(document.root(), {}, "alerts", [&](json_value const& one, std::string const& at) {
    auto read = read_alert(reader, one, at);
    if (std::ranges::find(alerts, read.id, &safety_alert::id) != alerts.end()) {
      reader.fail(one, at, "named-twice", fmt::format("Two alerts are called \"{}\".", read.id));
    }
    alerts.push_back(std::move(read));
  });
  if (reader.fault()) return *reader.fault();
  std::ranges::stable_sort(alerts, {}, &safety_alert::level);
  return alerts;
}

std::vector<safety_alert const*> raised_alerts(std::span<safety_alert const> alerts,
                                               std::span<answered_form const> packet) {
  std::vector<safety_alert const*> raised;
  for (auto const& alert : alerts) {
    bool const all = std::ranges::all_of(
        alert.all_of, [&](answer_condition const& one) { return holds(one, packet); });
    if (all) raised.push_back(&alert);
  }
  return raised;
}

}  // namespace intake::forms

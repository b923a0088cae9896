#include "forms/plan/safety_alerts.hpp"

#include "forms/response.hpp"
#include "tests/forms/packet_files.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace intake::forms {
namespace {

std::vector<safety_alert> const& alerts() {
  static auto const read =
      read_alerts(read_json(tests::source_text("forms/packet/plan/safety-alerts.json")).value(),
                  tests::packet())
          .value();
  return read;
}

struct given {
  std::string_view form;
  std::string_view question;
  std::string_view code;
};

std::string item_text(questionnaire const& form, item const& one, std::string const& inner) {
  auto const text = fmt::format(R"({{"linkId":"{}",{}}})", one.link_id, inner);
  auto const* outer = form.parent_of(one);
  if (outer == nullptr) return text;
  auto const below = is_question(*outer) ? fmt::format(R"("answer":[{{"item":[{}]}}])", text)
                                         : fmt::format(R"("item":[{}])", text);
  return item_text(form, *outer, below);
}

/// Ids of the alerts that these answers raise, each in a form of its own.
std::vector<std::string> raised(std::vector<given> const& all) {
  std::vector<response> responses;
  for (auto const& [form_id, question, code] : all) {
    auto const& form = *tests::packet().find_by_id(form_id);
    auto const answer = fmt::format(R"("answer":[{{"valueCoding":{{"code":"{}"}}}}])", code);
    auto const text = fmt::format(R"({{"resourceType":"QuestionnaireResponse","item":[{}]}})",
                                  item_text(form, *form.find(question), answer));
    responses.push_back(read_response(form, read_json(text).value().root()));
  }
  std::vector<answered_form> packet;
  for (std::size_t i = 0; i < all.size(); ++i) {
    packet.push_back({tests::packet().find_by_id(all[i].form), &responses[i].answers});
  }
  std::vector<std::string> ids;
  for (auto const* alert : raised_alerts(alerts(), packet)) ids.push_back(alert->id);
  return ids;
}

struct raised_case {
  char const* name;
  std::vector<given> answers;
  std::vector<std::string> ids;
};

TEST(safety_alerts, are_raised_by_what_means_danger) {
  for (auto const& [name, answers, ids] : std::vector<raised_case>{
           {"nothing answered", {}, {}},
           {"saddle numbness",
            {{"pain-history", "pain.red-flags", "saddle-numbness"}},
            {"spine-emergency"}},
           {"loss of bladder control",
            {{"pain-history", "pain.red-flags", "bladder-bowel"}},
            {"spine-emergency"}},
           {"thoughts of self-harm, a few days", {{"phq", "phq.9", "1"}}, {"self-harm"}},
           {"no thoughts of self-harm", {{"phq", "phq.9", "0"}}, {}},
           {"fever with pain", {{"pain-history", "pain.red-flags", "fever"}}, {"spine-infection"}},
           {"night pain alone", {{"pain-history", "pain.red-flags", "night-pain"}}, {}},
           {"night pain after cancer",
            {{"pain-history", "pain.red-flags", "night-pain"},
             {"pain-history", "pain.cancer", "yes"}},
            {"cancer-night-pain"}},
           {"an opioid alone", {{"substances", "opioid.now", "yes"}}, {}},
           {"an opioid and a sedative",
            {{"substances", "opioid.now", "yes"}, {"substances", "sedative.now", "yes"}},
            {"opioid-sedative"}},
           {"an opioid and sleep apnea, in two forms",
            {{"substances", "opioid.now", "yes"},
             {"health-history", "health.conditions", "sleep-apnea"}},
            {"opioid-sleep-apnea"}},
           {"the most urgent first",
            {{"pain-history", "pain.blood-thinner", "yes"},
             {"pain-history", "pain.red-flags", "bladder-bowel"}},
            {"spine-emergency", "blood-thinner"}}}) {
    EXPECT_EQ(raised(answers), ids) << name;
  }
}

TEST(safety_alerts, tell_patients_only_of_emergencies) {
  for (auto const& alert : alerts()) {
    EXPECT_EQ(alert.level == alert_level::emergency, !alert.patient_text.empty()) << alert.id;
    EXPECT_FALSE(alert.owner.empty()) << alert.id;
  }
}

struct refused_alert_case {
  char const* name;
  char const* members;
  char const* code;
};

TEST(safety_alerts, refuses_what_would_stay_silent_or_cry_wolf) {
  constexpr auto condition = R"("all_of":[{"question":"pain.cancer","any_of":["yes"]}])";
  for (auto const& [name, members, code] :
       {refused_alert_case{"no condition", R"("level":"note","audience":"clinical","all_of":[])",
                           "missing-answers"},
        {"no such level", R"("level":"bad","audience":"clinical",$)", "unknown-level"},
        {"no such audience", R"("level":"note","audience":"all",$)", "unknown-audience"},
        {"an emergency that tells nobody", R"("level":"emergency","audience":"clinical",$)",
         "patient-text"},
        {"a note that frightens",
         R"("level":"note","audience":"clinical","patient_text":"phq.crisis",$)", "patient-text"},
        {"a text that is not there",
         R"("level":"emergency","audience":"clinical","patient_text":"x",$)", "unknown-display"}}) {
    std::string filled = members;
    if (auto const at = filled.find('$'); at != std::string::npos) filled.replace(at, 1, condition);
    auto const text =
        R"({"alerts":[{"id":"a","owner":"clinician","staff":"Look.",)" + filled + "}]}";
    auto const read = read_alerts(read_json(text).value(), tests::packet());
    ASSERT_TRUE(read.has_error()) << name;
    EXPECT_EQ(read.error().code, code) << name;
    EXPECT_EQ(read.error().where, "alerts[0]") << name;
  }
}

}  // namespace
}  // namespace intake::forms

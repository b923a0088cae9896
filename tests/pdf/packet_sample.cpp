#include "tests/pdf/packet_sample.hpp"

#include <fstream>
#include <iterator>
#include <stdexcept>

namespace intake::pdf::sample {
namespace {

std::string slurp(std::string const& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// The dates of the sample are counted from today: here that is a fixed day.
std::string with_dates(std::string text) {
  for (auto at = text.find("{{today"); at != std::string::npos; at = text.find("{{today", at)) {
    text.replace(at, text.find("}}", at) + 2 - at, "2026-11-20");
  }
  return text;
}

std::string form_name(std::string_view canonical) {
  auto const slash = canonical.rfind('/');
  return std::string(canonical.substr(slash + 1, canonical.rfind('|') - slash - 1));
}

}  // namespace

packet::packet() {
  auto const bundle =
      forms::read_json(with_dates(slurp(INTAKE_SOURCE "/tests/data/packet/sample-packet.json")));
  if (!bundle) throw std::runtime_error("The sample packet does not load.");
  for (auto const& entry : bundle->root().find("entry")->children()) {
    auto const& resource = *entry.find("resource");
    auto const name = form_name(resource.text_of("questionnaire"));
    auto form = forms::read_questionnaire(slurp(INTAKE_SOURCE "/forms/packet/" + name + ".json"));
    if (!form) throw std::runtime_error("A form of the sample packet does not load.");
    responses_.push_back(forms::read_response(*form, resource));
    forms_.push_back(std::move(*form));
  }
}

std::vector<filled_form> packet::filled() const {
  std::vector<filled_form> out;
  for (std::size_t at = 0; at < forms_.size(); ++at) {
    out.push_back({&forms_[at], &responses_[at].answers});
  }
  return out;
}

copy_facts packet::facts(copy_profile profile) const {
  copy_facts about;
  about.profile = profile;
  about.letterhead = {"Example Pain Center",
                      {"1200 Invented Boulevard, Suite 300", "Telephone 813-555-0142"}};
  about.title = "New patient packet";
  about.patient_name = "O’Brien-Muñoz, Nora";
  about.born = "March 8, 1951, age 75";
  about.receipt = "7K3QX-94MZ2";
  about.submitted = "Nov 23, 2026, 9:14 AM EST";
  about.language_name = "English";
  about.patient_language = "en";
  about.profile_name = profile == copy_profile::desk       ? "Desk copy"
                       : profile == copy_profile::clinical ? "Clinical copy"
                       : profile == copy_profile::billing  ? "Billing copy"
                                                           : "Patient's copy";
  about.as_of = "Nov 23, 2026, 9:14 AM EST";
  about.created = std::chrono::sys_days{std::chrono::year{2026} / 11 / 23};
  if (profile != copy_profile::patient) {
    about.alerts = {"Takes a blood thinner, or does not know.", "Has an allergy, or does not know.",
                    "Agreement not signed"};
  }
  // What an alert says to whom is the service's to choose.
  if (profile == copy_profile::billing) about.alerts = {"Agreement not signed"};
  about.decision = copy_decision{
      decided::accepted_with_conditions,
      "Accepted, with conditions",
      {"Decided on: Medicare Part B", "Original Medicare: collect the yearly deductible and 20 %."},
      "We accept Original Medicare. You may owe a part of the cost.",
      "medicare-original of rule set 1f0c2a9b7d3e"};
  if (profile == copy_profile::patient) {
    about.decision->sentences = {about.decision->reason};
    about.decision->reason.clear();
  }
  about.eligibility = {
      {"Medicare Part B",
       cover_verdict::active,
       "Active",
       "Nov 23, 2026, 9:20 AM EST",
       "by hand: Ana Example, payer's portal",
       "Plan from January 1, 2026 on; for a visit on November 24, 2026",
       {{"Deductible", "$257.00"}, {"Left of it", "$0.00"}, {"Coinsurance", "20 %"}},
       {}}};
  about.record_id = "0190a1b2-0000-7000-8000-000000000001";
  about.certificate = {{"Keyed hash of the record", std::string(64, 'a')},
                       {"SHA-256 of the insurance rule set", std::string(64, 'b')}};
  about.text_hashes = {{"treatment-2026-01", std::string(64, 'c')}};
  return about;
}

}  // namespace intake::pdf::sample

#include "service/copy.hpp"

#include "certs/hex.hpp"
#include "certs/receipt.hpp"
#include "forms/editions.hpp"
#include "forms/insurance/calendar.hpp"
#include "forms/insurance/decision_json.hpp"
#include "service/alerts.hpp"
#include "service/copy_profiles.hpp"
#include "service/known_items.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

namespace intake::service {
namespace {

namespace insurance = forms::insurance;

/// "March 4, 1961, age 65": the age on the day of the submission, so that an old copy stays true.
std::string born_text(clinic_time const& clock, std::string const& birth_date,
                      certs::utc_time received) {
  auto text = clock.written_date(birth_date);
  auto const born = insurance::read_iso_date(birth_date);
  if (!born) return text;
  auto const age = insurance::whole_years(*born, std::chrono::sys_days{clock.date(received)});
  return age < 0 ? text : fmt::format("{}, age {}", text, age);
}

struct outcome_row {
  insurance::outcome outcome;
  pdf::decided printed;
  std::string_view headline;
};

constexpr outcome_row outcome_rows[] = {
    {insurance::outcome::accept, pdf::decided::accepted, "Accepted"},
    {insurance::outcome::accept_with_conditions, pdf::decided::accepted_with_conditions,
     "Accepted, with conditions"},
    {insurance::outcome::review, pdf::decided::review, "Review: staff must look at this"},
    {insurance::outcome::not_accepted, pdf::decided::not_accepted, "Not accepted"},
};

std::optional<pdf::copy_decision> decision_of(opened_record const& record,
                                              pdf::copy_profile profile) {
  if (record.decision_json.empty()) return std::nullopt;
  auto const stored = insurance::read_stored_answer(record.decision_json);
  auto const question = insurance::read_stored_question(record.decision_json);
  if (!stored || !question) return std::nullopt;
  pdf::copy_decision printed;
  for (auto const& row : outcome_rows) {
    if (row.outcome != stored->result) continue;
    printed.outcome = row.printed;
    printed.headline = row.headline;
  }
  if (profile == pdf::copy_profile::patient) {
    printed.sentences.push_back(stored->patient.in(record.head.language));
  } else {
    if (!stored->payer_name.empty())
      printed.sentences.push_back("Decided on: " + stored->payer_name);
    printed.sentences.push_back(stored->staff);
  }
  printed.reason = stored->patient.en;
  printed.rule = fmt::format("{} of rule set {:.12}", stored->rule, question->rule_set_name);
  return printed;
}

std::vector<answered_form> packet_of(opened_record const& record) {
  std::vector<answered_form> packet;
  for (auto const& each : record.forms) packet.push_back({each.form, &each.response.answers});
  return packet;
}

std::string record_hash(certs::keyring const& keys, opened_record const& record) {
  std::string all;
  for (auto const& each : record.forms) all += each.canonical + "\n";
  std::string text;
  certs::append_hex(text, keys.keyed_hash(certs::key_role::record_hash, certs::as_bytes(all)));
  return text;
}

/// What stood above a signature, in the copy's and in the person's words. A clinic's text is no
/// secret: its hash needs no key.
std::string text_hash(forms::questionnaire const& form, forms::item const& group,
                      std::string const& language) {
  std::string text;
  for (auto const index : group.children) {
    auto const& child = form.at(index);
    if (child.type != forms::item_type::display) continue;
    text += std::string(child.text.in("en")) + "\n" + std::string(child.text.in(language)) + "\n";
  }
  std::string hash;
  certs::append_hex(hash, certs::sha256(certs::as_bytes(text)));
  return hash;
}

std::vector<pdf::fact> text_hashes(opened_record const& record) {
  std::vector<pdf::fact> hashes;
  for (auto const& each : record.forms) {
    for (auto const& signed_text : forms::answered_editions(*each.form, each.response.answers)) {
      hashes.push_back({signed_text.group->edition.id,
                        text_hash(*each.form, *signed_text.group, record.head.language)});
    }
  }
  return hashes;
}

std::vector<pdf::fact> certificate_of(copy_context const& context, db::submission_head const& head,
                                      opened_record const& record) {
  std::vector<pdf::fact> facts{
      {"Submission", certs::to_string(head.id)},
      {"Version", std::to_string(head.version)},
      {"This version received", context.clock.date_and_time(head.received)},
      {"Keyed hash of the record", record_hash(context.keys, record)}};
  if (auto const question = insurance::read_stored_question(record.decision_json)) {
    facts.push_back({"SHA-256 of the insurance rule set", question->rule_set_name});
  }
  return facts;
}

std::string language_name(std::string_view code) {
  auto const known = parse_language(code);
  if (!known) return std::string(code);
  constexpr std::string_view english_names[] = {"English", "Spanish", "Haitian Creole"};
  return std::string(english_names[static_cast<std::size_t>(*known)]);
}

constexpr std::string_view profile_names[] = {"Desk copy", "Clinical copy", "Patient's copy"};

std::string full_name(summary const& s) {
  if (s.family.empty()) return s.given;
  return s.given.empty() ? s.family : s.family + ", " + s.given;
}

}  // namespace

std::string spoken_receipt(std::string const& stored) {
  auto const receipt = certs::parse_receipt(stored);
  return receipt ? certs::spoken_form(*receipt) : stored;
}

pdf::document copy_of(copy_context const& context, db::submission_head const& head,
                      opened_record const& record, pdf::copy_profile profile) {
  auto const packet = packet_of(record);
  std::vector<pdf::filled_form> filled;
  for (auto const& each : packet) filled.push_back({each.form, each.answers});
  pdf::copy_facts about;
  about.profile = profile;
  about.purpose = context.settings.parsed_mode() == operating_mode::production
                      ? pdf::standing::production
                      : pdf::standing::evaluation;
  about.letterhead = {context.settings.clinic_name, {context.settings.clinic_phone}};
  about.title = "Patient forms";
  about.patient_name = full_name(record.head);
  about.born = born_text(context.clock, record.head.birth_date, head.first_received);
  about.receipt = spoken_receipt(head.receipt);
  about.submitted = context.clock.date_and_time(head.first_received);
  about.language_name = language_name(record.head.language);
  about.patient_language = record.head.language;
  about.profile_name = profile_names[static_cast<std::size_t>(profile)];
  about.as_of = context.clock.date_and_time(head.received);
  about.now = context.clock.fhir_date_time(head.received);
  about.created = std::chrono::floor<std::chrono::seconds>(head.received);
  if (profile != pdf::copy_profile::patient) {
    auto const reader =
        profile == pdf::copy_profile::clinical ? alert_reader::clinician : alert_reader::front_desk;
    about.alerts = alert_sentences(context.forms.alerts, record.head.alerts, reader);
    if (profile == pdf::copy_profile::clinical) {
      std::vector<std::string> ids;
      for (auto const& each : record.forms) ids.push_back(each.form->header().id);
      std::ranges::move(stand_in_sentences(context.forms, ids), std::back_inserter(about.alerts));
    }
  }
  about.decision = decision_of(record, profile);
  about.signer_name = forms::code_in(packet, known::signer_name);
  about.signer_relation = forms::code_in(packet, known::signer_relation);
  about.record_id = certs::to_string(head.id);
  about.record_version = static_cast<unsigned>(head.version);
  about.certificate = certificate_of(context, head, record);
  about.text_hashes = text_hashes(record);
  return pdf::form_copy(filled, about);
}

pdf::rendered render_copy(copy_context const& context, db::submission_head const& head,
                          opened_record const& record, pdf::copy_profile profile) {
  return context.drawer.render(copy_of(context, head, record, profile));
}

std::string copy_file_name(db::submission_head const& head, pdf::copy_profile profile) {
  return fmt::format("intake-{}-{}.pdf", spoken_receipt(head.receipt), copy_name(profile));
}

}  // namespace intake::service

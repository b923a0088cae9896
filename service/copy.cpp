#include "service/copy.hpp"

#include "certs/hex.hpp"
#include "certs/receipt.hpp"
#include "forms/editions.hpp"
#include "forms/insurance/calendar.hpp"
#include "forms/insurance/decision_json.hpp"
#include "service/alerts.hpp"
#include "service/copy_profiles.hpp"
#include "service/copy_texts.hpp"
#include "service/known_items.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>

namespace intake::service {
namespace {

namespace insurance = forms::insurance;

/// "March 4, 1961, age 65": the age on the day of the submission, so that an old copy stays true.
std::string born_text(copy_context const& context, std::string const& birth_date,
                      certs::utc_time received, language spoken) {
  auto text = context.clock.written_date(birth_date, spoken);
  auto const born = insurance::read_iso_date(birth_date);
  if (!born) return text;
  auto const age =
      insurance::whole_years(*born, std::chrono::sys_days{context.clock.date(received)});
  if (age < 0) return text;
  return context.words.say(spoken, "copy.age", {{"born", text}, {"age", std::to_string(age)}});
}

struct outcome_row {
  insurance::outcome outcome;
  pdf::decided printed;
  std::string_view headline;
  std::string_view patients_headline;  ///< a key of the texts
};

constexpr outcome_row outcome_rows[] = {
    {insurance::outcome::accept, pdf::decided::accepted, "Accepted", "copy.accept"},
    {insurance::outcome::accept_with_conditions, pdf::decided::accepted_with_conditions,
     "Accepted, with conditions", "copy.accept_with_conditions"},
    {insurance::outcome::review, pdf::decided::review, "Review: staff must look at this",
     "copy.review"},
    {insurance::outcome::not_accepted, pdf::decided::not_accepted, "Not accepted",
     "copy.not_accepted"},
};

std::optional<pdf::copy_decision> decision_of(copy_context const& context,
                                              opened_record const& record,
                                              pdf::copy_profile profile, language spoken) {
  if (record.decision_json.empty()) return std::nullopt;
  auto const stored = insurance::read_stored_answer(record.decision_json);
  auto const question = insurance::read_stored_question(record.decision_json);
  if (!stored || !question) return std::nullopt;
  auto const* const row = std::ranges::find(outcome_rows, stored->result, &outcome_row::outcome);
  if (row == std::end(outcome_rows)) return std::nullopt;
  pdf::copy_decision printed{row->printed, std::string(row->headline)};
  if (profile == pdf::copy_profile::patient) {
    printed.headline = context.words.say(spoken, row->patients_headline);
    printed.sentences.push_back(stored->patient.in(record.head.language));
    return printed;
  }
  if (!stored->payer_name.empty()) printed.sentences.push_back("Decided on: " + stored->payer_name);
  printed.sentences.push_back(stored->staff);
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

/// Who typed, where it was not the patient on a device of their own.
std::string entry_words(record_entry const& entry) {
  if (entry.by == "device") return "the patient, on a tablet of the clinic";
  if (entry.by != "staff") return {};
  auto text = "staff (" + entry.name + ") together with the patient";
  if (!entry.interpreter.empty()) text += "; interpreter: " + entry.interpreter;
  return text;
}

std::vector<pdf::fact> certificate_of(copy_context const& context, db::submission_head const& head,
                                      opened_record const& record, language spoken) {
  auto const say = [&](std::string_view key) { return context.words.say(spoken, key); };
  std::vector<pdf::fact> facts{
      {say("copy.record"), certs::to_string(head.id)},
      {say("copy.version_label"), std::to_string(head.version)},
      {say("copy.received"), context.clock.date_and_time(head.received, spoken)},
      {say("copy.record_hash"), record_hash(context.keys, record)}};
  if (auto const who = entry_words(record.entry); !who.empty())
    facts.push_back({say("copy.filled_in_by"), who});
  if (auto const question = insurance::read_stored_question(record.decision_json)) {
    facts.push_back({say("copy.rules_hash"), question->rule_set_name});
  }
  return facts;
}

/// Only from what is stored, so that a reprint is the same bytes.
std::vector<std::string> notes_of(copy_context const& context, db::submission_head const& head,
                                  opened_record const& record, language spoken) {
  std::vector<std::string> notes;
  if (record.void_since) {
    notes.push_back(context.words.say(
        spoken, "copy.void", {{"time", context.clock.date_and_time(*record.void_since, spoken)}}));
  }
  if (head.version > 1) {
    notes.push_back(context.words.say(spoken, "copy.replaces",
                                      {{"version", std::to_string(head.version)},
                                       {"time", context.clock.date_and_time(head.received, spoken)},
                                       {"before", std::to_string(head.version - 1)}}));
  }
  if (record.entry.by == "staff") {
    notes.push_back(context.words.say(spoken, "copy.filled_in_by") + ": " +
                    entry_words(record.entry) + ".");
  }
  return notes;
}

/// The patient's own copy names the files only: they are on the telephone that took them.
std::vector<pdf::copy_picture> pictures_of(opened_record const& record, pdf::copy_profile profile) {
  std::vector<pdf::copy_picture> pictures;
  if (profile == pdf::copy_profile::patient) return pictures;
  for (auto const& each : attachments_of(record)) {
    if (each.file->content_type != "image/jpeg") continue;
    pictures.push_back({each.key, record.files[each.number - 1]});
  }
  return pictures;
}

std::string language_name(std::string_view code, pdf::copy_profile profile) {
  auto const known = parse_language(code);
  if (!known) return std::string(code);
  if (profile == pdf::copy_profile::patient) return std::string(own_name(*known));
  constexpr std::string_view english_names[] = {"English", "Spanish", "Haitian Creole"};
  return std::string(english_names[static_cast<std::size_t>(*known)]);
}

constexpr std::string_view profile_names[] = {"Desk copy", "Clinical copy", "Patient's copy",
                                              "Billing copy"};

struct reader_row {
  pdf::copy_profile profile;
  alert_reader reader;
};

constexpr reader_row alert_readers[] = {{pdf::copy_profile::desk, alert_reader::front_desk},
                                        {pdf::copy_profile::clinical, alert_reader::clinician},
                                        {pdf::copy_profile::billing, alert_reader::billing}};

/// None for the patient.
std::vector<std::string> alerts_for(copy_context const& context, opened_record const& record,
                                    pdf::copy_profile profile) {
  auto const* const row = std::ranges::find(alert_readers, profile, &reader_row::profile);
  if (row == std::end(alert_readers)) return {};
  auto out = alert_sentences(context.forms.alerts, record.head.alerts, row->reader);
  if (profile != pdf::copy_profile::clinical) return out;
  std::vector<std::string> ids;
  for (auto const& each : record.forms) ids.push_back(each.form->header().id);
  std::ranges::move(stand_in_sentences(context.forms, ids), std::back_inserter(out));
  return out;
}

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
                      opened_record const& record, pdf::copy_profile profile, dated_inputs dated,
                      pdf::copy_extent extent) {
  auto const packet = packet_of(record);
  std::vector<pdf::filled_form> filled;
  for (auto const& each : packet) filled.push_back({each.form, each.answers});
  bool const is_patients = profile == pdf::copy_profile::patient;
  auto const spoken =
      is_patients ? parse_language(record.head.language).value_or(language::en) : language::en;
  pdf::copy_facts about;
  about.profile = profile;
  about.extent = extent;
  about.purpose = context.settings.parsed_mode() == operating_mode::production
                      ? pdf::standing::production
                      : pdf::standing::evaluation;
  about.copy_language = tag(spoken);
  about.words = copy_words_in(context.words, spoken);
  about.letterhead = {context.settings.clinic_name, {context.settings.clinic_phone}};
  about.title = context.words.say(spoken, "home.title");
  about.patient_name = full_name(record.head);
  about.born = born_text(context, record.head.birth_date, head.first_received, spoken);
  about.receipt = spoken_receipt(head.receipt);
  about.submitted = context.clock.date_and_time(head.first_received, spoken);
  about.language_name = language_name(record.head.language, profile);
  about.patient_language = record.head.language;
  about.profile_name = is_patients ? context.words.say(spoken, "copy.patients_copy")
                                   : profile_names[static_cast<std::size_t>(profile)];
  about.as_of = context.clock.date_and_time(head.received, spoken);
  about.now = context.clock.fhir_date_time(head.received);
  about.created = std::chrono::floor<std::chrono::seconds>(head.received);
  about.record_notes = notes_of(context, head, record, spoken);
  about.alerts = alerts_for(context, record, profile);
  about.decision = decision_of(context, record, profile, spoken);
  about.eligibility = std::move(dated.eligibility);
  about.settled = std::move(dated.settled);
  about.pictures = pictures_of(record, profile);
  about.signer_name = forms::code_in(packet, known::signer_name);
  about.signer_relation = forms::code_in(packet, known::signer_relation);
  about.record_id = certs::to_string(head.id);
  about.record_version = static_cast<unsigned>(head.version);
  about.certificate = certificate_of(context, head, record, spoken);
  about.text_hashes = text_hashes(record);
  return pdf::form_copy(filled, about);
}

pdf::rendered render_copy(copy_context const& context, db::submission_head const& head,
                          opened_record const& record, pdf::copy_profile profile,
                          dated_inputs dated, pdf::copy_extent extent) {
  return context.drawer.render(copy_of(context, head, record, profile, std::move(dated), extent));
}

std::string copy_file_name(db::submission_head const& head, pdf::copy_profile profile,
                           pdf::copy_extent extent) {
  return fmt::format("intake-{}-{}{}.pdf", spoken_receipt(head.receipt), copy_name(profile),
                     extent == pdf::copy_extent::whole ? "" : "-summary");
}

}  // namespace intake::service

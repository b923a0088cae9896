#include "service/fhir/response_resource.hpp"

#include "forms/canonical.hpp"
#include "service/copy.hpp"

#include <fmt/format.h>

namespace intake::service::fhir {
namespace {

constexpr std::string_view receipt_extension =
    "https://intake.example/fhir/StructureDefinition/receipt";
constexpr std::string_view observation_value =
    "http://terminology.hl7.org/CodeSystem/v3-ObservationValue";

/// Takes out what is not for these audiences; what hangs below an answer goes with it.
class answer_sieve {
 public:
  answer_sieve(forms::questionnaire const& form, audience_set readable)
      : form_(form), readable_(readable) {}

  /// Whether something was taken out.
  bool sift(std::vector<forms::answered_item>& items) {
    bool any = false;
    std::erase_if(items, [&](forms::answered_item& each) {
      auto const& item = form_.at(each.item);
      bool const had_something = forms::is_answered(each);
      if (forms::is_question(item)) {
        bool const goes = !readable_.has(item.audience);
        any = any || (goes && had_something);
        if (goes) return true;
        for (auto& given : each.answers) any = sift(given.items) || any;
        return false;
      }
      any = sift(each.items) || any;
      return had_something && !forms::is_answered(each);
    });
    return any;
  }

 private:
  forms::questionnaire const& form_;
  audience_set readable_;
};

/// The n-th file of a packet has an address, whatever else is left out.
void address_files(application const& app, client_record const& from,
                   forms::questionnaire const& form, forms::answers& given, std::size_t& number) {
  each_attachment(form, given, [&](auto const&, forms::attachment& file, auto const&) {
    if (!forms::is_held(file)) return;
    file.url = fmt::format("{}/fhir/Binary/{}.{}.file-{}", app.settings.public_url(),
                           certs::to_string(from.head.id), from.head.version, ++number);
  });
}

std::string_view status_of(client_record const& from, forms::response_envelope const& envelope) {
  if (from.record.void_since) return code_of(forms::response_status::entered_in_error);
  if (from.head.version > 1) return code_of(forms::response_status::amended);
  return code_of(envelope.status);
}

}  // namespace

std::string response_id(db::submission_head const& head, forms::questionnaire const& form) {
  return write_resource_id(head.id, form.header().id);
}

std::vector<readable_response> readable_responses(application const& app, audience_set readable,
                                                  client_record const& from) {
  std::vector<readable_response> all;
  std::size_t files = 0;
  for (auto const& each : from.record.forms) {
    auto const& envelope = each.response.envelope;
    readable_response one{.id = response_id(from.head, *each.form),
                          .form = &each,
                          .answers = each.response.answers,
                          .authored = envelope.authored};
    if (one.authored.empty()) one.authored = app.clock.fhir_date_time(from.head.received);
    address_files(app, from, *each.form, one.answers, files);
    one.is_whole = !answer_sieve(*each.form, readable).sift(one.answers.items);
    bool const is_theirs = readable.has(each.form->header().audience);
    if (is_theirs || !one.answers.items.empty()) all.push_back(std::move(one));
  }
  return all;
}

void write_meta(forms::json_writer& out, db::submission_head const& head, bool is_whole) {
  out.key("meta").begin_object();
  out.member("versionId", std::string_view(std::to_string(head.version)));
  out.member("lastUpdated", std::string_view(instant_text(head.received)));
  if (!is_whole) {
    out.key("tag").begin_array().begin_object().member("system", observation_value);
    out.member("code", "SUBSETTED").end_object().end_array();
  }
  out.end_object();
}

std::string write_response(readable_response const& one, audience_set readable,
                           client_record const& from) {
  std::string text;
  forms::json_writer out(text);
  out.begin_object().member("resourceType", "QuestionnaireResponse");
  out.member("id", std::string_view(one.id));
  write_meta(out, from.head, one.is_whole);
  out.key("extension").begin_array().begin_object().member("url", receipt_extension);
  out.member("valueString", std::string_view(spoken_receipt(from.head.receipt)));
  out.end_object().end_array();
  auto const submission = certs::to_string(from.head.id);
  if (readable.has(forms::form_audience::demographic)) {
    out.key("subject").begin_object();
    out.member("reference", std::string_view("Patient/" + submission)).end_object();
  }
  auto const& form = *one.form->form;
  auto envelope = one.form->response.envelope;
  envelope.questionnaire = form.canonical();
  envelope.authored = one.authored;
  envelope.identifier_system = "urn:ietf:rfc:3986";
  envelope.identifier_value = "urn:uuid:" + submission;
  envelope.status = *forms::from_code<forms::response_status>(status_of(from, envelope));
  // The rest is as it was stored: the same writer, after the members that only a server gives.
  auto const stored = forms::write_canonical(form, one.answers, envelope);
  constexpr std::string_view beginning = R"({"resourceType":"QuestionnaireResponse")";
  return text + stored.substr(beginning.size());
}

}  // namespace intake::service::fhir

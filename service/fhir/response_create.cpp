#include "forms/json_writer.hpp"
#include "service/fhir/client_record.hpp"
#include "service/fhir/fhir.hpp"
#include "service/fhir/operation_outcome.hpp"
#include "service/fhir/sender.hpp"
#include "service/fhir/submission_bundle.hpp"
#include "service/http/fields.hpp"
#include "service/receive.hpp"
#include "service/responses.hpp"

#include <algorithm>
#include <optional>
#include <variant>

namespace intake::service::fhir {
namespace {

bool is_fhir_json(request const& asked) {
  auto const type = read_media_type(asked.field("content-type").value_or(""));
  if (!type || (type->name != "application/fhir+json" && type->name != "application/json"))
    return false;
  auto const charset = type->parameter("charset");
  return !charset || *charset == "utf-8" || *charset == "UTF-8";
}

std::string success_outcome(received const& done) {
  std::string text;
  forms::json_writer out(text);
  out.begin_object().member("resourceType", "OperationOutcome").key("issue").begin_array();
  out.begin_object().member("severity", "information").member("code", "informational");
  out.key("details").begin_object().member(
      "text", std::string_view("Received. Receipt " + done.receipt + "."));
  out.end_object().end_object();
  if (auto const& decision = done.insurance.decision) {
    out.begin_object().member("severity", "information").member("code", "business-rule");
    out.key("details").begin_object().key("coding").begin_array().begin_object();
    out.member("system", "https://intake.example/fhir/CodeSystem/insurance-decision")
        .member("code", forms::insurance::to_word(decision->result))
        .end_object()
        .end_array()
        .member("text", std::string_view(decision->patient.en))
        .end_object()
        .end_object();
  }
  out.end_array().end_object();
  return text;
}

/// What was sent, for the answer to name.
struct sent_parts {
  /// Where each response stood.
  std::vector<std::string> places;
  std::string first_form;
};

response success(application const& app, std::string_view first_form, received const& done) {
  auto made =
      fhir_response(done.which == received::kind::first_time ? 201 : 200, success_outcome(done));
  made.fields.push_back({"location", app.settings.public_url() + "/fhir/QuestionnaireResponse/" +
                                         write_resource_id(done.id, first_form) + "/_history/1"});
  made.fields.push_back({"etag", "W/\"1\""});
  made.fields.push_back({"intake-receipt", done.receipt});
  return made;
}

response refused(std::vector<std::string> const& places, answers_refused const& why) {
  std::vector<located_problems> all;
  for (std::size_t i = 0; i < places.size(); ++i) all.push_back({places[i], why.by_form[i]});
  return fhir_response(422, outcome_of(all));
}

response answer(application const& app, sent_parts const& sent, receive_result const& result) {
  if (auto const* done = std::get_if<received>(&result)) {
    return success(app, sent.first_form, *done);
  }
  if (auto const* why = std::get_if<answers_refused>(&result)) return refused(sent.places, *why);
  if (std::holds_alternative<id_taken>(result)) {
    return outcome_response(
        409,
        "Other answers were received under this identifier. A new submission needs a new one.");
  }
  return outcome_response(
      503,
      "The submission can't be stored right now. Send the same again, with the same identifier.");
}

/// Reading and checking this much takes well under a millisecond.
constexpr std::size_t quick_body_bytes_max = 64 * 1024;

/// Files go through a process of their own. A name written with escapes may be any name.
bool may_hold_files(std::string_view json) {
  return json.find("valueAttachment") != std::string_view::npos ||
         json.find("\\u") != std::string_view::npos;
}

}  // namespace

bool response_create_is_quick(application& app, request const& asked) {
  return asked.body.size() <= quick_body_bytes_max && sender_is_known(app, asked) &&
         !may_hold_files(asked.body);
}

response response_create(application& app, call const& c) {
  if (!is_fhir_json(c.asked)) return outcome_response(415, "Send application/fhir+json in UTF-8.");
  auto const sender = identify_sender(app, c);
  if (auto const* refusal = std::get_if<sender_refusal>(&sender)) {
    return outcome_response(refusal->status, refusal->sentence, refusal->wait);
  }
  auto read = read_submission(app.forms.library, c.asked);
  if (auto* refusal = std::get_if<bundle_refusal>(&read)) return std::move(refusal->answer);
  auto& sent = std::get<submission_bundle>(read);

  draft in;
  in.id = sent.id ? *sent.id : certs::new_uuid_v7(app.world);
  in.sender = std::get<db::audit_entry>(sender);
  in.received = c.asked.received;
  in.language = sent.parts.front().draft.response.envelope.language;
  sent_parts parts{.places = {}, .first_form = sent.parts.front().draft.form->header().id};
  for (auto& part : sent.parts) {
    parts.places.push_back(std::move(part.place));
    in.forms.push_back(std::move(part.draft));
  }
  later_answer later = [&app, in = std::move(in),
                        parts = std::move(parts)](auto const& take) mutable {
    receive_then(app, std::move(in),
                 [&app, parts = std::move(parts), take](receive_outcome outcome) mutable {
                   take([&app, parts = std::move(parts), outcome = std::move(outcome)] {
                     return answer(app, parts, outcome());
                   });
                 });
  };
  return {.status = 0, .fields = {}, .body = std::move(later)};
}

}  // namespace intake::service::fhir

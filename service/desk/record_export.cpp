// One patient's record as it may leave: each submission's copy, its answers as FHIR, its files, in
// one ZIP. 45 CFR 164.524.
#include "forms/json_writer.hpp"
#include "service/audiences.hpp"
#include "service/copy.hpp"
#include "service/copy_inputs.hpp"
#include "service/copy_profiles.hpp"
#include "service/desk/desk.hpp"
#include "service/desk/record_refusals.hpp"
#include "service/desk/record_sides.hpp"
#include "service/dispatch.hpp"
#include "service/fhir/consent_resource.hpp"
#include "service/fhir/coverage_resource.hpp"
#include "service/fhir/patient_resource.hpp"
#include "service/fhir/response_resource.hpp"
#include "service/record_acts.hpp"
#include "service/responses.hpp"
#include "service/zip/archive.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace intake::service::desk {
namespace {

/// http://hl7.org/fhir/R4/bundle.html: a collection, nothing that acts.
class bundle_writer {
 public:
  explicit bundle_writer(config const& settings) : settings_(settings), out_(text_) {
    out_.begin_object().member("resourceType", "Bundle").member("type", "collection");
    out_.key("entry").begin_array();
  }

  void add(std::string_view type, std::string_view id, std::string_view resource) {
    if (resource.empty()) return;
    out_.begin_object();
    out_.member("fullUrl",
                std::string_view(fmt::format("{}/fhir/{}/{}", settings_.public_url(), type, id)));
    out_.key("resource").raw(resource).end_object();
  }

  std::string finish() {
    out_.end_array().end_object();
    return std::move(text_);
  }

 private:
  config const& settings_;
  std::string text_;
  forms::json_writer out_;
};

std::string bundle_of(application const& app, fhir::client_record const& from,
                      audience_set readable) {
  bundle_writer bundle(app.settings);
  fhir::packet_view const packet{from.record.forms, readable};
  if (readable.has(forms::form_audience::demographic)) {
    bundle.add("Patient", certs::to_string(from.head.id), fhir::write_patient(from, packet));
  }
  for (auto const& each : fhir::readable_responses(app, readable, from)) {
    bundle.add("QuestionnaireResponse", each.id, fhir::write_response(each, readable, from));
  }
  if (readable.has(forms::form_audience::coverage)) {
    for (auto const& each : fhir::coverages_of(from.head, from.record, *app.rules.current())) {
      bundle.add("Coverage", each.id, each.json);
    }
  }
  for (auto const& each : fhir::consents_of(app, from, packet)) {
    bundle.add("Consent", each.id, each.resource);
  }
  return bundle.finish();
}

struct export_maker {
  application& app;
  call const& c;
  std::vector<zip::archive_entry> entries{};

  /// Empty, or why the record can't be taken along whole.
  std::string add(db::opened_submission const& stored) {
    auto reading = open_record(app.keks, app.forms, stored);
    if (!reading.record) return reading.fault;
    fhir::client_record const from{stored.head, std::move(*reading.record)};
    auto const& view = view_of(c.staff->role);
    auto const profile = view.copies.front();
    auto copy =
        render_copy({app.settings, app.forms, app.clock, app.keys, app.words, app.drawer},
                    from.head, from.record, profile,
                    inputs_for_copy({app.desk, app.keks, app.forms, app.clock, app.settings},
                                    from.head, from.record, profile));
    if (!copy.defects.empty()) return "Its copy would not be complete.";
    auto const made = std::chrono::floor<std::chrono::seconds>(from.head.received);
    auto const name = "intake-" + spoken_receipt(from.head.receipt);
    entries.push_back({copy_file_name(from.head, profile), std::move(copy.bytes), made});
    entries.push_back({name + "-fhir.json", bundle_of(app, from, view.answers), made});
    for (auto const& each : attachments_of(from.record)) {
      if (!view.files.has(each.item->audience)) continue;
      auto const* const ending = each.file->content_type == "application/pdf" ? "pdf" : "jpg";
      entries.push_back({fmt::format("{}-file-{}.{}", name, each.number, ending),
                         from.record.files[each.number - 1], made});
    }
    return {};
  }
};

}  // namespace

response record_export(application& app, call const& c) {
  auto const id = certs::parse_uuid(c.path["id"]);
  auto const asked = id ? db::open_submission(app.desk, *id) : std::nullopt;
  if (!asked) return refuse(app, 404, "There is no such submission.", &c.asked);
  auto entry = record_act(c, asked->head, "record-exported", "pdf, fhir and files");
  std::vector<certs::uuid> all{*id};
  for (auto const& each : opened_along(c, record_acts_of(app.desk, app.keks, *id), *id)) {
    all.push_back(each);
  }
  export_maker maker{app, c};
  for (auto const& each : all) {
    auto const stored = db::open_submission(app.desk, each);
    if (!stored) continue;
    auto const fault = maker.add(*stored);
    if (fault.empty()) continue;
    return cannot_show(app, c, std::move(entry),
                       fmt::format("Receipt {}: {} No file was made.",
                                   spoken_receipt(stored->head.receipt), fault));
  }
  auto bytes = zip::write_archive(maker.entries);
  entry.shown = all;
  entry.content = app.keys.keyed_hash(certs::key_role::document_hash, certs::as_bytes(bytes));
  app.writer.append(std::move(entry));
  return file_response(std::move(bytes), "application/zip",
                       fmt::format("intake-{}-record.zip", spoken_receipt(asked->head.receipt)));
}

}  // namespace intake::service::desk

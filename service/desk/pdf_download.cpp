#include "db/submissions.hpp"
#include "service/copy.hpp"
#include "service/copy_inputs.hpp"
#include "service/copy_profiles.hpp"
#include "service/desk/desk.hpp"
#include "service/desk/record_refusals.hpp"
#include "service/desk/staff_act.hpp"
#include "service/dispatch.hpp"
#include "service/http/fields.hpp"
#include "service/record.hpp"
#include "service/responses.hpp"

#include <algorithm>

namespace intake::service::desk {
namespace {

/// What `?copy=` asks for; without one, the role's usual copy. Nothing where it is no copy.
std::optional<pdf::copy_profile> asked_copy(call const& c) {
  auto const fields = read_form(c.asked.query);
  if (!fields) return std::nullopt;
  for (auto const& [name, value] : *fields) {
    if (name == "copy") return parse_copy_name(value);
  }
  return copies_for(c.staff->role).front();
}

/// What `?extent=` asks for. Nothing where it is none.
std::optional<pdf::copy_extent> asked_extent(call const& c) {
  for (auto const& [name, value] : read_form(c.asked.query).value_or(std::vector<form_field>{})) {
    if (name == "extent") return parse_extent_name(value);
  }
  return pdf::copy_extent::whole;
}

std::string defects_sentence(std::vector<std::string> const& defects) {
  std::string text = "The copy would not be complete. Affected: ";
  for (std::size_t i = 0; i < defects.size(); ++i) text += (i > 0 ? ", " : "") + defects[i];
  return text + ".";
}

}  // namespace

response pdf_download(application& app, call const& c) {
  auto const id = certs::parse_uuid(c.path["id"]);
  auto const stored = id ? db::open_submission(app.desk, *id, asked_version(c)) : std::nullopt;
  if (!stored) return refuse(app, 404, "There is no such submission.", &c.asked);
  auto const profile = asked_copy(c);
  auto const extent = asked_extent(c);
  if (!profile || !extent) {
    return refuse(app, 400,
                  "copy= takes desk, clinical, patient or billing, extent= whole or summary.",
                  &c.asked);
  }
  auto entry = record_act(c, stored->head, "pdf-downloaded", copy_words_of(*profile, *extent));
  if (std::ranges::count(copies_for(c.staff->role), *profile) == 0) {
    return not_yours(app, c, std::move(entry), "This copy is not for your role.");
  }
  auto const name = copy_file_name(stored->head, *profile, *extent);
  if (c.asked.method == http_method::head) {
    return without_body(pdf_response({}, name, disposition::attachment));
  }
  auto const reading = open_record(app.keks, app.forms, *stored);
  if (!reading.record) return cannot_show(app, c, std::move(entry), reading.fault);
  auto copy = render_copy({app.settings, app.forms, app.clock, app.keys, app.words, app.drawer},
                          stored->head, *reading.record, *profile,
                          inputs_for_copy({app.desk, app.keks, app.forms, app.clock, app.settings},
                                          stored->head, *reading.record, *profile),
                          *extent);
  if (!copy.defects.empty())
    return cannot_show(app, c, std::move(entry), defects_sentence(copy.defects));
  entry.content = app.keys.keyed_hash(certs::key_role::document_hash, certs::as_bytes(copy.bytes));
  app.writer.append(std::move(entry));
  return pdf_response(std::move(copy.bytes), name, disposition::attachment);
}

}  // namespace intake::service::desk

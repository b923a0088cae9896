#include "db/appointments.hpp"
#include "service/audit.hpp"
#include "service/copy_profiles.hpp"
#include "service/desk/copy_jobs.hpp"
#include "service/desk/desk.hpp"
#include "service/dispatch.hpp"
#include "service/http/fields.hpp"
#include "service/pages/shell.hpp"
#include "service/responses.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace intake::service::desk {
namespace {

constexpr std::size_t piece_bytes = 64 * 1024;

struct chosen {
  std::vector<certs::uuid> ids;
  std::optional<pdf::copy_profile> profile;
  std::optional<pdf::copy_extent> extent = pdf::copy_extent::whole;
  std::optional<bulk_shape> shape = bulk_shape::merged_pdf;
  bool readable = true;

  bool is_understood() const { return readable && profile && extent && shape; }
};

std::optional<bulk_shape> parse_shape(std::string_view word) {
  if (word == "pdf") return bulk_shape::merged_pdf;
  return word == "zip" ? std::optional(bulk_shape::zip) : std::nullopt;
}

chosen read_chosen(call const& c) {
  chosen out;
  out.profile = copies_for(c.staff->role).front();
  auto const fields = read_form(c.asked.body);
  out.readable = fields.has_value();
  for (auto const& [name, value] : fields.value_or(std::vector<form_field>{})) {
    if (name == "copy") out.profile = parse_copy_name(value);
    if (name == "extent") out.extent = parse_extent_name(value);
    if (name == "as") out.shape = parse_shape(value);
    if (name != "id") continue;
    auto const id = certs::parse_uuid(value);
    out.readable &= id.has_value();
    // One that comes twice is drawn once, and counted once.
    if (id && std::ranges::count(out.ids, *id) == 0) out.ids.push_back(*id);
  }
  return out;
}

/// In the order of the visits; what is for no visit comes after them, as it was chosen.
void put_in_order(application& app, std::vector<certs::uuid>& ids) {
  auto const visits = db::visit_times(app.desk, ids);
  std::ranges::stable_sort(ids, {}, [&](certs::uuid const& id) {
    auto const found =
        std::ranges::find(visits, id, &std::pair<certs::uuid, certs::utc_time>::first);
    return found == visits.end() ? certs::utc_time::max() : found->second;
  });
}

response tell(application& app, call const& c, int status, std::string const& sentence) {
  page_model model;
  model.set("TITLE", "No copies were made");
  model.add("PARAGRAPH").set("TEXT", sentence);
  return show_page(app, {.status = status, .title = "No copies were made", .staff = &*c.staff},
                   "message", model);
}

std::optional<copy_jobs::view> asked_job(application& app, call const& c) {
  auto const id = certs::parse_uuid(c.path["job"]);
  return id ? app.copies.look(*id, c.staff->record.account) : std::nullopt;
}

void add_file(page_model& model, bulk_copy const& file, std::string const& address) {
  auto& ready = model.add("READY").set("FILE_URL", address + std::string(file_ending(file.shape)));
  ready.add(file.shape == bulk_shape::zip ? "AS_ZIP" : "AS_PDF");
}

/// At most so much of a long body at a time; the file stays as long as somebody reads it.
body_generator pieces_of(std::shared_ptr<bulk_copy const> file) {
  return [file = std::move(file), at = std::size_t{0}]() mutable {
    auto piece = file->bytes.substr(at, piece_bytes);
    at += piece.size();
    return piece;
  };
}

}  // namespace

response copies_start(application& app, call const& c) {
  auto asked = read_chosen(c);
  if (!asked.is_understood()) {
    return refuse(app, 400,
                  "id= takes ids of submissions, copy= desk, clinical, patient or billing, extent= "
                  "whole or summary, as= pdf or zip.",
                  &c.asked);
  }
  if (asked.ids.empty() || asked.ids.size() > bulk_records_max) {
    return tell(app, c, 422,
                fmt::format("Go back and choose 1 to {} submissions.", bulk_records_max));
  }
  if (std::ranges::count(copies_for(c.staff->role), *asked.profile) == 0) {
    auto entry = entry_of(c, {});
    entry.action = "refused";
    entry.outcome = db::audit_outcome::refused;
    app.writer.append(std::move(entry));
    return refuse(app, 403, "This copy is not for your role.", &c.asked);
  }
  put_in_order(app, asked.ids);
  auto const total = asked.ids.size();
  bulk_order const order{std::move(asked.ids), *asked.profile, *asked.extent, *asked.shape,
                         entry_of(c, {})};
  bulk_parts const parts{{app.settings, app.forms, app.clock, app.keys, app.words, app.drawer},
                         app.desk,
                         app.keks,
                         app.writer};
  auto const job = app.copies.start(
      c.staff->record.account, total,
      [parts, order](bulk_progress const& told) { return make_bulk_copy(parts, order, told); });
  if (!job) {
    auto busy = tell(app, c, 503, "Other copies are being made. Try again in a minute.");
    busy.fields.push_back({"retry-after", "30"});
    return busy;
  }
  return see_other("/desk/copies/" + certs::to_string(*job));
}

response copies_progress(application& app, call const& c) {
  auto const job = asked_job(app, c);
  if (!job) return refuse(app, 404, "These copies are not kept any more.", &c.asked);
  page_model model;
  model.set("TOTAL", std::to_string(job->total));
  switch (job->at) {
    case copy_jobs::stage::working:
      model.add("WORKING")
          .set("DRAWN", std::to_string(job->drawn))
          .set("OF_TOTAL", std::to_string(job->total));
      break;
    case copy_jobs::stage::ready:
      add_file(model, *job->file, std::string(c.asked.path));
      break;
    case copy_jobs::stage::failed:
      model.add("FAILED").set("TROUBLE", job->trouble);
      break;
  }
  auto page = show_page(app, {.title = "Copies", .staff = &*c.staff}, "copies", model);
  // Without JavaScript; once there is nothing to wait for the page stays as it is.
  if (job->at == copy_jobs::stage::working) page.fields.push_back({"refresh", "1"});
  return page;
}

response copies_download(application& app, call const& c) {
  auto const job = asked_job(app, c);
  bool const there =
      job && job->file != nullptr && c.asked.path.ends_with(file_ending(job->file->shape));
  if (!there) {
    return refuse(app, 404, "These copies are not kept any more.", &c.asked);
  }
  auto entry = job->file->made;
  entry.request_id = c.asked.request_id;
  entry.address = c.asked.client_address;
  app.writer.append(std::move(entry));
  bool const zipped = job->file->shape == bulk_shape::zip;
  auto made =
      file_response({}, zipped ? "application/zip" : "application/pdf",
                    fmt::format("intake-{}-copies{}", job->total, file_ending(job->file->shape)));
  made.body = pieces_of(job->file);
  return made;
}

}  // namespace intake::service::desk

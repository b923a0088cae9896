#include "service/attachments.hpp"

#include "db/submissions.hpp"
#include "service/copy.hpp"
#include "service/copy_profiles.hpp"
#include "service/desk/desk.hpp"
#include "service/desk/record_refusals.hpp"
#include "service/desk/staff_act.hpp"
#include "service/dispatch.hpp"
#include "service/pages/shell.hpp"
#include "service/record.hpp"
#include "service/responses.hpp"
#include "service/whole_number.hpp"

#include <fmt/format.h>

namespace intake::service::desk {
namespace {

struct kind_words {
  std::string_view type;
  std::string_view word;
  std::string_view ending;
};

constexpr kind_words jpeg{"image/jpeg", "Photo", "jpg"};
constexpr kind_words pdf_file{"application/pdf", "PDF", "pdf"};

kind_words const& words_for(forms::attachment const& file) {
  return file.content_type == jpeg.type ? jpeg : pdf_file;
}

std::string address_of(db::submission_head const& head, std::size_t number) {
  return fmt::format("/desk/submissions/{}/attachments/{}?version={}", certs::to_string(head.id),
                     number, head.version);
}

void add_row(page_model& table, db::submission_head const& head, record_attachment const& each) {
  auto const kilobytes = (each.file->size_bytes.value_or(0) + 999) / 1000;
  table.add("ROW")
      .set("QUESTION", std::string(forms::text_in(*each.item, "en")))
      .set("FORM", std::string(each.form->header().title.in("en")))
      .set("TITLE", each.file->title)
      .set("URL", address_of(head, each.number))
      .set("NUMBER", std::to_string(each.number))
      .set("KIND", fmt::format("{}, {} KB", words_for(*each.file).word, kilobytes));
}

response list_of(application& app, call const& c, db::opened_submission const& stored,
                 opened_record const& record) {
  page_model model;
  model.set("RECEIPT", spoken_receipt(stored.head.receipt));
  for (auto const& each : attachments_of(record)) {
    if (!may_open_file(c.staff->role, each.item->audience)) continue;
    if (model.count("TABLE") == 0) model.add("TABLE");
    add_row(model.last("TABLE"), stored.head, each);
  }
  if (model.count("TABLE") == 0) model.add("EMPTY");
  return show_page(app, {.title = "Attached files", .staff = &*c.staff}, "desk_attachments", model);
}

std::optional<db::opened_submission> asked_for(application const& app, call const& c) {
  auto const id = certs::parse_uuid(c.path["id"]);
  return id ? db::open_submission(app.desk, *id, asked_version(c)) : std::nullopt;
}

}  // namespace

response attachments_list(application& app, call const& c) {
  auto const stored = asked_for(app, c);
  if (!stored) return refuse(app, 404, "There is no such submission.", &c.asked);
  auto entry = record_act(c, stored->head, "attachments-listed", "attachments");
  auto const reading = open_record(app.keks, app.forms, *stored);
  if (!reading.record) return cannot_show(app, c, std::move(entry), reading.fault);
  auto page = list_of(app, c, *stored, *reading.record);
  app.writer.append(std::move(entry));
  return page;
}

response attachment_download(application& app, call const& c) {
  auto const stored = asked_for(app, c);
  if (!stored) return refuse(app, 404, "There is no such submission.", &c.asked);
  auto const number = whole_number<std::size_t>(c.path["number"]).value_or(0);
  auto entry = record_act(c, stored->head, "attachment-downloaded", attachment_part_name(number));
  auto reading = open_record(app.keks, app.forms, *stored);
  if (!reading.record) return cannot_show(app, c, std::move(entry), reading.fault);
  auto const all = attachments_of(*reading.record);
  if (number == 0 || number > all.size()) {
    return refuse(app, 404, "There is no such file.", &c.asked);
  }
  auto const& wanted = all[number - 1];
  if (!may_open_file(c.staff->role, wanted.item->audience)) {
    return not_yours(app, c, std::move(entry), "This file is not for your role.");
  }
  auto& bytes = reading.record->files[number - 1];
  entry.content = app.keys.keyed_hash(certs::key_role::document_hash, certs::as_bytes(bytes));
  app.writer.append(std::move(entry));
  auto const& kind = words_for(*wanted.file);
  return file_response(std::move(bytes), kind.type,
                       fmt::format("intake-{}-attachment-{}.{}",
                                   spoken_receipt(stored->head.receipt), number, kind.ending));
}

}  // namespace intake::service::desk

// What is missing in a patient's forms, and every way out of it on one page.
#include "forms/insurance/words.hpp"
#include "pdf/blank_form.hpp"
#include "service/audit.hpp"
#include "service/copy.hpp"
#include "service/copy_texts.hpp"
#include "service/desk/desk.hpp"
#include "service/desk/missing_thing.hpp"
#include "service/desk/people.hpp"
#include "service/desk/record_refusals.hpp"
#include "service/desk/sheets.hpp"
#include "service/desk/staff_act.hpp"
#include "service/desk/staff_entry.hpp"
#include "service/dispatch.hpp"
#include "service/guards.hpp"
#include "service/pages/shell.hpp"
#include "service/responses.hpp"

#include <fmt/format.h>

namespace intake::service::desk {
namespace {

using db::settlement_act;

constexpr std::string_view gone = "Nothing of that kind is missing there any more.";
constexpr std::size_t settlement_words_bytes_max = 1'000;

/// A link or a tablet asks for the birth date first.
bool may_be_asked(missing_thing const& thing) {
  return thing.form != nullptr && !thing.sent.birth_date.empty();
}

invitation_order order_for(application const& app, call const& c, missing_thing const& thing) {
  auto order = order_of(app, c, thing.who());
  order.purpose = db::invitation_purpose::correction;
  order.submission = thing.head.id;
  order.what.form = thing.form->canonical();
  if (thing.group != nullptr) order.what.link_id = thing.group->link_id;
  return order;
}

void add_ways(page_model& model, call const& c, missing_thing const& thing) {
  if (thing.form == nullptr) return;
  auto& ways = model.add("WAYS");
  if (may_be_asked(thing)) {
    ways.add("LINKS");
  } else {
    ways.add("NO_BIRTH_DATE");
  }
  if (thing.may_print(c)) {
    ways.add("PRINT").set("PDF_URL", thing.address() + ".pdf");
    if (thing.group != nullptr) model.add("PAPER");
  }
}

void add_settled(page_model& model, application& app, missing_thing const& thing) {
  if (!thing.settled) return;
  auto const& done = *thing.settled;
  people names(app.desk);
  shown_settlement const shown{thing.item, done,
                               names.name_of(done.actor) + ", " + app.clock.date_and_time(done.at)};
  auto& block = model.add("SETTLED").set("TEXT", settled_words(shown));
  if (done.scan_type.empty()) return;
  block.add("SCAN").set("URL", "/desk/settlements/" + certs::to_string(done.id) + "/scan");
}

/// What can't be recorded as it was sent: the page again, with the words that were written.
struct unsettled {
  int status = 200;
  std::string_view wrong{};
  std::string words{};
};

response show(application& app, call const& c, missing_thing const& thing,
              unsettled const& sent = {}) {
  page_model model;
  auto const name = name_of(thing.who());
  model.set("TITLE", thing.item.words)
      .set("PATIENT", name.empty() ? "(no name given)" : name)
      .set("RECEIPT", spoken_receipt(thing.head.receipt))
      .set("SUBMISSION_URL", "/desk/submissions/" + certs::to_string(thing.head.id))
      .set("SELF", thing.address())
      .set("MARK", thing.mark(app.keys))
      .set("CSRF", csrf_token(c.staff->record));
  if (!sent.wrong.empty()) model.add("WRONG").set("WRONG_TEXT", std::string(sent.wrong));
  add_ways(model, c, thing);
  add_settled(model, app, thing);
  if (thing.form != nullptr) {
    model.add("DECLINE").set("WORDS", sent.words);
  } else {
    model.add("OTHERWISE").set("WORDS", sent.words);
  }
  return show_page(app, {.status = sent.status, .title = thing.item.words, .staff = &*c.staff},
                   "desk_missing", model);
}

db::audit_entry entry_for(call const& c, missing_thing const& thing, std::string action) {
  auto entry = entry_of(c, std::move(action));
  entry.subject = thing.head.id;
  entry.version = thing.head.version;
  return entry;
}

pdf::copy_facts paper_facts(application const& app, missing_thing const& thing) {
  pdf::copy_facts about;
  about.purpose = app.settings.parsed_mode() == operating_mode::production
                      ? pdf::standing::production
                      : pdf::standing::evaluation;
  about.letterhead = {app.settings.clinic_name, {app.settings.clinic_phone}};
  about.copy_language = "en";
  about.patient_language = thing.sent.language;
  about.patient_name = name_of(thing.who());
  about.born = app.clock.written_date(thing.sent.birth_date);
  about.created = std::chrono::floor<std::chrono::seconds>(thing.head.received);
  return about;
}

/// What the scan became, or why it can't be taken in a sentence.
struct taken_scan {
  kept_file file;
  std::string fault;
  int status = 200;
};

taken_scan take_scan(application const& app, std::string_view bytes) {
  if (bytes.empty()) return {};
  auto kept = keep_file(app, bytes);
  if (auto* file = std::get_if<kept_file>(&kept)) return {std::move(*file), {}, 200};
  if (std::get<forms::problem_code>(kept) == forms::problem_code::attachment_busy) {
    return {{}, "Other files are being read. Send it again in a moment.", 503};
  }
  return {{},
          "The scan could not be read. Take a JPEG, PNG or PDF that is not locked, at most 10 MB.",
          422};
}

std::string_view fault_of(settlement_act act, std::string const& words) {
  if (words.size() > settlement_words_bytes_max)
    return "Say it in fewer words: at most 1,000 letters.";
  bool const needs_words = act == settlement_act::declined || act == settlement_act::otherwise;
  return needs_words && words.empty() ? "Say why, or what was agreed." : "";
}

}  // namespace

response missing_page(application& app, call const& c) {
  auto const thing = find_missing(app, c);
  if (!thing) return refuse(app, 404, gone, &c.asked);
  app.writer.append(entry_for(c, *thing, "missing-item-shown"));
  return show(app, c, *thing);
}

response missing_paper(application& app, call const& c) {
  auto const thing = find_missing(app, c);
  if (!thing || !thing->may_print(c)) return refuse(app, 404, gone, &c.asked);
  auto const about = paper_facts(app, *thing);
  auto drawn = app.drawer.render(thing->group == nullptr
                                     ? pdf::blank_form(*thing->form, about)
                                     : pdf::blank_group(*thing->form, *thing->group, about));
  auto entry = entry_for(c, *thing, "blank-page-printed");
  entry.content = app.keys.keyed_hash(certs::key_role::document_hash, certs::as_bytes(drawn.bytes));
  app.writer.append(std::move(entry));
  return pdf_response(std::move(drawn.bytes),
                      fmt::format("intake-{}-to-sign.pdf", spoken_receipt(thing->head.receipt)),
                      disposition::inline_view);
}

response missing_link(application& app, call const& c) {
  auto const thing = find_missing(app, c);
  if (!thing || !may_be_asked(*thing)) return refuse(app, 404, gone, &c.asked);
  return show_sheet(app, c, make_link(app, c, order_for(app, c, *thing)),
                    {.back = thing->address(),
                     .spoken = language_of(thing->who()),
                     .title = "correction.part_title"});
}

response missing_tablet(application& app, call const& c) {
  auto const thing = find_missing(app, c);
  if (!thing || !may_be_asked(*thing)) return refuse(app, 404, gone, &c.asked);
  return show_device_code(app, c, order_for(app, c, *thing), thing->address());
}

response missing_fill_in(application& app, call const& c) {
  auto const thing = find_missing(app, c);
  if (!thing || thing->form == nullptr) return refuse(app, 404, gone, &c.asked);
  patients::visit_correction const what{
      thing->head.id, thing->form->canonical(),
      thing->group == nullptr ? std::string() : thing->group->link_id};
  return begin_staff_entry(app, c, {.kind = {}, .correction = what}, thing->sent.language);
}

response missing_settle(application& app, call const& c) {
  auto const thing = find_missing(app, c);
  auto const act = db::parse_settlement_act(field_of_body(c, "act"));
  if (!thing) return refuse(app, 404, gone, &c.asked);
  if (!act) return refuse(app, 400, "The button was not one of ours.", &c.asked);
  if (field_of_body(c, "mark") != thing->mark(app.keys)) {
    return say(app, c, 409, "The list has changed",
               "New answers came while the page was open. Nothing was recorded: go back to the day "
               "list and look again.");
  }
  auto const words = std::string(forms::insurance::trimmed(field_of_body(c, "words")));
  if (auto const fault = fault_of(*act, words); !fault.empty()) {
    return show(app, c, *thing, {422, fault, words});
  }
  auto const scan = take_scan(app, file_of_body(c, "scan"));
  if (!scan.fault.empty()) return show(app, c, *thing, {scan.status, scan.fault, words});
  settled_item const done{.id = certs::new_uuid_v7(app.world),
                          .submission = thing->head.id,
                          .act = *act,
                          .at = c.asked.received,
                          .actor = c.staff->record.account,
                          .code = thing->item.code,
                          .words = words,
                          .scan_type = scan.file.content_type};
  auto entry = entry_for(c, *thing, "settled-" + std::string(db::to_string(*act)));
  if (!scan.file.bytes.empty()) {
    entry.content =
        app.keys.keyed_hash(certs::key_role::document_hash, certs::as_bytes(scan.file.bytes));
  }
  app.writer.append(std::move(entry));
  keep_settlement(app.desk, {app.world, app.keks, app.keys}, done, scan.file.bytes);
  return see_other(thing->address());
}

response settlement_scan(application& app, call const& c) {
  auto const id = certs::parse_uuid(c.path["id"]);
  auto found = id ? open_scan(app.desk, app.keks, *id) : std::nullopt;
  if (!found) return refuse(app, 404, "There is no such scan.", &c.asked);
  auto entry = entry_of(c, "scan-downloaded");
  entry.subject = found->what.submission;
  entry.content =
      app.keys.keyed_hash(certs::key_role::document_hash, certs::as_bytes(found->bytes));
  app.writer.append(std::move(entry));
  auto const* const ending = found->what.scan_type == "image/jpeg" ? "jpg" : "pdf";
  return file_response(std::move(found->bytes), found->what.scan_type,
                       fmt::format("intake-signed-sheet.{}", ending));
}

}  // namespace intake::service::desk

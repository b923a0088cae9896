#include "service/desk/record_sides.hpp"

#include "db/audit_log.hpp"
#include "service/copy.hpp"
#include "service/copy_profiles.hpp"
#include "service/desk/people.hpp"
#include "service/expected_person.hpp"
#include "service/same_patient.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace intake::service::desk {
namespace {

constexpr int events_max = 50;

std::string address_of(certs::uuid id) {
  return "/desk/submissions/" + certs::to_string(id);
}

std::string who_and_when(application& app, people& names, noted_act const& act) {
  return names.described(act.actor) + ", " + app.clock.date_and_time(act.at);
}

/// "pdf-downloaded" as people read it.
std::string words_of(std::string action) {
  std::ranges::replace(action, '-', ' ');
  return action;
}

std::string actor_words(people& names, db::audit_entry const& entry) {
  auto const account = certs::parse_uuid(entry.actor);
  if (entry.who == db::actor_kind::staff && account) return names.described(*account);
  return std::string(db::to_string(entry.who));
}

void add_other(page_model& list, application const& app, found_submission const& other) {
  auto const name =
      other.sent
          ? name_of(expected_person{.family = other.sent->family, .given = other.sent->given})
          : std::string("(can't be opened)");
  list.set("NAME", name)
      .set("URL", address_of(other.head.id))
      .set("OTHER", certs::to_string(other.head.id))
      .set("RECEIPT", spoken_receipt(other.head.receipt))
      .set("RECEIVED", app.clock.date_and_time(other.head.first_received));
}

void add_replaced(page_model& model, application const& app, std::int32_t shown,
                  db::submission_head const& next) {
  model.add("REPLACED")
      .set("NUMBER", std::to_string(shown))
      .set("NEXT", std::to_string(next.version))
      .set("TIME", app.clock.date_and_time(next.received))
      .set("URL", address_of(next.id));
}

std::string joined(std::vector<std::string> const& all) {
  std::string text;
  for (auto const& each : all) text += (text.empty() ? "" : "; ") + each;
  return text;
}

}  // namespace

void add_versions(page_model& model, application& app, certs::uuid id, std::int32_t shown) {
  auto const versions = db::list_versions(app.desk, id);
  for (auto const& each : versions) {
    if (each.version == shown + 1) add_replaced(model, app, shown, each);
    auto& row = model.add("VERSION");
    auto const number = std::to_string(each.version);
    row.set("NUMBER", number)
        .set("RECEIVED", app.clock.date_and_time(each.received))
        .set("PDF_URL", address_of(id) + ".pdf?version=" + number);
    row.add(each.version == shown ? "CURRENT" : "OTHER")
        .set("URL", address_of(id) + "?version=" + number)
        .set("NUMBER", number);
  }
}

void add_files(page_model& model, call const& c, db::submission_head const& head,
               opened_record const& record) {
  for (auto const& each : attachments_of(record)) {
    if (!may_open_file(c.staff->role, each.item->audience)) continue;
    if (model.count("FILES") == 0) model.add("FILES");
    model.last("FILES")
        .add("FILE")
        .set("QUESTION", std::string(forms::text_in(*each.item, "en")))
        .set("TITLE", each.file->title)
        .set("URL", fmt::format("{}/attachments/{}?version={}", address_of(head.id), each.number,
                                head.version));
  }
}

void add_void(page_model& model, application& app, std::vector<noted_act> const& acts,
              certs::uuid id) {
  auto const* const made = void_act(acts, id);
  if (made == nullptr) {
    model.add("MAY_VOID");
    return;
  }
  people names(app.desk);
  model.add("VOID").set("WHO", who_and_when(app, names, *made)).set("WHY", made->words);
}

void add_notes(page_model& model, application& app, std::vector<noted_act> const& acts,
               certs::uuid id) {
  people names(app.desk);
  for (auto const& each : acts) {
    if (each.submission != id || each.other || each.words.empty()) continue;
    constexpr std::string_view kinds[] = {"", "Made void: ", "Not void any more: ", "", ""};
    model.add("NOTED")
        .set("TEXT", std::string(kinds[static_cast<std::size_t>(each.kind)]) + each.words)
        .set("WHO", who_and_when(app, names, each));
  }
}

std::vector<certs::uuid> add_same_patient(page_model& model, application& app,
                                          std::vector<noted_act> const& acts, certs::uuid id,
                                          summary const& mine) {
  auto const same = joined_with(acts, id);
  std::vector<certs::uuid> shown;
  for (auto& row : db::list_by_ids(app.desk, same)) {
    found_submission other{row.head, open_summary(app.keks, row).content};
    add_other(model.add("SAME"), app, other);
    shown.push_back(other.head.id);
  }
  for (auto const& each : likely_records(app, id, mine)) {
    if (std::ranges::find(same, each.one.head.id) != same.end()) continue;
    auto& row = model.add("LIKELY");
    add_other(row, app, each.one);
    row.set("REASONS", joined(each.reasons));
    if (!each.doubts.empty()) row.add("DOUBTS").set("TEXT", joined(each.doubts));
    shown.push_back(each.one.head.id);
  }
  return shown;
}

std::vector<certs::uuid> opened_along(call const& c, std::vector<noted_act> const& acts,
                                      certs::uuid id) {
  return c.emergency ? std::vector<certs::uuid>{} : joined_with(acts, id);
}

void add_seen_by(page_model& model, application& app, certs::uuid id) {
  people names(app.desk);
  for (auto const& each : db::events_of_subject(app.desk, id, events_max)) {
    model.add("EVENT")
        .set("WHEN", app.clock.date_and_time(each.at))
        .set("WHO", actor_words(names, each.entry))
        .set("WHAT", words_of(each.entry.action));
  }
}

}  // namespace intake::service::desk

#include "db/eligibility_files.hpp"

#include "db/accounts.hpp"
#include "forms/insurance/calendar.hpp"
#include "forms/x12/segments.hpp"
#include "service/audit.hpp"
#include "service/billing/billing.hpp"
#include "service/billing/rule_pages.hpp"
#include "service/dispatch.hpp"
#include "service/eligibility/answers.hpp"
#include "service/eligibility/clearinghouse.hpp"
#include "service/guards.hpp"
#include "service/http/multipart.hpp"
#include "service/pages/shell.hpp"
#include "service/responses.hpp"

#include <map>

#include <fmt/format.h>

namespace intake::service::billing {
namespace {

using names_by_id = std::map<certs::uuid, std::string>;

std::string by(names_by_id const& names, std::optional<certs::uuid> const& actor) {
  if (!actor) return "by the program";
  auto const found = names.find(*actor);
  return "by " + (found == names.end() ? std::string("somebody") : found->second);
}

void add_batches(page_model& model, application const& app, names_by_id const& names) {
  auto const batches = db::list_batches(app.desk);
  if (batches.empty()) model.add("NO_BATCH");
  for (auto const& each : batches) {
    if (model.count("BATCHES") == 0) model.add("BATCHES");
    auto& row = model.last("BATCHES").add("BATCH");
    row.set("WHEN", app.clock.date_and_time(each.what.created))
        .set("BY", by(names, each.what.actor))
        .set("NUMBER", std::to_string(each.what.interchange))
        .set("ANSWERED", fmt::format("{} of {}", each.answered, each.inquiries))
        .set("ACKNOWLEDGED", each.acknowledged.empty() ? "no word yet" : each.acknowledged)
        .set("COMPLAINTS", each.complaints)
        .set("URL", "/desk/eligibility/batches/" + certs::to_string(each.what.id));
    if (each.what.folder_due) row.add("LATE");
  }
}

/// In the order of db::file_way.
constexpr std::string_view way_words[] = {"uploaded", "from the folder", "over the line"};

void add_files(page_model& model, application const& app, names_by_id const& names) {
  auto const files = db::list_files(app.desk);
  if (files.empty()) model.add("NO_FILE");
  for (auto const& each : files) {
    if (model.count("FILES") == 0) model.add("FILES");
    auto& row = model.last("FILES").add("FILE");
    row.set("WHEN", app.clock.date_and_time(each.received))
        .set("BY", fmt::format("{} {}", way_words[static_cast<std::size_t>(each.how)],
                               by(names, each.actor)))
        .set("KEPT", fmt::format("{} of {}", each.kept, each.answers))
        .set("URL", "/desk/eligibility/received/" + certs::to_string(each.id));
    for (auto const& answer : each.unmatched) {
      row.add("UNMATCHED")
          .set("TEXT", fmt::format("segment {}: {}", answer.segment, answer.reason));
    }
  }
}

std::string words_of(std::string const& name, eligibility::taken_file const& taken) {
  if (!taken.refused.empty()) return name + ": " + taken.refused + " Nothing was kept.";
  if (!taken.is_new) return name + ": this file was taken before. Nothing was added.";
  auto text = fmt::format("{}: {} of {} answers were kept", name, taken.kept, taken.answers);
  if (taken.unmatched > 0) text += fmt::format(", {} found no question", taken.unmatched);
  if (taken.acknowledgements > 0) {
    text += fmt::format(", {} acknowledgements", taken.acknowledgements);
  }
  if (taken.strange > 0) text += fmt::format(", {} of them of no file of ours", taken.strange);
  return text + ".";
}

response show_files(application& app, call const& c, std::vector<std::string> const& said,
                    int status = 200) {
  page_model model;
  names_by_id names;
  for (auto const& each : db::list_accounts(app.desk)) names.emplace(each.id, each.name);
  model.set("CSRF", csrf_token(c.staff->record))
      .set("TODAY", forms::insurance::write_date(today_of(app, c)));
  for (auto const& each : said) model.add("SAID").set("TEXT", each);
  add_batches(model, app, names);
  add_files(model, app, names);
  if (app.settings.eligibility_inbox_folder.empty()) model.add("NO_FOLDER");
  if (auto words = eligibility::tried_only(app.settings); !words.empty()) {
    model.add("TRIED").set("TEXT", std::move(words));
  }
  return show_page(app, {.status = status, .title = "Eligibility files", .staff = &*c.staff},
                   "eligibility_files", model);
}

}  // namespace

response eligibility_files(application& app, call const& c) {
  return show_files(app, c, {});
}

response eligibility_received_file(application& app, call const& c) {
  auto const id = certs::parse_uuid(c.path["id"]);
  auto text = id ? eligibility::open_received(app, *id) : std::nullopt;
  if (!text) return refuse(app, 404, "There is no such file.", &c.asked);
  auto entry = entry_of(c, "eligibility-file-read");
  entry.subject = *id;
  entry.content = app.keys.keyed_hash(certs::key_role::document_hash, certs::as_bytes(*text));
  app.writer.append(std::move(entry));
  return file_response(std::move(*text), "application/edi-x12", "intake-received.x12");
}

response eligibility_files_upload(application& app, call const& c) {
  std::vector<std::string> said;
  auto entry = entry_of(c, "eligibility-file-taken");
  bool good = false;
  for (auto const& part : parts_of(c.asked)) {
    if (!part.file_name || part.content.empty()) continue;
    auto taken = eligibility::take_file(
        app, part.content,
        {.how = db::file_way::upload, .actor = c.staff->record.account, .now = c.asked.received});
    good = good || taken.refused.empty();
    said.push_back(words_of(*part.file_name, taken));
    entry.shown.insert(entry.shown.end(), taken.submissions.begin(), taken.submissions.end());
  }
  if (said.empty())
    said.emplace_back("Choose the files that your clearinghouse or payer gave you.");
  if (!good) entry.outcome = db::audit_outcome::refused;
  app.writer.append(std::move(entry));
  return show_files(app, c, said, good ? 200 : 422);
}

}  // namespace intake::service::billing

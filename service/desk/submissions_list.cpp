#include "db/submissions.hpp"
#include "service/alerts.hpp"
#include "service/audit.hpp"
#include "service/copy.hpp"
#include "service/desk/desk.hpp"
#include "service/desk/staff_act.hpp"
#include "service/dispatch.hpp"
#include "service/guards.hpp"
#include "service/http/fields.hpp"
#include "service/log.hpp"
#include "service/page_mark.hpp"
#include "service/pages/shell.hpp"
#include "service/readiness.hpp"
#include "service/record.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace intake::service::desk {
namespace {

constexpr int submissions_a_page = 50;

struct outcome_words {
  std::string_view code;
  std::string_view words;
  std::string_view tag_class;
};

// Words and shape tell the outcomes apart, not the colour alone (WCAG 1.4.1).
constexpr outcome_words outcomes[] = {
    {"accept", "Accepted", "govuk-tag--green"},
    {"accept_with_conditions", "Accepted, with conditions", "govuk-tag--turquoise"},
    {"review", "Review", "govuk-tag--yellow"},
    {"not_accepted", "Not accepted", "govuk-tag--red"},
};

enum class may_open { no, yes };

void add_summary(page_model& row, application const& app, summary const& s, alert_reader reader) {
  auto& opened = row.add("OPENED");
  opened
      .set("PATIENT",
           s.family.empty() && s.given.empty() ? "(no name given)" : s.family + ", " + s.given)
      .set("BORN", app.clock.written_date(s.birth_date));
  opened.set("FORMS", form_titles(app.forms, s.forms, reader));
  auto const* found = std::ranges::find(outcomes, s.outcome, &outcome_words::code);
  if (found == std::end(outcomes)) {
    opened.add("NO_DECISION");
  } else {
    opened.add("DECISION")
        .set("OUTCOME", std::string(found->words))
        .set("TAG_CLASS", std::string(found->tag_class));
  }
  for (auto const& words : alert_sentences(app.forms.alerts, s.alerts, reader)) {
    opened.add("ALERT").set("ALERT_TEXT", words);
  }
}

void add_files(page_model& row, db::submission_head const& head, summary const& s) {
  if (s.files == 0) return;
  row.add("FILES")
      .set("FILES_URL", "/desk/submissions/" + certs::to_string(head.id) + "/attachments")
      .set("FILES_TEXT", s.files == 1 ? "1 file" : fmt::format("{} files", s.files));
}

void add_row(page_model& table, application const& app, db::listed_submission const& listed,
             alert_reader reader, may_open opens) {
  auto& row = table.add("ROW");
  row.set("RECEIVED", app.clock.date_and_time(listed.head.first_received))
      .set("RECEIVED_ISO", to_rfc3339(listed.head.first_received))
      .set("RECEIPT", spoken_receipt(listed.head.receipt))
      .set("ID", certs::to_string(listed.head.id))
      .set("PDF_URL", "/desk/submissions/" + certs::to_string(listed.head.id) + ".pdf");
  auto const opened = open_summary(app.keks, listed);
  if (opened.content) {
    add_summary(row, app, *opened.content, reader);
    auto& name = row.last("OPENED").add(opens == may_open::yes ? "LINKED" : "UNLINKED");
    name.set("URL", "/desk/submissions/" + certs::to_string(listed.head.id));
    add_files(row, listed.head, *opened.content);
  } else {
    row.add("DAMAGED").set("DAMAGED_TEXT", opened.fault + " Tell your administrator.");
  }
}

void audit(application& app, call const& c, std::vector<db::listed_submission> const& rows) {
  auto entry = entry_of(c, "list-shown");
  for (auto const& row : rows) entry.shown.push_back(row.head.id);
  app.writer.append(std::move(entry));
}

}  // namespace

response submissions_list(application& app, call const& c) {
  std::optional<db::page_mark> after;
  for (auto const& [name, value] : read_form(c.asked.query).value_or(std::vector<form_field>{})) {
    if (name != "after") continue;
    after = read_mark(value);
    if (!after)
      return refuse(app, 400, "The address of this page of the list is not one of ours.", &c.asked);
  }
  auto rows = db::list_newest(app.desk, after, submissions_a_page + 1);
  bool const more = rows.size() > submissions_a_page;
  if (more) rows.pop_back();
  page_model model;
  if (rows.empty()) {
    model.add("EMPTY");
  } else {
    auto& table = model.add("TABLE").set("COPIES_CSRF", csrf_token(c.staff->record));
    // Billing works with decisions and copies; answers are not its to read here.
    auto const opens = c.staff->role == db::account_role::billing ? may_open::no : may_open::yes;
    for (auto const& row : rows) add_row(table, app, row, reader_of(c), opens);
  }
  if (more)
    model.add("OLDER").set(
        "OLDER_URL",
        "/desk?after=" + write_mark({rows.back().head.first_received, rows.back().head.id}));
  audit(app, c, rows);
  return show_page(app, {.title = "Submissions", .staff = &*c.staff}, "desk_list", model);
}

}  // namespace intake::service::desk

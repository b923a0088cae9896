#include "service/audit.hpp"
#include "service/copy.hpp"
#include "service/desk/desk.hpp"
#include "service/desk/keys.hpp"
#include "service/desk/people.hpp"
#include "service/desk/staff_act.hpp"
#include "service/desk/work.hpp"
#include "service/dispatch.hpp"
#include "service/guards.hpp"
#include "service/http/fields.hpp"
#include "service/page_mark.hpp"
#include "service/pages/shell.hpp"
#include "service/patients/visit_frame.hpp"
#include "service/readiness.hpp"
#include "service/record.hpp"

#include <charconv>

#include <fmt/format.h>

namespace intake::service::desk {
namespace {

using db::work_state;

constexpr int items_a_page = 25;
constexpr int counted_max = 100;
constexpr std::chrono::seconds undo_shown{10};

struct tab {
  work_state state;
  std::string_view words;
  std::string_view empty;
};
constexpr tab tabs[] = {
    {work_state::fresh, "New",
     "Nothing new. What comes in without an appointment is here at once."},
    {work_state::attention, "Needs attention", "Nothing needs attention."},
    {work_state::review, "In review", "Nobody has taken anything."},
    {work_state::done, "Done", "Nothing was marked done yet."},
};

struct button {
  work_state from;
  work_state to;
  std::string_view words;
  std::string_view key;
};
constexpr button work_buttons[] = {
    {work_state::fresh, work_state::done, "Done", "d"},
    {work_state::fresh, work_state::review, "Take", "c"},
    {work_state::fresh, work_state::attention, "Needs attention", "t"},
    {work_state::attention, work_state::done, "Done", "d"},
    {work_state::attention, work_state::review, "Take", "c"},
    {work_state::review, work_state::done, "Done", "d"},
    {work_state::review, work_state::fresh, "Give back", "b"},
    {work_state::done, work_state::fresh, "Back to new", "b"},
};

struct asked_list {
  work_state state = work_state::fresh;
  bool mine = false;
  std::optional<db::page_mark> after;
};

std::optional<asked_list> read_asked(request const& asked) {
  asked_list list;
  auto const state = patients::query_value(asked, "state");
  auto const after = patients::query_value(asked, "after");
  if (!state.empty()) {
    auto const known = db::parse_work_state(state);
    if (!known || *known == work_state::day) return std::nullopt;
    list.state = *known;
  }
  list.mine = patients::query_value(asked, "mine") == "yes";
  if (!after.empty()) {
    list.after = read_mark(after);
    if (!list.after) return std::nullopt;
  }
  return list;
}

std::string url_of(asked_list const& list) {
  auto url = fmt::format("/desk/work?state={}", db::to_string(list.state));
  if (list.mine) url += "&mine=yes";
  if (list.after) url += "&after=" + write_mark(*list.after);
  return url;
}

void add_tabs(page_model& model, application& app, asked_list const& asked) {
  for (auto const& each : tabs) {
    auto& shown = model.add("TAB");
    auto& name = shown.add(each.state == asked.state ? "CURRENT" : "OTHER");
    std::string words(each.words);
    if (each.state != work_state::done) {
      auto const count = db::work_since(app.desk, each.state, {}).newer;
      words += fmt::format(" ({}{})", count, count == counted_max ? " or more" : "");
    }
    name.set("NAME", words)
        .set("URL", url_of({.state = each.state, .mine = asked.mine, .after = {}}));
  }
  auto& whose = model.add(asked.mine ? "MINE" : "EVERYBODYS");
  whose.set("URL", url_of({.state = asked.state, .mine = !asked.mine, .after = {}}));
}

struct row_maker {
  application& app;
  call const& c;
  asked_list const& asked;
  std::string csrf;
  people names;

  void add(page_model& table, db::listed_work const& one) {
    auto const& head = one.submission.head;
    auto const id = certs::to_string(head.id);
    auto& row = table.add("ROW");
    row.set("ANCHOR", "row-" + id)
        .set("RECEIVED", app.clock.date_and_time(head.first_received))
        .set("RECEIPT", spoken_receipt(head.receipt))
        .set("URL", "/desk/submissions/" + id)
        .set("PDF_URL", "/desk/submissions/" + id + ".pdf");
    auto const opened = open_summary(app.keks, one.submission);
    if (opened.content) {
      add_summary(row, *opened.content);
    } else {
      row.add("DAMAGED").set("DAMAGED_TEXT", opened.fault + " Tell your administrator.");
    }
    if (one.item.actor) {
      row.add("BY")
          .set("WHO", names.name_of(*one.item.actor))
          .set("AGO", ago_words(one.item.at, c.asked.received));
    }
    for (auto const& each : work_buttons) {
      if (each.from != one.item.state) continue;
      row.add("ACT")
          .set("ACTION", "/desk/work/" + id)
          .set("CSRF", csrf)
          .set("BACK", url_of(asked))
          .set("SEEN", std::to_string(one.item.number))
          .set("TO", std::string(db::to_string(each.to)))
          .set("KEY", std::string(each.key))
          .set("LABEL", std::string(each.words))
          .set("WHO", spoken_receipt(head.receipt));
    }
  }

  void add_summary(page_model& row, summary const& s) {
    auto const name = name_of(expected_person{.family = s.family, .given = s.given});
    auto& opened = row.add("OPENED");
    opened.set("PATIENT", name.empty() ? "(no name given)" : name)
        .set("BORN", app.clock.written_date(s.birth_date))
        .set("FORMS", form_titles(app.forms, s.forms, reader_of(c)));
    // Answers are not billing's to read here.
    bool const reads = c.staff->role != db::account_role::billing;
    opened.add(reads ? "LINKED" : "UNLINKED");
    auto const today = std::chrono::sys_days{app.clock.date(c.asked.received)};
    auto const ready = readiness_of(s, app.forms, today, reader_of(c));
    for (auto const& each : ready.alerts) {
      if (!each.words.empty()) opened.add("ALERT").set("TEXT", each.words);
    }
    for (auto const& each : ready.missing) opened.add("MISSING").set("TEXT", each.words);
  }
};

/// "?did=3-ID": what the reader has just done, for as long as it may be undone at a touch.
void add_undo(page_model& model, application& app, call const& c, asked_list const& asked,
              std::string const& csrf) {
  auto const did = patients::query_value(c.asked, "did");
  auto const dash = did.find('-');
  auto const id = certs::parse_uuid(std::string_view(did).substr(dash == did.npos ? 0 : dash + 1));
  auto const item = id ? db::find_work_item(app.desk, *id) : std::nullopt;
  if (!item || did.substr(0, dash) != std::to_string(item->number)) return;
  bool const fresh = c.asked.received <= item->at + undo_shown;
  if (!fresh || item->actor != c.staff->record.account) return;
  model.add("UNDO")
      .set("TEXT", last_act_words(app, *item, c.asked.received))
      .set("ACTION", "/desk/work/" + certs::to_string(*id))
      .set("CSRF", csrf)
      .set("BACK", url_of(asked))
      .set("SEEN", std::to_string(item->number))
      .set("SECONDS", std::to_string(undo_shown.count()));
}

void add_live(page_model& model, application const& app, call const& c, asked_list const& asked,
              std::vector<db::listed_work> const& rows, std::int64_t changes) {
  // Later pages stay as they are; only the first one has a top that something can come above.
  if (asked.after) return;
  auto const top = rows.empty()
                       ? db::page_mark{certs::utc_time{}, {}}
                       : db::page_mark{rows.front().item.received, rows.front().item.submission};
  model.add("LIVE")
      .set("NEWS_URL", fmt::format("/desk/work/news?state={}&top={}", db::to_string(asked.state),
                                   write_mark(top)))
      .set("ETAG", strong_etag(std::to_string(changes)))
      .set("AS_OF", app.clock.time_of_day(c.asked.received))
      .set("SCRIPT_URL", app.assets.url("live.js"))
      .set("URL", url_of(asked));
}

}  // namespace

response work_page(application& app, call const& c) {
  auto const asked = read_asked(c.asked);
  if (!asked) return refuse(app, 400, "There is no such list.", &c.asked);
  sort_in_work(app, c.asked.received);
  auto const changes = db::work_changes(app.desk);
  auto const mine = asked->mine ? std::optional(c.staff->record.account) : std::nullopt;
  auto rows = db::list_work(app.desk, {asked->state, mine}, asked->after, items_a_page + 1);
  bool const more = rows.size() > items_a_page;
  if (more) rows.pop_back();
  auto const csrf = csrf_token(c.staff->record);
  page_model model;
  add_tabs(model, app, *asked);
  add_undo(model, app, c, *asked, csrf);
  add_live(model, app, c, *asked, rows, changes);
  row_maker maker{app, c, *asked, csrf, people(app.desk)};
  auto entry = entry_of(c, "list-shown");
  for (auto const& each : rows) {
    if (model.count("TABLE") == 0) model.add("TABLE");
    maker.add(model.last("TABLE"), each);
    entry.shown.push_back(each.submission.head.id);
  }
  if (rows.empty()) {
    model.add("EMPTY").set("TEXT", std::string(tabs[static_cast<std::size_t>(asked->state)].empty));
  }
  if (more) {
    auto next = *asked;
    next.after = db::page_mark{rows.back().item.received, rows.back().item.submission};
    model.add("OLDER").set("URL", url_of(next));
  }
  add_keys(model, app, c, url_of(*asked));
  app.writer.append(std::move(entry));
  return show_page(app, {.title = "Worklist", .staff = &*c.staff}, "desk_work", model);
}

}  // namespace intake::service::desk

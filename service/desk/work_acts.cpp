// What staff do with an item of the worklist, and how a page that is open hears of it.
#include "forms/json_writer.hpp"
#include "service/audit.hpp"
#include "service/desk/desk.hpp"
#include "service/desk/staff_act.hpp"
#include "service/desk/work.hpp"
#include "service/dispatch.hpp"
#include "service/http/fields.hpp"
#include "service/page_mark.hpp"
#include "service/patients/visit_frame.hpp"
#include "service/responses.hpp"

#include <charconv>

#include <fmt/format.h>

namespace intake::service::desk {
namespace {

constexpr std::string_view undo_word = "undo";
/// Ten seconds on the page, and the way there.
constexpr std::chrono::seconds undo_max{15};

std::optional<std::int32_t> read_number(std::string const& text) {
  std::int32_t number = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

response too_late(application& app, call const& c, db::work_item const& item) {
  return say(app, c, 409, "Somebody else was quicker",
             "This item was " + last_act_words(app, item, c.asked.received) +
                 ". Nothing was changed now: go back to the list and look again.");
}

/// Back to the list, which offers to undo it for ten seconds.
response back_with(call const& c, db::work_act const& act) {
  auto back = way_back(c);
  if (!back.starts_with("/desk/work?")) return see_other(std::move(back));
  return see_other(
      fmt::format("{}&did={}-{}", back, act.seen_number + 1, certs::to_string(act.submission)));
}

}  // namespace

response work_act(application& app, call const& c) {
  auto const id = certs::parse_uuid(c.path["id"]);
  auto const item = id ? db::find_work_item(app.desk, *id) : std::nullopt;
  if (!item) return refuse(app, 404, "There is no such item on the worklist.", &c.asked);
  auto const word = field_of_body(c, "to");
  auto const seen = read_number(field_of_body(c, "seen"));
  bool const undoes = word == undo_word;
  auto const to = db::parse_work_state(word);
  if (!seen || (!undoes && (!to || to == db::work_state::day))) {
    return refuse(app, 400, "The button was not one of ours.", &c.asked);
  }
  bool const mine = item->actor == c.staff->record.account;
  if (undoes && (!mine || c.asked.received > item->at + undo_max)) return too_late(app, c, *item);
  db::work_act const act{*id, to.value_or(db::work_state::fresh), *seen, c.asked.received,
                         c.staff->record.account};
  bool const done = undoes ? db::undo_work_state(app.desk, act) : db::set_work_state(app.desk, act);
  if (!done) return too_late(app, c, *db::find_work_item(app.desk, *id));
  auto entry = entry_of(c, "work-" + word);
  entry.subject = *id;
  app.writer.append(std::move(entry));
  return undoes ? see_other(way_back(c)) : back_with(c, act);
}

response work_news(application& app, call const& c) {
  auto const state = db::parse_work_state(patients::query_value(c.asked, "state"));
  auto const top = read_mark(patients::query_value(c.asked, "top"));
  if (!state) return refuse(app, 400, "There is no such list.", &c.asked);
  sort_in_work(app, c.asked.received);
  auto const tag = strong_etag(std::to_string(db::work_changes(app.desk)));
  response made;
  made.fields = {{"etag", tag}, {"cache-control", "private, no-cache"}};
  if (etag_listed(c.asked.field("if-none-match").value_or(""), tag)) {
    made.status = 304;
    return made;
  }
  auto const news = db::work_since(app.desk, *state, top);
  std::string text;
  forms::json_writer out(text);
  out.begin_object().key("newer").raw(std::to_string(news.newer)).end_object();
  made.fields[0].value = strong_etag(std::to_string(news.changes));
  made.fields.push_back({"content-type", "application/json"});
  made.body = std::move(text);
  return made;
}

}  // namespace intake::service::desk

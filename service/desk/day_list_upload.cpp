// The schedule's list: chosen, looked at, taken over. Whole or not at all.
#include "certs/base64.hpp"
#include "service/appointment_import.hpp"
#include "service/audit.hpp"
#include "service/desk/desk.hpp"
#include "service/desk/staff_act.hpp"
#include "service/guards.hpp"
#include "service/pages/shell.hpp"
#include "service/readiness.hpp"
#include "service/responses.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace intake::service::desk {
namespace {

constexpr std::size_t rows_max = 2'000;

constexpr std::array<std::string_view, bookings> plans{"new", "changed", "as it was",
                                                       "for another person now"};
constexpr std::array<std::string_view, bookings> tags{"govuk-tag--green", "govuk-tag--yellow",
                                                      "govuk-tag--grey", "govuk-tag--orange"};

response show(application const& app, call const& c, int status, page_model& model) {
  model.set("CSRF", csrf_token(c.staff->record));
  return show_page(app, {.status = status, .title = "Day list", .staff = &*c.staff},
                   "desk_day_list", model);
}

response show_problems(application const& app, call const& c,
                       forms::insurance::findings const& problems) {
  page_model model;
  auto& block = model.add("PROBLEMS");
  for (auto const& each : problems) {
    block.add("PROBLEM")
        .set("PLACE", forms::insurance::place_of(each))
        .set("MESSAGE", each.message)
        .set("HINT", each.hint);
  }
  return show(app, c, 422, model);
}

void add_entry(page_model& table, application& app, appointment_entry const& entry, booking what) {
  auto const& clock = *app.places.of(entry.location).clock;
  auto const index = static_cast<std::size_t>(what);
  table.add("ROW")
      .set("WHEN", clock.date_and_time(entry.starts_at))
      .set("WHERE", app.places.of(entry.location).name)
      .set("PATIENT", name_of(entry.who))
      .set("BORN", app.clock.written_date(entry.who.birth_date))
      .set("VISIT", visit_words(app.forms, entry.who.visit_kind))
      .set("PLAN", std::string(plans[index]))
      .set("TAG_CLASS", std::string(tags[index]));
}

response show_preview(application& app, call const& c, appointment_list const& list,
                      std::string const& text) {
  page_model model;
  // Base64, because templates make one space of a line's end.
  auto& block = model.add("PREVIEW").set("TEXT", certs::base64url_encode(certs::as_bytes(text)));
  std::array<int, bookings> counts{};
  for (auto const& entry : list.entries) {
    auto const what = plan_booking(app.desk, {app.world, app.keks, app.keys}, entry);
    ++counts[static_cast<std::size_t>(what)];
    add_entry(block, app, entry, what);
  }
  block.set("COUNTS", counts_in_words(counts, "new"));
  if (counts[static_cast<std::size_t>(booking::given_away)] > 0) block.add("GIVEN_AWAY");
  return show(app, c, 200, model);
}

response was_slower(application& app, call const& c, db::audit_entry entry) {
  entry.outcome = db::audit_outcome::refused;
  app.writer.append(std::move(entry));
  return say(app, c, 409, "Nothing was taken over",
             "Somebody else is taking over a list now, or has just done so. Wait a moment, then "
             "choose your file again: it shows what is left to take over.");
}

response take_over(application& app, call const& c, appointment_list const& list) {
  auto const entry = entry_of(c, "appointments-imported");
  // In the trail first: what the trail can't hold is not taken over.
  auto const done = book_list(app.desk, {app.world, app.keks, app.keys}, list.entries,
                              [&](booked_list const& stored) {
                                auto audited = entry;
                                audited.shown = stored.touched;
                                app.writer.append(std::move(audited));
                              });
  if (!done) return was_slower(app, c, entry);
  page_model model;
  model.add("DONE").set("COUNTS", counts_in_words(done->counts, "added"));
  return show(app, c, 200, model);
}

/// A spreadsheet's file begins with a byte order mark, and comes in Windows' letters where somebody
/// saved it as plain CSV.
std::string_view without_mark(std::string_view text) {
  constexpr std::string_view mark = "\xef\xbb\xbf";
  return text.starts_with(mark) ? text.substr(mark.size()) : text;
}

/// The list that the preview showed.
std::string shown_text(call const& c) {
  auto const bytes = certs::base64url_decode(field_of_body(c, "text"));
  return bytes ? std::string(bytes->begin(), bytes->end()) : std::string();
}

}  // namespace

response day_list_page(application& app, call const& c) {
  page_model model;
  return show(app, c, 200, model);
}

response day_list_upload(application& app, call const& c) {
  bool const imports = field_of_body(c, "act") == "import";
  auto const text = imports ? shown_text(c) : std::string(without_mark(file_of_body(c, "list")));
  if (text.empty()) {
    forms::insurance::finding one;
    one.message = "No file came.";
    one.hint = "Choose the CSV file that your schedule exports.";
    return show_problems(app, c, {one});
  }
  auto list = read_appointment_list("the list", text, app.places, app.forms.packets);
  if (list.entries.size() > rows_max) {
    forms::insurance::finding one;
    one.message = "The list is too long.";
    one.hint = fmt::format("Take over at most {} appointments at once.", rows_max);
    list.problems.push_back(one);
  }
  if (forms::insurance::has_error(list.problems)) return show_problems(app, c, list.problems);
  return imports ? take_over(app, c, list) : show_preview(app, c, list, text);
}

}  // namespace intake::service::desk

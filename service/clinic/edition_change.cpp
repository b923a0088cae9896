#include "service/clinic/edition_change.hpp"

#include "db/submissions.hpp"
#include "forms/insurance/calendar.hpp"
#include "service/consents.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace intake::service::clinic {
namespace {

constexpr int records_max = 500;

/// All forms of which a version holds this edition.
std::set<std::string> forms_with(form_store const& store, std::string_view edition) {
  std::set<std::string> ids;
  for (auto const& form : store.library.forms()) {
    bool const holds = std::ranges::any_of(
        form->items(), [&](forms::item const& each) { return each.edition.id == edition; });
    if (holds) ids.insert(form->header().id);
  }
  return ids;
}

std::string day_after(std::string const& day) {
  auto const read = forms::insurance::read_iso_date(day);
  return read ? forms::insurance::write_date(*read + std::chrono::days(1)) : std::string();
}

/// Every text with editions of the form, in any of its versions.
template <typename Visit>
void for_each_text(form_store const& store, std::set<std::string> const& forms, Visit visit) {
  for (auto const& form : store.library.forms()) {
    if (!forms.contains(form->header().id)) continue;
    for (auto const& each : form->items()) {
      if (!each.edition.id.empty()) visit(*form, each);
    }
  }
}

}  // namespace

std::vector<std::string> turning_days(edition_change const& change) {
  std::set<std::string> days{change.today};
  auto const forms = forms_with(change.after, change.edition);
  for (auto const* store : {&change.before, &change.after}) {
    for_each_text(*store, forms, [&](forms::questionnaire const&, forms::item const& text) {
      for (auto const& day : {text.edition.valid_from, day_after(text.edition.must_stop)}) {
        if (day > change.today) days.insert(day);
      }
    });
  }
  return {days.begin(), days.end()};
}

std::string why_gap(edition_change const& change) {
  auto const days = turning_days(change);
  std::string why;
  for_each_text(change.after, forms_with(change.after, change.edition),
                [&](forms::questionnaire const& form, forms::item const& text) {
                  if (!text.required || !why.empty()) return;
                  auto const& id = form.header().id;
                  for (auto const& day : days) {
                    if (edition_in_force(change.before, id, text.link_id, day).empty()) continue;
                    if (!edition_in_force(change.after, id, text.link_id, day).empty()) continue;
                    why = fmt::format(
                        "On {} nobody could sign \"{}\": no edition of it would be in force. Let "
                        "another edition begin by then.",
                        day, forms::text_in(text, "en"));
                    return;
                  }
                });
  return why;
}

counted_change count_to_sign_again(application& app, edition_change const& change) {
  counted_change counted;
  struct searched {
    std::string day;
    consent_search before;
    consent_search after;
  };
  std::vector<searched> searches;
  for (auto const& day : turning_days(change)) {
    searches.push_back({day, {change.before, day}, {change.after, day}});
  }
  for (auto const& row : db::list_newest(app.desk, {}, records_max)) {
    auto const stored = db::open_submission(app.desk, row.head.id);
    auto const reading = stored
                             ? open_record(app.keks, app.forms, *stored, record_files::left_alone)
                             : record_reading{};
    if (!reading.record) {
      ++counted.unread;
      continue;
    }
    counted.read.push_back(row.head.id);
    for (auto& each : searches) {
      each.before.add(stored->head, *reading.record);
      each.after.add(stored->head, *reading.record);
    }
  }
  for (auto const& each : searches) {
    counted.days.push_back({each.day, each.after.due().size(), each.before.due().size()});
  }
  return counted;
}

}  // namespace intake::service::clinic

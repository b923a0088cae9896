#include "service/desk/day_list.hpp"

#include "certs/hex.hpp"
#include "service/delivery/deliveries.hpp"
#include "service/desk/people.hpp"
#include "service/record.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace intake::service::desk {
namespace {

/// Who acknowledged what, by name and time, and what was settled at the desk.
class seen_book {
 public:
  seen_book(application& app, std::vector<certs::uuid> const& submissions)
      : app_(app), people_(app.desk) {
    if (submissions.empty()) return;
    seen_ = db::list_acknowledgements(app.desk, submissions);
    settled_ = settled_items(app.desk, app.keks, submissions);
  }

  std::string by(certs::uuid submission, std::string_view code, clinic_time const& clock) {
    auto const hash = alert_hash(app_.keys, submission, code);
    auto const found = std::ranges::find_if(seen_, [&](db::acknowledgement const& each) {
      return each.submission == submission && each.alert == hash;
    });
    return found == seen_.end() ? std::string() : who_and_when(found->actor, found->at, clock);
  }

  /// Takes what was settled out of what is missing.
  std::vector<shown_settlement> settle(certs::uuid submission, readiness& ready,
                                       clinic_time const& clock) {
    std::vector<shown_settlement> taken;
    std::erase_if(ready.missing, [&](missing_item const& item) {
      auto const found = std::ranges::find_if(settled_, [&](settled_item const& each) {
        return each.submission == submission && each.code == item.code;
      });
      if (found == settled_.end()) return false;
      taken.push_back({item, *found, who_and_when(found->actor, found->at, clock)});
      return true;
    });
    return taken;
  }

 private:
  std::string who_and_when(certs::uuid actor, certs::utc_time at, clinic_time const& clock) {
    return fmt::format("{}, {}", people_.name_of(actor), clock.time_of_day(at));
  }

  application& app_;
  people people_;
  std::vector<db::acknowledgement> seen_;
  std::vector<settled_item> settled_;
};

struct day_maker {
  application& app;
  certs::utc_time now;
  alert_reader reader;

  std::vector<day_row> make(std::vector<db::appointment_row> rows) {
    std::vector<opened_appointment> all;
    for (auto& each : rows) all.push_back(opened(app, std::move(each)));
    match_by_name(app, all, now);
    std::vector<certs::uuid> ids;
    for (auto const& each : all) {
      if (!each.row.submissions.empty()) ids.push_back(each.row.submissions.front());
    }
    std::map<certs::uuid, match_candidate> forms;
    if (!ids.empty()) {
      for (auto& listed : db::list_by_ids(app.desk, ids)) {
        auto const id = listed.head.id;
        auto sent = open_summary(app.keks, listed).content;
        if (sent) forms.emplace(id, match_candidate{std::move(listed.head), std::move(*sent)});
      }
    }
    seen_book seen(app, ids);
    auto const sent = standings(all);
    std::vector<day_row> made;
    for (auto& each : all) made.push_back(row(std::move(each), forms, seen));
    for (auto& each : made) {
      if (!each.one.row.invitation) continue;
      auto const found =
          std::ranges::find(sent, each.one.row.invitation->id, &db::delivery_standing::invitation);
      if (found != sent.end()) each.delivery = *found;
    }
    return made;
  }

  std::vector<db::delivery_standing> standings(std::vector<opened_appointment> const& all) const {
    std::vector<certs::uuid> links;
    for (auto const& each : all) {
      if (each.row.invitation) links.push_back(each.row.invitation->id);
    }
    return links.empty() ? std::vector<db::delivery_standing>()
                         : db::delivery_standings(app.desk, links);
  }

  day_row row(opened_appointment one, std::map<certs::uuid, match_candidate> const& forms,
              seen_book& seen) {
    day_row made;
    auto const& clock = *app.places.of(one.row.what.location).clock;
    if (!one.row.submissions.empty()) {
      auto const found = forms.find(one.row.submissions.front());
      if (found != forms.end()) made.forms = found->second;
    }
    made.one = std::move(one);
    if (!made.forms) {
      made.ready.missing.push_back({"", made.one.row.submissions.empty()
                                            ? "forms: nothing received"
                                            : "forms: they can't be opened"});
      return made;
    }
    auto const& head = made.forms->head;
    made.ready =
        readiness_of(made.forms->sent, app.forms, std::chrono::sys_days{clock.date(now)}, reader);
    for (auto const& each : made.ready.alerts) {
      made.alerts.push_back({each, head.id, seen.by(head.id, each.code, clock)});
    }
    for (auto const& each : made.ready.missing) made.asked_for.push_back(each.code);
    made.settled = seen.settle(head.id, made.ready, clock);
    made.checked_by = seen.by(head.id, checked_code(head.version), clock);
    return made;
  }
};

}  // namespace

std::size_t day_row::number_of(missing_item const& item) const {
  auto const found = std::ranges::find(asked_for, item.code);
  return found == asked_for.end() ? 0 : static_cast<std::size_t>(found - asked_for.begin()) + 1;
}

bool day_row::is_ready() const {
  return ready.missing.empty() &&
         std::ranges::none_of(alerts, [](shown_alert const& each) { return each.seen_by.empty(); });
}

std::vector<day_row> day_at(application& app, location const& place, std::chrono::sys_days date,
                            certs::utc_time now, alert_reader reader) {
  auto const [begins, ends] = place.clock->day(date);
  return day_maker{app, now, reader}.make(
      db::list_appointments(app.desk, place.id, begins, ends, now));
}

std::optional<day_row> day_row_of(application& app, certs::uuid appointment, certs::utc_time now,
                                  alert_reader reader) {
  auto row = db::find_appointment(app.desk, appointment, now);
  if (!row) return std::nullopt;
  std::vector<db::appointment_row> only;
  only.push_back(std::move(*row));
  return std::move(day_maker{app, now, reader}.make(std::move(only)).front());
}

std::string settled_words(shown_settlement const& one) {
  constexpr std::string_view acts[] = {"signed on paper, seen by", "not signed, said to",
                                       "settled by", "open again"};
  auto text = fmt::format("{}: {} {}", one.item.words, acts[static_cast<std::size_t>(one.what.act)],
                          one.by);
  return one.what.words.empty() ? text : text + ": " + one.what.words;
}

std::string packet_words(day_row const& row) {
  auto const& progress = row.one.row.progress;
  if (row.forms) {
    if (!row.checked_by.empty()) return "checked";
    return received_words(row.forms->sent);
  }
  if (progress && progress->forms_asked > 0) {
    return fmt::format("started {} of {}", progress->forms_done, progress->forms_asked);
  }
  if (progress) return "opened";
  if (!row.one.row.invitation) return "not sent";
  if (row.one.row.invitation->opened) return "opened";
  bool const taken_over = !row.delivery || row.delivery->state == db::delivery_state::handed_over;
  return taken_over ? "sent" : delivery::standing_words(row.delivery);
}

certs::hash256 alert_hash(certs::keyring const& keys, certs::uuid submission,
                          std::string_view code) {
  auto const text = "alert:" + certs::to_string(submission) + ":" + std::string(code);
  return keys.keyed_hash(certs::key_role::record_hash, certs::as_bytes(text));
}

std::string alert_mark(certs::keyring const& keys, certs::uuid submission, std::string_view code) {
  std::string text;
  certs::append_hex(text, alert_hash(keys, submission, code));
  return text;
}

bool may_acknowledge(application const& app, std::string const& code, alert_reader reader) {
  auto const read_by = [&](alert_reader who) {
    return alert_sentences(app.forms.alerts, {&code, 1}, who);
  };
  return read_by(reader) == read_by(alert_reader::clinician);
}

bool is_all_settled(application& app, certs::uuid submission, summary const& sent,
                    certs::utc_time now) {
  auto ready = readiness_of(sent, app.forms, std::chrono::sys_days{app.clock.date(now)},
                            alert_reader::clinician);
  seen_book seen(app, {submission});
  seen.settle(submission, ready, app.clock);
  return ready.missing.empty() && std::ranges::none_of(ready.alerts, [&](open_alert const& each) {
           return seen.by(submission, each.code, app.clock).empty();
         });
}

std::string checked_code(std::int32_t version) {
  return fmt::format("{}{}", checked_prefix, version);
}

}  // namespace intake::service::desk

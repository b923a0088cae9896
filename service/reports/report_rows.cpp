#include "service/reports/report_rows.hpp"

#include "certs/blind_index.hpp"
#include "certs/receipt.hpp"
#include "db/accounts.hpp"
#include "db/audit_reports.hpp"
#include "db/submissions.hpp"
#include "forms/insurance/calendar.hpp"
#include "service/audit.hpp"
#include "service/http/fields.hpp"
#include "service/reports/acts.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <tuple>

namespace intake::service::reports {
namespace {

constexpr std::array<std::string_view, 4> kinds{"", "patient", "user", "left"};

using events = std::vector<db::audit_event>;

std::string field(std::vector<form_field> const& fields, std::string_view name) {
  auto const found = std::ranges::find(fields, name, &form_field::name);
  return found == fields.end() ? std::string() : found->value;
}

/// Two digits below `limit`.
std::optional<int> two_digits(std::string_view text, int limit) {
  if (text.size() != 2 || text[0] < '0' || text[0] > '9' || text[1] < '0' || text[1] > '9') {
    return std::nullopt;
  }
  int const number = (text[0] - '0') * 10 + (text[1] - '0');
  return number < limit ? std::optional(number) : std::nullopt;
}

/// "2026-11-28T07:45" on the clinic's wall.
std::optional<certs::utc_time> wall_time(application const& app, std::string_view text) {
  if (text.size() != 16 || text[10] != 'T' || text[13] != ':') return std::nullopt;
  auto const day = forms::insurance::read_iso_date(text.substr(0, 10));
  auto const hour = two_digits(text.substr(11, 2), 24);
  auto const minute = two_digits(text.substr(14, 2), 60);
  if (!day || !hour || !minute) return std::nullopt;
  return app.clock.instant(*day, std::chrono::hours(*hour) + std::chrono::minutes(*minute));
}

struct span_of_time {
  certs::utc_time from{};
  certs::utc_time until{};
};

std::optional<span_of_time> span_in(application const& app, report_question const& asked) {
  auto const from = wall_time(app, asked.from);
  auto const until = wall_time(app, asked.until);
  if (!from || !until || *from >= *until) return std::nullopt;
  return span_of_time{*from, *until};
}

constexpr std::string_view wrong_times =
    "Give two times, the first before the second, as 2026-11-28T07:45.";

/// Makes people of account ids, once each.
class names {
 public:
  explicit names(application const& app) {
    for (auto const& each : db::list_accounts(app.desk)) {
      known_.emplace(certs::to_string(each.id), each.name);
    }
  }
  std::string of(db::audit_entry const& entry) const {
    auto const known = known_.find(entry.actor);
    if (known != known_.end()) return known->second;
    auto const kind = std::string(db::to_string(entry.who));
    return entry.actor.empty() ? kind : kind + " " + entry.actor;
  }

 private:
  std::map<std::string, std::string> known_;
};

std::vector<certs::uuid> records_of(db::audit_entry const& entry) {
  std::vector<certs::uuid> ids = entry.shown;
  if (entry.subject) ids.push_back(*entry.subject);
  return ids;
}

std::string spoken(std::string const& stored) {
  auto const read = certs::parse_receipt(stored);
  return read ? certs::spoken_form(*read) : stored;
}

/// Rows of all records of each event; `only` (may be empty: all) says which records are meant.
void add_rows(application const& app, report& made, events const& found,
              std::set<certs::uuid> const& only) {
  names const people(app);
  std::vector<certs::uuid> all;
  for (auto const& each : found) {
    auto const ids = records_of(each.entry);
    all.insert(all.end(), ids.begin(), ids.end());
  }
  auto const receipts = db::receipts_of(app.desk, all);
  std::set<certs::uuid> named;
  for (auto const& each : found) {
    report_row row{.at = each.at,
                   .who = people.of(each.entry),
                   .act = act_words(each.entry.action),
                   .way = way_of(each.entry),
                   .receipt = {},
                   .outcome = std::string(db::to_string(each.entry.outcome)),
                   .purpose = each.entry.purpose,
                   .address = each.entry.address};
    bool any = false;
    for (auto const& id : records_of(each.entry)) {
      auto const receipt = receipts.find(id);
      if (receipt == receipts.end() || (!only.empty() && !only.contains(id))) continue;
      any = true;
      named.insert(id);
      row.receipt = spoken(receipt->second);
      made.rows.push_back(row);
    }
    if (!any && only.empty()) made.rows.push_back(row);
    if (made.rows.size() >= static_cast<std::size_t>(report_rows_max)) {
      made.cut_short = true;
      break;
    }
  }
  made.records.assign(named.begin(), named.end());
}

report about_patient(application const& app, report_question const& asked) {
  report made;
  auto const receipt = certs::parse_receipt(asked.receipt);
  auto const id = receipt ? db::find_receipt(app.desk, certs::to_string(*receipt)) : std::nullopt;
  if (!id) {
    made.fault = "There is no submission with that receipt.";
    return made;
  }
  auto const same = db::records_of_same_token(
      app.desk, *id, static_cast<std::int16_t>(certs::search_field::surname_birth_date));
  events found;
  for (auto const& each : same) {
    auto const own = db::events_of_subject(app.desk, each, report_rows_max);
    found.insert(found.end(), own.begin(), own.end());
  }
  // One list may have shown two of them.
  auto const place = [](db::audit_event const& e) {
    return std::tuple(e.at, std::string_view(e.chain), e.number);
  };
  std::ranges::sort(found, std::greater{}, place);
  found.erase(std::ranges::unique(found, {}, place).begin(), found.end());
  add_rows(app, made, found, {same.begin(), same.end()});
  return made;
}

report about_user(application const& app, report_question const& asked) {
  report made;
  auto const span = span_in(app, asked);
  auto const account = db::find_account(app.desk, asked.account);
  if (!account) made.fault = "There is no such account.";
  if (!span) made.fault = wrong_times;
  if (!made.fault.empty()) return made;
  add_rows(app, made,
           db::events_of_actor(app.desk, certs::to_string(account->id), span->from, span->until,
                               report_rows_max),
           {});
  return made;
}

report about_leaving(application const& app, report_question const& asked) {
  report made;
  auto const span = span_in(app, asked);
  if (!span) {
    made.fault = wrong_times;
    return made;
  }
  add_rows(
      app, made,
      db::events_that_left(app.desk, leaving_actions(), span->from, span->until, report_rows_max),
      {});
  return made;
}

}  // namespace

report_question read_question(request const& asked) {
  auto const fields = read_form(asked.query).value_or(std::vector<form_field>{});
  report_question question;
  auto const kind = std::ranges::find(kinds, field(fields, "report"));
  if (kind != kinds.end()) question.kind = static_cast<report_kind>(kind - kinds.begin());
  question.receipt = field(fields, "receipt");
  question.account = field(fields, "account");
  question.from = field(fields, "from");
  question.until = field(fields, "until");
  return question;
}

std::string_view word_of(report_kind kind) {
  return kinds[static_cast<std::size_t>(kind)];
}

report answer(application& app, call const& c, report_question const& asked) {
  report made;
  if (asked.kind == report_kind::patient) made = about_patient(app, asked);
  if (asked.kind == report_kind::user) made = about_user(app, asked);
  if (asked.kind == report_kind::left) made = about_leaving(app, asked);
  if (asked.kind == report_kind::none || !made.fault.empty()) return made;
  auto entry = entry_of(c, "report-made");
  entry.purpose += ": " + std::string(word_of(asked.kind));
  entry.shown = made.records;
  app.writer.append(std::move(entry));
  return made;
}

}  // namespace intake::service::reports

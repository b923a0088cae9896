#include "service/matching.hpp"

#include "certs/blind_index.hpp"
#include "certs/name_fold.hpp"
#include "db/appointment_acts.hpp"
#include "service/appointment_book.hpp"
#include "service/record.hpp"

#include <algorithm>

namespace intake::service {
namespace {

constexpr std::chrono::days sent_before_max{90};
/// Forms sent in the waiting room are for this visit, not for the next.
constexpr std::chrono::hours sent_after_max{12};
constexpr int bucket_rows_max = 50;

bool in_time(certs::utc_time sent, certs::utc_time starts_at) {
  return sent > starts_at - sent_before_max && sent < starts_at + sent_after_max;
}

/// Whether another visit of that name and birth date comes first and may be what the forms are for.
bool has_nearer(application& app, db::appointment const& mine, certs::utc_time sent) {
  for (auto const& other : db::list_appointments_by_token(app.desk, *mine.token)) {
    if (other.id == mine.id || !in_time(sent, other.starts_at)) continue;
    if (other.starts_at <= mine.starts_at) return true;
  }
  return false;
}

void audit(application& app, db::appointment_match const& match) {
  db::audit_entry entry;
  entry.action = "appointment-matched";
  entry.who = db::actor_kind::system;
  entry.subject = match.submission;
  entry.shown = {match.appointment};
  entry.purpose = "same-name-and-birth-date";
  app.writer.append(std::move(entry));
}

/// Two people may share name and birth date; what the clinic's list and the patient say of one
/// telephone decides, where both say something. Staff are offered the forms all the same.
bool have_other_phones(expected_person const& expected, summary const& sent) {
  auto const mine = certs::fold_phone(expected.phone);
  auto const theirs = certs::fold_phone(sent.phone);
  return !mine.empty() && !theirs.empty() && mine != theirs;
}

}  // namespace

opened_appointment opened(application const& app, db::appointment_row row) {
  auto who = open_appointment(app.keks, row.what);
  return {std::move(row), std::move(who)};
}

std::vector<match_candidate> match_candidates(application& app, opened_appointment const& one) {
  std::vector<match_candidate> found;
  auto const& token = one.row.what.token;
  if (!token || !one.who) return found;
  db::search_token const wanted{static_cast<std::int16_t>(certs::search_field::surname_birth_date),
                                certs::bytes(token->begin(), token->end())};
  for (auto& listed : db::list_by_token(app.desk, wanted, {}, bucket_rows_max)) {
    if (!in_time(listed.head.first_received, one.row.what.starts_at)) continue;
    auto sent = open_summary(app.keks, listed).content;
    if (!sent || !may_be_same(*one.who, *sent)) continue;
    found.push_back({std::move(listed.head), std::move(*sent)});
  }
  if (found.empty()) return found;
  std::vector<certs::uuid> ids;
  for (auto const& each : found) ids.push_back(each.head.id);
  auto const taken = db::matched_submissions(app.desk, ids);
  std::erase_if(found, [&](match_candidate const& each) {
    return std::ranges::find(taken, each.head.id) != taken.end();
  });
  return found;
}

void match_by_name(application& app, std::span<opened_appointment> rows, certs::utc_time now) {
  for (auto& each : rows) {
    if (!each.row.submissions.empty()) continue;
    auto const candidates = match_candidates(app, each);
    if (candidates.size() != 1) continue;
    if (have_other_phones(*each.who, candidates.front().sent)) continue;
    auto const& only = candidates.front().head;
    if (has_nearer(app, each.row.what, only.first_received)) continue;
    db::appointment_match const match{each.row.what.id, only.id, db::match_reason::name, now, {}};
    audit(app, match);
    db::match_appointment(app.desk, match);
    each.row.submissions.push_back(only.id);
  }
}

}  // namespace intake::service

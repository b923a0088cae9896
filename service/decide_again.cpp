#include "service/decide_again.hpp"

#include "db/appointment_decisions.hpp"
#include "db/submissions.hpp"
#include "forms/insurance/decision_json.hpp"
#include "forms/json_reader.hpp"
#include "forms/json_writer.hpp"
#include "service/appointment_book.hpp"
#include "service/matching.hpp"
#include "service/record.hpp"
#include "service/rule_store.hpp"
#include "service/sealed_text.hpp"

#include <algorithm>
#include <map>

namespace intake::service {
namespace {

namespace insurance = forms::insurance;

constexpr int appointments_max = 5000;
constexpr int decisions_a_page = 200;

text_place place_of(db::appointment_decision const& row) {
  return {"appointment_decision", row.id, 1};
}

/// What lies in a row: the decision, and what was said before it.
struct decision_content {
  std::string before;
  std::string decision_json;
};

std::string write_content(decision_content const& content) {
  std::string text;
  forms::json_writer out(text);
  out.begin_object().member("before", content.before);
  out.member("decision", content.decision_json).end_object();
  return text;
}

std::optional<decision_content> open_content(certs::kek_provider const& keks,
                                             db::appointment_decision const& row) {
  auto const text = open_text(keks, place_of(row), row.key, row.content);
  if (!text) return std::nullopt;
  auto const document = forms::read_json(*text, {.bytes_max = 262'144, .depth_max = 3});
  if (!document) return std::nullopt;
  return decision_content{std::string(document->root().text_of("before")),
                          std::string(document->root().text_of("decision"))};
}

/// A visit to come with the newest version of its forms, and what was decided last.
struct waiting {
  opened_appointment one;
  db::submission_head head;
  db::appointment_decision const* last = nullptr;
};

class decider {
 public:
  decider(application& app, certs::utc_time now)
      : app_(app), now_(now), rules_(app.rules.current()), rule_set_(*parse_hash(rules_->hash)) {}

  decided_again run() {
    auto all = appointments();
    auto const last = db::latest_decisions(app_.desk, now_);
    auto const open = to_decide(all, last);
    if (open.empty()) return {};
    audit(open);
    for (auto const& each : open) decide(each);
    return counts_;
  }

 private:
  std::vector<opened_appointment> appointments() {
    std::vector<opened_appointment> all;
    for (auto& row : db::list_future_appointments(app_.desk, now_, appointments_max)) {
      all.push_back(opened(app_, std::move(row)));
    }
    match_by_name(app_, all, now_);
    std::erase_if(all, [](auto const& each) { return each.row.submissions.empty(); });
    return all;
  }

  std::vector<waiting> to_decide(std::vector<opened_appointment>& all,
                                 std::vector<db::appointment_decision> const& last) {
    std::vector<certs::uuid> ids;
    for (auto const& each : all) ids.push_back(each.row.submissions.front());
    std::map<certs::uuid, db::submission_head> heads;
    if (!ids.empty()) {
      for (auto& each : db::list_by_ids(app_.desk, ids)) {
        auto const id = each.head.id;
        heads.emplace(id, std::move(each.head));
      }
    }
    std::vector<waiting> open;
    for (auto& each : all) {
      auto const head = heads.find(each.row.submissions.front());
      if (head == heads.end()) continue;
      auto const latest =
          std::ranges::find(last, each.row.what.id, &db::appointment_decision::appointment);
      auto const* const known = latest == last.end() ? nullptr : &*latest;
      if (known != nullptr && is_same(*known, each, head->second)) continue;
      open.push_back({std::move(each), head->second, known});
    }
    return open;
  }

  bool is_same(db::appointment_decision const& last, opened_appointment const& one,
               db::submission_head const& head) const {
    return last.rule_set == rule_set_ && last.submission == head.id &&
           last.version == head.version && last.starts_at == one.row.what.starts_at &&
           last.location == one.row.what.location;
  }

  void audit(std::vector<waiting> const& open) {
    db::audit_entry entry;
    entry.action = "decisions-made-again";
    entry.who = db::actor_kind::system;
    entry.purpose = "insurance-decision";
    for (auto const& each : open) entry.shown.push_back(each.head.id);
    app_.writer.append(std::move(entry));
  }

  void decide(waiting const& one) {
    auto const stored = db::open_submission(app_.desk, one.head.id, one.head.version);
    auto const sealed = stored ? open_decision(app_.keks, *stored) : decision_reading{};
    auto const stored_question = insurance::read_stored_question(sealed.json);
    if (!stored_question) return;
    auto before = sealed.json;
    if (one.last != nullptr && one.last->submission == one.head.id) {
      if (auto const content = open_content(app_.keks, *one.last)) before = content->decision_json;
    }
    auto const& what = one.one.row.what;
    auto const& clock = *app_.places.of(what.location).clock;
    auto const asked = insurance::asked_for(
        *stored_question, std::chrono::sys_days{clock.date(what.starts_at)}, what.location);
    auto const made = insurance::decide_visit(rules_->set, asked.coverages, asked.visit);
    store(one, insurance::to_json(made, rules_->hash), before);
  }

  void store(waiting const& one, std::string decision_json, std::string const& before_json) {
    auto const before = insurance::read_stored_answer(before_json);
    auto const after = insurance::read_stored_answer(decision_json);
    if (!before || !after) return;
    db::appointment_decision row;
    row.id = certs::new_uuid_v7(app_.world);
    row.appointment = one.one.row.what.id;
    row.submission = one.head.id;
    row.version = one.head.version;
    row.rule_set = rule_set_;
    row.starts_at = one.one.row.what.starts_at;
    row.location = one.one.row.what.location;
    row.decided = now_;
    row.changed = before->result != after->result || !(before->patient == after->patient);
    auto sealed = seal_text(
        app_.world, app_.keks, place_of(row),
        write_content({std::string(insurance::to_word(before->result)), std::move(decision_json)}));
    row.key = std::move(sealed.key);
    row.content = std::move(sealed.content);
    if (!db::add_decision(app_.desk, row)) return;
    ++counts_.decided;
    if (row.changed) ++counts_.changed;
  }

  application& app_;
  certs::utc_time now_;
  std::shared_ptr<named_rule_set const> rules_;
  certs::hash256 rule_set_;
  decided_again counts_;
};

}  // namespace

decided_again decide_appointments(application& app, certs::utc_time now) {
  return decider(app, now).run();
}

std::vector<decision_call> decision_calls(application& app, certs::utc_time now) {
  std::vector<decision_call> calls;
  for (auto const& row : db::list_changed_decisions(app.desk, now)) {
    auto const content = open_content(app.keks, row);
    auto const answer = insurance::read_stored_answer(content ? content->decision_json : "");
    auto const appointment = db::find_appointment(app.desk, row.appointment, now);
    if (!answer || !appointment) continue;
    auto one = opened(app, *appointment);
    calls.push_back({.appointment = row.appointment,
                     .starts_at = one.row.what.starts_at,
                     .location = one.row.what.location,
                     .who = std::move(one.who),
                     .before = content->before,
                     .after = std::string(insurance::to_word(answer->result)),
                     .say = answer->patient,
                     .reason = answer->staff});
  }
  return calls;
}

std::size_t for_each_decision_again(decision_source const& from,
                                    std::function<void(stored_decision const&)> const& visit) {
  std::size_t count = 0;
  std::int64_t last = 0;
  for (;;) {
    auto const page = db::list_decisions(from.desk, last, decisions_a_page);
    if (page.empty()) return count;
    auto entry = from.reader;
    for (auto const& each : page) entry.shown.push_back(each.what.submission);
    from.writer.append(std::move(entry));
    for (auto const& [number, row] : page) {
      auto content = open_content(from.keks, row);
      stored_decision opened{row.submission, row.version, "appointment", {}, {}};
      if (content) {
        opened.json = std::move(content->decision_json);
      } else {
        opened.fault = "it can't be opened";
      }
      visit(opened);
    }
    count += page.size();
    last = page.back().number;
  }
}

}  // namespace intake::service

#include "db/accounts.hpp"
#include "db/eligibility_files.hpp"
#include "forms/insurance/calendar.hpp"
#include "service/audit.hpp"
#include "service/billing/asking_state.hpp"
#include "service/billing/billing.hpp"
#include "service/billing/coverage_view.hpp"
#include "service/billing/one_coverage.hpp"
#include "service/billing/work_place.hpp"
#include "service/dispatch.hpp"
#include "service/eligibility/clearinghouse.hpp"
#include "service/eligibility/differences.hpp"
#include "service/eligibility/next_steps.hpp"
#include "service/eligibility/questions.hpp"
#include "service/guards.hpp"
#include "service/http/fields.hpp"
#include "service/known_items.hpp"
#include "service/pages/shell.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

namespace intake::service::billing {
namespace {

using eligibility::check_result;
using eligibility::opened_check;
using eligibility::standing;
using eligibility::verdict;
using eligibility::work_row;

struct word_row {
  std::string_view code;
  std::string_view words;
};
constexpr word_row source_words[] = {{"portal", "the payer's website"},
                                     {"telephone", "telephone"},
                                     {"letter", "letter or fax"},
                                     {"other", "another way"}};
constexpr word_row reasons[] = {
    {"payer-says-active", "The payer says so."},
    {"payer-says-inactive", "The payer says so."},
    {"outside-plan-dates", "The plan is active, but not on this day."},
    {"payers-rows-differ", "Some of the payer's rows say active and some do not."},
    {"still-pending", "The payer has not settled it."},
    {"only-for-services", "Active for single services; no row speaks of the plan as a whole."},
    {"rejected", "The payer did not answer the question."},
    {"rejected-in-part", "The payer answered in part."},
    {"nothing-said", "The answer says nothing about active or inactive."},
    {"dates-in-doubt",
     "The payer says active, but one of its dates says otherwise or can't be read."},
    {"person-in-doubt", "The answer names nobody, or two people at once."},
    {"cut-off", "The answer ended before its end."}};

template <std::size_t Count>
std::string in_words(word_row const (&rows)[Count], std::string const& code) {
  auto const* const found = std::ranges::find(rows, code, &word_row::code);
  return found == std::end(rows) ? code : std::string(found->words);
}

/// The page is about one check: the latest, or the one that `?check=` names.
struct shown_check {
  opened_check const* check = nullptr;
  std::optional<check_result> result;
};

class coverage_page_maker {
 public:
  coverage_page_maker(application& app, work_row const& row,
                      std::vector<opened_check> const& checks, std::string csrf)
      : app_(app), row_(row), checks_(checks), csrf_(std::move(csrf)) {
    for (auto const& each : db::list_accounts(app.desk)) names_.emplace(each.id, each.name);
  }

  void fill(page_model& model, shown_check const& shown, work_place const& place) {
    place_ = &place;
    add_facts(model);
    add_verdict(model, shown);
    if (shown.result) {
      add_changes(model, shown);
      add_result(model, app_, row_, *shown.result);
    }
    auto const stands = shown.check == latest() ? row_.stands() : standing::not_yet;
    auto const* const said = shown.result ? &*shown.result : nullptr;
    for (auto& step : eligibility::next_steps(stands, said, row_.told, row_.of)) {
      model.add("STEP").set("TEXT", std::move(step));
    }
    if (said != nullptr && stands == standing::could_not_check) add_corrections(model, *said);
    add_history(model, shown);
  }

 private:
  opened_check const* latest() const { return checks_.empty() ? nullptr : &checks_.front(); }

  void add_facts(page_model& model) {
    model.set("PATIENT", patient_of(row_))
        .set("VISIT", visit_of(app_, row_))
        .set("DAY", said_date(app_, forms::insurance::write_date(row_.day)))
        .set("PAYER", row_.told.payer)
        .set("MEMBER", row_.told.member_id)
        .set("BORN", row_.told.patient.birth_date)
        .set("BORN_WORDS", app_.clock.written_date(row_.told.patient.birth_date))
        .set("NUMBER", fmt::format("{} of {}", row_.told.number, row_.of));
    if (row_.visit) {
      model.add("APPOINTMENT")
          .set("URL", "/desk/appointments/" + certs::to_string(row_.visit->appointment));
    }
    if (!row_.told.member_id.empty()) model.add("COPY_MEMBER");
    if (!row_.told.patient.birth_date.empty()) model.add("COPY_BORN");
  }

  std::string by_whom(opened_check const& check) const {
    auto const& head = check.head;
    if (!head.actor) return "by the program";
    auto const name = names_.find(*head.actor);
    return "by " + (name == names_.end() ? std::string("somebody") : name->second);
  }

  std::string how(opened_check const& check, check_result const* result) const {
    if (check.head.how == db::check_way::file) return "from a file";
    if (check.head.how == db::check_way::clearinghouse) {
      bool const simulated = check.summary && check.summary->simulated;
      return simulated ? "through the simulator" : "through the clearinghouse";
    }
    auto text = std::string("by hand");
    if (result != nullptr && !result->source.empty()) {
      text += ", " + in_words(source_words, result->source);
    }
    return text;
  }

  /// What the payer could not find, as a link to the patient for exactly that answer.
  void add_corrections(page_model& model, check_result const& result) {
    for (auto const& what : eligibility::corrections_of(result)) {
      bool const of_plan = what.link_id == known::plan_member_id;
      auto const& form = of_plan ? row_.told.coverage_form : row_.told.patient_form;
      if (form.empty()) continue;
      if (model.count("CORRECTIONS") == 0) model.add("CORRECTIONS");
      model.last("CORRECTIONS")
          .add("ITEM")
          .set("ACTION", "/desk/submissions/" + certs::to_string(row_.submission) + "/ask-again")
          .set("CSRF", csrf_)
          .set("FORM", form)
          .set("ITEM_ID", std::string(what.link_id))
          .set("WHAT", std::string(what.words));
    }
  }

  /// A question that is under way in a file, and what its receiver said of it. Over the line the
  /// wish itself says where it stands.
  void add_asked(page_model& block) {
    certs::uuid const only[] = {row_.submission};
    for (auto const& each : db::latest_inquiries(app_.desk, only)) {
      if (each.what.coverage != row_.told.number || each.answered || each.over_line) continue;
      auto text = fmt::format("Asked by a file {}: ", app_.clock.date_and_time(each.what.created));
      text += each.acknowledged == "rejected"
                  ? "the receiver refused the question (TA1 or 999). Tell your administrator."
                  : "the answer is awaited.";
      block.add("ASKED").set("TEXT", text);
    }
  }

  void add_verdict(page_model& model, shown_check const& shown) {
    auto& block = model.add("VERDICT");
    if (shown.check == latest()) add_asked(block);
    if (shown.check == nullptr) {
      block.set("TAG_CLASS", std::string(tag_class_of(standing::not_yet)))
          .set("WORDS", "Not yet")
          .set("WHEN", "nobody has asked the payer");
      return;
    }
    auto const* const result = shown.result ? &*shown.result : nullptr;
    auto const status = result == nullptr ? verdict::could_not_check : result->status;
    auto const& head = shown.check->head;
    block.set("TAG_CLASS", std::string(tag_class_of(static_cast<standing>(status))))
        .set("WORDS", std::string(words_of(status)))
        .set("WHEN", fmt::format("for {}; checked {} {}, {}", said_date(app_, head.service_date),
                                 app_.clock.date_and_time(head.as_of), by_whom(*shown.check),
                                 how(*shown.check, result)));
    if (result == nullptr) {
      block.add("REASON").set("TEXT", "This check can't be opened. Tell your administrator.");
      return;
    }
    add_notes(block, shown, *result);
  }

  void add_notes(page_model& block, shown_check const& shown, check_result const& result) {
    auto const& check = *shown.check;
    bool const is_latest = &check == latest();
    if (!result.reason.empty()) {
      block.add("REASON").set("TEXT", in_words(reasons, result.reason));
    }
    if (!result.person.empty()) block.add("REASON").set("TEXT", "Spoke to " + result.person + ".");
    if (!result.reference.empty()) {
      block.add("REASON").set("TEXT", "Reference number " + result.reference + ".");
    }
    if (result.simulated) block.add("SIMULATED");
    if (result.somebody_else) block.add("SOMEBODY_ELSE");
    if (!is_latest) block.add("OLDER");
    if (is_latest && row_.stands() == standing::corrected) block.add("CORRECTED");
    if (check.head.service_date != forms::insurance::write_date(row_.day)) {
      block.add("OTHER_DAY");
    }
    if (result.status == verdict::could_not_check) add_last_known(block, shown);
    // A payer's word was never a promise to pay, nor are its figures.
    bool const says_something = !result.money.empty() || !result.rows.empty();
    if (result.status == verdict::active || says_something) block.add("NO_GUARANTEE");
  }

  /// A check that failed hides nothing that was known.
  void add_last_known(page_model& block, shown_check const& shown) {
    for (auto const& each : older_than(shown)) {
      if (!each.summary || each.summary->status == verdict::could_not_check) continue;
      block.add("LAST_KNOWN")
          .set("LAST_WORDS", std::string(words_of(each.summary->status)))
          .set("LAST_WHEN", app_.clock.date_and_time(each.head.as_of))
          .set("LAST_URL", address_of(each));
      return;
    }
  }

  std::span<opened_check const> older_than(shown_check const& shown) const {
    auto const at = static_cast<std::size_t>(shown.check - checks_.data());
    return std::span(checks_).subspan(at + 1);
  }

  void add_changes(page_model& model, shown_check const& shown) {
    for (auto const& each : older_than(shown)) {
      // What could not be made says nothing to compare with.
      if (!each.summary || each.summary->status == verdict::could_not_check) continue;
      auto const before = eligibility::open_result(app_.desk, app_.keks, each.head);
      if (!before) continue;
      auto& block = model.add("CHANGES").set("SINCE", app_.clock.date_and_time(each.head.as_of));
      auto const found = eligibility::differences(*before, *shown.result);
      if (found.empty()) block.add("SAME");
      for (auto const& change : found) {
        block.add("CHANGE")
            .set("WHAT", change.what)
            .set("BEFORE", in_words(change, change.before, app_.clock))
            .set("AFTER", in_words(change, change.after, app_.clock));
      }
      return;
    }
  }

  std::string address_of(opened_check const& check) const {
    auto url = coverage_url(row_, *place_);
    url += url.find('?') == std::string::npos ? "?check=" : "&check=";
    return url + certs::to_string(check.head.id);
  }

  void add_history(page_model& model, shown_check const& shown) {
    if (shown.check != nullptr) add_evidence(model, shown);
    if (checks_.size() < 2) return;
    auto& block = model.add("HISTORY");
    for (auto const& each : checks_) {
      auto const status = each.summary ? each.summary->status : verdict::could_not_check;
      block.add("CHECK")
          .set("URL", address_of(each))
          .set("WHEN", app_.clock.date_and_time(each.head.as_of))
          .set("WORDS", std::string(words_of(status)))
          .set("BY", by_whom(each) + ", " + how(each, nullptr));
    }
  }

  void add_evidence(page_model& model, shown_check const& shown) {
    auto const base = "/desk/checks/" + certs::to_string(shown.check->head.id);
    if (shown.check->head.how != db::check_way::by_hand) {
      model.add("ANSWER").set("URL", base + "/answer");
    }
    if (shown.result && !shown.result->attached.empty()) {
      model.add("ATTACHED").set("URL", base + "/attachment");
    }
  }

  application& app_;
  work_row const& row_;
  std::vector<opened_check> const& checks_;
  std::string csrf_;
  std::map<certs::uuid, std::string> names_;
  work_place const* place_ = nullptr;
};

std::string wanted_check(call const& c) {
  for (auto& [name, value] : read_form(c.asked.query).value_or(std::vector<form_field>{})) {
    if (name == "check") return std::move(value);
  }
  return {};
}

/// "12 of 30", and the ways to the neighbours.
void add_way(page_model& model, application& app, call const& c, work_row const& row,
             work_place const& place, db::audit_entry& entry) {
  model.set("LIST_URL", "/desk/eligibility" + place.query());
  if (!place.in_list) return;
  auto const work = eligibility::work_of_day(app, place.day, c.asked.received);
  for (auto const& each : work.rows) {
    if (std::ranges::count(entry.shown, each.submission) == 0)
      entry.shown.push_back(each.submission);
  }
  // Where it stands now may have left the filter: its neighbours are those of its place in the day.
  work_row const* before = nullptr;
  work_row const* after = nullptr;
  std::size_t at = 0;
  std::size_t count = 0;
  bool passed = false;
  for (auto const& each : work.rows) {
    bool const here = each.submission == row.submission && each.told.number == row.told.number;
    bool const fits = eligibility::passes(each, place.show);
    if (fits) ++count;
    if (here) {
      passed = true;
      at = fits ? count : 0;
    } else if (fits && !passed) {
      before = &each;
    } else if (fits && after == nullptr) {
      after = &each;
    }
  }
  auto& way = model.add("WAY");
  way.set("AT",
          at == 0 ? fmt::format("{} in this list", count) : fmt::format("{} of {}", at, count));
  if (before != nullptr) way.add("BEFORE").set("URL", coverage_url(*before, place));
  if (after != nullptr) way.add("AFTER").set("URL", coverage_url(*after, place));
  if (after == nullptr) way.add("LAST");
}

void add_keys(page_model& model, application const& app, work_row const& row, work_place place) {
  model.add(place.keys ? "KEYS" : "NO_KEYS");
  model.set("KEYS_SCRIPT", app.assets.url("billing.js"));
  place.keys = !place.keys;
  place.in_list = true;
  model.set("KEYS_URL", coverage_url(row, place));
}

}  // namespace

response coverage_page(application& app, call const& c) {
  auto const place = read_work_place(app, c);
  auto const row = one_coverage(app, c);
  if (!place || !row) return refuse(app, 404, "There is no such coverage.", &c.asked);
  auto const checks = eligibility::checks_of(app.desk, app.keks, row->submission, row->told.number);
  auto const wanted = wanted_check(c);
  auto const found = std::ranges::find_if(checks, [&](opened_check const& each) {
    return wanted.empty() || certs::to_string(each.head.id) == wanted;
  });
  if (found == checks.end() && !wanted.empty()) {
    return refuse(app, 404, "There is no such check.", &c.asked);
  }
  shown_check shown;
  if (found != checks.end()) {
    shown.check = &*found;
    shown.result = eligibility::open_result(app.desk, app.keks, found->head);
  }
  page_model model;
  auto entry = entry_of(c, "coverage-shown");
  entry.subject = row->submission;
  entry.version = row->version;
  coverage_page_maker(app, *row, checks, csrf_token(c.staff->record)).fill(model, shown, *place);
  add_way(model, app, c, *row, *place, entry);
  add_keys(model, app, *row, *place);
  add_asking(model, app, *row, csrf_token(c.staff->record), coverage_url(*row, *place),
             c.asked.received);
  if (auto words = eligibility::tried_only(app.settings); !words.empty()) {
    model.add("TRIED").set("TEXT", std::move(words));
  }
  auto by_hand = coverage_url(*row, *place);
  by_hand.insert(std::min(by_hand.find('?'), by_hand.size()), "/by-hand");
  model.set("BY_HAND_URL", by_hand);
  app.writer.append(std::move(entry));
  return show_page(app, {.title = "Coverage", .staff = &*c.staff}, "coverage", model);
}

}  // namespace intake::service::billing

#include "service/eligibility/answers.hpp"

#include "forms/x12/extract.hpp"
#include "forms/x12/next_step.hpp"
#include "service/eligibility/from_answer.hpp"
#include "service/eligibility/questions.hpp"
#include "service/eligibility/stored_checks.hpp"
#include "service/sealed_text.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace intake::service::eligibility {
namespace {

namespace x12 = forms::x12;

/// One answer in the file, with what may name its question.
struct found_answer {
  std::size_t set = 0;
  std::size_t answer = 0;
  std::uint32_t segment = 0;
  std::string trace;
  std::string reference;
};

std::int64_t number_in(std::string_view text) {
  std::int64_t number = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size() ? number : 0;
}

/// TRN01 2 is the number that is referred to: ours, given back.
std::string trace_of(x12::person const* person) {
  if (person == nullptr) return {};
  for (auto const& each : person->traces) {
    if (each.type == "2" && each.number.starts_with("INT")) return std::string(each.number);
  }
  for (auto const& each : person->traces) {
    if (each.type == "2") return std::string(each.number);
  }
  return {};
}

std::vector<found_answer> answers_in(x12::reading const& read) {
  std::vector<found_answer> found;
  for (std::size_t set = 0; set < read.sets.size(); ++set) {
    auto const* const said = std::get_if<x12::response>(&read.sets[set].content);
    if (said == nullptr) continue;
    for (std::size_t n = 0; n < said->answers.size(); ++n) {
      auto const& answer = said->answers[n];
      auto const* const person = x12::patient_of(*said, answer);
      auto trace = trace_of(person);
      if (trace.empty() && answer.subscriber != x12::nobody) {
        trace = trace_of(&said->subscribers[answer.subscriber]);
      }
      found.push_back(
          {.set = set,
           .answer = n,
           .segment = person == nullptr || person->segment == 0 ? said->segment : person->segment,
           .trace = std::move(trace),
           .reference = std::string(said->reference)});
    }
  }
  return found;
}

void add_acknowledgements(x12::reading const& read, std::vector<db::acknowledgement_row>& rows) {
  for (auto const& each : read.acknowledgements) {
    rows.push_back({.interchange = number_in(each.control),
                    .group = 0,
                    .set_control = {},
                    .verdict = std::string(name_of(each.verdict)),
                    .code = fmt::format("TA1 {} {}", each.code, each.note).substr(0, 50)});
  }
  for (auto const& set : read.sets) {
    auto const* const group = std::get_if<x12::group_acknowledgement>(&set.content);
    if (group == nullptr) continue;
    auto const number = number_in(group->control);
    rows.push_back({0,
                    number,
                    {},
                    std::string(name_of(group->verdict)),
                    fmt::format("AK9 {}", group->code).substr(0, 50)});
    for (auto const& each : group->sets) {
      rows.push_back({0, number, std::string(each.control), std::string(name_of(each.verdict)),
                      fmt::format("IK5 {}", each.code).substr(0, 50)});
    }
  }
}

text_place file_place(certs::uuid const& id) {
  return {"eligibility_file", id, 1};
}

/// The simulator of the tests says so in every envelope.
bool is_simulated(x12::reading const& read) {
  return std::ranges::any_of(read.interchanges, [](x12::interchange const& each) {
    return each.sender == simulator_name;
  });
}

class file_taker {
 public:
  file_taker(application& app, std::string_view bytes, file_bringer const& bringer)
      : app_(app), bytes_(bytes), bringer_(bringer), read_(x12::read_tolerant(bytes)) {}

  taken_file run() {
    auto const found = answers_in(read_);
    add_acknowledgements(read_, file_.acknowledgements);
    if (found.empty() && file_.acknowledgements.empty()) {
      taken_.refused = why_nothing();
      return std::move(taken_);
    }
    find_questions(found);
    for (auto const& each : found) take(each);
    return store(found.size());
  }

 private:
  std::string why_nothing() const {
    auto const& errors = read_.found.errors();
    if (errors.empty()) return "There is no 271, 999 or TA1 in this file.";
    return fmt::format("This file can't be read: {}, {}", x12::place_of(errors.front()),
                       x12::reason_of(errors.front()));
  }

  void find_questions(std::vector<found_answer> const& found) {
    std::vector<std::string> traces;
    for (auto const& each : found) {
      for (auto const* name : {&each.trace, &each.reference}) {
        if (name->empty() || name->size() > 50 || std::ranges::count(traces, *name) != 0) continue;
        traces.push_back(*name);
      }
    }
    std::erase_if(traces, [](std::string const& each) {
      return !std::ranges::all_of(each, [](char c) { return c > ' ' && c < '\x7F'; });
    });
    if (!traces.empty()) questions_ = db::find_inquiries(app_.desk, traces);
  }

  db::inquiry_row const* question_named(std::string const& trace) const {
    auto const one = std::ranges::find(questions_, trace, &db::inquiry_row::trace);
    return trace.empty() || one == questions_.end() ? nullptr : &*one;
  }

  void leave(found_answer const& answer, std::string reason) {
    file_.unmatched.push_back({answer.segment, std::move(reason)});
  }

  void take(found_answer const& answer) {
    auto const* const by_trace = question_named(answer.trace);
    auto const* const by_reference = question_named(answer.reference);
    if (by_trace == nullptr && by_reference == nullptr) {
      return leave(answer, answer.trace.empty() && answer.reference.empty()
                               ? "it gives no trace number back"
                               : "its trace number is of no question of ours");
    }
    if (by_trace != nullptr && by_reference != nullptr && by_trace != by_reference) {
      return leave(answer, "its trace number and its reference are of two questions");
    }
    // The reference is the whole set's: among several answers it says not whose each is.
    auto const& said = std::get<x12::response>(read_.sets[answer.set].content);
    if (by_trace == nullptr && (said.answers.size() > 1 || !answer.trace.empty())) {
      return leave(answer, "its reference is ours, its trace number is not");
    }
    keep(answer, by_trace != nullptr ? *by_trace : *by_reference);
  }

  void keep(found_answer const& answer, db::inquiry_row const& question) {
    auto const asked = open_question(app_.keks, question);
    if (!asked) return leave(answer, "its question can't be opened any more");
    auto text = x12::is_only_answer(read_) ? std::string(bytes_)
                                           : x12::extract_answer(read_, answer.set, answer.answer);
    auto const own = x12::read_tolerant(text);
    auto const* const said =
        own.sets.empty() ? nullptr : std::get_if<x12::response>(&own.sets[0].content);
    if (said == nullptr || said->answers.empty()) {
      return leave(answer, "it can't be told apart from its neighbours");
    }
    auto result =
        result_of(*said, said->answers.back(), *asked, x12::read_day(question.service_date));
    result.simulated = is_simulated(read_);
    db::eligibility_check head{
        .id = {},
        .submission = question.submission,
        .version = question.version,
        .coverage = question.coverage,
        .how = over_line() ? db::check_way::clearinghouse : db::check_way::file,
        .service_date = question.service_date,
        .as_of = question.created,
        .recorded = bringer_.now,
        .actor = bringer_.actor,
        .inquiry = question.id,
        .key = {}};
    note_enrolment(result, asked->payer, question);
    auto const hash = app_.keys.keyed_hash(certs::key_role::document_hash, certs::as_bytes(text));
    auto changed = changes_since_last(app_.desk, app_.keks, app_.clock, head, result);
    file_.checks.push_back(seal_check(app_.world, app_.keks, std::move(head), result,
                                      {.answer = std::move(text), .attachment = {}},
                                      std::move(changed), hash));
    taken_.submissions.push_back(question.submission);
    taken_.inquiries.push_back(question.id);
  }

  void note_enrolment(check_result const& result, std::string const& payer,
                      db::inquiry_row const& question) {
    auto const refusal = std::ranges::find(result.refusals, name_of(x12::next_action::enrolment),
                                           &said_refusal::action);
    if (refusal == result.refusals.end()) return;
    file_.enrolments.push_back(
        {{.payer = payer, .code = refusal->reason, .opened = bringer_.now}, question.created});
  }

  bool over_line() const { return bringer_.how == db::file_way::clearinghouse; }

  /// What came over the line about one patient lies whole with their check, and ends with it.
  std::string_view kept_bytes() const {
    bool const with_check = over_line() && file_.checks.size() == 1 && x12::is_only_answer(read_);
    return with_check ? std::string_view() : bytes_;
  }

  taken_file store(std::size_t answers) {
    file_.id = certs::new_uuid_v7(app_.world);
    file_.content_hash =
        app_.keys.keyed_hash(certs::key_role::document_hash, certs::as_bytes(bytes_));
    file_.received = bringer_.now;
    file_.how = bringer_.how;
    file_.actor = bringer_.actor;
    file_.answers = static_cast<std::int64_t>(answers);
    auto sealed = seal_text(app_.world, app_.keks, file_place(file_.id), kept_bytes());
    file_.key = std::move(sealed.key);
    file_.content = std::move(sealed.content);
    auto const outcome = db::add_answer_file(app_.desk, file_);
    taken_.is_new = outcome.taken;
    taken_.answers = file_.answers;
    taken_.kept = outcome.kept;
    taken_.unmatched = static_cast<std::int64_t>(file_.unmatched.size());
    taken_.acknowledgements = static_cast<std::int64_t>(file_.acknowledgements.size());
    taken_.strange = outcome.strange;
    return std::move(taken_);
  }

  application& app_;
  std::string_view bytes_;
  file_bringer const& bringer_;
  x12::reading read_;
  std::vector<db::inquiry_row> questions_;
  db::answer_file file_;
  taken_file taken_;
};

}  // namespace

std::optional<std::string> open_received(application& app, certs::uuid file) {
  auto const row = db::find_answer_file(app.desk, file);
  return row ? open_text(app.keks, file_place(file), row->key, row->content) : std::nullopt;
}

taken_file take_file(application& app, std::string_view bytes, file_bringer const& bringer) {
  return file_taker(app, bytes, bringer).run();
}

}  // namespace intake::service::eligibility

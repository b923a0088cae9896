#include "service/eligibility/questions.hpp"

#include "certs/crockford.hpp"
#include "forms/insurance/calendar.hpp"
#include "forms/json_writer.hpp"
#include "forms/x12/inquiry_request.hpp"
#include "forms/x12/inquiry_writer.hpp"
#include "service/eligibility/asking_rules.hpp"
#include "service/expected_person.hpp"
#include "service/sealed_text.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace intake::service::eligibility {
namespace {

namespace x12 = forms::x12;

constexpr std::size_t trace_letters = 6;

/// TRN03 has ten characters; the first says that the rest is our own number.
std::string origin_of(std::string const& sender) {
  std::string text = "9";
  for (char const c : sender) {
    bool const plain = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (plain && text.size() < 10) text += c;
  }
  text.resize(10, '0');
  return text;
}

/// Whoever guesses or mistypes a number does not hit another question.
std::string new_trace(certs::world const& world, std::int64_t number) {
  std::array<std::uint8_t, trace_letters> random{};
  world.random(random);
  auto text = fmt::format("INT{:010}", number);
  for (auto const each : random) text += certs::crockford_alphabet[each % 32];
  return text;
}

constexpr std::pair<std::string_view, std::string_view> relations[] = {
    {"spouse", "01"}, {"child", "19"}, {"other", "34"}};

std::string_view relation_code(std::string const& relation) {
  for (auto const& [word, code] : relations) {
    if (word == relation) return code;
  }
  return {};
}

void write_person(forms::json_writer& out, std::string_view role, told_person const& who,
                  std::string const& sex) {
  out.key(role).begin_object().member("last", std::string_view(who.family));
  if (!who.given.empty()) out.member("first", std::string_view(who.given));
  if (!who.birth_date.empty()) out.member("birth_date", std::string_view(who.birth_date));
  if (sex == "female" || sex == "male") out.member("sex", sex == "female" ? "F" : "M");
}

/// A card prints gaps that no payer has; CMS knows an MBI without its dashes only.
std::string sent_member_id(told_coverage const& told) {
  auto text = told.member_id;
  std::erase_if(text, [&](char c) { return c == ' ' || (c == '-' && told.is_medicare); });
  return text;
}

struct question {
  work_row const* row = nullptr;
  std::string trace;
  std::string set_control;
};

class batch_writer {
 public:
  batch_writer(application const& app, certs::utc_time now) : app_(app), now_(now) {}

  std::string request(db::control_numbers const& numbers, std::vector<question> const& questions) {
    std::string json;
    forms::json_writer out(json);
    auto const& config = app_.settings;
    auto const wall = app_.clock.fhir_date_time(now_);
    out.begin_object().key("envelope").begin_object();
    out.member("sender", config.eligibility_sender)
        .member("receiver", config.eligibility_receiver)
        .member("sender_qualifier", config.eligibility_sender_qualifier)
        .member("receiver_qualifier", config.eligibility_receiver_qualifier)
        .member("date", std::string_view(wall).substr(0, 10))
        .member("time", std::string_view(wall).substr(11, 5))
        .member("control", numbers.interchange)
        .member("group_control", numbers.group)
        .member("usage", config.eligibility_usage)
        .end_object();
    out.key("inquiries").begin_array();
    for (auto const& each : questions) write(out, each);
    out.end_array().end_object();
    return json;
  }

 private:
  void write(forms::json_writer& out, question const& one) {
    auto const& told = one.row->told;
    auto const& config = app_.settings;
    out.begin_object()
        .member("control", std::string_view(one.set_control))
        .member("reference", std::string_view(one.trace));
    out.key("payer").begin_object().member("name", std::string_view(told.payer));
    out.member("id", std::string_view(told.payer_number)).end_object();
    out.key("provider").begin_object().member("name", std::string_view(config.clinic_name));
    out.member("npi", std::string_view(config.eligibility_npi)).end_object();
    write_people(out, told);
    out.key("trace").begin_object().member("number", std::string_view(one.trace));
    out.member("origin", std::string_view(origin_of(config.eligibility_sender))).end_object();
    out.key("service_types").begin_array();
    for (auto const& each : config.eligibility_service_types) out.string(each);
    out.end_array();
    out.member("service_date", std::string_view(forms::insurance::write_date(one.row->day)));
    out.end_object();
  }

  static void write_people(forms::json_writer& out, told_coverage const& told) {
    auto const relation = relation_code(told.relation);
    bool const is_subscriber = relation.empty();
    write_person(out, "subscriber", is_subscriber ? told.patient : told.subscriber,
                 is_subscriber ? told.sex : std::string());
    out.member("member_id", std::string_view(sent_member_id(told)));
    if (!told.group.empty()) out.member("group_number", std::string_view(told.group));
    out.end_object();
    if (is_subscriber) return;
    write_person(out, "dependent", told.patient, told.sex);
    out.member("relationship", relation).end_object();
  }

  application const& app_;
  certs::utc_time now_;
};

/// The 270, or what stands in its way: the place names members, never what stood there.
forms::parsed<std::string> text_of(std::string const& request) {
  auto const read = x12::read_inquiry_request(request);
  if (!read) return read.error();
  return x12::write_270(*read);
}

std::string write_question(asked_about const& asked) {
  // The summary of a check that nobody has made yet holds all that is needed.
  return write_summary(check_summary{.asked = asked});
}

text_place question_place(certs::uuid const& id) {
  return {"eligibility_inquiry", id, 1};
}

text_place batch_place(certs::uuid const& id) {
  return {"eligibility_batch", id, 1};
}

class batch_maker {
 public:
  batch_maker(application& app, std::optional<certs::uuid> actor, certs::utc_time now)
      : app_(app), actor_(actor), now_(now) {}

  made_batch run(std::vector<work_row> const& rows) {
    auto wanted = choose(rows);
    if (!wanted.empty()) write(wanted);
    return std::move(made_);
  }

  made_batch run_over_line(work_row const& row) {
    over_line_ = true;
    write({&row});
    return std::move(made_);
  }

  std::vector<work_row const*> choose(std::vector<work_row> const& rows) {
    std::vector<certs::uuid> ids;
    for (auto const& each : rows) ids.push_back(each.submission);
    auto const asked = db::latest_inquiries(app_.desk, ids);
    enrolments_ = db::settled_enrolments(app_.desk);
    std::vector<work_row const*> wanted;
    for (auto const& row : rows) {
      if (auto why = why_not_now(row, state_of(row, asked)); !why.empty()) {
        leave_out(row, std::move(why));
      } else {
        wanted.push_back(&row);
      }
    }
    return wanted;
  }

 private:
  void write(std::vector<work_row const*> const& wanted) {
    numbers_ = db::take_control_numbers(app_.desk, wanted.size());
    std::vector<question> questions;
    for (std::size_t n = 0; n < wanted.size(); ++n) {
      question const one{wanted[n], new_trace(app_.world, numbers_.inquiries[n]),
                         fmt::format("{:09}", numbers_.inquiries[n] % 1'000'000'000)};
      // One that can't be written is named by itself and does not stop the others.
      auto const alone = text_of(batch_writer(app_, now_).request(numbers_, {one}));
      if (alone) {
        questions.push_back(one);
      } else {
        leave_out(*wanted[n], forms::sentence(alone.error()));
      }
    }
    if (!questions.empty()) store(questions);
  }

  void leave_out(work_row const& row, std::string why) {
    auto const& who = row.told.patient;
    made_.left_out.push_back(
        {.submission = row.submission,
         .coverage = row.told.number,
         .patient = name_of(expected_person{.family = who.family, .given = who.given}),
         .payer = row.told.payer,
         .why = std::move(why)});
  }

  asking_state state_of(work_row const& row, std::vector<db::asked_inquiry> const& asked) const {
    asking_state state{.asked = nullptr,
                       .failures = 0,
                       .now = now_,
                       .today = std::chrono::sys_days{app_.clock.date(now_)}};
    // Over the line an answer comes within a minute or never.
    if (is_connected(app_.settings)) state.awaited = std::chrono::seconds(90);
    auto const found = std::ranges::find_if(asked, [&](db::asked_inquiry const& each) {
      return each.what.submission == row.submission && each.what.coverage == row.told.number;
    });
    if (found != asked.end()) state.asked = &*found;
    auto const stands = row.stands();
    if (stands != standing::could_not_check && stands != standing::unclear) return state;
    auto const enrolled =
        std::ranges::find(enrolments_, row.told.payer, &db::settled_enrolment::payer);
    if (enrolled != enrolments_.end()) state.enrolled = enrolled->settled;
    state.failures =
        failures_in_a_row(checks_of(app_.desk, app_.keks, row.submission, row.told.number));
    return state;
  }

  void store(std::vector<question> const& questions) {
    auto text = text_of(batch_writer(app_, now_).request(numbers_, questions));
    if (!text) throw std::runtime_error("the day's 270 can't be written though each of it can");
    auto const id = certs::new_uuid_v7(app_.world);
    auto sealed = seal_text(app_.world, app_.keks, batch_place(id), *text);
    std::vector<db::inquiry_row> inquiries;
    for (auto const& each : questions) {
      inquiries.push_back(inquiry_of(each, id));
      made_.inquiries.push_back(inquiries.back().id);
      made_.submissions.push_back(each.row->submission);
    }
    db::add_batch(app_.desk,
                  {.id = id,
                   .interchange = numbers_.interchange,
                   .group = numbers_.group,
                   .created = now_,
                   .actor = actor_,
                   .key = std::move(sealed.key),
                   .content = std::move(sealed.content),
                   .over_line = over_line_,
                   .folder_due = !over_line_ && !app_.settings.eligibility_outbox_folder.empty()},
                  inquiries);
    made_.id = id;
    made_.file_name = batch_file_name(numbers_.interchange);
    made_.text = std::move(*text);
    made_.asked = questions.size();
  }

  db::inquiry_row inquiry_of(question const& one, certs::uuid const& batch) const {
    auto const id = certs::new_uuid_v7(app_.world);
    auto sealed = seal_text(app_.world, app_.keks, question_place(id),
                            write_question(asked_of(one.row->told)));
    return {.id = id,
            .trace = one.trace,
            .set_control = one.set_control,
            .batch = batch,
            .submission = one.row->submission,
            .version = one.row->version,
            .coverage = one.row->told.number,
            .service_date = forms::insurance::write_date(one.row->day),
            .created = now_,
            .key = std::move(sealed.key),
            .question = std::move(sealed.content)};
  }

  application& app_;
  std::optional<certs::uuid> actor_;
  certs::utc_time now_;
  bool over_line_ = false;
  db::control_numbers numbers_;
  std::vector<db::settled_enrolment> enrolments_;
  made_batch made_;
};

}  // namespace

std::string cannot_ask(config const& settings) {
  if (settings.eligibility_sender.empty() || settings.eligibility_receiver.empty()) {
    return "Who sends and who receives is not configured: [eligibility] sender and receiver, as "
           "your clearinghouse gave them to you.";
  }
  if (settings.eligibility_npi.empty()) {
    return "The clinic's NPI is not configured: [eligibility] npi.";
  }
  return {};
}

bool is_connected(config const& settings) {
  return !settings.eligibility_clearinghouse_url.empty() && cannot_ask(settings).empty();
}

made_batch make_question(application& app, work_row const& row, std::optional<certs::uuid> actor,
                         certs::utc_time now) {
  return batch_maker(app, actor, now).run_over_line(row);
}

std::vector<work_row const*> rows_to_ask(application& app, std::vector<work_row> const& rows,
                                         certs::utc_time now) {
  return batch_maker(app, {}, now).choose(rows);
}

made_batch make_batch(application& app, std::vector<work_row> const& rows,
                      std::optional<certs::uuid> actor, certs::utc_time now) {
  return batch_maker(app, actor, now).run(rows);
}

std::optional<std::string> open_batch(certs::kek_provider const& keks, db::batch_row const& row) {
  return open_text(keks, batch_place(row.id), row.key, row.content);
}

std::string batch_file_name(std::int64_t interchange) {
  return fmt::format("intake-270-{:09}.x12", interchange);
}

std::optional<asked_about> open_question(certs::kek_provider const& keks,
                                         db::inquiry_row const& row) {
  if (!row.key) return std::nullopt;
  auto text = open_text(keks, question_place(row.id), *row.key, row.question);
  if (!text) return std::nullopt;
  auto const read = read_check_summary(std::move(*text));
  return read ? std::optional(read->asked) : std::nullopt;
}

}  // namespace intake::service::eligibility

#include "service/receive.hpp"

#include "certs/blind_index.hpp"
#include "certs/envelope.hpp"
#include "certs/expects.hpp"
#include "certs/receipt.hpp"
#include "db/errors.hpp"
#include "db/submissions.hpp"
#include "forms/canonical.hpp"
#include "forms/enablement.hpp"
#include "forms/fhirpath/hooks.hpp"
#include "forms/insurance/decision_json.hpp"
#include "forms/settled.hpp"
#include "service/alerts.hpp"
#include "service/eligibility/asking.hpp"
#include "service/eligibility/questions.hpp"
#include "service/known_items.hpp"
#include "service/member_numbers.hpp"
#include "service/outgoing/outgoing.hpp"
#include "service/receive_files.hpp"
#include "service/terms.hpp"

#include <algorithm>
#include <iterator>
#include <memory>

namespace intake::service {
namespace {

constexpr std::string_view unique_violation = "23505";
constexpr int receipt_draws_max = 3;

/// It is the form's own words that are checked and sealed.
void settle(draft& in, forms::expression_hooks const& expressions) {
  for (auto& each : in.forms) {
    each.response = forms::settled(*each.form, std::move(each.response), expressions);
  }
}

/// Every problem of every form; the error page and the OperationOutcome show warnings beside
/// errors.
std::optional<answers_refused> check(application const& app, draft const& in,
                                     forms::expression_hooks const& expressions,
                                     named_rule_set const& rules) {
  answers_refused found;
  bool wrong = false;
  auto const today = app.clock.fhir_date(in.received);
  for (auto const& each : in.forms) {
    auto problems = forms::validate(*each.form, each.response,
                                    {.today = today,
                                     .order = forms::item_order::lenient,
                                     .held = in.files.empty() ? forms::held_attachments::refused
                                                              : forms::held_attachments::taken,
                                     .expressions = &expressions});
    for (auto& refused : refused_numbers(rules.set, *each.form, each.response.answers)) {
      problems.push_back(std::move(refused));
    }
    forms::sort_in_form_order(problems);
    found.by_form.push_back(std::move(problems));
    wrong = wrong || forms::any_error(found.by_form.back());
  }
  return wrong ? std::optional(std::move(found)) : std::nullopt;
}

/// A record in plain text, the moment before it is sealed.
struct prepared {
  std::vector<std::string> form_names;
  std::vector<std::string> canonical;
  insurance_answer insurance;
  std::vector<running_term> terms;
  summary head;
  std::vector<kept_file> files;
  std::vector<std::string> member_ids;
};

/// What does not apply is not stored, and a file of it not even read.
void drop_disabled(draft& in, forms::expression_hooks const& expressions) {
  for (auto& each : in.forms) {
    each.response.answers =
        forms::without_disabled(*each.form, std::move(each.response.answers), &expressions);
  }
}

summary summarise(application const& app, draft const& in, std::span<answered_form const> packet,
                  prepared const& ready) {
  auto const& insurance = ready.insurance;
  summary s;
  s.family = forms::code_in(packet, known::family_name);
  s.given = forms::code_in(packet, known::given_name);
  s.birth_date = forms::code_in(packet, known::birth_date);
  s.phone = forms::code_in(packet, known::phone);
  for (auto const& each : in.forms) s.forms.push_back(each.form->header().id);
  if (insurance.decision) {
    s.outcome = forms::insurance::to_word(insurance.decision->result);
    auto const& spoke = insurance.decision->coverages;
    s.rule_set = insurance.rule_set_hash.substr(0, rule_set_digits);
    if (insurance.decision->speaking < spoke.size())
      s.rule = spoke[insurance.decision->speaking].rule;
  }
  s.alerts = alerts_of(app.forms.alerts, packet);
  // The desk's list is the board: a term that runs out stands before everything else.
  std::vector<std::string> codes;
  for (auto const& term : ready.terms) {
    if (!term.code.empty()) codes.push_back(term.code);
  }
  s.alerts.insert(s.alerts.begin(), codes.begin(), codes.end());
  for (auto const& each : in.not_sent) s.missing.push_back("form:" + each);
  std::ranges::move(missing_signatures(packet), std::back_inserter(s.missing));
  s.filled_in = in.entry.by;
  s.files = ready.files.size();
  s.language = in.language;
  return s;
}

std::vector<db::search_token> tokens_of(certs::keyring const& keys, summary const& s,
                                        std::vector<std::string> const& member_ids) {
  std::string_view const phones[] = {s.phone};
  std::vector<std::string_view> const ids(member_ids.begin(), member_ids.end());
  std::vector<db::search_token> tokens;
  for (auto& each : certs::search_tokens(keys, {.surname = s.family,
                                               .given_names = s.given,
                                               .birth_date = s.birth_date,
                                               .phones = phones,
                                               .member_ids = ids})) {
    tokens.push_back({static_cast<std::int16_t>(each.field), std::move(each.value)});
  }
  return tokens;
}

prepared prepare(application const& app, draft& in, std::vector<kept_file> files,
                 named_rule_set const& rules, certs::utc_time first_received) {
  prepared ready;
  ready.files = std::move(files);
  std::vector<answered_form> packet;
  for (auto& each : in.forms) {
    each.response.envelope.questionnaire = each.form->canonical();
    ready.form_names.push_back(each.form->canonical());
    ready.canonical.push_back(
        forms::write_canonical(*each.form, each.response.answers, each.response.envelope));
    packet.push_back({each.form, &each.response.answers});
  }
  ready.insurance = decide_insurance(rules, packet, app.clock.date(in.received),
                                     in.location.empty() ? app.places.only_open() : in.location);
  ready.terms = terms_of(packet, app.clock.date(in.received), app.clock.date(first_received));
  ready.member_ids = known::texts_of(packet, known::plan_member_id);
  ready.head = summarise(app, in, packet, ready);
  return ready;
}

/// What the patient hears of the terms: the first that has something to say.
forms::insurance::sentence_text sentence_of(std::vector<running_term> const& terms) {
  for (auto const& each : terms) {
    if (!each.patient.empty()) return each.patient;
  }
  return {};
}

std::string decision_json(insurance_answer const& insurance) {
  if (!insurance.decision) return {};
  return forms::insurance::to_json(*insurance.decision, insurance.rule_set_hash);
}

certs::hash256 body_hash(certs::keyring const& keys, prepared const& ready) {
  std::string all;
  for (auto const& each : ready.canonical) all += each + "\n";  // canonical text holds no line end
  return keys.keyed_hash(certs::key_role::body_hash, certs::as_bytes(all));
}

/// The parts of a record in the clear: a view of each, in the order they are stored.
struct plain_parts {
  std::vector<certs::plain_part> parts;
  std::vector<std::string> names;

  void add(std::string_view name, certs::part_name kind, std::string_view content) {
    parts.push_back({kind, certs::as_bytes(content)});
    names.emplace_back(name);
  }
};

db::new_submission sealed(application const& app, draft const& in, prepared const& ready) {
  auto const head = write_summary(ready.head);
  auto const answers =
      write_answers_part(ready.canonical, decision_json(ready.insurance), in.entry);
  auto const form = bound_form(ready.form_names);
  plain_parts plain;
  plain.add(db::summary_part, {certs::part_kind::summary, 0}, head);
  plain.add("answers", {certs::part_kind::answers, 0}, answers);
  for (std::size_t i = 0; i < ready.files.size(); ++i) {
    plain.add(attachment_part_name(i + 1), attachment_part(i + 1), ready.files[i].bytes);
  }
  auto version = certs::seal(app.world, app.keks,
                             {.table = part_table,
                              .record = in.id,
                              .version = static_cast<std::uint32_t>(in.version),
                              .form = form},
                             plain.parts);
  db::new_submission row;
  row.id = in.id;
  row.version = in.version;
  row.forms = ready.form_names;
  row.body_hash = body_hash(app.keys, ready);
  row.received = in.received;
  row.key = std::move(version.key);
  for (std::size_t i = 0; i < plain.names.size(); ++i) {
    row.parts.push_back({plain.names[i], std::move(version.parts[i].content.value)});
  }
  row.tokens = tokens_of(app.keys, ready.head, ready.member_ids);
  row.outbox = outgoing::topics_of(app.settings);
  if (eligibility::is_connected(app.settings)) row.outbox.emplace_back(eligibility::received_topic);
  row.audit = in.sender;
  row.audit.action = "submission-received";
  return row;
}

/// What a submission needs until its COMMIT: to be answered, and to be sealed anew where its
/// receipt is taken.
struct submitting {
  application& app;
  draft in;
  /// The version before a later one; nothing where there is none.
  std::optional<db::submission_head> before;
  prepared ready;
  int draws = 0;
};

std::optional<db::submission_head> version_before(application const& app, draft const& in) {
  if (in.version == 1) return std::nullopt;
  auto versions = db::list_versions(app.desk, in.id);
  return versions.empty() ? std::nullopt : std::optional(std::move(versions.back()));
}

/// A packet that was refused, or can't be read now, or is ready to be sealed.
using admitted_packet = std::variant<answers_refused, not_now, std::shared_ptr<submitting>>;

admitted_packet admit(application& app, draft in) {
  auto const expressions = forms::fhirpath::hooks_for({app.clock.fhir_date_time(in.received), {}});
  auto const rules = app.rules.current();
  settle(in, expressions);
  if (auto refused = check(app, in, expressions, *rules)) return std::move(*refused);
  drop_disabled(in, expressions);
  auto taken = take_files(app, in);
  if (auto* refused = std::get_if<answers_refused>(&taken)) return std::move(*refused);
  if (std::holds_alternative<not_now>(taken)) return not_now{};
  auto before = version_before(app, in);
  auto ready = prepare(app, in, std::move(std::get<std::vector<kept_file>>(taken)), *rules,
                       before ? before->first_received : in.received);
  // Hundreds of small pieces that nobody asks for any more: cheap to free now, in the cache, and
  // not after the wait for the disk.
  in.forms.clear();
  return std::make_shared<submitting>(app, std::move(in), std::move(before), std::move(ready));
}

db::new_submission row_of(submitting& one) {
  ++one.draws;
  auto row = sealed(one.app, one.in, one.ready);
  row.receipt = certs::to_string(certs::new_receipt(one.app.world));
  return row;
}

receive_result result_of(submitting& one, db::verdict const& verdict) {
  auto const answer = [&](auto const& done, std::int32_t version, received::kind which) {
    return received{done.id,
                    done.receipt,
                    version,
                    std::move(one.ready.insurance),
                    sentence_of(one.ready.terms),
                    which};
  };
  if (auto const* done = std::get_if<db::stored>(&verdict)) {
    return answer(*done, one.in.version, received::kind::first_time);
  }
  if (auto const* again = std::get_if<db::replayed>(&verdict)) {
    auto const version =
        one.in.version == 1 ? 1 : db::list_versions(one.app.desk, again->id).back().version;
    return answer(*again, version, received::kind::again);
  }
  if (std::holds_alternative<db::conflict>(verdict)) return id_taken{};
  return not_now{};
}

/// Two receipts out of 2^45 may be the same once in a clinic's life: then another is drawn, and the
/// record is sealed anew sooner than copied every time.
bool draws_again(submitting const& one, db::refused_row const& refused) {
  return refused.sqlstate == unique_violation && one.draws < receipt_draws_max;
}

/// A later version keeps the receipt; one that says what the version before says is not stored.
receive_result store_version(submitting& one) {
  if (!one.before) return id_taken{};
  auto const& latest = *one.before;
  if (latest.body_hash == body_hash(one.app.keys, one.ready)) {
    return result_of(one, db::replayed{one.in.id, latest.receipt});
  }
  auto row = sealed(one.app, one.in, one.ready);
  row.receipt = latest.receipt;
  return result_of(one, one.app.writer.submit(std::move(row)));
}

void store_then(std::shared_ptr<submitting> const& one, std::function<void(receive_outcome)> then) {
  one->app.writer.submit_then(
      row_of(*one), [held = one, then = std::move(then)](db::submission_outcome outcome) mutable {
        auto const* const refused = std::get_if<db::refused_row>(&outcome);
        if (refused != nullptr && draws_again(*held, *refused)) {
          return store_then(held, std::move(then));
        }
        then([held = std::move(held), outcome = std::move(outcome)] {
          if (auto const* const why = std::get_if<db::refused_row>(&outcome)) {
            throw db::statement_refused(why->sqlstate);
          }
          return result_of(*held, std::get<db::verdict>(outcome));
        });
      });
}

}  // namespace

receive_result receive(application& app, draft in) {
  auto admitted = admit(app, std::move(in));
  if (auto* refused = std::get_if<answers_refused>(&admitted)) return std::move(*refused);
  if (std::holds_alternative<not_now>(admitted)) return not_now{};
  auto& one = *std::get<std::shared_ptr<submitting>>(admitted);
  if (one.in.version > 1) return store_version(one);
  for (;;) {
    try {
      return result_of(one, app.writer.submit(row_of(one)));
    } catch (db::statement_refused const& error) {
      if (!draws_again(one, {std::string(error.sqlstate())})) throw;
    }
  }
}

void receive_then(application& app, draft in, std::function<void(receive_outcome)> then) {
  certs::expects(in.version == 1, "what comes by the API begins a submission");
  auto admitted = admit(app, std::move(in));
  if (auto* refused = std::get_if<answers_refused>(&admitted)) {
    return then([why = std::move(*refused)] { return why; });
  }
  if (std::holds_alternative<not_now>(admitted)) return then([] { return not_now{}; });
  store_then(std::get<std::shared_ptr<submitting>>(admitted), std::move(then));
}

}  // namespace intake::service

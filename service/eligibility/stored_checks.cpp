#include "service/eligibility/stored_checks.hpp"

#include "certs/envelope.hpp"
#include "service/eligibility/differences.hpp"

#include <algorithm>

namespace intake::service::eligibility {
namespace {

using certs::part_kind;

constexpr std::size_t changes_in_list_max = 3;

struct part_row {
  std::string_view stored;
  certs::part_name bound;
};
constexpr part_row summary_row{db::summary_part, {part_kind::summary, 0}};
constexpr part_row result_row{"result", {part_kind::answers, 0}};
constexpr part_row answer_row{"answer", {part_kind::attachment, 1}};
constexpr part_row attachment_row{"attachment", {part_kind::attachment, 2}};

certs::binding place_of(certs::uuid const& check) {
  return {.table = "eligibility_part", .record = check, .version = 1, .form = "eligibility-check"};
}

std::optional<std::string> open_sealed(certs::kek_provider const& keks,
                                       db::eligibility_check const& head, part_row const& part,
                                       certs::bytes_view sealed) {
  if (!head.key) return std::nullopt;
  auto const opened = certs::open(keks, *head.key, place_of(head.id), part.bound, sealed);
  if (!opened) return std::nullopt;
  return std::string(certs::as_text(*opened));
}

std::optional<std::string> open_part(db::pool& rows, certs::kek_provider const& keks,
                                     db::eligibility_check const& head, part_row const& part) {
  auto const sealed = db::eligibility_part(rows, head.id, part.stored);
  return sealed ? open_sealed(keks, head, part, *sealed) : std::nullopt;
}

std::vector<opened_check> open_all(certs::kek_provider const& keks,
                                   std::vector<db::listed_check> listed) {
  std::vector<opened_check> all;
  for (auto& each : listed) {
    auto text = open_sealed(keks, each.head, summary_row, each.summary);
    auto summary = text ? read_check_summary(std::move(*text)) : std::nullopt;
    all.push_back({std::move(each.head), std::move(summary)});
  }
  return all;
}

}  // namespace

db::new_check seal_check(certs::world const& world, certs::kek_provider const& keks,
                         db::eligibility_check head, check_result const& result,
                         check_evidence const& evidence, std::string changed,
                         std::optional<certs::hash256> answer) {
  head.id = certs::new_uuid_v7(world);
  auto in_short = summary_of(result);
  in_short.changed = std::move(changed);
  auto const summary = write_summary(in_short);
  auto const whole = write_result(result);
  std::vector<part_row> named{summary_row, result_row};
  std::vector<certs::plain_part> parts{{summary_row.bound, certs::as_bytes(summary)},
                                       {result_row.bound, certs::as_bytes(whole)}};
  auto const add = [&](part_row const& part, std::string const& bytes) {
    if (bytes.empty()) return;
    named.push_back(part);
    parts.push_back({part.bound, certs::as_bytes(bytes)});
  };
  add(answer_row, evidence.answer);
  add(attachment_row, evidence.attachment);
  auto sealed = certs::seal(world, keks, place_of(head.id), parts);
  head.key = std::move(sealed.key);
  db::new_check made{std::move(head), answer, {}};
  for (std::size_t n = 0; n < named.size(); ++n) {
    made.parts.push_back({std::string(named[n].stored), std::move(sealed.parts[n].content.value)});
  }
  return made;
}

std::string changes_since_last(db::pool& rows, certs::kek_provider const& keks,
                               clinic_time const& clock, db::eligibility_check const& made,
                               check_result const& result) {
  for (auto const& each : checks_of(rows, keks, made.submission, made.coverage)) {
    bool const earlier = each.head.as_of <= made.as_of;
    if (!earlier || !each.summary || each.summary->status == verdict::could_not_check) continue;
    auto const before = open_result(rows, keks, each.head);
    if (!before) continue;
    std::string words;
    auto const found = differences(*before, result);
    for (std::size_t n = 0; n < found.size() && n < changes_in_list_max; ++n) {
      auto const& one = found[n];
      words += (n == 0 ? "" : "; ") + one.what + ": " + in_words(one, one.before, clock) + " → " +
               in_words(one, one.after, clock);
    }
    if (found.size() > changes_in_list_max) words += "; and more";
    return words;
  }
  return {};
}

std::vector<opened_check> checks_of(db::pool& rows, certs::kek_provider const& keks,
                                    certs::uuid submission, std::int16_t coverage) {
  return open_all(keks, db::list_checks(rows, submission, coverage));
}

std::optional<opened_check> last_known(std::vector<opened_check> const& latest_first) {
  auto const found = std::ranges::find_if(latest_first, [](opened_check const& each) {
    return each.summary && each.summary->status != verdict::could_not_check;
  });
  return found == latest_first.end() ? std::nullopt : std::optional(*found);
}

std::vector<opened_check> latest_checks(db::pool& rows, certs::kek_provider const& keks,
                                        std::span<certs::uuid const> submissions) {
  if (submissions.empty()) return {};
  return open_all(keks, db::latest_checks(rows, submissions));
}

std::optional<check_result> open_result(db::pool& rows, certs::kek_provider const& keks,
                                        db::eligibility_check const& head) {
  auto text = open_part(rows, keks, head, result_row);
  return text ? read_result(std::move(*text)) : std::nullopt;
}

std::optional<std::string> open_evidence(db::pool& rows, certs::kek_provider const& keks,
                                         db::eligibility_check const& head, evidence which) {
  return open_part(rows, keks, head, which == evidence::answer ? answer_row : attachment_row);
}

asked_about asked_of(told_coverage const& told) {
  return {.payer = told.payer,
          .payer_typed = told.payer_typed,
          .member_id = told.member_id,
          .family = told.patient.family,
          .given = told.patient.given,
          .birth_date = told.patient.birth_date};
}

}  // namespace intake::service::eligibility

#include "service/copy_inputs.hpp"

#include "service/desk/people.hpp"
#include "service/eligibility/copy_checks.hpp"
#include "service/readiness.hpp"
#include "service/settlements.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace intake::service {
namespace {

constexpr std::string_view form_code = "form:";
constexpr std::string_view sign_code = "sign:";
constexpr std::string_view acts[] = {"signed on paper, seen by", "not signed, said to",
                                     "settled by"};

struct settlement_reader {
  copy_source const& from;
  opened_record const& record;
  pdf::copy_profile profile;
  readiness asked;
  desk::people names;

  /// That a form was asked is as much as what it is about.
  bool may_know(std::string_view code) const {
    if (code.starts_with(form_code)) {
      auto const* const form = from.forms.library.find_by_id(code.substr(form_code.size()));
      return form != nullptr && pdf::may_show(profile, form->header().audience);
    }
    auto const* const group = group_of(code);
    return group == nullptr || pdf::may_show(profile, group->audience);
  }

  forms::item const* group_of(std::string_view code) const {
    if (!code.starts_with(sign_code)) return nullptr;
    for (auto const& each : record.forms) {
      auto const* const group = each.form->find(code.substr(sign_code.size()));
      if (group != nullptr) return group;
    }
    return nullptr;
  }

  pdf::copy_settlement printed(settled_item const& one, std::string const& words) {
    auto const* const group = group_of(one.code);
    return {.agreement = group == nullptr ? std::string() : group->link_id,
            .thing = words,
            .how = fmt::format("{} {}, {}", acts[static_cast<std::size_t>(one.act)],
                               names.name_of(one.actor), from.clock.date_and_time(one.at)),
            .reason = one.words};
  }

  std::vector<pdf::copy_settlement> read(std::span<settled_item const> all) {
    std::vector<pdf::copy_settlement> out;
    for (auto const& each : all) {
      auto const found = std::ranges::find(asked.missing, each.code, &missing_item::code);
      if (found == asked.missing.end() || !may_know(each.code)) continue;
      out.push_back(printed(each, found->words));
    }
    return out;
  }
};

alert_reader reader_of(pdf::copy_profile profile) {
  if (profile == pdf::copy_profile::clinical) return alert_reader::clinician;
  return profile == pdf::copy_profile::billing ? alert_reader::billing : alert_reader::front_desk;
}

}  // namespace

dated_inputs inputs_for_copy(copy_source const& from, db::submission_head const& head,
                             opened_record const& record, pdf::copy_profile profile) {
  auto dated = eligibility::checks_for_copy({from.desk, from.keks, from.clock, from.settings}, head,
                                            record, profile);
  if (profile == pdf::copy_profile::patient) return dated;
  auto const settled = settled_items(from.desk, from.keks, {&head.id, 1});
  if (settled.empty()) return dated;
  auto const day = std::chrono::sys_days{from.clock.date(head.received)};
  settlement_reader reader{from, record, profile,
                           readiness_of(record.head, from.forms, day, reader_of(profile)),
                           desk::people(from.desk)};
  dated.settled = reader.read(settled);
  return dated;
}

}  // namespace intake::service

#include "service/desk/missing_thing.hpp"

#include "certs/hex.hpp"
#include "service/desk/staff_act.hpp"
#include "service/record.hpp"
#include "service/whole_number.hpp"

#include <algorithm>

namespace intake::service::desk {
namespace {

constexpr std::string_view form_code = "form:";
constexpr std::string_view sign_code = "sign:";
constexpr std::size_t mark_bytes = 8;

/// The page behind a code, in the edition that the submission has, else the one in force.
void find_page(application const& app, missing_thing& thing) {
  auto const& code = thing.item.code;
  if (code.starts_with(form_code)) {
    thing.form = app.forms.library.find_by_id(code.substr(form_code.size()));
  }
  if (!code.starts_with(sign_code)) return;
  for (auto const& canonical : thing.head.forms) {
    auto const* const form = app.forms.library.find(canonical);
    auto const* const group = form == nullptr ? nullptr : form->find(code.substr(sign_code.size()));
    if (group == nullptr) continue;
    thing.form = form;
    thing.group = group;
  }
}

}  // namespace

std::string missing_address(certs::uuid submission, std::size_t number) {
  return "/desk/submissions/" + certs::to_string(submission) + "/missing/" + std::to_string(number);
}

std::string missing_thing::address() const {
  return missing_address(head.id, number);
}

std::string missing_thing::mark(certs::keyring const& keys) const {
  auto const hash = missing_hash(keys, head.id, item.code);
  std::string text;
  certs::append_hex(text, certs::bytes_view(hash).first(mark_bytes));
  return text;
}

expected_person missing_thing::who() const {
  return {.family = sent.family,
          .given = sent.given,
          .birth_date = sent.birth_date,
          .phone = sent.phone,
          .language = sent.language};
}

bool missing_thing::may_print(call const& c) const {
  bool const hidden = form != nullptr &&
                      form->header().audience == forms::form_audience::behavioural &&
                      reader_of(c) != alert_reader::clinician;
  return form != nullptr && !hidden;
}

std::optional<missing_thing> find_missing(application& app, call const& c) {
  auto const id = certs::parse_uuid(c.path["id"]);
  auto const number = whole_number<std::size_t>(c.path["number"]).value_or(0);
  if (!id || number == 0) return std::nullopt;
  auto rows = db::list_by_ids(app.desk, {&*id, 1});
  if (rows.empty()) return std::nullopt;
  auto sent = open_summary(app.keks, rows.front()).content;
  if (!sent) return std::nullopt;
  auto const today = std::chrono::sys_days{app.clock.date(c.asked.received)};
  auto const ready = readiness_of(*sent, app.forms, today, reader_of(c));
  if (number > ready.missing.size()) return std::nullopt;
  missing_thing thing{std::move(rows.front().head),
                      std::move(*sent),
                      number,
                      ready.missing[number - 1],
                      nullptr,
                      nullptr,
                      std::nullopt};
  find_page(app, thing);
  for (auto& each : settled_items(app.desk, app.keks, {&*id, 1})) {
    if (each.code == thing.item.code) thing.settled = std::move(each);
  }
  return thing;
}

}  // namespace intake::service::desk

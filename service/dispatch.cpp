#include "service/dispatch.hpp"

#include "db/broken_glass.hpp"
#include "db/errors.hpp"
#include "service/accounts/factors.hpp"
#include "service/accounts/kept_work.hpp"
#include "service/assets/compression.hpp"
#include "service/audit.hpp"
#include "service/fhir/operation_outcome.hpp"
#include "service/http/fields.hpp"
#include "service/http/multipart.hpp"
#include "service/pages/shell.hpp"
#include "service/patients/send_again.hpp"
#include "service/responses.hpp"
#include "service/routes.hpp"

#include <algorithm>
#include <exception>
#include <utility>
#include <vector>

namespace intake::service {
namespace {

router<route> const& table() {
  static router<route> const made(routes());
  return made;
}

bool below(std::string_view path, std::string_view folder) {
  return path == folder || (path.starts_with(folder) && path[folder.size()] == '/');
}

/// ?lang= wins over the browser's own wish; the desk speaks English.
language language_of(application const& app, request const& asked) {
  if (below(asked.path, "/desk")) return language::en;
  if (auto const fields = read_form(asked.query)) {
    for (auto const& [name, value] : *fields) {
      if (name != "lang") continue;
      auto const known = parse_language(value);
      if (known && std::ranges::find(app.offered, *known) != app.offered.end()) return *known;
    }
  }
  std::vector<std::string_view> offered;
  for (auto const each : app.offered) offered.push_back(tag(each));
  auto const wish = choose_language(asked.field("accept-language").value_or(""), offered);
  return wish ? parse_language(*wish).value_or(language::en) : language::en;
}

struct page_words {
  std::string_view title;
  std::string_view sentence;
};

page_words words_for(int status) {
  switch (status) {
    case 404:
    case 405:
      return {"error.not_found_title", "error.not_found"};
    case 401:
    case 403:
      return {"error.forbidden_title", "error.forbidden"};
    case 413:
      return {"error.too_large_title", "error.too_large"};
    case 429:
    case 503:
      return {"error.busy_title", "error.busy"};
    default:
      break;
  }
  if (status < 500) return {"error.bad_request_title", "error.bad_request"};
  return {"error.trouble_title", "error.trouble"};
}

/// A patient's page that came whole and could not be taken: it goes back with all that it held.
std::optional<response> given_back(application const& app, int status, request const& asked,
                                   language spoken) {
  if (status != 429 && status != 503) return std::nullopt;
  auto const* const row = table().find(asked.method, asked.path).row;
  bool const is_patients = row != nullptr && row->roles.open_to_all() &&
                           row->csrf == csrf_check::own_page && !below(asked.path, "/desk");
  return is_patients ? patients::send_again_page(app, asked, spoken, status) : std::nullopt;
}

response error_page(application const& app, int status, request const* asked) {
  auto const spoken = asked != nullptr ? language_of(app, *asked) : language::en;
  auto again = asked != nullptr ? given_back(app, status, *asked, spoken) : std::nullopt;
  auto const words = words_for(status);
  auto const title = app.words.say(spoken, words.title);
  page_model model;
  model.set("TITLE", title);
  model.add("PARAGRAPH")
      .set("TEXT", app.words.say(spoken, words.sentence,
                                 {{"incident", asked != nullptr ? asked->request_id : ""}}));
  auto made = again ? *std::move(again)
                    : show_page(app, {.status = status, .title = title, .spoken = spoken},
                                "message", model);
  if (status == 503 || status == 429) made.fields.push_back({"retry-after", "5"});
  return made;
}

void audit_refusal(application& app, call const& c) {
  auto entry = entry_of(c, "refused");
  entry.outcome = db::audit_outcome::refused;
  app.writer.append(std::move(entry));
}

response to_sign_in(application& app, route const& row, call const& c) {
  if (c.asked.method == http_method::get) {
    return see_other("/desk/sign-in?next=" + percent_encode(target_of(c.asked)));
  }
  bool const own = row.csrf == csrf_check::session_token && from_own_page(app.settings, c.asked);
  return own ? accounts::sign_in_again(app, c) : see_other("/desk/sign-in");
}

/// Until somebody whose role needs a second factor has one, only their account is open to them.
bool must_set_up_factor(application const& app, route const& row, db::resumed_session const& who) {
  return !who.second_factor && accounts::needs_second_factor(app.settings, who.role) &&
         !below(row.pattern, "/desk/account") && row.pattern != "/desk/sign-out";
}

std::string csrf_field(request const& asked) {
  for (auto const& part : parts_of(asked)) {
    if (part.name == "csrf" && !part.file_name) return std::string(part.content);
  }
  for (auto& [name, value] : read_form(asked.body).value_or(std::vector<form_field>{})) {
    if (name == "csrf") return std::move(value);
  }
  return {};
}

/// A form that can't be read has no token: it is damaged, not somebody else's.
bool is_readable(request const& asked) {
  auto const type = read_media_type(asked.field("content-type").value_or(""));
  return !type || type->name != "application/x-www-form-urlencoded" || read_form(asked.body);
}

bool csrf_passes(application const& app, route const& row, call const& c) {
  if (row.csrf == csrf_check::none) return true;
  if (!from_own_page(app.settings, c.asked)) return false;
  if (row.csrf == csrf_check::own_page) return true;
  return c.staff && csrf_matches(c.staff->record, csrf_field(c.asked));
}

/// Pages that are only looked at. What is sent is counted by who takes it, because only there the
/// answer can hold what was typed; files of ours are answered from memory and kept by browsers.
std::optional<std::chrono::seconds> looks_too_often(application& app, route const& row,
                                                    request const& asked) {
  constexpr std::string_view uncounted[] = {"/healthz", "/readyz", "/assets"};
  bool const is_clients = below(asked.path, "/fhir") && asked.field("authorization");
  bool const is_counted =
      row.method == http_method::get && row.roles.open_to_all() && !is_clients &&
      std::ranges::none_of(uncounted, [&](auto folder) { return below(asked.path, folder); });
  return is_counted ? too_often(app, asked) : std::nullopt;
}

std::optional<response> held_up(application& app, route const& row, request const& asked,
                                bool looks_up) {
  if (auto const wait = looks_too_often(app, row, asked)) {
    return slowed(refuse(app, 429, "Too many pages in a short time.", &asked), *wait);
  }
  auto const wait = looks_up ? too_many_failures(app, asked) : std::nullopt;
  if (!wait) return std::nullopt;
  return slowed(refuse(app, 429, "Too many wrong credentials in a short time.", &asked), *wait);
}

/// Where somebody has broken the glass before this record: they are its clinician for this call,
/// and every entry says why. Empty: they have not.
std::string reason_of_emergency(application& app, route const& row, call& c) {
  constexpr std::string_view records = "/desk/submissions/{id}";
  auto const role = c.staff->role;
  bool const may = role == db::account_role::front_desk || role == db::account_role::manager;
  if (!may || !row.pattern.starts_with(records)) return {};
  auto const id = certs::parse_uuid(c.path["id"]);
  auto const glass =
      id ? db::open_glass(app.desk, c.staff->record.account, *id, c.asked.received) : std::nullopt;
  if (!glass) return {};
  c.staff->role = db::account_role::clinician;
  c.emergency = true;
  return std::string(row.purpose) + ", emergency: " + glass->reason;
}

response guarded(application& app, route const& row, request const& asked,
                 path_parameters const& path) {
  call c{.asked = asked,
         .path = path,
         .purpose = row.purpose,
         .spoken = language_of(app, asked),
         .staff = {},
         .emergency = false};
  std::string reason;
  bool const looks_up = must_look_up(app, asked);
  if (auto slow = held_up(app, row, asked, looks_up)) return *std::move(slow);
  if (!row.roles.open_to_all()) {
    c.staff = current_session(app, asked, row.touch);
    if (!c.staff) return to_sign_in(app, row, c);
    if (must_set_up_factor(app, row, *c.staff)) return see_other("/desk/account");
    reason = reason_of_emergency(app, row, c);
    if (!reason.empty()) c.purpose = reason;
    if (!row.roles.has(c.staff->role)) {
      audit_refusal(app, c);
      return error_page(app, 403, &asked);
    }
  }
  if (row.csrf == csrf_check::session_token && !is_readable(asked)) {
    return refuse(app, 400, "The form is not form-encoded UTF-8.", &asked);
  }
  if (!csrf_passes(app, row, c)) {
    bool const own = c.staff && from_own_page(app.settings, asked);
    auto offer = own ? accounts::offer_of_earlier_session(app, c) : std::nullopt;
    if (offer) return std::move(*offer);
    return refuse(app, 403, "The request did not come from a page of this site.", &asked);
  }
  auto made = row.handle(app, c);
  if (looks_up && made.status == 401) count_failure(app, asked);
  // Pages of staff hold a token and are asked for over the clinic's own line.
  bool const open_page = row.method == http_method::get && row.roles.open_to_all();
  if (!open_page) return made;
  return compressed_page(asked, std::move(made));
}

response not_routed(application const& app, router<route>::match const& match,
                    request const& asked) {
  if (match.allowed.empty()) return refuse(app, 404, "There is nothing at this address.", &asked);
  auto made = refuse(app, 405, "This address does not take that method.", &asked);
  made.fields.push_back({"allow", allow_value(match.allowed)});
  return made;
}

response failed(application const& app, request const& asked, std::exception const& error) {
  bool const passing = dynamic_cast<db::unavailable const*>(&error) != nullptr;
  app.log.write(log_level::error, "request-failed",
                {{"request", log_name(asked.request_id)}, {"because", log_name(error.what())}});
  if (passing) {
    return refuse(app, 503, "The database does not answer. Nothing was stored; send it again.",
                  &asked);
  }
  return refuse(app, 500, "Something went wrong on our side. Incident " + asked.request_id + ".",
                &asked);
}

response made_with_care(application& app, request const& asked, answer_maker const& make) {
  try {
    return make();
  } catch (std::exception const& error) {
    return failed(app, asked, error);
  }
}

/// What is answered later is made with the same care.
response watched(application& app, request const& asked, response made) {
  auto* const later = std::get_if<later_answer>(&made.body);
  if (later == nullptr) return made;
  *later = [&app, &asked, start = std::move(*later)](auto take) {
    start([&app, &asked, take = std::move(take)](answer_maker make) {
      take([&app, &asked, make = std::move(make)] { return made_with_care(app, asked, make); });
    });
  };
  return made;
}

}  // namespace

response dispatch(application& app, request const& asked) {
  return watched(app, asked, made_with_care(app, asked, [&] {
                   auto const match = table().find(asked.method, asked.path);
                   if (match.row == nullptr) return not_routed(app, match, asked);
                   return guarded(app, *match.row, asked, match.parameters);
                 }));
}

bool is_quick(application& app, request const& asked) {
  auto const match = table().find(asked.method, asked.path);
  return match.row != nullptr && match.row->is_quick != nullptr && match.row->is_quick(app, asked);
}

admission admit(application& app, request const& head) {
  auto const match = table().find(head.method, head.path);
  if (match.row == nullptr) {
    return {.body_bytes_max = 0, .refusal = not_routed(app, match, head)};
  }
  auto const type = read_media_type(head.field("content-type").value_or(""));
  bool const with_files = type && type->name == "multipart/form-data";
  auto const& row = *match.row;
  return {.body_bytes_max =
              with_files && row.files_bytes_max > 0 ? row.files_bytes_max : row.body_bytes_max,
          .refusal = {}};
}

std::string_view route_of(served_request const& served) {
  // HEAD is the row of GET (RFC 9110 9.3.2).
  auto const method = served.method == method_name(http_method::head)
                          ? method_name(http_method::get)
                          : served.method;
  for (auto const& each : routes()) {
    if (method_name(each.method) != method) continue;
    auto const match = table().find(each.method, served.path);
    return match.row != nullptr ? match.row->pattern : "(none)";
  }
  return "(none)";
}

response refuse(application const& app, int status, std::string_view sentence,
                request const* asked) {
  if (asked == nullptr) return plain_response(status, std::string(sentence) + "\n");
  if (below(asked->path, "/fhir")) return outcome_response(status, sentence);
  return error_page(app, status, asked);
}

}  // namespace intake::service

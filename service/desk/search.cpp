// Who is looked for stands in the body of the request and in no address, log or trail; whose forms
// were shown does.
#include "service/search.hpp"

#include "service/audit.hpp"
#include "service/copy.hpp"
#include "service/desk/desk.hpp"
#include "service/desk/staff_act.hpp"
#include "service/expected_person.hpp"
#include "service/guards.hpp"
#include "service/pages/shell.hpp"
#include "service/readiness.hpp"

#include <algorithm>

namespace intake::service::desk {
namespace {

constexpr std::size_t found_a_page = 25;
constexpr std::size_t typed_bytes_max = 200;

std::string name_shown(summary const& s) {
  auto const name = name_of(expected_person{.family = s.family, .given = s.given});
  return name.empty() ? "(no name given)" : name;
}

/// Two people of one name and birth date stand side by side, and the page says so.
bool has_twins(std::vector<found_submission> const& found) {
  for (std::size_t i = 0; i < found.size(); ++i) {
    for (std::size_t k = i + 1; k < found.size(); ++k) {
      auto const& a = found[i].sent;
      auto const& b = found[k].sent;
      if (a && b && name_shown(*a) == name_shown(*b) && a->birth_date == b->birth_date &&
          a->phone != b->phone) {
        return true;
      }
    }
  }
  return false;
}

void add_row(page_model& table, application const& app, call const& c,
             found_submission const& one) {
  auto const id = certs::to_string(one.head.id);
  auto& row = table.add("ROW");
  row.set("RECEIPT", spoken_receipt(one.head.receipt))
      .set("RECEIVED", app.clock.date_and_time(one.head.first_received))
      .set("PDF_URL", "/desk/submissions/" + id + ".pdf");
  if (!one.sent) {
    row.add("DAMAGED");
    return;
  }
  auto& opened = row.add("OPENED");
  opened.set("BORN", app.clock.written_date(one.sent->birth_date))
      .set("PHONE", one.sent->phone)
      .set("FORMS", form_titles(app.forms, one.sent->forms, reader_of(c)));
  bool const reads = c.staff->role != db::account_role::billing;
  opened.add(reads ? "LINKED" : "UNLINKED")
      .set("PATIENT", name_shown(*one.sent))
      .set("URL", "/desk/submissions/" + id);
}

/// What became of the version that a paper copy was made from.
void add_copy_code(page_model& model, application const& app, copy_code const& code) {
  auto const versions = db::list_versions(app.desk, code.record);
  auto const of = [&](std::int32_t number) {
    return std::ranges::find(versions, number, &db::submission_head::version);
  };
  auto const shown = of(code.version);
  if (versions.empty() || (shown == versions.end() && code.version != 0)) {
    model.add("NO_COPY");
    return;
  }
  auto const next = of(code.version + 1);
  auto& said = model.add("COPY").set("NEWEST", std::to_string(versions.back().version));
  if (code.version == 0) {
    said.add("ANY");
  } else if (next == versions.end()) {
    said.add("CURRENT").set("NUMBER", std::to_string(code.version));
  } else {
    said.add("OLD")
        .set("NUMBER", std::to_string(code.version))
        .set("NEXT", std::to_string(next->version))
        .set("TIME", app.clock.date_and_time(next->received));
  }
  auto const full = db::open_submission(app.desk, code.record);
  if (full && full->void_since) {
    said.add("VOID").set("TIME", app.clock.date_and_time(*full->void_since));
  }
}

response show(application const& app, call const& c, int status, page_model& model) {
  model.set("CSRF", csrf_token(c.staff->record));
  return show_page(app, {.status = status, .title = "Find a patient", .staff = &*c.staff},
                   "desk_search", model);
}

}  // namespace

response search_page(application& app, call const& c) {
  page_model model;
  return show(app, c, 200, model);
}

response search_run(application& app, call const& c) {
  auto const typed = field_of_body(c, "find");
  auto const asked = read_search(typed);
  page_model model;
  model.set("TYPED", typed);
  if (typed.size() > typed_bytes_max || asked.empty() || asked.is_too_short()) {
    model.add("WRONG");
    return show(app, c, 422, model);
  }
  auto page = search(app.desk, app.keys, app.keks, asked,
                     certs::parse_uuid(field_of_body(c, "below")), found_a_page);
  std::ranges::sort(page.found, std::greater{},
                    [](found_submission const& each) { return each.head.first_received; });
  auto entry = entry_of(c, "search");
  for (auto const& each : page.found) {
    if (model.count("TABLE") == 0) model.add("TABLE");
    add_row(model.last("TABLE"), app, c, each);
    entry.shown.push_back(each.head.id);
  }
  if (asked.copy) {
    add_copy_code(model, app, *asked.copy);
  } else if (page.found.empty() && !page.next) {
    model.add("NOTHING");
  }
  if (has_twins(page.found)) model.add("TWINS");
  if (page.next) model.add("MORE").set("BELOW", certs::to_string(*page.next));
  app.writer.append(std::move(entry));
  return show(app, c, 200, model);
}

}  // namespace intake::service::desk

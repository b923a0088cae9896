#include "service/clinic/acts.hpp"

#include "service/audit.hpp"
#include "service/clinic/in_force.hpp"
#include "service/desk/staff_act.hpp"
#include "service/production.hpp"

#include <algorithm>

namespace intake::service::clinic {

application& looked_at_now(application& app) {
  app.live.look();
  return app.live.current();
}

effective with_wish(application const& now, wish const& wanted) {
  std::vector<db::clinic_setting> rows;
  for (auto const& [key, row] : now.set.rows) {
    if (key != wanted.key) rows.push_back(row);
  }
  rows.push_back({.key = wanted.key, .value = wanted.value, .reason = {}, .actor = {}});
  return make_effective(now.live.of_files().settings, rows);
}

std::string why_unfit_for_production(application const& now, wish const& wanted) {
  if (now.settings.parsed_mode() != operating_mode::production) return {};
  auto const open = clinic_obstacles(with_wish(now, wanted).settings);
  if (open.empty()) return {};
  return "With real patients that can't be: " + open.front().what + ".";
}

bool has_seen(application const& now, call const& c, std::string_view key) {
  return desk::field_of_body(c, "seen") == std::to_string(now.set.number_of(key));
}

bool carry_out(application& now, call const& c, wish const& wanted) {
  bool const done = db::add_clinic_setting(now.desk,
                                           {.key = wanted.key,
                                            .value = wanted.value,
                                            .reason = wanted.reason,
                                            .at = c.asked.received,
                                            .actor = c.staff->record.account},
                                           now.set.newest);
  auto entry = entry_of(c, wanted.value ? "clinic-setting-changed" : "clinic-setting-taken-back");
  entry.purpose += ", " + wanted.key;
  if (!done) entry.outcome = db::audit_outcome::refused;
  now.writer.append(std::move(entry));
  now.live.look();
  return done;
}

void add_source(page_model& model, application const& app, std::string_view key,
                std::string_view config_key) {
  if (auto const* const own = app.set.find(key)) {
    auto& shown = model.add("SET_HERE")
                      .set("BY", own->actor_name)
                      .set("AT", app.clock.date_and_time(own->at));
    if (!own->reason.empty()) shown.add("BECAUSE").set("REASON", own->reason);
  } else if (!config_key.empty()) {
    model.add("OF_FILE").set("KEY", std::string(config_key));
  } else {
    model.add("HERE_ALONE");
  }
}

std::string one_line(std::string_view typed) {
  std::string line;
  for (char const c : typed) {
    bool const is_space = c == ' ' || c == '\t' || c == '\r' || c == '\n';
    if (!is_space) {
      line += c;
    } else if (!line.empty() && line.back() != ' ') {
      line += ' ';
    }
  }
  if (line.ends_with(' ')) line.pop_back();
  return line;
}

void add_problem(page_model& model, problem const& wrong) {
  if (model.count("WRONG") == 0) model.add("WRONG");
  model.last("WRONG")
      .add("PROBLEM")
      .set("FIELD", std::string(wrong.field))
      .set("TEXT", wrong.sentence);
  std::string name(wrong.field);
  std::ranges::transform(name, name.begin(), [](char c) {
    return static_cast<char>(c >= 'a' && c <= 'z' ? c - ('a' - 'A') : c);
  });
  model.add(name + "_WRONG").set("TEXT", wrong.sentence);
}

}  // namespace intake::service::clinic

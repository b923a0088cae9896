#include "service/clinic/effective.hpp"

#include "db/errors.hpp"
#include "forms/calendar.hpp"
#include "service/clinic/known_settings.hpp"

#include <stdexcept>

namespace intake::service::clinic {
namespace {

void set_edition(effective& made, std::string_view id, std::string_view days) {
  auto const slash = days.find('/');
  if (slash == days.npos) throw std::invalid_argument("these are no days");
  forms::text_edition edition{std::string(id), std::string(days.substr(0, slash)),
                              std::string(days.substr(slash + 1))};
  for (auto const* day : {&edition.valid_from, &edition.must_stop}) {
    if (!day->empty() && !forms::days_of(*day)) throw std::invalid_argument("these are no days");
  }
  made.editions.push_back(std::move(edition));
}

void set_known(effective& made, std::string_view key, std::string const& value) {
  auto const* const known = find_setting(key);
  if (known == nullptr) throw std::invalid_argument("this version does not know the key");
  if (auto why = known->why_unfit(value); !why.empty()) throw std::invalid_argument(why);
  known->set(made, value);
}

void set_one(effective& made, db::clinic_setting const& row) {
  std::string_view const key = row.key;
  if (key.starts_with(place_keys)) {
    made.places.push_back(read_set_location(key.substr(place_keys.size()), *row.value));
  } else if (key.starts_with(edition_keys)) {
    set_edition(made, key.substr(edition_keys.size()), *row.value);
  } else {
    set_known(made, key, *row.value);
  }
}

}  // namespace

clinic_look effective::look(clinic_look const& of_files) const {
  return {css_of_colour(settings.clinic_colour), has_own_logo ? logo : of_files.logo};
}

effective make_effective(config const& of_files, std::vector<db::clinic_setting> const& rows) {
  effective made{.settings = of_files,
                 .set = {},
                 .places = {},
                 .editions = {},
                 .has_own_logo = false,
                 .logo = {},
                 .refused = {}};
  for (auto const& row : rows) {
    made.set.newest = std::max(made.set.newest, row.number);
    try {
      if (row.value) set_one(made, row);
    } catch (std::invalid_argument const& fault) {
      made.refused.push_back({row.key, fault.what()});
    }
    made.set.rows.emplace(row.key, row);
  }
  return made;
}

effective read_effective(config const& of_files, db::pool& desk) {
  return make_effective(of_files, db::clinic_settings(desk));
}

std::string to_set_value(forms::text_edition const& edition) {
  return edition.valid_from + "/" + edition.must_stop;
}

installed_now::installed_now(config const& of_files, installation const& parts, db::pool& desk)
    : now(read_effective(of_files, desk)),
      places(now.settings, now.places),
      forms(with_days(parts.forms(), now.editions)) {}

config settings_now(config const& of_files) {
  try {
    db::pool desk({.conninfo = of_files.database_desk});
    return read_effective(of_files, desk).settings;
  } catch (db::database_error const&) {
    return of_files;
  }
}

}  // namespace intake::service::clinic

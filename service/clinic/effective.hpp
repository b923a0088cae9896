#pragma once
#include "service/clinic/values.hpp"
#include "service/clinic_look.hpp"
#include "service/config.hpp"
#include "service/form_store.hpp"
#include "service/installation.hpp"
#include "service/locations.hpp"

#include <optional>
#include <string>
#include <vector>

namespace intake::service::clinic {

inline constexpr std::string_view place_keys = "place.";
inline constexpr std::string_view edition_keys = "edition.";

/// An act that can't be used any more: the files speak in its place.
struct unusable {
  std::string key;
  std::string why;
};

/// The clinic as it is now: what the configuration says, with what managers set on top.
struct effective {
  config settings;
  values set;
  std::vector<location> places;
  std::vector<forms::text_edition> editions;
  /// Whether a logo, or none, was chosen here.
  bool has_own_logo = false;
  std::optional<clinic_look::picture> logo;
  std::vector<unusable> refused;

  clinic_look look(clinic_look const& of_files) const;
};

effective make_effective(config const& of_files, std::vector<db::clinic_setting> const&);

/// The same asked of the database. Throws db::unavailable.
effective read_effective(config const& of_files, db::pool& desk);

/// The days of an edition as they are kept, "2026-12-01/2027-11-30"; either may be missing.
std::string to_set_value(forms::text_edition const&);

/// For commands: what an installation consists of, as it is now.
struct installed_now {
  /// Throws db::unavailable.
  installed_now(config const& of_files, installation const&, db::pool& desk);

  effective now;
  locations places;
  form_store forms;
};

/// For commands that need no database: what the files say where it does not answer.
config settings_now(config const& of_files);

}  // namespace intake::service::clinic

#pragma once
#include "certs/kek.hpp"
#include "certs/keyring.hpp"
#include "certs/password.hpp"
#include "certs/uuid.hpp"
#include "db/batch_writer.hpp"
#include "db/pool.hpp"
#include "service/assets/assets.hpp"
#include "service/clinic/values.hpp"
#include "service/config.hpp"
#include "service/form_store.hpp"
#include "service/locations.hpp"
#include "service/log.hpp"
#include "service/machine_clients.hpp"
#include "service/pages/page.hpp"
#include "service/rate_limits.hpp"
#include "service/rules.hpp"
#include "service/texts/clinic_time.hpp"
#include "service/texts/texts.hpp"
#include "service/worker/image_children.hpp"
#include "service/worker/renderer.hpp"

#include <atomic>
#include <span>

namespace intake::service::desk {
class copy_jobs;
}  // namespace intake::service::desk

namespace intake::service::clinic {
class in_force;
}  // namespace intake::service::clinic

namespace intake::service {

/// All that a handler may use, made by `serve` as locals and lent for the server's life. Every part
/// is safe to use from several threads at once. What managers can change is in it as it was when a
/// request came: `clinic::in_force` has the newest.
struct application {
  config const& settings;
  certs::world const& world;
  event_log const& log;
  form_store const& forms;
  rules_in_force const& rules;
  certs::keyring const& keys;
  certs::kek_provider const& keks;
  db::batch_writer& writer;
  /// Role intake_desk: staff pages.
  db::pool& desk;
  /// Role intake_portal: patients' drafts. Submissions go through the writer.
  db::pool& portal;
  machine_clients& clients;
  rate_limits& limits;
  certs::password_hasher& passwords;
  page_templates const& pages;
  texts const& words;
  /// What patients may choose from; English is always there.
  std::span<language const> offered;
  clinic_time const& clock;
  asset_store const& assets;
  renderer& drawer;
  locations const& places;
  desk::copy_jobs& copies;
  /// Reads what patients attach.
  worker::image_children& images;
  /// What managers have set; `settings`, `forms`, `assets` and `places` have it in them.
  clinic::values const& set;
  clinic::in_force& live;
  /// Set when the program was told to stop: /readyz says so, so that a balancer sends nothing more.
  std::atomic<bool>& draining;
};

/// What managers can change.
struct changeable {
  config const& settings;
  form_store const& forms;
  asset_store const& assets;
  locations const& places;
  clinic::values const& set;
};

/// The same application with other parts; they must live as long as what is made.
application seen_with(application const&, changeable const&);
/// The same with another role's connections in the place of the desk's.
application seen_with(application const&, db::pool& rows);

}  // namespace intake::service

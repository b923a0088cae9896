#include "service/clinic/in_force.hpp"

#include "db/errors.hpp"
#include "service/keep_doing.hpp"

#include <algorithm>

namespace intake::service::clinic {

/// Parts that a change leaves alone are shared with the one before.
struct in_force::snapshot {
  snapshot(application const& of_files, effective made, std::shared_ptr<form_store const> with_days,
           std::shared_ptr<asset_store const> styled)
      : now(std::move(made)),
        places(now.settings, now.places),
        forms(std::move(with_days)),
        assets(std::move(styled)),
        app(seen_with(of_files, {.settings = now.settings,
                                 .forms = forms ? *forms : of_files.forms,
                                 .assets = assets ? *assets : of_files.assets,
                                 .places = places,
                                 .set = now.set})) {}

  effective now;
  locations places;
  std::shared_ptr<form_store const> forms;
  std::shared_ptr<asset_store const> assets;
  application app;
};

in_force::in_force(plain_look plain) : plain_(std::move(plain)) {}

in_force::~in_force() = default;

void in_force::begin(application const& of_files) {
  of_files_ = std::make_unique<application>(of_files);
  current_ = of_files_.get();
  if (db::newest_clinic_setting(of_files.desk) != 0) replace();
}

std::shared_ptr<form_store const> in_force::forms_for(effective const& made) const {
  if (made.editions.empty()) return nullptr;
  auto const as_before = [](forms::text_edition const& a, forms::text_edition const& b) {
    return a.id == b.id && a.valid_from == b.valid_from && a.must_stop == b.must_stop;
  };
  if (!snapshots_.empty() &&
      std::ranges::equal(snapshots_.back()->now.editions, made.editions, as_before)) {
    return snapshots_.back()->forms;
  }
  return std::make_shared<form_store const>(with_days(of_files_->forms, made.editions));
}

std::shared_ptr<asset_store const> in_force::assets_for(effective const& made) const {
  auto const look = made.look(plain_.of_files);
  auto const same = [&](clinic_look const& other) {
    bool const both = look.logo.has_value() == other.logo.has_value();
    return look.css == other.css && both && (!look.logo || look.logo->bytes == other.logo->bytes);
  };
  if (same(plain_.of_files)) return nullptr;
  if (!snapshots_.empty() && same(snapshots_.back()->now.look(plain_.of_files))) {
    return snapshots_.back()->assets;
  }
  return std::make_shared<asset_store const>(styled_assets(plain_.assets, look));
}

void in_force::replace() {
  auto made = read_effective(of_files_->settings, of_files_->desk);
  for (auto const& each : made.refused) {
    of_files_->log.write(log_level::error, "clinic-setting-refused",
                         {{"key", log_name(each.key)}, {"because", log_name(each.why)}});
  }
  auto forms = forms_for(made);
  auto assets = assets_for(made);
  snapshots_.push_back(
      std::make_unique<snapshot>(*of_files_, std::move(made), std::move(forms), std::move(assets)));
  current_.store(&snapshots_.back()->app, std::memory_order_release);
}

void in_force::look() {
  std::scoped_lock const one_at_a_time(looking_);
  try {
    auto const newest = db::newest_clinic_setting(of_files_->desk);
    if (newest == current().set.newest) return;
    replace();
    of_files_->log.write(log_level::info, "clinic-settings-changed", {{"newest", newest}});
  } catch (db::database_error const&) {
    // /readyz and every request say so; what is in force stays in force.
  }
}

void in_force::keep_looking(std::chrono::milliseconds every) {
  thread_ = keep_doing(every, [this](std::stop_token const&) { look(); });
}

}  // namespace intake::service::clinic

#pragma once
#include "certs/key_set.hpp"
#include "certs/keyring.hpp"
#include "pdf/typefaces.hpp"
#include "service/config.hpp"
#include "service/form_store.hpp"
#include "service/key_store.hpp"
#include "service/live_keks.hpp"
#include "service/locations.hpp"
#include "service/rules.hpp"
#include "service/texts/clinic_time.hpp"

#include <memory>
#include <string>
#include <vector>

namespace intake::service {

/// The fonts of the configuration, or those of Debian's Noto packages that are there; kept for the
/// faces' life.
class font_store {
 public:
  explicit font_store(config const&);
  pdf::typefaces const& faces() const { return *faces_; }

 private:
  std::vector<std::string> files_;
  std::unique_ptr<pdf::typefaces> faces_;
};

/// What an installation consists of beside its database: read once, all of it or none. Throws
/// command_failed (exit_code::refused) with one sentence and a hint.
class installation {
 public:
  explicit installation(config const&);

  form_store const& forms() const { return forms_; }
  std::shared_ptr<named_rule_set const> const& rules() const { return rules_; }
  certs::keyring const& keys() const { return *keys_; }
  live_keks const& keks() const { return *keks_; }
  /// Reads the key file again, for the threads that run as well. Throws std::runtime_error where it
  /// can't be used, or is of another installation; then nothing has changed.
  void reload_keys(config const&) const;
  pdf::typefaces const& faces() const { return fonts_->faces(); }
  clinic_time const& clock() const { return *clock_; }
  locations const& places() const { return *places_; }

 private:
  form_store forms_;
  std::shared_ptr<named_rule_set const> rules_;
  key_unlocks unlocks_;
  std::unique_ptr<certs::keyring> keys_;
  std::unique_ptr<live_keks> keks_;
  std::unique_ptr<font_store> fonts_;
  std::unique_ptr<clinic_time> clock_;
  std::unique_ptr<locations> places_;
};

}  // namespace intake::service

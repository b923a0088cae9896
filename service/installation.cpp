#include "service/installation.hpp"

#include "service/commands/exit_code.hpp"
#include "service/files.hpp"

#include <filesystem>

namespace intake::service {
namespace {

struct known_font {
  std::string_view path;
  unsigned index;
};

// Debian's fonts-noto-core and fonts-noto-cjk; in a collection the index chooses the Simplified
// Chinese face.
constexpr known_font debian_fonts[] = {
    {"/usr/share/fonts/truetype/noto/NotoSansArabic-Regular.ttf", 0},
    {"/usr/share/fonts/truetype/noto/NotoSansHebrew-Regular.ttf", 0},
    {"/usr/share/fonts/truetype/noto/NotoSansDevanagari-Regular.ttf", 0},
    {"/usr/share/fonts/truetype/noto/NotoSansMath-Regular.ttf", 0},
    {"/usr/share/fonts/truetype/noto/NotoSansSymbols-Regular.ttf", 0},
    {"/usr/share/fonts/truetype/noto/NotoSansSymbols2-Regular.ttf", 0},
    {"/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 2},
};

/// Turns what a part throws into the sentence with which the service refuses to start.
template <class Make>
auto part(Make make) {
  try {
    return make();
  } catch (command_failed const&) {
    throw;
  } catch (std::exception const& error) {
    throw command_failed(exit_code::refused, error.what());
  }
}

}  // namespace

font_store::font_store(config const& settings) {
  std::vector<unsigned> indexes;
  for (auto const& path : settings.fonts_files) {
    files_.push_back(read_file(path));
    indexes.push_back(0);
  }
  if (settings.fonts_files.empty()) {
    for (auto const& [path, index] : debian_fonts) {
      if (!std::filesystem::exists(path)) continue;
      files_.push_back(read_file(std::string(path)));
      indexes.push_back(index);
    }
  }
  std::vector<pdf::face_file> further;
  for (std::size_t i = 0; i < files_.size(); ++i) further.push_back({files_[i], indexes[i]});
  faces_ = std::make_unique<pdf::typefaces>(further);
}

installation::installation(config const& settings)
    : forms_(part([&] { return load_forms(settings.forms_folder); })),
      rules_(part([&] { return load_rules(settings.rules_folder); })) {
  auto opened = part([&] { return open_keys(settings); });
  unlocks_ = std::move(opened.unlocks);
  keys_ = std::make_unique<certs::keyring>(opened.set.index_root);
  keks_ =
      part([&] { return std::make_unique<live_keks>(std::move(opened.set.keks), unlocks_.token); });
  fonts_ = part([&] { return std::make_unique<font_store>(settings); });
  clock_ = part([&] { return std::make_unique<clinic_time>(settings.clinic_time_zone); });
  places_ = part([&] { return std::make_unique<locations>(settings); });
}

void installation::reload_keys(config const& settings) const {
  auto opened = open_keys(settings, &unlocks_);
  constexpr auto any_role = certs::key_role::token_signing;
  if (certs::keyring(opened.set.index_root).key(any_role) != keys_->key(any_role)) {
    throw std::runtime_error("the key file is of another installation: its index root differs");
  }
  keks_->replace(std::move(opened.set.keks), opened.unlocks.token);
}

}  // namespace intake::service

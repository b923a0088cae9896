#include "service/locations.hpp"

#include <algorithm>
#include <stdexcept>

namespace intake::service {
namespace {

std::string trimmed(std::string_view text) {
  auto const first = text.find_first_not_of(' ');
  if (first == text.npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(' ') - first + 1));
}

bool is_id(std::string_view text) {
  return !text.empty() && text.size() <= 40 && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

location read_location(std::string const& text) {
  auto const first = text.find(',');
  auto const second = first == text.npos ? text.npos : text.find(',', first + 1);
  if (second == text.npos) {
    throw std::invalid_argument("[clinic] locations: \"" + text +
                                "\" is not \"id, time zone, name\"");
  }
  location made{trimmed(std::string_view(text).substr(0, first)),
                trimmed(std::string_view(text).substr(second + 1)), nullptr};
  if (!is_id(made.id)) {
    throw std::invalid_argument("[clinic] locations: the id \"" + made.id +
                                "\" is not made of a-z, 0-9 and -");
  }
  made.clock = std::make_shared<clinic_time const>(
      trimmed(std::string_view(text).substr(first + 1, second - first - 1)));
  return made;
}

}  // namespace

locations::locations(config const& settings) {
  for (auto const& each : settings.clinic_locations) {
    auto made = read_location(each);
    if (find(made.id) != nullptr) {
      throw std::invalid_argument("[clinic] locations: \"" + made.id + "\" stands there twice");
    }
    all_.push_back(std::move(made));
  }
  if (!all_.empty()) return;
  all_.push_back({"main", settings.clinic_name,
                  std::make_shared<clinic_time const>(settings.clinic_time_zone)});
}

location const* locations::find(std::string_view id) const {
  auto const found = std::ranges::find(all_, id, &location::id);
  return found == all_.end() ? nullptr : &*found;
}

location const& locations::of(std::string_view id) const {
  auto const* const found = find(id);
  return found == nullptr ? all_.front() : *found;
}

}  // namespace intake::service

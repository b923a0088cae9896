#include "service/locations.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <stdexcept>

namespace intake::service {
namespace {

std::string trimmed(std::string_view text) {
  auto const first = text.find_first_not_of(' ');
  if (first == text.npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(' ') - first + 1));
}

constexpr std::string_view open_word = "open";
constexpr std::string_view closed_word = "closed";

/// "first, second, what remains": commas stand in names.
std::optional<std::array<std::string, 3>> three_parts(std::string_view text) {
  auto const first = text.find(',');
  auto const second = first == text.npos ? text.npos : text.find(',', first + 1);
  if (second == text.npos) return std::nullopt;
  return std::array{trimmed(text.substr(0, first)),
                    trimmed(text.substr(first + 1, second - first - 1)),
                    trimmed(text.substr(second + 1))};
}

location make_location(std::string id, std::string zone, std::string name) {
  auto clock = std::make_shared<clinic_time const>(zone);
  return {std::move(id), std::move(name), std::move(zone), std::move(clock)};
}

location read_location(std::string const& text) {
  auto parts = three_parts(text);
  if (!parts) {
    throw std::invalid_argument("[clinic] locations: \"" + text +
                                "\" is not \"id, time zone, name\"");
  }
  auto& [id, zone, name] = *parts;
  if (!is_location_id(id)) {
    throw std::invalid_argument("[clinic] locations: the id \"" + id +
                                "\" is not made of a-z, 0-9 and -");
  }
  return make_location(std::move(id), std::move(zone), std::move(name));
}

}  // namespace

bool is_location_id(std::string_view text) {
  return !text.empty() && text.size() <= 40 && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

location read_set_location(std::string_view id, std::string_view value) {
  auto parts = three_parts(value);
  bool const is_known = parts && ((*parts)[0] == open_word || (*parts)[0] == closed_word);
  if (!is_location_id(id) || !is_known) throw std::invalid_argument("this is no place");
  auto made = make_location(std::string(id), std::move((*parts)[1]), std::move((*parts)[2]));
  made.is_closed = (*parts)[0] == closed_word;
  return made;
}

std::string to_set_value(location const& place) {
  return std::string(place.is_closed ? closed_word : open_word) + ", " + place.zone + ", " +
         place.name;
}

locations::locations(config const& settings, std::span<location const> set) {
  for (auto const& each : settings.clinic_locations) {
    auto made = read_location(each);
    if (find(made.id) != nullptr) {
      throw std::invalid_argument("[clinic] locations: \"" + made.id + "\" stands there twice");
    }
    all_.push_back(std::move(made));
  }
  if (all_.empty()) {
    all_.push_back(make_location("main", settings.clinic_time_zone, settings.clinic_name));
  }
  for (auto const& each : set) {
    auto const same = std::ranges::find(all_, each.id, &location::id);
    same == all_.end() ? all_.push_back(each) : void(*same = each);
  }
}

location const& locations::first_open() const {
  auto const found = std::ranges::find(all_, false, &location::is_closed);
  return found == all_.end() ? all_.front() : *found;
}

std::size_t locations::count_open() const {
  return static_cast<std::size_t>(std::ranges::count(all_, false, &location::is_closed));
}

std::vector<std::string> locations::open_ids() const {
  std::vector<std::string> ids;
  for (auto const& each : all_) {
    if (!each.is_closed) ids.push_back(each.id);
  }
  return ids;
}

std::string locations::only_open() const {
  return count_open() == 1 ? first_open().id : std::string();
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

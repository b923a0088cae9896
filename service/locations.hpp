#pragma once
#include "service/config.hpp"
#include "service/texts/clinic_time.hpp"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace intake::service {

/// A place that patients come to. Its days and times are those of its own zone: Florida has two.
struct location {
  /// 1-40 of a-z, 0-9 and "-": what the day list's file and addresses of pages call it.
  std::string id;
  std::string name;
  /// As the tz database calls it.
  std::string zone{};
  std::shared_ptr<clinic_time const> clock{};
  /// Nothing new is offered there; what was booked keeps its times.
  bool is_closed = false;
};

/// 1-40 of a-z, 0-9 and "-".
bool is_location_id(std::string_view);

/// A place as a manager sets it, "open, America/New_York, Miami office". Throws
/// std::invalid_argument with a sentence.
location read_set_location(std::string_view id, std::string_view value);
std::string to_set_value(location const&);

class locations {
 public:
  /// Throws std::invalid_argument with a sentence about the first that is wrong. `set` takes the
  /// place of what the configuration says, or follows it.
  explicit locations(config const&, std::span<location const> set = {});

  std::vector<location> const& all() const { return all_; }
  /// Where somebody goes who names no place.
  location const& first_open() const;
  std::size_t count_open() const;
  /// In the order of `all`.
  std::vector<std::string> open_ids() const;
  /// The id of the one place that patients can come to; empty where they can choose.
  std::string only_open() const;
  /// Null for an unknown id.
  location const* find(std::string_view id) const;
  /// The place of an appointment; the first one where the configuration has lost it.
  location const& of(std::string_view id) const;

 private:
  std::vector<location> all_;
};

}  // namespace intake::service

#pragma once
#include "service/config.hpp"
#include "service/texts/clinic_time.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace intake::service {

/// A place that patients come to. Its days and times are those of its own zone: Florida has two.
struct location {
  /// 1-40 of a-z, 0-9 and "-": what the day list's file and addresses of pages call it.
  std::string id;
  std::string name;
  std::shared_ptr<clinic_time const> clock;
};

class locations {
 public:
  /// Throws std::invalid_argument with a sentence about the first that is wrong.
  explicit locations(config const&);

  std::vector<location> const& all() const { return all_; }
  /// Null for an unknown id.
  location const* find(std::string_view id) const;
  /// The place of an appointment; the first one where the configuration has lost it.
  location const& of(std::string_view id) const;

 private:
  std::vector<location> all_;
};

}  // namespace intake::service

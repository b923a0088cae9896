#include "service/http/request.hpp"

namespace intake::service {

std::optional<std::string_view> request::field(std::string_view name) const {
  for (auto const& each : fields) {
    if (each.name == name) return each.value;
  }
  return std::nullopt;
}

}  // namespace intake::service

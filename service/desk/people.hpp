#pragma once
#include "db/accounts.hpp"
#include "db/pool.hpp"

#include <map>
#include <string>

namespace intake::service::desk {

/// What accounts are called; asked for once, when the first name is needed.
class people {
 public:
  explicit people(db::pool& desk) : desk_(desk) {}

  /// "somebody" for an account that is not there. Throws db::unavailable.
  std::string name_of(certs::uuid const& account) {
    if (names_.empty()) {
      for (auto const& each : db::list_accounts(desk_)) names_.emplace(each.id, each.name);
    }
    auto const found = names_.find(account);
    return found == names_.end() ? "somebody" : found->second;
  }

 private:
  db::pool& desk_;
  std::map<certs::uuid, std::string> names_;
};

}  // namespace intake::service::desk

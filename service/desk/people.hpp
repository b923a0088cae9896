#pragma once
#include "db/accounts.hpp"
#include "db/pool.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace intake::service::desk {

/// What accounts are called; asked for once, when the first name is needed.
class people {
 public:
  explicit people(db::pool& desk) : desk_(desk) {}

  /// "somebody" for an account that is not there. Throws db::unavailable.
  std::string name_of(certs::uuid const& account) {
    auto const* const found = find(account);
    return found == nullptr ? "somebody" : found->name;
  }

  /// "money (billing)".
  std::string described(certs::uuid const& account) {
    auto const* const found = find(account);
    if (found == nullptr) return "somebody";
    return found->name + " (" + std::string(db::to_string(found->role)) + ")";
  }

 private:
  db::account const* find(certs::uuid const& account) {
    if (all_.empty()) all_ = db::list_accounts(desk_);
    auto const found = std::ranges::find(all_, account, &db::account::id);
    return found == all_.end() ? nullptr : &*found;
  }

  db::pool& desk_;
  std::vector<db::account> all_;
};

}  // namespace intake::service::desk

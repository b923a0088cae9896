#pragma once
#include "db/audit_entry.hpp"

#include <span>
#include <string>
#include <string_view>

namespace intake::service::reports {

/// An action of the trail in words: "Copy downloaded". One without words of its own is its name.
std::string act_words(std::string_view action);

/// How something left by that act; empty where nothing did.
std::string way_of(db::audit_entry const&);

/// The actions by which something leaves, whether or not the entry holds a hash of it.
std::span<std::string_view const> leaving_actions();

}  // namespace intake::service::reports

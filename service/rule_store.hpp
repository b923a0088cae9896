#pragma once
#include "certs/hash_chain.hpp"
#include "certs/uuid.hpp"
#include "db/pool.hpp"
#include "db/rule_sets.hpp"
#include "forms/insurance/calendar.hpp"
#include "service/files.hpp"
#include "service/rules.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Rule sets as the database keeps them.
namespace intake::service {

/// Who imported a set that `serve` found in its folder: kept so that its decisions can be replayed.
inline constexpr std::string_view folder_importer = "folder";

/// 64 lower-case hexadecimal digits.
std::string hash_text(certs::hash256 const&);
std::optional<certs::hash256> parse_hash(std::string_view);

/// Reads and proves a set: its rows must have the SHA-256 that it is named by. Throws
/// std::runtime_error with a sentence, also where there is no such set; throws db::unavailable.
std::shared_ptr<named_rule_set const> stored_rules(db::pool& desk, certs::hash256 const&);

/// The same; null where there is no such set, or none that can be read. Throws db::unavailable.
std::shared_ptr<named_rule_set const> readable_rules(db::pool& desk, certs::hash256 const&);

/// What decides on that day by the activations; nothing while none was made. A set that cannot be
/// read is passed over for the one before it, and `refused` says why.
struct activated_rules {
  std::shared_ptr<named_rule_set const> set;
  std::vector<std::string> refused;
};
activated_rules rules_on(db::pool& desk, forms::insurance::date day);

/// Files as a set keeps them: those with a name that fits, each once.
std::vector<db::rule_set_file> kept_files(std::vector<named_file> const&);

/// Keeps a set in the database, once; the files are those it was read from.
void keep_rules(db::pool& desk, named_rule_set const&, std::vector<named_file> const& files,
                certs::utc_time now);

}  // namespace intake::service

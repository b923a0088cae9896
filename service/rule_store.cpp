#include "service/rule_store.hpp"

#include "certs/hex.hpp"
#include "db/errors.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>
#include <tuple>

namespace intake::service {
namespace {

constexpr std::size_t file_name_bytes_max = 64;

}  // namespace

std::string hash_text(certs::hash256 const& hash) {
  std::string text;
  certs::append_hex(text, hash);
  return text;
}

std::optional<certs::hash256> parse_hash(std::string_view text) {
  certs::hash256 hash{};
  return certs::read_hex(text, hash) ? std::optional(hash) : std::nullopt;
}

std::shared_ptr<named_rule_set const> stored_rules(db::pool& desk, certs::hash256 const& hash) {
  auto const name = hash_text(hash);
  auto const files = db::rule_set_files(desk, hash);
  if (files.empty()) {
    throw std::runtime_error("the rule set " + name + " is not in the database");
  }
  std::vector<forms::insurance::named_text> tables;
  for (auto const& file : files) tables.push_back({file.name, file.content});
  auto reading = forms::insurance::read_rule_set(tables);
  if (!reading.set) {
    throw std::runtime_error("the rule set " + name + " can't be read by this version");
  }
  if (rule_set_name(*reading.set) != name) {
    throw std::runtime_error("the rule set " + name + " was changed in the database");
  }
  return std::make_shared<named_rule_set const>(named_rule_set{std::move(*reading.set), name});
}

std::shared_ptr<named_rule_set const> readable_rules(db::pool& desk, certs::hash256 const& hash) {
  try {
    return stored_rules(desk, hash);
  } catch (db::database_error const&) {
    throw;
  } catch (std::runtime_error const&) {
    return nullptr;
  }
}

activated_rules rules_on(db::pool& desk, forms::insurance::date day) {
  auto acts = db::list_rule_set_activations(desk);
  std::erase_if(acts, [day](auto const& act) { return act.active_from > day; });
  std::ranges::sort(acts, [](auto const& left, auto const& right) {
    return std::tie(left.active_from, left.number) > std::tie(right.active_from, right.number);
  });
  activated_rules found;
  std::set<certs::hash256> tried;
  for (auto const& act : acts) {
    if (!tried.insert(act.hash).second) continue;
    try {
      found.set = stored_rules(desk, act.hash);
      return found;
    } catch (db::database_error const&) {
      throw;
    } catch (std::runtime_error const& fault) {
      found.refused.emplace_back(fault.what());
    }
  }
  return found;
}

std::vector<db::rule_set_file> kept_files(std::vector<named_file> const& files) {
  std::vector<db::rule_set_file> kept;
  for (auto const& file : files) {
    bool const known = std::ranges::find(kept, file.name, &db::rule_set_file::name) != kept.end();
    if (!known && file.name.size() <= file_name_bytes_max) kept.push_back({file.name, file.text});
  }
  return kept;
}

void keep_rules(db::pool& desk, named_rule_set const& rules, std::vector<named_file> const& files,
                certs::utc_time now) {
  auto const hash = parse_hash(rules.hash);
  // Where it is there already it stays as it is, and that is as good.
  if (hash) {
    static_cast<void>(
        db::import_rule_set(desk, {*hash, now, std::string(folder_importer)}, kept_files(files)));
  }
}

}  // namespace intake::service

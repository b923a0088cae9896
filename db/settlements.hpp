#pragma once
#include "certs/hash_chain.hpp"
#include "certs/kek.hpp"
#include "certs/uuid.hpp"
#include "db/pool.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

/// How the desk settled what was missing in somebody's forms. Rows are only ever added.
namespace intake::db {

/// Signed on paper; declined or could not sign; settled another way; open again.
enum class settlement_act : std::uint8_t { paper, declined, otherwise, reopened };

std::string_view to_string(settlement_act);
std::optional<settlement_act> parse_settlement_act(std::string_view);

struct settlement {
  certs::uuid id;
  certs::uuid submission;
  /// Keyed hash of the submission and of what was missing.
  certs::hash256 item{};
  settlement_act act = settlement_act::paper;
  certs::utc_time at{};
  /// The account of the person who says so.
  certs::uuid actor;
  certs::wrapped_key key;
  /// What and why in words, sealed.
  certs::bytes content;
};

/// The signed sheet, sealed with a key of its own.
struct settlement_scan {
  certs::wrapped_key key;
  certs::bytes content;
};

/// All functions here need the role intake_desk and throw `unavailable`.
void add_settlement(pool&, settlement const&, settlement_scan const* scan);
/// What holds now for each item of these submissions; one that is open again too.
std::vector<settlement> list_settlements(pool&, std::span<certs::uuid const> submissions);
std::optional<settlement> find_settlement(pool&, certs::uuid id);
std::optional<settlement_scan> open_settlement_scan(pool&, certs::uuid settlement);

}  // namespace intake::db

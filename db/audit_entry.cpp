#include "db/audit_entry.hpp"

#include "db/names.hpp"

namespace intake::db {
namespace {

constexpr enum_names<actor_kind, 5> actor_kinds{
    {"patient", "staff", "client", "command", "system"}};
constexpr enum_names<audit_outcome, 3> outcomes{{"done", "refused", "failed"}};

}  // namespace

std::string_view to_string(actor_kind kind) {
  return actor_kinds.of(kind);
}

std::string_view to_string(audit_outcome outcome) {
  return outcomes.of(outcome);
}

std::optional<actor_kind> parse_actor_kind(std::string_view word) {
  return actor_kinds.parse(word);
}

std::optional<audit_outcome> parse_audit_outcome(std::string_view word) {
  return outcomes.parse(word);
}

}  // namespace intake::db

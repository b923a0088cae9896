#include "db/rule_sets.hpp"

#include "db/errors.hpp"
#include "db/rows.hpp"
#include "db/transaction.hpp"

namespace intake::db {
namespace {

#define INTAKE_ACTIVATION                                                          \
  "SELECT number, hash, active_from - date 'epoch', act, " INTAKE_MICROSECONDS_OF( \
      "activated") ", actor FROM rule_set_activation "
// The day whose number is the parameter; a date crosses as days since 1970.
#define INTAKE_DAY_OF(parameter) "(date 'epoch' + " parameter "::integer)"

constexpr statement insert_rule_set{
    "insert_rule_set", "INSERT INTO rule_set (hash, imported, actor) VALUES ($1, " INTAKE_TIME_OF(
                           "$2") ", $3) ON CONFLICT DO NOTHING"};
constexpr statement insert_rule_set_file{
    "insert_rule_set_file", "INSERT INTO rule_set_file (hash, name, content) VALUES ($1, $2, $3)"};
constexpr statement select_rule_set{"select_rule_set", "SELECT FROM rule_set WHERE hash = $1"};
constexpr statement insert_approval{
    "insert_approval",
    "INSERT INTO rule_set_approval (hash, approver, approved) VALUES ($1, $2, " INTAKE_TIME_OF(
        "$3") ") ON CONFLICT DO NOTHING"};
constexpr statement count_approvals{"count_approvals",
                                    "SELECT count(*) FROM rule_set_approval WHERE hash = $1"};
constexpr statement insert_activation{
    "insert_activation",
    "INSERT INTO rule_set_activation (hash, active_from, act, approvals, activated, actor) "
    "VALUES ($1, " INTAKE_DAY_OF("$2") ", $3, $4, " INTAKE_TIME_OF("$5") ", $6)"};
// Acts come one after the other, so that none decides on what another is changing; any number does.
constexpr statement lock_activations{"lock_activations",
                                     "SELECT pg_advisory_xact_lock(7215543201)"};
constexpr statement select_in_force{
    "select_in_force", INTAKE_ACTIVATION
    "WHERE active_from <= " INTAKE_DAY_OF("$1") " ORDER BY active_from DESC, number DESC LIMIT 1"};
constexpr statement select_former{
    "select_former", INTAKE_ACTIVATION "WHERE active_from <= " INTAKE_DAY_OF(
                         "$1") " AND hash <> $2 ORDER BY active_from DESC, number DESC LIMIT 1"};
constexpr statement select_files{
    "select_rule_set_files",
    "SELECT name, content FROM rule_set_file WHERE hash = $1 ORDER BY name"};
constexpr statement select_rule_sets{
    "select_rule_sets", "SELECT hash, " INTAKE_MICROSECONDS_OF(
                            "imported") ", actor FROM rule_set ORDER BY imported, hash"};
constexpr statement select_approvals{
    "select_approvals", "SELECT hash, approver, " INTAKE_MICROSECONDS_OF(
                            "approved") " FROM rule_set_approval ORDER BY approved, approver"};
constexpr statement select_activations{"select_activations", INTAKE_ACTIVATION "ORDER BY number"};

constexpr std::string_view activate_word = "activate";
constexpr std::string_view return_word = "return";

int day_number(std::chrono::sys_days day) {
  return static_cast<int>(day.time_since_epoch().count());
}

rule_set_activation activation_of(pqxx::row const& row) {
  return {.number = row[0].as<std::int64_t>(),
          .hash = hash_of(row[1]),
          .active_from = std::chrono::sys_days{std::chrono::days{row[2].as<int>()}},
          .act = row[3].c_str() == return_word ? activation_act::back : activation_act::activate,
          .activated = time_of(row[4]),
          .actor = row[5].as<std::string>()};
}

std::optional<rule_set_activation> first_activation(pqxx::result const& rows) {
  return rows.empty() ? std::nullopt : std::optional(activation_of(rows[0]));
}

bool exists(session_scope const& scope, certs::hash256 const& hash) {
  return !scope.run(select_rule_set, binary(hash)).empty();
}

void add_activation(session_scope const& scope, rule_set_activation const& added, int approvals) {
  auto const word = added.act == activation_act::back ? return_word : activate_word;
  scope.run(insert_activation, binary(added.hash), day_number(added.active_from), std::string(word),
            approvals, microseconds(added.activated), added.actor);
}

}  // namespace

rule_set_change import_rule_set(pool& connections, imported_rule_set const& added,
                                std::vector<rule_set_file> const& files) {
  return write(connections, [&](session_scope const& scope) {
    auto const inserted =
        scope.run(insert_rule_set, binary(added.hash), microseconds(added.imported), added.actor);
    if (inserted.affected_rows() == 0) return rule_set_change::already;
    for (auto const& file : files) {
      scope.run(insert_rule_set_file, binary(added.hash), file.name,
                binary(certs::as_bytes(file.content)));
    }
    return rule_set_change::done;
  });
}

rule_set_change approve_rule_set(pool& connections, rule_set_approval const& approval) {
  return write(connections, [&](session_scope const& scope) {
    if (!exists(scope, approval.hash)) return rule_set_change::not_found;
    auto const inserted =
        scope.run(insert_approval, binary(approval.hash), certs::to_string(approval.approver),
                  microseconds(approval.approved));
    return inserted.affected_rows() == 1 ? rule_set_change::done : rule_set_change::already;
  });
}

rule_set_change activate_rule_set(pool& connections, rule_set_activation const& activation,
                                  int approvals_needed) {
  return write(connections, [&](session_scope const& scope) {
    scope.run(lock_activations);
    if (!exists(scope, activation.hash)) return rule_set_change::not_found;
    auto const approvals = scope.run(count_approvals, binary(activation.hash))[0][0].as<int>();
    if (approvals < approvals_needed) return rule_set_change::approvals_missing;
    auto const then =
        first_activation(scope.run(select_in_force, day_number(activation.active_from)));
    if (then && then->hash == activation.hash) return rule_set_change::already;
    add_activation(scope, activation, approvals_needed);
    return rule_set_change::done;
  });
}

rule_set_change return_rule_set(pool& connections, return_request const& asked) {
  return write(connections, [&](session_scope const& scope) {
    scope.run(lock_activations);
    auto const now = first_activation(scope.run(select_in_force, day_number(asked.day)));
    if (!now || now->hash != asked.leaving) return rule_set_change::superseded;
    auto const former =
        first_activation(scope.run(select_former, day_number(asked.day), binary(asked.leaving)));
    if (!former) return rule_set_change::not_found;
    add_activation(scope,
                   {.hash = former->hash,
                    .active_from = asked.day,
                    .act = activation_act::back,
                    .activated = asked.now,
                    .actor = asked.actor},
                   1);
    return rule_set_change::done;
  });
}

std::optional<rule_set_activation> rule_set_in_force(pool& connections, std::chrono::sys_days day) {
  return read(connections, [&](session_scope const& scope) {
    return first_activation(scope.run(select_in_force, day_number(day)));
  });
}

std::vector<rule_set_file> rule_set_files(pool& connections, certs::hash256 const& hash) {
  return read(connections, [&](session_scope const& scope) {
    std::vector<rule_set_file> files;
    for (auto const& row : scope.run(select_files, binary(hash))) {
      auto const content = bytes_of(row[1]);
      files.push_back({row[0].as<std::string>(), {content.begin(), content.end()}});
    }
    return files;
  });
}

std::vector<imported_rule_set> list_rule_sets(pool& connections) {
  return read(connections, [&](session_scope const& scope) {
    std::vector<imported_rule_set> list;
    for (auto const& row : scope.run(select_rule_sets)) {
      list.push_back({hash_of(row[0]), time_of(row[1]), row[2].as<std::string>()});
    }
    return list;
  });
}

std::vector<rule_set_approval> list_rule_set_approvals(pool& connections) {
  return read(connections, [&](session_scope const& scope) {
    std::vector<rule_set_approval> list;
    for (auto const& row : scope.run(select_approvals)) {
      list.push_back({hash_of(row[0]), uuid_of(row[1]), time_of(row[2])});
    }
    return list;
  });
}

std::vector<rule_set_activation> list_rule_set_activations(pool& connections) {
  return read(connections, [&](session_scope const& scope) {
    std::vector<rule_set_activation> list;
    for (auto const& row : scope.run(select_activations)) list.push_back(activation_of(row));
    return list;
  });
}

}  // namespace intake::db

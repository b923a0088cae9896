#include "db/audit_chain.hpp"
#include "db/audit_log.hpp"
#include "db/audit_promises.hpp"
#include "db/audit_rows.hpp"
#include "db/errors.hpp"
#include "db/row_cursor.hpp"
#include "db/transaction.hpp"

#include <algorithm>
#include <charconv>
#include <map>

namespace intake::db {
namespace {

constexpr std::int64_t progress_interval = 10'000;

struct stored_head {
  std::string name;
  chain_position position;
  certs::hash256 seal{};
};

using head_map = std::map<std::int32_t, stored_head>;

head_map read_heads(pqxx::transaction_base& work) {
  head_map heads;
  for (auto const& row : work.exec("SELECT chain, name, number, " INTAKE_BOUNDED_MICROSECONDS_OF(
           "at") ", link, seal FROM audit_head")) {
    heads[row[0].as<std::int32_t>()] = {
        .name = row[1].as<std::string>(),
        .position = {row[2].as<std::int64_t>(), time_of(row[3]), hash_of(row[4])},
        .seal = hash_of(row[5])};
  }
  return heads;
}

/// Follows one chain from its first entry; after the first fault it only counts.
class chain_walk {
 public:
  chain_walk(certs::bytes_view key, std::optional<stored_head> head)
      : key_(key), head_(std::move(head)) {}

  void step(std::int64_t number, pqxx::row const& row) {
    if (fault_) return;
    auto const expected = reached_.number + 1;
    if (!head_) return fail(audit_fault::head_missing, 0);
    if (number < expected) return fail(audit_fault::entry_added, number);
    if (number > expected) return fail(audit_fault::entry_missing, expected);
    if (number > head_->position.number) return fail(audit_fault::entry_added, number);
    try {
      check(event_of(row));
    } catch (unavailable const&) {
      fail(audit_fault::entry_changed, number);
    }
  }

  void end() {
    if (fault_ || !head_) return;
    auto const& claimed = head_->position;
    if (head_->seal != head_seal(key_, head_->name, claimed)) {
      fail(audit_fault::head_changed, 0);
    } else if (claimed.number > reached_.number) {
      fail(audit_fault::tail_cut, reached_.number + 1);
    } else if (claimed.link != reached_.link || claimed.at != reached_.at) {
      fail(audit_fault::head_changed, 0);
    }
  }

  std::optional<audit_finding> finding() const {
    if (!fault_) return std::nullopt;
    return audit_finding{head_ ? head_->name : "", number_, *fault_, subject_};
  }

 private:
  void check(stored_event const& stored) {
    auto const& event = stored.event;
    auto const link = event_link(key_, reached_.link,
                                 {.chain = head_->name,
                                  .number = event.number,
                                  .at = event.at,
                                  .entry = event.entry,
                                  .record = stored.record});
    if (link != stored.link) {
      fail(audit_fault::entry_changed, event.number, event.entry.subject);
    } else if (event.at < reached_.at) {
      fail(audit_fault::clock_back, event.number, event.entry.subject);
    }
    reached_ = {event.number, event.at, link};
  }

  void fail(audit_fault fault, std::int64_t number, std::optional<certs::uuid> subject = {}) {
    fault_ = fault;
    number_ = number;
    subject_ = subject;
  }

  certs::bytes_view key_;
  std::optional<stored_head> head_;
  chain_position reached_;
  std::optional<audit_fault> fault_;
  std::int64_t number_ = 0;
  std::optional<certs::uuid> subject_;
};

void verify_chains(pqxx::transaction_base& work, certs::bytes_view key, head_map const& heads,
                   std::function<void(std::int64_t)> const& progress, audit_report& report) {
  std::map<std::int32_t, chain_walk> walks;
  for (auto const& [chain, head] : heads) walks.emplace(chain, chain_walk(key, head));
  auto const query =
      "SELECT " INTAKE_EVENT_COLUMNS "FROM " INTAKE_EVENT_TABLES "ORDER BY e.chain, e.number";
  for_each_row(work, query, [&](pqxx::row const& row) {
    auto const chain = row[0].as<std::int32_t>();
    auto& walk = walks.try_emplace(chain, key, std::nullopt).first->second;
    walk.step(row[1].as<std::int64_t>(), row);
    if (++report.entries % progress_interval == 0 && progress) progress(report.entries);
  });
  report.chains = static_cast<std::int64_t>(walks.size());
  for (auto& [chain, walk] : walks) {
    walk.end();
    if (auto found = walk.finding()) report.findings.push_back(*std::move(found));
  }
}

// Storing events beside the versions they speak of; either may be missing.
constexpr char const* audited_versions =
    "SELECT h.name, e.number, e.subject, e.version, e.record, v.submission_id, v.version, "
    "s.receipt, " INTAKE_BOUNDED_MICROSECONDS_OF(
        "s.received") ", " INTAKE_BOUNDED_MICROSECONDS_OF("v.received") ", v.body_hash, v.forms, "
                      "(SELECT string_agg(p.name || ' ' || encode(sha256(p.sealed), 'hex'), "
                      "E'\\n' ORDER BY p.name) "
                      "FROM part p WHERE p.submission_id = v.submission_id AND p.version = "
                      "v.version) "
                      "FROM (SELECT * FROM audit_event WHERE record IS NOT NULL) e "
                      "FULL JOIN submission_version v ON v.chain = e.chain AND v.number = "
                      "e.number "
                      "LEFT JOIN submission s ON s.id = v.submission_id "
                      "LEFT JOIN audit_head h ON h.chain = e.chain";

// What belongs to no version, and so to no storing event.
constexpr char const* orphans =
    "SELECT id FROM submission s WHERE NOT EXISTS (SELECT FROM submission_version v WHERE "
    "v.submission_id = s.id AND v.version = 1) "
    "UNION SELECT submission_id FROM part p WHERE NOT EXISTS (SELECT FROM submission_version v "
    "WHERE v.submission_id = p.submission_id AND v.version = p.version)";

certs::hash256 hash_from_hex(std::string_view digits) {
  certs::hash256 hash{};
  for (std::size_t i = 0; i < hash.size() && 2 * i + 2 <= digits.size(); ++i) {
    std::from_chars(digits.data() + 2 * i, digits.data() + 2 * i + 2, hash[i], 16);
  }
  return hash;
}

certs::hash256 stored_record_hash(pqxx::row const& row) {
  auto const version = row[6].as<std::int32_t>();
  auto const receipt = row[7].as<std::string>();
  auto const forms = texts_of(row[11]);
  auto const lines = lines_of(row[12]);
  std::vector<part_digest> parts;
  for (std::string_view const line : lines) {
    auto const space = line.find(' ');
    parts.push_back({line.substr(0, space), hash_from_hex(line.substr(space + 1))});
  }
  std::ranges::sort(parts, {}, &part_digest::name);
  return record_hash({.id = uuid_of(row[5]),
                      .version = version,
                      .receipt = version == 1 ? std::string_view(receipt) : std::string_view(),
                      .received = time_of(row[9]),
                      .body_hash = hash_of(row[10]),
                      .forms = forms,
                      .parts = parts});
}

std::optional<audit_fault> fault_of_version(pqxx::row const& row) {
  bool const has_event = !row[1].is_null();
  bool const has_version = !row[5].is_null();
  bool const has_submission = !row[7].is_null();
  if (!has_event) return audit_fault::submission_unaudited;
  if (!has_version || !has_submission) return audit_fault::submission_missing;
  bool const is_first = row[6].as<std::int32_t>() == 1;
  if (is_first && time_of(row[8]) != time_of(row[9])) return audit_fault::submission_changed;
  try {
    if (stored_record_hash(row) == hash_of(row[4])) return std::nullopt;
  } catch (unavailable const&) {
    // A value that the table's checks forbid: somebody switched them off.
  }
  return audit_fault::submission_changed;
}

void verify_submissions(pqxx::transaction_base& work, audit_report& report) {
  for_each_row(work, audited_versions, [&](pqxx::row const& row) {
    ++report.submissions;
    if (auto const fault = fault_of_version(row)) {
      auto const& subject = row[2].is_null() ? row[5] : row[2];
      report.findings.push_back(
          {.chain = row[0].is_null() ? std::string() : row[0].as<std::string>(),
           .number = row[1].is_null() ? 0 : row[1].as<std::int64_t>(),
           .fault = *fault,
           .subject =
               subject.is_null() ? std::nullopt : std::optional<certs::uuid>(uuid_of(subject))});
    }
  });
  for_each_row(work, orphans, [&](pqxx::row const& row) {
    report.findings.push_back({.chain = {},
                               .number = 0,
                               .fault = audit_fault::submission_unaudited,
                               .subject = uuid_of(row[0])});
  });
  check_promises(work, report.findings);
}

}  // namespace

audit_report verify_audit(pool& connections, certs::bytes_view audit_key, audit_depth depth,
                          std::function<void(std::int64_t)> const& progress) {
  return write(connections, [&](session_scope const& scope) {
    auto& work = scope.work;
    work.exec("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
    work.exec("SET LOCAL statement_timeout = 0");
    work.exec("SET LOCAL cursor_tuple_fraction = 1");
    audit_report report;
    auto const heads = read_heads(work);
    verify_chains(work, audit_key, heads, progress, report);
    if (depth == audit_depth::ciphertexts) verify_submissions(work, report);
    return report;
  });
}

}  // namespace intake::db

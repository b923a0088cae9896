#include "service/backup/proof.hpp"

#include "db/audit_log.hpp"
#include "service/record.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace intake::service::backup {
namespace {

constexpr int submissions_a_page = 500;
constexpr std::size_t faults_named_max = 20;

class prover {
 public:
  prover(restored_database const& where, manifest const& listed, certs::keyring const& keys,
         certs::kek_provider const& keks)
      : where_(where), listed_(listed), keys_(keys), keks_(keks), desk_({.conninfo = where.desk}) {}

  proof run() {
    compare_heads();
    open_submissions();
    hash_trail();
    return std::move(found_);
  }

 private:
  void blame(std::string sentence) {
    if (found_.faults.size() < faults_named_max) found_.faults.push_back(std::move(sentence));
  }

  void compare_heads() {
    db::snapshot const view(where_.backup);
    auto const& heads = view.facts().heads;
    for (auto const& wanted : listed_.facts.heads) {
      auto const found = std::ranges::find(heads, wanted.chain, &db::snapshot_head::chain);
      if (found != heads.end() && found->number == wanted.number && found->link == wanted.link) {
        continue;
      }
      blame("the audit chain " + wanted.chain + " does not end where the backup says");
    }
  }

  std::size_t sample_every() const {
    auto const rows =
        std::ranges::find(listed_.facts.tables, "submission", &db::snapshot_table::name);
    auto const all = rows == listed_.facts.tables.end() ? 0 : static_cast<std::size_t>(rows->rows);
    return std::max<std::size_t>(1, all / answers_sampled_min);
  }

  void open_submissions() {
    auto const every = sample_every();
    std::optional<db::page_mark> after;
    for (;;) {
      auto const page = db::list_newest(desk_, after, submissions_a_page);
      for (auto const& row : page) open(row, found_.submissions++ % every == 0);
      if (page.size() < submissions_a_page) return;
      after = {page.back().head.first_received, page.back().head.id};
    }
  }

  void open(db::listed_submission const& row, bool also_answers) {
    if (!row.head.key) {
      ++found_.destroyed;
      return;
    }
    auto const summary = open_summary(keks_, row);
    if (!summary.content) return blame_submission(row, summary.fault);
    ++found_.summaries_opened;
    if (!also_answers) return;
    auto const stored = db::open_submission(desk_, row.head.id, row.head.version);
    if (!stored) return blame_submission(row, "It is not there.");
    auto const decision = open_decision(keks_, *stored);
    if (!decision.fault.empty()) return blame_submission(row, decision.fault);
    ++found_.answers_opened;
  }

  void blame_submission(db::listed_submission const& row, std::string const& fault) {
    blame("submission " + certs::to_string(row.head.id) + ": " + fault);
  }

  void hash_trail() {
    auto const report = db::verify_audit(desk_, keys_.key(certs::key_role::audit_head).view(),
                                         db::audit_depth::ciphertexts);
    found_.audit_entries = report.entries;
    for (auto const& each : report.findings) {
      blame(fmt::format("audit chain {}, entry {}: {}", each.chain, each.number,
                        db::to_string(each.fault)));
    }
  }

  restored_database const& where_;
  manifest const& listed_;
  certs::keyring const& keys_;
  certs::kek_provider const& keks_;
  db::pool desk_;
  proof found_;
};

}  // namespace

proof prove(restored_database const& where, manifest const& listed, certs::keyring const& keys,
            certs::kek_provider const& keks) {
  return prover(where, listed, keys, keks).run();
}

}  // namespace intake::service::backup

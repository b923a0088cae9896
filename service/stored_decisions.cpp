#include "service/stored_decisions.hpp"

#include "db/submissions.hpp"
#include "service/record.hpp"

#include <vector>

namespace intake::service {
namespace {

constexpr int submissions_a_page = 200;

class walker {
 public:
  walker(decision_source const& from, which_versions which) : from_(from), which_(which) {}

  void read(db::listed_submission const& listed) {
    ++counts_.submissions;
    shown_.push_back(listed.head.id);
    int const first = which_ == which_versions::all ? 1 : listed.head.version;
    for (int version = first; version <= listed.head.version; ++version) {
      auto const stored = db::open_submission(from_.desk, listed.head.id, version);
      if (stored) read(*stored);
    }
  }

  /// Hands over what was read, after the trail holds it.
  void hand_over(std::function<void(stored_decision const&)> const& visit) {
    auto entry = from_.reader;
    entry.shown = std::exchange(shown_, {});
    if (!entry.shown.empty()) from_.writer.append(std::move(entry));
    for (auto const& each : std::exchange(opened_, {})) visit(each);
  }

  decision_walk counts() const { return counts_; }

 private:
  void read(db::opened_submission const& stored) {
    if (!stored.head.key) {
      ++counts_.destroyed;
      return;
    }
    auto reading = open_decision(from_.keks, stored);
    if (reading.json.empty() && reading.fault.empty()) return;
    ++counts_.decisions;
    opened_.push_back({stored.head.id, stored.head.version, stored.head.receipt,
                       std::move(reading.json), std::move(reading.fault)});
  }

  decision_source const& from_;
  which_versions which_;
  decision_walk counts_;
  std::vector<certs::uuid> shown_;
  std::vector<stored_decision> opened_;
};

}  // namespace

decision_walk for_each_decision(decision_source const& from, which_versions which,
                                std::function<void(stored_decision const&)> const& visit) {
  walker walk(from, which);
  std::optional<db::page_mark> after;
  for (;;) {
    auto const page = db::list_newest(from.desk, after, submissions_a_page);
    for (auto const& listed : page) walk.read(listed);
    walk.hand_over(visit);
    bool const enough = walk.counts().submissions >= from.submissions_max;
    if (enough || page.size() < submissions_a_page) return walk.counts();
    after = {page.back().head.first_received, page.back().head.id};
  }
}

}  // namespace intake::service

#include "db/outside_heads.hpp"

#include "db/rows.hpp"
#include "db/transaction.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace intake::db {
namespace {

constexpr std::size_t heads_a_question = 1000;

constexpr statement select_heads{"select_outside_heads",
                                 "SELECT name, number, " INTAKE_BOUNDED_MICROSECONDS_OF(
                                     "at") ", link FROM audit_head WHERE number > 0 ORDER BY name"};
constexpr statement select_entries{
    "select_outside_entries",
    "SELECT e.link, " INTAKE_BOUNDED_MICROSECONDS_OF(
        "e.at") " FROM unnest($1::text[], $2::bigint[]) WITH ORDINALITY u(name, number, "
                "place) LEFT JOIN audit_head h ON h.name = u.name "
                "LEFT JOIN audit_event e ON e.chain = h.chain AND e.number = u.number "
                "ORDER BY u.place"};

/// What is known of a chain so far: up to where it fits, and whether it still does.
struct chain_state {
  std::int64_t fits_until = 0;
  bool fits = true;
};

class comparison {
 public:
  void look(outside_head const& head, pqxx::row const& row) {
    auto& state = states_[head.chain];
    if (!state.fits) return;
    bool const is_there = !row[0].is_null();
    if (is_there && hash_of(row[0]) == head.position.link && time_of(row[1]) == head.position.at) {
      state.fits_until = head.position.number;
      return;
    }
    state.fits = false;
    found_.push_back({.chain = head.chain,
                      .number = state.fits_until + 1,
                      .fault = is_there ? audit_fault::entry_replaced : audit_fault::entry_gone,
                      .subject = {}});
  }

  std::vector<audit_finding> take() { return std::move(found_); }

 private:
  std::map<std::string, chain_state> states_;
  std::vector<audit_finding> found_;
};

pqxx::result entries_of(pool& connections, std::span<outside_head const> heads) {
  array_text names;
  array_text numbers;
  for (auto const& each : heads) {
    names.add(each.chain);
    numbers.add(static_cast<long long>(each.position.number));
  }
  return read(connections, [&](session_scope const& scope) {
    return scope.run(select_entries, names.take(), numbers.take());
  });
}

}  // namespace

std::vector<outside_head> current_heads(pool& connections) {
  auto const rows =
      read(connections, [](session_scope const& scope) { return scope.run(select_heads); });
  std::vector<outside_head> heads;
  for (auto const& row : rows) {
    heads.push_back(
        {row[0].as<std::string>(), {row[1].as<std::int64_t>(), time_of(row[2]), hash_of(row[3])}});
  }
  return heads;
}

std::vector<audit_finding> compare_heads(pool& connections, std::vector<outside_head> heads) {
  std::erase_if(heads, [](outside_head const& each) { return !is_text(each.chain); });
  std::ranges::stable_sort(heads, {}, [](outside_head const& each) {
    return std::tie(each.chain, each.position.number);
  });
  comparison against;
  for (std::size_t at = 0; at < heads.size(); at += heads_a_question) {
    auto const some = std::span(heads).subspan(at, std::min(heads_a_question, heads.size() - at));
    auto const rows = entries_of(connections, some);
    for (std::size_t i = 0; i < some.size(); ++i) {
      against.look(some[i], rows[static_cast<pqxx::result::size_type>(i)]);
    }
  }
  return against.take();
}

}  // namespace intake::db

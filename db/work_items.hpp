#pragma once
#include "certs/uuid.hpp"
#include "db/pool.hpp"
#include "db/submissions.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

/// What is done with submissions that belong to no appointment. All functions here need the role
/// intake_desk and throw `unavailable`.
namespace intake::db {

/// New; somebody must look soon; somebody has taken it; done; on the day list, where its work is.
enum class work_state : std::uint8_t { fresh, attention, review, done, day };

/// "new", "attention", "review", "done", "day".
std::string_view to_string(work_state);
std::optional<work_state> parse_work_state(std::string_view);

struct work_item {
  certs::uuid submission;
  certs::utc_time received{};
  work_state state = work_state::fresh;
  /// Of the event that made the state.
  std::int32_t number = 1;
  certs::utc_time at{};
  /// The account of who acted; nothing where the program did.
  std::optional<certs::uuid> actor;
};

struct listed_work {
  listed_submission submission;
  work_item item;
};

/// Submissions that nobody has sorted in yet, oldest first. What came more than 30 days before the
/// list was first looked at stays out of it.
std::vector<listed_submission> list_unsorted(pool&, certs::utc_time now, int rows_max);
/// Sorts them in; one that is there already stays as it is.
void add_work_items(pool&, std::span<work_item const>);
/// What was matched with an appointment since the last call leaves the list, what was parted from
/// its only one comes back.
void follow_matches(pool&, certs::utc_time now);

/// What was done and got a newer version since, within 30 days, needs attention again.
void follow_amendments(pool&, certs::utc_time now);

struct work_filter {
  work_state state = work_state::fresh;
  /// Only what this account has acted on last.
  std::optional<certs::uuid> actor;
};
/// The newest first; what is for an appointment, or void, is left out. `rows_max` 1-500.
std::vector<listed_work> list_work(pool&, work_filter const&, std::optional<page_mark> after,
                                   int rows_max);
std::optional<work_item> find_work_item(pool&, certs::uuid submission);

struct work_act {
  certs::uuid submission;
  work_state to = work_state::done;
  /// The event that the person saw when they acted.
  std::int32_t seen_number = 0;
  certs::utc_time at{};
  certs::uuid actor;
};
/// Appends what was done. False: somebody else has acted since `seen_number`.
[[nodiscard]] bool set_work_state(pool&, work_act const&);
/// Appends the state that held before event `seen_number`; its `to` is not looked at.
[[nodiscard]] bool undo_work_state(pool&, work_act const&);

struct work_news {
  /// Moves with every change of any item.
  std::int64_t changes = 0;
  /// Items of the state that came after the mark; counted up to 100.
  int newer = 0;
};
std::int64_t work_changes(pool&);
work_news work_since(pool&, work_state, std::optional<page_mark> top);

}  // namespace intake::db

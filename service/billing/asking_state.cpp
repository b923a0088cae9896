#include "service/billing/asking_state.hpp"

#include "service/eligibility/questions.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace intake::service::billing {

using db::request_state;
using eligibility::work_row;

asking_states::asking_states(application& app, std::span<work_row const> rows, certs::utc_time now)
    : app_(app), now_(now) {
  std::vector<certs::uuid> ids;
  for (auto const& each : rows) ids.push_back(each.submission);
  if (!ids.empty()) requests_ = db::latest_requests(app.desk, ids);
}

eligibility::asking_words asking_states::words_of(work_row const& row) const {
  auto const found = std::ranges::find_if(requests_, [&](db::eligibility_request const& each) {
    return each.submission == row.submission && each.coverage == row.told.number;
  });
  if (found == requests_.end()) return {};
  // A check that was made since says more than why this one could not be.
  bool const older = row.latest && found->state == request_state::failed &&
                     row.latest->head.recorded > found->taken.value_or(found->created);
  return older ? eligibility::asking_words{} : eligibility::words_of(app_, *found, now_);
}

std::string asking_states::progress() const {
  auto const count = [&](request_state state) {
    return std::ranges::count(requests_, state, &db::eligibility_request::state);
  };
  auto const asking = count(request_state::asking);
  auto const queued = count(request_state::queued);
  auto const failed = count(request_state::failed);
  if (asking + queued + failed == 0) return {};
  return fmt::format(
      "Asking the payers: {} under way, {} wait, {} answered, {} could not be asked.", asking,
      queued, count(request_state::answered), failed);
}

void add_asking(page_model& model, application& app, work_row const& row, std::string const& csrf,
                std::string const& url, certs::utc_time now) {
  if (!eligibility::is_connected(app.settings)) return;
  auto const words = asking_states(app, std::span(&row, 1), now).words_of(row);
  auto& block = model.add("ASKING");
  if (!words.text.empty()) block.add("STATE").set("TEXT", words.text);
  if (words.goes_on) block.add("LOOK").set("URL", url);
  auto const why = why_not_sent(row.told);
  if (!why.empty()) {
    block.add("CANT").set("WHY", why);
    return;
  }
  auto action = url;
  action.insert(std::min(action.find('?'), action.size()), "/ask");
  block.add("BUTTON").set("ACTION", action).set("CSRF", csrf);
}

}  // namespace intake::service::billing

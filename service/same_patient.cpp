#include "service/same_patient.hpp"

#include "certs/name_fold.hpp"

#include <algorithm>

namespace intake::service {
namespace {

constexpr std::size_t asked_max = 20;
constexpr std::size_t shown_max = 10;

bool same_name(std::string const& mine, std::string const& theirs) {
  return !mine.empty() && certs::fold_name(mine) == certs::fold_name(theirs);
}

bool same_phone(std::string const& mine, std::string const& theirs) {
  auto const folded = certs::fold_phone(mine);
  return !folded.empty() && folded == certs::fold_phone(theirs);
}

likely_record compare(summary const& mine, found_submission other) {
  likely_record made{std::move(other), {}, {}};
  auto const& theirs = *made.one.sent;
  bool const born = !mine.birth_date.empty() && mine.birth_date == theirs.birth_date;
  bool const family = same_name(mine.family, theirs.family);
  bool const given = same_name(mine.given, theirs.given);
  if (born && family) made.reasons.emplace_back("same last name and date of birth");
  if (born && given && !family) made.reasons.emplace_back("same first name and date of birth");
  if (same_phone(mine.phone, theirs.phone)) made.reasons.emplace_back("same telephone");
  if (!given) made.doubts.push_back("another first name: " + theirs.given);
  if (!family) made.doubts.push_back("another last name: " + theirs.family);
  if (!born) made.doubts.emplace_back("another date of birth");
  return made;
}

std::vector<search_question> questions_about(summary const& mine) {
  std::vector<search_question> all;
  if (!mine.birth_date.empty()) {
    for (auto const* name : {&mine.family, &mine.given}) {
      search_question asked;
      asked.words = certs::fold_words(*name);
      asked.birth_date = mine.birth_date;
      if (!asked.words.empty()) all.push_back(std::move(asked));
    }
  }
  if (!certs::fold_phone(mine.phone).empty()) {
    search_question asked;
    asked.phone = mine.phone;
    all.push_back(std::move(asked));
  }
  return all;
}

}  // namespace

std::vector<likely_record> likely_records(application& app, certs::uuid submission,
                                          summary const& mine) {
  std::vector<likely_record> all;
  for (auto const& asked : questions_about(mine)) {
    auto page = search(app.desk, app.keys, app.keks, asked, {}, asked_max);
    for (auto& each : page.found) {
      bool const known = std::ranges::any_of(
          all, [&](likely_record const& one) { return one.one.head.id == each.head.id; });
      if (known || each.head.id == submission || !each.sent) continue;
      auto made = compare(mine, std::move(each));
      if (!made.reasons.empty() && all.size() < shown_max) all.push_back(std::move(made));
    }
  }
  std::ranges::sort(all, std::greater{}, [](auto const& each) { return each.reasons.size(); });
  return all;
}

}  // namespace intake::service

#include "service/eligibility/differences.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace intake::service::eligibility {
namespace {

struct word_row {
  std::string_view code;
  std::string_view words;
};

constexpr word_row kinds[] = {{"deductible", "Deductible"},
                              {"out-of-pocket", "Out-of-pocket maximum"},
                              {"copay", "Copay"},
                              {"coinsurance", "Coinsurance"},
                              {"spend-down", "Spend down"},
                              {"limit", "Limit"},
                              {"cost-containment", "Cost containment"},
                              {"reserve", "Reserve"}};
// EB12 says where the benefit holds, never that the clinic is in the payer's network.
constexpr word_row places[] = {{"in", "In network"},
                               {"out", "Out of network"},
                               {"either", "In or out of network"},
                               {"unknown", "Network unknown"},
                               {"not-stated", "Network not stated"}};
constexpr word_row people[] = {{"individual", "individual"},
                               {"family", "family"},
                               {"other", "other level"},
                               {"not-stated", "level not stated"}};
constexpr word_row authorisations[] = {
    {"needed", "Needed"}, {"not-needed", "Not needed"}, {"unknown", "Unknown"}};

template <std::size_t Count>
std::string in_words(word_row const (&rows)[Count], std::string const& code) {
  auto const* const found = std::ranges::find(rows, code, &word_row::code);
  return found == std::end(rows) ? code : std::string(found->words);
}

bool same_line(money_line const& one, money_line const& other) {
  return one.kind == other.kind && one.where == other.where && one.whom == other.whom &&
         one.services == other.services && one.plan == other.plan && one.unit == other.unit &&
         one.period == other.period && one.note == other.note;
}

/// Of several lines that nothing tells apart, the second is compared with the second.
money_line const* same_in(std::vector<money_line> const& before,
                          std::vector<money_line> const& after, std::size_t at) {
  auto const is_same = [&](money_line const& each) { return same_line(each, after[at]); };
  auto skipped = std::ranges::count_if(after.begin(),
                                       after.begin() + static_cast<std::ptrdiff_t>(at), is_same);
  for (auto const& each : before) {
    if (is_same(each) && skipped-- == 0) return &each;
  }
  return nullptr;
}

class comparison {
 public:
  /// Where a person wrote both or one of them down, what is not there was not asked for.
  explicit comparison(bool both_told) : both_told_(both_told) {}

  void text(std::string what, std::string before, std::string after) {
    if (before != after) found_.push_back({std::move(what), std::move(before), std::move(after)});
  }
  void figure(std::string what, std::string const& before, std::string const& after) {
    if (!both_told_ && (before.empty() || after.empty())) return;
    text(std::move(what), before, after);
  }
  void money(money_line const& before, money_line const& after) {
    auto name = money_name(after) + ", " + money_place(after);
    if (!after.note.empty()) name += " (" + after.note + ")";
    figure(name, dollars(before.total_cents), dollars(after.total_cents));
    figure(name + ", used", dollars(before.used_cents), dollars(after.used_cents));
    figure(name + ", remaining", dollars(before.remaining_cents), dollars(after.remaining_cents));
    figure(name, before.percent, after.percent);
    figure(name, before.total, after.total);
    figure(name + ", used", before.used, after.used);
    figure(name + ", remaining", before.remaining, after.remaining);
  }
  std::vector<difference> take() { return std::move(found_); }

 private:
  bool both_told_;
  std::vector<difference> found_;
};

std::string first_pays(check_result const& result) {
  if (result.pays_first == "this") return "this plan";
  if (result.pays_first == "another") return "another plan";
  return result.others.empty() ? std::string() : "another payer is named";
}

}  // namespace

std::string dollars(std::optional<std::int64_t> cents) {
  if (!cents) return {};
  auto const whole = fmt::format("{}", std::abs(*cents) / 100);
  std::string grouped;
  for (std::size_t n = 0; n < whole.size(); ++n) {
    if (n != 0 && (whole.size() - n) % 3 == 0) grouped += ',';
    grouped += whole[n];
  }
  return fmt::format("{}${}.{:02}", *cents < 0 ? "-" : "", grouped, std::abs(*cents) % 100);
}

std::string money_place(money_line const& line) {
  return in_words(places, line.where) + ", " + in_words(people, line.whom);
}

std::string money_name(money_line const& line) {
  return in_words(kinds, line.kind);
}

std::string in_words(difference const& of, std::string const& side, clinic_time const& clock) {
  if (side.empty()) return "not said";
  bool const is_day = of.what.starts_with("Plan ");
  return is_day ? clock.written_date(side) : side;
}

std::vector<difference> differences(check_result const& before, check_result const& after) {
  comparison found(before.source.empty() && after.source.empty());
  found.text("Result", std::string(words_of(before.status)), std::string(words_of(after.status)));
  // A check that failed says nothing of the plan: what was known stays known.
  if (before.status == verdict::could_not_check || after.status == verdict::could_not_check) {
    return found.take();
  }
  found.text("Plan", before.plan, after.plan);
  found.text("Plan begins", before.begins, after.begins);
  found.text("Plan ends", before.ends, after.ends);
  found.text("Who pays first", first_pays(before), first_pays(after));
  found.figure("Authorization", in_words(authorisations, before.authorisation),
               in_words(authorisations, after.authorisation));
  for (std::size_t at = 0; at < after.money.size(); ++at) {
    auto const* const old = same_in(before.money, after.money, at);
    if (old != nullptr) found.money(*old, after.money[at]);
  }
  return found.take();
}

}  // namespace intake::service::eligibility

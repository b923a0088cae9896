#include "forms/insurance/check_parts.hpp"
#include "forms/insurance/fact_box.hpp"

#include <algorithm>
#include <bit>

#include <fmt/format.h>

namespace intake::forms::insurance {
namespace {

constexpr std::size_t word_bits = 64;
constexpr std::size_t search_steps_max = 400'000;
constexpr std::size_t steps_a_question = 20'000;
constexpr std::size_t overlap_pairs_max = 20'000;
constexpr std::size_t gaps_a_payer = 3;

bool takes_everything(accept_row const& row) {
  return row.payers.any && row.products.is_any() && row.networks.is_any() &&
         row.accidents.is_any() && row.age_years.is_any() && row.referral.is_any() &&
         row.days_since_accident.is_any() && row.days_since_first_treatment.is_any() &&
         row.first_care_day.is_any() && row.locations.any && row.states.any &&
         row.valid == validity{};
}

class table_checker {
 public:
  table_checker(rule_set const& set, date today, finding_book& book)
      : set_{set},
        today_{today},
        book_{book},
        space_{set.rules(), set.tables().payers, set.tables().contracts} {
    for (std::size_t i = 0; i < set.rules().row_count(); ++i) {
      if (takes_everything(row(i))) catch_alls_.push_back(i);
    }
  }

  void run() {
    check_catch_all();
    for (std::size_t i = 0; i < set_.rules().row_count(); ++i) {
      if (!space_.possible_point(space_.box_of(i))) {
        book_.add(
            severity::warning, "accept", row(i).row, "rule", "dead-row",
            fmt::format("{} can never apply: its conditions contradict each other.", row(i).id),
            "A plan of that sort, those days without an accident, or that network cannot be.");
        continue;
      }
      check_overlaps(i);
      check_masked(i);
    }
    check_gaps();
    if (steps_ == 0) {
      book_.add(severity::note, "accept", 0, {}, "check-incomplete",
                "The table is too entangled to search whole; some gaps may be unnamed.");
    }
  }

 private:
  accept_row const& row(std::size_t position) const {
    return set_.tables().accept[set_.rules().row_at(position)];
  }

  void check_catch_all() {
    auto const last = set_.rules().row_count();
    if (!catch_alls_.empty() && catch_alls_.back() + 1 == last &&
        row(last - 1).result == outcome::review) {
      return;
    }
    if (catch_alls_.empty()) {
      book_.add(severity::error, "accept", 0, "rule", "catch-all-missing",
                "No row takes what the others leave over.",
                "End the table with a row in the highest band: any in every column, no dates, "
                "outcome review.");
    } else if (catch_alls_.back() + 1 == last) {
      book_.add(severity::error, "accept", row(last - 1).row, "outcome", "catch-all-missing",
                "The row that takes what the others leave over must say review.");
    } else {
      book_.add(severity::error, "accept", row(catch_alls_.back()).row, "band", "catch-all-missing",
                fmt::format("{} takes everything, so no row after it can speak.",
                            row(catch_alls_.back()).id),
                "Give it the highest band.");
    }
  }

  /// Positions after `position` in its band whose row accepts a class that it accepts, per column.
  std::vector<std::size_t> candidates_after(std::size_t position) const {
    auto const& rules = set_.rules();
    auto const words = rules.rows_accepting(condition_column::payer, 0).size();
    std::vector<std::uint64_t> together(words, ~std::uint64_t{0});
    for (std::size_t i = 0; i < condition_columns; ++i) {
      auto const column = static_cast<condition_column>(i);
      std::vector<std::uint64_t> any(words, 0);
      for (class_index index = 0; index < rules.class_count(column); ++index) {
        if (!rules.accepts(position, column, index)) continue;
        auto const rows = rules.rows_accepting(column, index);
        for (std::size_t word = 0; word < words; ++word) any[word] |= rows[word];
      }
      for (std::size_t word = 0; word < words; ++word) together[word] &= any[word];
    }
    std::vector<std::size_t> found;
    for (std::size_t word = 0; word < words; ++word) {
      for (auto bits = together[word]; bits != 0; bits &= bits - 1) {
        auto const other = word * word_bits + static_cast<std::size_t>(std::countr_zero(bits));
        if (other > position && row(other).band == row(position).band) found.push_back(other);
      }
    }
    return found;
  }

  void check_overlaps(std::size_t position) {
    for (auto const other : candidates_after(position)) {
      if (pairs_++ >= overlap_pairs_max) return;
      auto both = space_.box_of(position);
      if (!space_.intersect(both, space_.box_of(other))) continue;
      auto const point = space_.possible_point(both);
      if (!point) continue;
      std::size_t const pair[] = {position, other};
      book_.add(severity::error, "accept", row(other).row, "rule", "overlap",
                fmt::format("{} and {} (row {}), both in band {}, speak of the same case: {}.",
                            row(other).id, row(position).id, row(position).row, row(position).band,
                            space_.describe(*point, pair)),
                "Narrow one of them, or give the more special one a lower band.");
    }
  }

  void check_masked(std::size_t position) {
    std::vector<std::size_t> earlier;
    for (std::size_t i = 0; i < position; ++i) {
      if (row(i).band < row(position).band &&
          space_.meets(space_.box_of(i), space_.box_of(position))) {
        earlier.push_back(i);
      }
    }
    if (earlier.empty() || takes_everything(row(position)) || steps_ == 0) return;
    auto steps = std::min(steps_, steps_a_question);
    auto const before = steps;
    auto const left = space_.point_outside(space_.box_of(position), earlier, steps);
    steps_ -= before - steps;
    if (left || steps == 0) return;
    std::string names;
    for (std::size_t i = 0; i < earlier.size() && i < 5; ++i) {
      names += fmt::format("{}{}", i == 0 ? "" : ", ", row(earlier[i]).id);
    }
    book_.add(severity::warning, "accept", row(position).row, "rule", "masked-row",
              fmt::format("{} never speaks: rows in lower bands take all its cases ({}).",
                          row(position).id, names),
              "Remove it, or give it a lower band than those.");
  }

  void check_gaps() {
    auto const& payers = set_.tables().payers;
    for (std::size_t i = 0; i < payers.size() && steps_ > 0; ++i) {
      auto box = space_.everything();
      space_.restrict_to(box, condition_column::payer, static_cast<class_index>(i + 1));
      space_.restrict_to_dates_from(box, today_);
      check_gaps_of(payers[i], box);
    }
  }

  /// Takes away every case already named, with the class of its most telling column, and looks
  /// again.
  void check_gaps_of(payer const& one, fact_box box) {
    std::vector<std::size_t> speaking;
    for (std::size_t i = 0; i < set_.rules().row_count(); ++i) {
      if (!takes_everything(row(i)) && space_.meets(space_.box_of(i), box)) speaking.push_back(i);
    }
    std::vector<std::string> cases;
    for (; cases.size() < gaps_a_payer;) {
      auto steps = std::min(steps_, steps_a_question);
      auto const before = steps;
      auto const gap = space_.point_outside(box, speaking, steps);
      steps_ -= before - steps;
      if (!gap) break;
      cases.push_back(space_.describe(*gap, speaking));
      if (speaking.empty()) break;
      space_.remove(box, most_telling_column(speaking), *gap);
    }
    if (cases.empty()) return;
    book_.add(severity::warning, "payers", one.row, "payer", "gap",
              speaking.empty()
                  ? fmt::format("No row speaks of {}: every visit goes to staff.", one.name)
                  : fmt::format("Some visits with {} are left to the catch-all row: {}.", one.name,
                                fmt::join(cases, "; ")),
              "Add rows to accept.csv if the staff should not decide these each time.");
  }

  /// The column in which the rows differ most: its class names the gap best.
  condition_column most_telling_column(std::span<std::size_t const> rows) const {
    static constexpr condition_column candidates[] = {condition_column::product,
                                                      condition_column::network,
                                                      condition_column::accident,
                                                      condition_column::referral,
                                                      condition_column::first_care_day,
                                                      condition_column::days_since_accident,
                                                      condition_column::age};
    auto best = candidates[0];
    std::size_t most = 0;
    for (auto const column : candidates) {
      auto const asking = static_cast<std::size_t>(
          std::count_if(rows.begin(), rows.end(),
                        [&](std::size_t position) { return space_.asks(position, column); }));
      if (asking > most) {
        most = asking;
        best = column;
      }
    }
    return best;
  }

  rule_set const& set_;
  date today_;
  finding_book& book_;
  box_space space_;
  std::vector<std::size_t> catch_alls_;
  std::size_t steps_ = search_steps_max;
  std::size_t pairs_ = 0;
};

}  // namespace

void check_table(rule_set const& set, date today, finding_book& book) {
  table_checker(set, today, book).run();
}

}  // namespace intake::forms::insurance

#include "forms/insurance/check_parts.hpp"
#include "forms/insurance/id_pattern.hpp"
#include "forms/insurance/identifiers.hpp"
#include "forms/insurance/words.hpp"

#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>

namespace intake::forms::insurance {
namespace {

struct banned_phrase {
  std::string_view text;
  std::string_view code;
};

// A plan that is not accepted is no reason to stay away, and no table can promise what a payer
// pays.
constexpr std::array banned_phrases{banned_phrase{"do not come", "sends-away"},
                                    banned_phrase{"don't come", "sends-away"},
                                    banned_phrase{"cannot be seen", "sends-away"},
                                    banned_phrase{"can't be seen", "sends-away"},
                                    banned_phrase{"go elsewhere", "sends-away"},
                                    banned_phrase{"stay home", "sends-away"},
                                    banned_phrase{"no venga", "sends-away"},
                                    banned_phrase{"no podemos atenderle", "sends-away"},
                                    banned_phrase{"pa vini", "sends-away"},
                                    banned_phrase{"we guarantee", "promises"},
                                    banned_phrase{"fully covered", "promises"},
                                    banned_phrase{"100% covered", "promises"},
                                    banned_phrase{"covered 100%", "promises"},
                                    banned_phrase{"you will not pay", "promises"},
                                    banned_phrase{"le garantizamos", "promises"},
                                    banned_phrase{"no pagará nada", "promises"}};

class text_checker {
 public:
  text_checker(rule_set const& set, finding_book& book)
      : languages_{set.tables().meta.languages}, book_{book} {}

  void sentence(std::string_view table, std::uint32_t row, std::string_view prefix,
                sentence_text const& text) {
    std::pair<std::string_view, std::string const*> const parts[] = {
        {"en", &text.en}, {"es", &text.es}, {"ht", &text.ht}};
    for (auto const& [language, part] : parts) {
      auto const column =
          prefix.empty() ? std::string(language) : fmt::format("{}_{}", prefix, language);
      if (part->empty() && wanted(language)) {
        book_.add(severity::error, table, row, column, "missing-language",
                  fmt::format("The sentence is missing in {}.", language_name(language)),
                  "Write it, or take the language out of meta.csv.");
      }
      check_phrases(table, row, column, *part);
    }
  }

 private:
  static std::string_view language_name(std::string_view language) {
    return language == "en" ? "English" : language == "es" ? "Spanish" : "Haitian Creole";
  }

  bool wanted(std::string_view language) const {
    return std::find(languages_.begin(), languages_.end(), language) != languages_.end();
  }

  void check_phrases(std::string_view table, std::uint32_t row, std::string_view column,
                     std::string const& text) {
    auto const small = lower_case(text);
    for (auto const& [phrase, code] : banned_phrases) {
      if (small.find(phrase) == std::string::npos) continue;
      book_.add(severity::error, table, row, column, std::string(code),
                fmt::format("\"{}\" must not be said to a patient.", phrase),
                code == "promises" ? "Only the payer decides what it pays."
                                   : "Say what the patient can do instead.");
    }
  }

  std::vector<std::string> const& languages_;
  finding_book& book_;
};

void check_unused(rule_set const& set, finding_book& book) {
  for (auto const& one : set.tables().requirements) {
    auto const& rows = set.tables().accept;
    bool const used = std::any_of(rows.begin(), rows.end(), [&](accept_row const& row) {
      return std::find(row.requires_.begin(), row.requires_.end(), one.id) != row.requires_.end();
    });
    if (used) continue;
    book.add(severity::note, "require", one.row, "require", "unused-row",
             fmt::format("No row of accept.csv requires {}.", one.id));
  }
}

void check_examples(id_format const& one, std::vector<std::string> const& examples, bool expected,
                    finding_book& book) {
  auto const column = expected ? "good_examples" : "bad_examples";
  if (examples.empty()) {
    book.add(severity::warning, "id_formats", one.row, column, "no-example",
             "The row has no example to check itself by.");
  }
  for (auto const& example : examples) {
    if (read_member_number(one, example).good == expected) continue;
    book.add(severity::error, "id_formats", one.row, column, "failing-example",
             fmt::format("\"{}\" should be {}, but the row says otherwise.", example,
                         expected ? "taken" : "refused"));
  }
}

}  // namespace

void check_texts(rule_set const& set, finding_book& book) {
  auto const& tables = set.tables();
  text_checker texts(set, book);
  for (auto const& row : tables.accept) texts.sentence("accept", row.row, "patient", row.patient);
  for (auto const& row : tables.requirements)
    texts.sentence("require", row.row, "label", row.label);
  for (auto const& row : tables.id_formats)
    texts.sentence("id_formats", row.row, "message", row.message);
  for (auto const& row : tables.cob) {
    if (!row.patient.empty()) texts.sentence("cob", row.row, "patient", row.patient);
  }
  check_unused(set, book);
}

void check_id_formats(rule_set const& set, finding_book& book) {
  for (auto const& one : set.tables().id_formats) {
    std::string fault;
    if (!id_pattern::read(one.pattern, fault)) {
      book.add(severity::error, "id_formats", one.row, "pattern", "bad-pattern",
               fmt::format("The pattern cannot be read: {}.", fault),
               "Classes are N C L A X B, 'text', {n}, {n-m} and |.");
      continue;
    }
    if (!one.check.empty() && one.check != "none" && !identifier_kind_named(one.check)) {
      book.add(severity::error, "id_formats", one.row, "check", "unknown-value",
               fmt::format("\"{}\" is not a check.", one.check),
               "Possible: none, mbi, dbn, bcbs_member, npi, ssn, rx_bin, phone, zip, payer_id.");
    }
    check_examples(one, one.good, true, book);
    check_examples(one, one.bad, false, book);
  }
}

void check_cob(rule_set const& set, finding_book& book) {
  std::map<int, cob_row const*> orders;
  for (auto const& row : set.tables().cob) {
    auto const [at, added] = orders.emplace(row.order, &row);
    if (!added) {
      book.add(severity::warning, "cob", row.row, "order", "doubled-order",
               fmt::format("{} has the same order; the one with the lower id speaks first.",
                           at->second->id));
    }
    auto const kinds = row.first.bits & row.second.bits &
                       ((std::uint32_t{1} << words_of<payer_kind>().size()) - 1);
    bool const both_ways = kinds != 0 && (row.first_relation.bits & row.second_relation.bits) != 0;
    if (row.says == cob_says::first_pays && both_ways) {
      book.add(severity::warning, "cob", row.row, "first", "cob-both-ways",
               fmt::format("For two coverages of the same kind {} would put each before the other, "
                           "so it says nothing.",
                           row.id),
               "Tell them apart by relation, or take the kind out of first or second.");
    }
  }
}

}  // namespace intake::forms::insurance

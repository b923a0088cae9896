#pragma once
#include "forms/insurance/calendar.hpp"
#include "forms/insurance/condition.hpp"
#include "forms/insurance/vocabulary.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// The rows of a rule set, one type a table. `row` is the row number a spreadsheet shows.
namespace intake::forms::insurance {

/// A sentence in the three languages; a missing one falls back to English.
struct sentence_text {
  std::string en;
  std::string es;
  std::string ht;
  /// "es", "es-MX", "ht", anything else is English.
  std::string const& in(std::string_view language) const;
  bool empty() const { return en.empty() && es.empty() && ht.empty(); }
  bool operator==(sentence_text const&) const = default;
};

enum class payer_number_use : std::uint8_t { none, claims, eligibility, both };

/// A payer's electronic number, chosen by the date of service.
struct payer_number {
  payer_number_use use = payer_number_use::none;
  std::string number;
  validity valid;
  std::uint32_t row = 0;
};

/// What one row of a payer says beside its number.
struct payer_codes {
  std::string source_of_payment;  ///< PHDSC source of payment typology
  std::string claim_filing;       ///< X12 claim filing indicator (SBR09)
  std::uint32_t row = 0;
};

/// payers.csv: one payer may have several rows, one a number, in any order; what they have in
/// common stands in one of them, or in several alike.
struct payer {
  std::string id;
  std::string name;
  std::vector<std::string> aliases;
  payer_kind kind = payer_kind::unknown;
  std::string id_format;
  std::string source;
  std::vector<payer_number> numbers;
  std::vector<payer_codes> codes;  ///< of every row
  std::uint32_t row = 0;           ///< the one with the name
};

/// contracts.csv: the clinic's own statement about one plan.
struct contract {
  std::string id;
  std::string payer;
  std::string plan_name;  ///< as printed on the card; empty speaks for every plan of the payer
  std::vector<std::string> aliases;
  value_set<product> products;
  network where = network::not_listed;
  name_set locations;
  name_set providers;
  validity valid;
  std::uint32_t row = 0;
};

/// id_formats.csv: what a member number looks like.
struct id_format {
  std::string id;
  std::string pattern;  ///< see id_pattern.hpp; empty takes anything
  std::string check;    ///< none, mbi, dbn, npi, ssn
  std::vector<std::string> good;
  std::vector<std::string> bad;
  sentence_text message;
  std::uint32_t row = 0;
};

/// accept.csv: one line of the decision table.
struct accept_row {
  std::string id;
  int band = 0;
  validity valid;
  name_set payers;  ///< payer ids, `kind:<kind>`, `unknown`
  value_set<product> products;
  value_set<network> networks;
  value_set<accident_kind> accidents;
  number_set age_years;
  value_set<yes_no> referral;
  number_set days_since_accident;
  number_set days_since_first_treatment;
  number_set first_care_day;  ///< days from the accident to the first care anywhere
  name_set locations;
  name_set states;
  outcome result = outcome::review;
  std::vector<std::string> requires_;
  sentence_text patient;
  std::string staff;
  std::string source;
  std::uint32_t row = 0;
};

/// require.csv: something a decision still needs, and how to ask for it.
struct requirement {
  std::string id;
  std::string answer;  ///< the named answer that settles it; empty: staff settle it
  std::string type;    ///< text, date, photo, choice, phone or staff
  sentence_text label;
  std::string source;
  std::uint32_t row = 0;
};

enum class cob_says : std::uint8_t { first_pays, ask_staff };

/// cob.csv: which of two coverages pays before the other.
struct cob_row {
  std::string id;
  int order = 0;
  validity valid;
  value_set<payer_kind> first;
  value_set<payer_kind> second;
  value_set<product> second_products;
  value_set<relation> first_relation;
  value_set<relation> second_relation;
  value_set<plan_basis> basis;  ///< of the commercial plan of the two
  number_set employer_employees;
  value_set<medicare_reason> reason;
  number_set esrd_month;
  value_set<accident_kind> accidents;
  number_set age_years;
  value_set<yes_no> va_authorized;
  value_set<yes_no> black_lung;
  value_set<yes_no> liability_claim;
  cob_says says = cob_says::ask_staff;
  sentence_text patient;
  std::string staff;
  std::string source;
  std::uint32_t row = 0;
};

/// tests.csv: a coverage and what the rules must say about it, in the tables' own words. Rows with
/// the same `visit` are the coverages of one visit.
struct test_row {
  std::string id;
  std::string visit;
  std::vector<std::pair<std::string, std::string>> facts;  ///< as named answers
  std::string expect_rule;
  std::string expect_outcome;
  std::string expect_network;
  std::string expect_first;  ///< a payer id or ask_staff
  std::string expect_visit;
  std::uint32_t row = 0;
};

/// meta.csv: what the set is for and the texts every sentence ends with.
struct set_meta {
  std::string name;
  set_purpose purpose = set_purpose::example;
  std::vector<std::string> languages;
  std::vector<std::string> reviewed;   ///< languages whose sentences a person has reviewed
  std::vector<std::string> locations;  ///< empty: not limited
  sentence_text not_a_promise;
  sentence_text way_on;
  sentence_text ask_who_pays;
};

/// Where a table's columns stood in its file, so that findings can name the place.
struct table_layout {
  std::string table;
  std::string file;
  std::vector<std::pair<std::string_view, std::uint32_t>> columns;  ///< 1 is column A
};

/// All tables.
struct rule_tables {
  set_meta meta;
  std::vector<payer> payers;
  std::vector<contract> contracts;
  std::vector<id_format> id_formats;
  std::vector<accept_row> accept;
  std::vector<requirement> requirements;
  std::vector<cob_row> cob;
  std::vector<test_row> tests;
  std::vector<table_layout> layouts;
};

}  // namespace intake::forms::insurance

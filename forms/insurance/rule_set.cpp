#include "forms/insurance/rule_set.hpp"

#include "forms/insurance/contract_book.hpp"
#include "forms/insurance/matcher.hpp"
#include "forms/insurance/sentences.hpp"
#include "forms/insurance/words.hpp"

#include <functional>
#include <unordered_map>

#include <fmt/format.h>

namespace intake::forms::insurance {
namespace {

struct text_hash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const {
    return std::hash<std::string_view>{}(text);
  }
};
using name_index = std::unordered_map<std::string, std::size_t, text_hash, std::equal_to<>>;

constexpr std::size_t shared_name = static_cast<std::size_t>(-1);

void add_name(name_index& index, std::string const& name, std::size_t payer_number) {
  auto const key = folded(name);
  if (key.empty()) return;
  auto const [at, added] = index.emplace(key, payer_number);
  if (!added && at->second != payer_number) at->second = shared_name;
}

name_index payer_names(std::span<payer const> payers) {
  name_index index;
  for (std::size_t i = 0; i < payers.size(); ++i) {
    add_name(index, payers[i].name, i);
    for (auto const& alias : payers[i].aliases) add_name(index, alias, i);
  }
  return index;
}

template <class Row>
name_index ids_of(std::span<Row const> rows) {
  name_index index;
  for (std::size_t i = 0; i < rows.size(); ++i) index.emplace(rows[i].id, i);
  return index;
}

template <class Row>
Row const* row_of(name_index const& index, std::vector<Row> const& rows, std::string_view id) {
  auto const found = index.find(id);
  return found == index.end() || found->second == shared_name ? nullptr : &rows[found->second];
}

// Put together once, so that a decision only copies: one sentence a row, the last for no row at
// all.
std::vector<sentence_text> spoken_sentences(rule_tables const& tables) {
  std::vector<sentence_text> sentences;
  for (auto const& row : tables.accept) {
    sentences.push_back(patient_sentence(tables.meta, row.result, row.patient));
  }
  sentences.push_back(patient_sentence(tables.meta, outcome::review, unknown_plan_sentence()));
  return sentences;
}

}  // namespace

struct rule_set::contents {
  contents(rule_tables from, std::vector<canonical_row> rows)
      : tables{std::move(from)},
        canonical{std::move(rows)},
        spoken{spoken_sentences(tables)},
        rules{tables.payers, tables.accept},
        contracts{tables.contracts},
        payer_ids{ids_of<payer>(tables.payers)},
        payer_names{insurance::payer_names(tables.payers)},
        rule_ids{ids_of<accept_row>(tables.accept)},
        requirement_ids{ids_of<requirement>(tables.requirements)},
        format_ids{ids_of<id_format>(tables.id_formats)} {}

  rule_tables const tables;
  std::vector<canonical_row> const canonical;
  std::vector<sentence_text> const spoken;
  matcher const rules;
  contract_book const contracts;
  name_index const payer_ids;
  name_index const payer_names;
  name_index const rule_ids;
  name_index const requirement_ids;
  name_index const format_ids;
};

rule_set::rule_set(rule_tables tables, std::vector<canonical_row> rows)
    : contents_{std::make_shared<contents const>(std::move(tables), std::move(rows))} {}

rule_tables const& rule_set::tables() const {
  return contents_->tables;
}
matcher const& rule_set::rules() const {
  return contents_->rules;
}
contract_book const& rule_set::contracts() const {
  return contents_->contracts;
}
std::span<canonical_row const> rule_set::canonical() const {
  return contents_->canonical;
}

payer const* rule_set::find_payer(std::string_view said) const {
  auto const& payers = contents_->tables.payers;
  if (auto const* const by_id = row_of(contents_->payer_ids, payers, said)) return by_id;
  return row_of(contents_->payer_names, payers, folded(said));
}

accept_row const* rule_set::find_rule(std::string_view id) const {
  return row_of(contents_->rule_ids, contents_->tables.accept, id);
}

sentence_text const& rule_set::spoken(accept_row const* row) const {
  if (row == nullptr) return contents_->spoken.back();
  return contents_->spoken[static_cast<std::size_t>(row - contents_->tables.accept.data())];
}

requirement const* rule_set::find_requirement(std::string_view id) const {
  return row_of(contents_->requirement_ids, contents_->tables.requirements, id);
}

id_format const* rule_set::find_id_format(std::string_view id) const {
  return row_of(contents_->format_ids, contents_->tables.id_formats, id);
}

std::string canonical_rows(rule_set const& set) {
  std::string out = "intake-rule-set 1\n";
  std::string_view table;
  for (auto const& row : set.canonical()) {
    if (row.table != table) out += fmt::format("table {}\n", row.table);
    table = row.table;
    out += row.line;
  }
  return out;
}

std::string_view payer_number_for(payer const& one, payer_number_use use, date date_of_service) {
  for (auto const& number : one.numbers) {
    bool const used = number.use == use || number.use == payer_number_use::both;
    if (used && number.valid.contains(date_of_service)) return number.number;
  }
  return {};
}

std::string const& sentence_text::in(std::string_view language) const {
  if (language.starts_with("es") && !es.empty()) return es;
  if (language.starts_with("ht") && !ht.empty()) return ht;
  return en;
}

}  // namespace intake::forms::insurance

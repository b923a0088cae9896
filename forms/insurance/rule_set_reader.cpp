#include "forms/insurance/rule_set.hpp"
#include "forms/insurance/table_rows.hpp"
#include "forms/insurance/words.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <tuple>

#include <fmt/format.h>

namespace intake::forms::insurance {
namespace {

std::string_view base_name(std::string_view path) {
  auto const slash = path.find_last_of("/\\");
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

using tables_by_name = std::map<std::string_view, table, std::less<>>;

tables_by_name open_tables(std::span<named_text const> files, findings& problems) {
  tables_by_name tables;
  for (auto const& file : files) {
    auto const name = lower_case(base_name(file.name));
    if (!name.ends_with(".csv")) continue;
    auto const stem = std::string_view(name).substr(0, name.size() - 4);
    auto const specs = table_specs();
    auto const spec = std::find_if(specs.begin(), specs.end(),
                                   [&](table_spec const& one) { return one.name == stem; });
    if (spec == specs.end()) {
      problems.push_back({severity::warning,
                          "unknown-file",
                          std::string(file.name),
                          0,
                          0,
                          {},
                          "No table has this name; the file is not read.",
                          {}});
      continue;
    }
    if (!tables.try_emplace(spec->name, *spec, file, problems).second) {
      problems.push_back({severity::error,
                          "doubled-file",
                          std::string(file.name),
                          0,
                          0,
                          {},
                          "This table is there twice.",
                          {}});
    }
  }
  for (auto const& spec : table_specs()) {
    if (tables.contains(spec.name)) continue;
    problems.push_back({spec.file == need::required ? severity::error : severity::warning,
                        "missing-table",
                        fmt::format("{}.csv", spec.name),
                        0,
                        0,
                        {},
                        "The rule set lacks this table.",
                        {}});
    tables.try_emplace(spec.name, spec, problems);
  }
  return tables;
}

class reference_check {
 public:
  reference_check(rule_tables const& tables, tables_by_name const& files)
      : tables_{tables}, files_{files} {
    for (auto const& one : tables.payers) payers_.push_back(one.id);
    for (auto const& one : tables.id_formats) formats_.push_back(one.id);
    for (auto const& one : tables.requirements) requirements_.push_back(one.id);
    std::sort(payers_.begin(), payers_.end());
    std::sort(formats_.begin(), formats_.end());
    std::sort(requirements_.begin(), requirements_.end());
  }

  void run() const {
    for (auto const& one : tables_.payers) {
      if (!one.id_format.empty()) expect("payers", one.row, "id_format", one.id_format, formats_);
    }
    for (auto const& one : tables_.contracts) {
      expect("contracts", one.row, "payer", one.payer, payers_);
      expect_places("contracts", one.row, "locations", one.locations);
    }
    for (auto const& one : tables_.accept) {
      for (auto const& name : one.payers.names) expect_payer(one.row, name);
      for (auto const& name : one.requires_) {
        expect("accept", one.row, "requires", name, requirements_);
      }
      expect_places("accept", one.row, "location", one.locations);
    }
  }

 private:
  using names = std::vector<std::string>;

  void expect_payer(std::uint32_t row, std::string const& name) const {
    if (name == "unknown") return;
    if (!name.starts_with("kind:")) return expect("accept", row, "payer", name, payers_);
    if (from_word<payer_kind>(name.substr(5))) return;
    complain("accept", row, "payer", "unknown-value", name, "kind of payer",
             fmt::format("Possible: {}.", fmt::join(words_of<payer_kind>(), ", ")));
  }

  void expect_places(std::string_view table_name, std::uint32_t row, std::string_view column,
                     name_set const& places) const {
    auto const& known = tables_.meta.locations;
    if (known.empty()) return;
    for (auto const& place : places.names) {
      if (place == "unknown" || std::find(known.begin(), known.end(), place) != known.end())
        continue;
      complain(table_name, row, column, "unknown-location", place, "location of meta.csv", {});
    }
  }

  void expect(std::string_view table_name, std::uint32_t row, std::string_view column,
              std::string const& name, names const& known) const {
    if (std::binary_search(known.begin(), known.end(), name)) return;
    auto const referred = column == "payer"      ? "payers"
                          : column == "requires" ? "require"
                                                 : "id_formats";
    // What is wrong with that file would be said once more for every row that refers to it.
    if (!files_.find(referred)->second.is_whole()) return;
    auto const near = std::find_if(known.begin(), known.end(), [&](std::string const& one) {
      return edit_distance(name, one, 2) <= 2;
    });
    auto const what = fmt::format("{} of {}.csv", column == "payer" ? "payer" : "row", referred);
    complain(table_name, row, column, column == "payer" ? "unknown-payer" : "unknown-reference",
             name, what,
             near == known.end() ? std::string{} : fmt::format("Did you mean {}?", *near));
  }

  void complain(std::string_view table_name, std::uint32_t row, std::string_view column,
                std::string code, std::string_view name, std::string_view what,
                std::string hint) const {
    files_.find(table_name)
        ->second.complain({row, {}}, column, std::move(code),
                          fmt::format("\"{}\" is no {}.", name, what), std::move(hint));
  }

  rule_tables const& tables_;
  tables_by_name const& files_;
  names payers_;
  names formats_;
  names requirements_;
};

void append_line(std::string& out, std::span<std::string const> cells) {
  while (!cells.empty() && cells.back().empty()) cells = cells.first(cells.size() - 1);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) out += ',';
    append_csv_cell(out, cells[i], formula_policy::keep);
  }
  out += '\n';
}

// Row order carries no meaning in any table, so rows are sorted by their text. Empty cells at the
// end are left out, so that a column which a later version adds at the end renames no old set.
std::vector<canonical_row> canonical_of(tables_by_name const& tables) {
  std::vector<canonical_row> all;
  for (auto const& spec : table_specs()) {
    auto const& from = tables.find(spec.name)->second;
    std::vector<canonical_row> rows;
    for (auto const& row : from.rows()) {
      canonical_row one{std::string(spec.name), row.cells.front(), {}};
      append_line(one.line, row.cells);
      rows.push_back(std::move(one));
    }
    std::sort(rows.begin(), rows.end(),
              [](auto const& left, auto const& right) { return left.line < right.line; });
    std::move(rows.begin(), rows.end(), std::back_inserter(all));
  }
  return all;
}

}  // namespace

rule_set_reading read_rule_set(std::span<named_text const> files) {
  rule_set_reading result;
  auto const opened = open_tables(files, result.problems);
  auto const from = [&](std::string_view name) -> table const& {
    return opened.find(name)->second;
  };
  rule_tables tables{read_meta(from("meta")),
                     read_payers(from("payers")),
                     read_contracts(from("contracts")),
                     read_id_formats(from("id_formats")),
                     read_accept(from("accept")),
                     read_requirements(from("require")),
                     read_cob(from("cob")),
                     read_tests(from("tests")),
                     {}};
  for (auto const& spec : table_specs()) tables.layouts.push_back(from(spec.name).layout());
  reference_check(tables, opened).run();
  if (!has_error(result.problems)) result.set.emplace(std::move(tables), canonical_of(opened));
  return result;
}

}  // namespace intake::forms::insurance

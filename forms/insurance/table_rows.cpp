#include "forms/insurance/table_rows.hpp"

#include "forms/insurance/words.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <type_traits>

#include <fmt/format.h>

namespace intake::forms::insurance {
namespace {

// Complains about an id that an earlier row has.
class id_book {
 public:
  void enter(row_reader const& row, std::string_view column, std::string const& id) {
    auto const [at, added] = rows_.emplace(id, row.number());
    if (added || id.empty()) return;
    row.complain(column, "doubled-id", fmt::format("{} is the id of row {} too.", id, at->second));
  }

 private:
  std::map<std::string, std::uint32_t, std::less<>> rows_;
};

payer_number read_number(row_reader const& row) {
  static constexpr std::array<std::pair<std::string_view, payer_number_use>, 4> uses{
      {{"none", payer_number_use::none},
       {"claims", payer_number_use::claims},
       {"eligibility", payer_number_use::eligibility},
       {"both", payer_number_use::both}}};
  payer_number number{payer_number_use::none, row.text("payer_id"), row.valid("id_from", "id_to"),
                      row.number()};
  auto const said = lower_case(row.text("payer_id_use"));
  if (said.empty()) {
    if (!number.number.empty()) number.use = payer_number_use::both;
    return number;
  }
  auto const known =
      std::find_if(uses.begin(), uses.end(), [&](auto const& one) { return one.first == said; });
  if (known == uses.end()) {
    row.complain("payer_id_use", "unknown-value", "The use is not known.",
                 "Possible: claims, eligibility, both, none.");
    return number;
  }
  number.use = known->second;
  return number;
}

payer read_payer(row_reader const& row) {
  payer one;
  one.id = row.id("payer");
  one.name = row.text("name");
  one.aliases = row.list("aliases");
  one.kind = row.text("kind").empty() ? payer_kind::unknown : row.word<payer_kind>("kind");
  one.id_format = row.text("id_format");
  one.codes.push_back({row.text("source_of_payment"), row.text("claim_filing"), row.number()});
  one.source = row.text("source");
  one.row = row.number();
  return one;
}

// One row of a payer has its name and kind, the others only bring further numbers; what several say
// must be the same.
void join_rows(row_reader const& row, payer& known, payer again) {
  auto const join = [&](std::string_view column, auto& said, auto& said_again) {
    using cell = std::remove_cvref_t<decltype(said)>;
    if (said_again == cell{} || said == said_again) return;
    if (said == cell{}) {
      said = std::move(said_again);
      return;
    }
    row.complain(column, "payer-differs",
                 fmt::format("Row {} says something else about {}.", known.row, known.id),
                 "Leave the cell empty in all rows of a payer but one.");
  };
  if (known.name.empty() && !again.name.empty()) {
    known.row = again.row;
    known.source = again.source;
  }
  join("name", known.name, again.name);
  join("aliases", known.aliases, again.aliases);
  join("kind", known.kind, again.kind);
  join("id_format", known.id_format, again.id_format);
}

void check_named(row_reader const& row, payer const& one) {
  if (one.name.empty()) row.complain("name", "empty-cell", "The payer has no name.");
  if (one.kind != payer_kind::unknown) return;
  row.complain("kind", "empty-cell", "The payer has no kind.",
               fmt::format("Possible: {}.", fmt::join(words_of<payer_kind>().subspan(1), ", ")));
}

void check_states(row_reader const& row, name_set const& states) {
  for (auto const& name : states.names) {
    bool const code =
        name.size() == 2 && name[0] >= 'A' && name[0] <= 'Z' && name[1] >= 'A' && name[1] <= 'Z';
    if (code || name == "unknown") continue;
    row.complain("state", "unknown-value", fmt::format("\"{}\" is not a state.", name),
                 "Write the two capital letters of the post office, such as FL.");
  }
}

sentence_text meta_sentence(row_reader const& row) {
  return {row.text("en"), row.text("es"), row.text("ht")};
}

}  // namespace

set_meta read_meta(table const& from) {
  set_meta meta;
  std::set<std::string> seen;
  for (auto const& cells : from.rows()) {
    row_reader const row(from, cells);
    auto const key = row.required("key");
    if (!key.empty() && !seen.insert(key).second) {
      row.complain("key", "doubled-id", fmt::format("{} is there twice.", key));
    }
    if (key == "name") {
      meta.name = row.text("value");
    } else if (key == "purpose") {
      meta.purpose = row.word<set_purpose>("value");
    } else if (key == "languages") {
      meta.languages = row.list("value");
    } else if (key == "reviewed") {
      meta.reviewed = row.list("value");
    } else if (key == "locations") {
      meta.locations = row.list("value");
    } else if (key == "not_a_promise") {
      meta.not_a_promise = meta_sentence(row);
    } else if (key == "way_on") {
      meta.way_on = meta_sentence(row);
    } else if (key == "ask_who_pays") {
      meta.ask_who_pays = meta_sentence(row);
    } else if (!key.empty()) {
      row.complain("key", "unknown-value", fmt::format("\"{}\" is not a key.", key),
                   "Possible: name, purpose, languages, reviewed, locations, not_a_promise, "
                   "way_on, ask_who_pays.");
    }
  }
  if (!seen.contains("purpose") && from.is_whole()) {
    from.complain({}, "key", "missing-purpose", "No row says what the set is for.",
                  "Add a row purpose,production or purpose,example.");
  }
  if (meta.languages.empty()) meta.languages = {"en", "es", "ht"};
  return meta;
}

std::vector<payer> read_payers(table const& from) {
  std::vector<payer> payers;
  std::vector<csv_row const*> first_rows;
  std::map<std::string, std::size_t> by_id;
  for (auto const& cells : from.rows()) {
    row_reader const row(from, cells);
    payer one = read_payer(row);
    if (one.id == "unknown" || one.id == "any") {
      row.complain("payer", "bad-id", fmt::format("{} cannot be a payer's id.", one.id));
    }
    auto const [at, added] = by_id.emplace(one.id, payers.size());
    if (added) {
      payers.push_back(std::move(one));
      first_rows.push_back(&cells);
    } else {
      auto& known = payers[at->second];
      known.codes.push_back(one.codes.front());
      join_rows(row, known, std::move(one));
    }
    auto number = read_number(row);
    if (!number.number.empty()) payers[at->second].numbers.push_back(std::move(number));
  }
  for (std::size_t i = 0; i < payers.size(); ++i) {
    check_named(row_reader(from, *first_rows[i]), payers[i]);
  }
  return payers;
}

std::vector<contract> read_contracts(table const& from) {
  std::vector<contract> contracts;
  id_book ids;
  for (auto const& cells : from.rows()) {
    row_reader const row(from, cells);
    contract one;
    one.id = row.id("contract");
    ids.enter(row, "contract", one.id);
    one.payer = row.id("payer");
    one.plan_name = row.required("plan_name");
    if (lower_case(one.plan_name) == "any") one.plan_name.clear();
    one.aliases = row.list("aliases");
    one.products = row.values<product>("product");
    one.where = row.word<network>("network");
    one.locations = row.names("locations");
    one.providers = row.names("providers");
    one.valid = row.valid("valid_from", "valid_to");
    one.row = row.number();
    contracts.push_back(std::move(one));
  }
  return contracts;
}

std::vector<id_format> read_id_formats(table const& from) {
  std::vector<id_format> formats;
  id_book ids;
  for (auto const& cells : from.rows()) {
    row_reader const row(from, cells);
    id_format one{row.id("id_format"),
                  row.text("pattern"),
                  lower_case(row.text("check")),
                  row.list("good_examples"),
                  row.list("bad_examples"),
                  row.sentence("message"),
                  row.number()};
    ids.enter(row, "id_format", one.id);
    formats.push_back(std::move(one));
  }
  return formats;
}

std::vector<accept_row> read_accept(table const& from) {
  std::vector<accept_row> rows;
  id_book ids;
  for (auto const& cells : from.rows()) {
    row_reader const row(from, cells);
    accept_row one;
    one.id = row.id("rule");
    ids.enter(row, "rule", one.id);
    one.band = row.whole_number("band");
    one.valid = row.valid("valid_from", "valid_to");
    one.payers = row.names("payer");
    one.products = row.values<product>("product");
    one.networks = row.values<network>("network");
    one.accidents = row.values<accident_kind>("accident");
    one.age_years = row.numbers("age");
    one.referral = row.values<yes_no>("referral");
    one.days_since_accident = row.numbers("days_since_accident");
    one.days_since_first_treatment = row.numbers("days_since_first_treatment");
    one.first_care_day = row.numbers("first_care_day");
    one.locations = row.names("location");
    one.states = row.names("state");
    check_states(row, one.states);
    one.result = row.word<outcome>("outcome");
    one.requires_ = row.list("requires");
    one.patient = row.sentence("patient");
    if (one.patient.en.empty()) {
      row.complain("patient_en", "empty-cell", "The row has no sentence for the patient.");
    }
    one.staff = row.text("staff");
    one.source = row.text("source");
    one.row = row.number();
    rows.push_back(std::move(one));
  }
  return rows;
}

std::vector<requirement> read_requirements(table const& from) {
  static constexpr std::array<std::string_view, 6> types{"text",   "date",  "photo",
                                                         "choice", "phone", "staff"};
  std::vector<requirement> rows;
  id_book ids;
  for (auto const& cells : from.rows()) {
    row_reader const row(from, cells);
    requirement one{row.id("require"),     row.text("answer"), lower_case(row.required("type")),
                    row.sentence("label"), row.text("source"), row.number()};
    ids.enter(row, "require", one.id);
    if (std::find(types.begin(), types.end(), one.type) == types.end()) {
      row.complain("type", "unknown-value", "The type is not known.",
                   fmt::format("Possible: {}.", fmt::join(types, ", ")));
    }
    rows.push_back(std::move(one));
  }
  return rows;
}

}  // namespace intake::forms::insurance

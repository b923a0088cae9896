#include "forms/insurance/states.hpp"

#include "forms/insurance/words.hpp"

#include <algorithm>

namespace intake::forms::insurance {
namespace {

struct state_row {
  std::string_view name;  ///< folded
  std::string_view code;
};

// USPS Publication 28, appendix B.
constexpr state_row named_states[] = {{"alabama", "AL"},
                                      {"alaska", "AK"},
                                      {"arizona", "AZ"},
                                      {"arkansas", "AR"},
                                      {"california", "CA"},
                                      {"colorado", "CO"},
                                      {"connecticut", "CT"},
                                      {"delaware", "DE"},
                                      {"districtofcolumbia", "DC"},
                                      {"washingtondc", "DC"},
                                      {"florida", "FL"},
                                      {"georgia", "GA"},
                                      {"hawaii", "HI"},
                                      {"idaho", "ID"},
                                      {"illinois", "IL"},
                                      {"indiana", "IN"},
                                      {"iowa", "IA"},
                                      {"kansas", "KS"},
                                      {"kentucky", "KY"},
                                      {"louisiana", "LA"},
                                      {"maine", "ME"},
                                      {"maryland", "MD"},
                                      {"massachusetts", "MA"},
                                      {"michigan", "MI"},
                                      {"minnesota", "MN"},
                                      {"mississippi", "MS"},
                                      {"missouri", "MO"},
                                      {"montana", "MT"},
                                      {"nebraska", "NE"},
                                      {"nevada", "NV"},
                                      {"newhampshire", "NH"},
                                      {"newjersey", "NJ"},
                                      {"newmexico", "NM"},
                                      {"newyork", "NY"},
                                      {"northcarolina", "NC"},
                                      {"northdakota", "ND"},
                                      {"ohio", "OH"},
                                      {"oklahoma", "OK"},
                                      {"oregon", "OR"},
                                      {"pennsylvania", "PA"},
                                      {"rhodeisland", "RI"},
                                      {"southcarolina", "SC"},
                                      {"southdakota", "SD"},
                                      {"tennessee", "TN"},
                                      {"texas", "TX"},
                                      {"utah", "UT"},
                                      {"vermont", "VT"},
                                      {"virginia", "VA"},
                                      {"washington", "WA"},
                                      {"westvirginia", "WV"},
                                      {"wisconsin", "WI"},
                                      {"wyoming", "WY"},
                                      {"americansamoa", "AS"},
                                      {"guam", "GU"},
                                      {"northernmarianaislands", "MP"},
                                      {"puertorico", "PR"},
                                      {"virginislands", "VI"},
                                      {"usvirginislands", "VI"}};

bool is_letter(char c) {
  return c >= 'a' && c <= 'z';
}

}  // namespace

std::optional<std::string> state_code(std::string_view said) {
  auto code = folded(said);
  if (code.size() == 2 && std::ranges::all_of(code, is_letter)) {
    std::ranges::transform(code, code.begin(), [](char c) { return static_cast<char>(c & ~0x20); });
    return code;
  }
  auto const* const row = std::ranges::find(named_states, std::string_view{code}, &state_row::name);
  return row == std::end(named_states) ? std::nullopt : std::optional{std::string(row->code)};
}

}  // namespace intake::forms::insurance

#include "forms/insurance/vocabulary.hpp"

#include "forms/insurance/words.hpp"

#include <array>
#include <string>

namespace intake::forms::insurance {
namespace {

using word = std::string_view;

constexpr std::array<word, 4> outcomes{"accept", "accept_with_conditions", "review",
                                       "not_accepted"};
constexpr std::array<word, 16> payer_kinds{"unknown",
                                           "commercial",
                                           "medicare",
                                           "medicare_supplement",
                                           "medicare_advantage",
                                           "medicaid",
                                           "medicaid_managed",
                                           "tricare",
                                           "va",
                                           "auto",
                                           "workers_comp",
                                           "liability",
                                           "letter_of_protection",
                                           "black_lung",
                                           "self_pay",
                                           "other"};
constexpr std::array<word, 20> products{
    "unknown", "hmo",      "ppo",        "epo",  "pos",    "indemnity", "pffs",
    "snp",     "original", "supplement", "full", "qmb",    "slmb",      "share_of_cost",
    "prime",   "select",   "for_life",   "pip",  "medpay", "other"};
constexpr std::array<word, 3> networks{"not_listed", "in", "out"};
constexpr std::array<word, 5> accidents{"unknown", "none", "auto", "work", "other"};
constexpr std::array<word, 3> answers{"unknown", "yes", "no"};
constexpr std::array<word, 5> bases{"unknown", "current_work", "retiree", "cobra", "individual"};
constexpr std::array<word, 5> relations{"unknown", "self", "spouse", "child", "other"};
constexpr std::array<word, 4> reasons{"unknown", "age", "disability", "esrd"};
constexpr std::array<word, 2> purposes{"example", "production"};

struct synonym {
  word said;
  word meant;
};

// What spreadsheets (TRUE), checkboxes and careful people write instead.
constexpr std::array<synonym, 8> answer_synonyms{{{"true", "yes"},
                                                  {"false", "no"},
                                                  {"y", "yes"},
                                                  {"n", "no"},
                                                  {"1", "yes"},
                                                  {"0", "no"},
                                                  {"asked_unknown", "unknown"},
                                                  {"dont_know", "unknown"}}};
constexpr std::array<synonym, 4> network_synonyms{{{"unknown", "not_listed"},
                                                   {"not_in_list", "not_listed"},
                                                   {"in_network", "in"},
                                                   {"out_of_network", "out"}}};
constexpr std::array<synonym, 4> accident_synonyms{
    {{"no", "none"}, {"car", "auto"}, {"auto_accident", "auto"}, {"motor_vehicle", "auto"}}};

template <class Enum>
std::span<synonym const> synonyms_of() {
  return {};
}
template <>
std::span<synonym const> synonyms_of<yes_no>() {
  return answer_synonyms;
}
template <>
std::span<synonym const> synonyms_of<network>() {
  return network_synonyms;
}
template <>
std::span<synonym const> synonyms_of<accident_kind>() {
  return accident_synonyms;
}

std::string plain_word(std::string_view said) {
  std::string result = lower_case(trimmed(said));
  for (char& letter : result) {
    if (letter == ' ' || letter == '-') letter = '_';
  }
  return result;
}

using enum product;
constexpr std::array commercial_products{hmo, ppo, epo, pos, indemnity, product::other};
constexpr std::array medicare_products{original};
constexpr std::array supplement_products{supplement};
constexpr std::array advantage_products{hmo, ppo, pos, pffs, snp, product::other};
constexpr std::array medicaid_products{full, qmb, slmb, share_of_cost, product::other};
constexpr std::array managed_products{hmo, product::other};
constexpr std::array tricare_products{prime, select, for_life, product::other};
constexpr std::array auto_products{pip, medpay, product::other};
constexpr std::array all_products{
    hmo, ppo,  epo,           pos,   indemnity, pffs,     snp, original, supplement,    full,
    qmb, slmb, share_of_cost, prime, select,    for_life, pip, medpay,   product::other};

}  // namespace

template <>
std::span<word const> words_of<outcome>() {
  return outcomes;
}
template <>
std::span<word const> words_of<payer_kind>() {
  return payer_kinds;
}
template <>
std::span<word const> words_of<product>() {
  return products;
}
template <>
std::span<word const> words_of<network>() {
  return networks;
}
template <>
std::span<word const> words_of<accident_kind>() {
  return accidents;
}
template <>
std::span<word const> words_of<yes_no>() {
  return answers;
}
template <>
std::span<word const> words_of<plan_basis>() {
  return bases;
}
template <>
std::span<word const> words_of<relation>() {
  return relations;
}
template <>
std::span<word const> words_of<medicare_reason>() {
  return reasons;
}
template <>
std::span<word const> words_of<set_purpose>() {
  return purposes;
}

template <class Enum>
std::optional<Enum> from_word(std::string_view said) {
  std::string key = plain_word(said);
  for (auto const& [from, to] : synonyms_of<Enum>()) {
    if (key == from) key = to;
  }
  auto const words = words_of<Enum>();
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == key) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

template std::optional<outcome> from_word<outcome>(std::string_view);
template std::optional<payer_kind> from_word<payer_kind>(std::string_view);
template std::optional<product> from_word<product>(std::string_view);
template std::optional<network> from_word<network>(std::string_view);
template std::optional<accident_kind> from_word<accident_kind>(std::string_view);
template std::optional<yes_no> from_word<yes_no>(std::string_view);
template std::optional<plan_basis> from_word<plan_basis>(std::string_view);
template std::optional<relation> from_word<relation>(std::string_view);
template std::optional<medicare_reason> from_word<medicare_reason>(std::string_view);
template std::optional<set_purpose> from_word<set_purpose>(std::string_view);

std::span<product const> products_of(payer_kind kind) {
  switch (kind) {
    case payer_kind::commercial:
      return commercial_products;
    case payer_kind::medicare:
      return medicare_products;
    case payer_kind::medicare_supplement:
      return supplement_products;
    case payer_kind::medicare_advantage:
      return advantage_products;
    case payer_kind::medicaid:
      return medicaid_products;
    case payer_kind::medicaid_managed:
      return managed_products;
    case payer_kind::tricare:
      return tricare_products;
    case payer_kind::auto_pip:
      return auto_products;
    case payer_kind::unknown:
    case payer_kind::other:
      return all_products;
    case payer_kind::va:
    case payer_kind::workers_comp:
    case payer_kind::liability:
    case payer_kind::letter_of_protection:
    case payer_kind::black_lung:
    case payer_kind::self_pay:
      return {};
  }
  return {};
}

}  // namespace intake::forms::insurance

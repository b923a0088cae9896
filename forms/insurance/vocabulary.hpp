#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

/// The closed vocabularies of the rule tables. Each value has one word, the same in tables, in
/// named answers and in JSON; `unknown` is a value like the others.
namespace intake::forms::insurance {

/// From strongest to weakest. None of them refuses a form.
enum class outcome : std::uint8_t { accept, accept_with_conditions, review, not_accepted };

enum class payer_kind : std::uint8_t {
  unknown,
  commercial,
  medicare,
  medicare_supplement,
  medicare_advantage,
  medicaid,
  medicaid_managed,
  tricare,
  va,
  auto_pip,
  workers_comp,
  liability,
  letter_of_protection,
  black_lung,
  self_pay,
  other
};

/// What sort of plan it is.
enum class product : std::uint8_t {
  unknown,
  hmo,
  ppo,
  epo,
  pos,
  indemnity,
  pffs,
  snp,
  original,
  supplement,
  full,
  qmb,
  slmb,
  share_of_cost,
  prime,
  select,
  for_life,
  pip,
  medpay,
  other
};

/// Derived from the clinic's contracts, never asked.
enum class network : std::uint8_t { not_listed, in, out };

enum class accident_kind : std::uint8_t { unknown, none, auto_accident, work, other };

enum class yes_no : std::uint8_t { unknown, yes, no };

/// Why the patient has a group plan: decides who pays first beside Medicare.
enum class plan_basis : std::uint8_t { unknown, current_work, retiree, cobra, individual };

/// The patient, seen from the person whose plan it is.
enum class relation : std::uint8_t { unknown, self, spouse, child, other };

enum class medicare_reason : std::uint8_t { unknown, age, disability, esrd };

/// Why a set of tables exists; a production service refuses to start on an example.
enum class set_purpose : std::uint8_t { example, production };

/// Every word of a vocabulary, in the order of its enum.
template <class Enum>
std::span<std::string_view const> words_of();
template <>
std::span<std::string_view const> words_of<outcome>();
template <>
std::span<std::string_view const> words_of<payer_kind>();
template <>
std::span<std::string_view const> words_of<product>();
template <>
std::span<std::string_view const> words_of<network>();
template <>
std::span<std::string_view const> words_of<accident_kind>();
template <>
std::span<std::string_view const> words_of<yes_no>();
template <>
std::span<std::string_view const> words_of<plan_basis>();
template <>
std::span<std::string_view const> words_of<relation>();
template <>
std::span<std::string_view const> words_of<medicare_reason>();
template <>
std::span<std::string_view const> words_of<set_purpose>();

/// The word for a value.
template <class Enum>
std::string_view to_word(Enum value) {
  return words_of<Enum>()[static_cast<std::size_t>(value)];
}

/// The value for a word; case, spaces and `-` for `_` do not matter. Empty where there is none.
template <class Enum>
std::optional<Enum> from_word(std::string_view word);

/// The plan sorts a kind of payer can have, without `unknown`; empty where the question makes no
/// sense (a work injury has no HMO).
std::span<product const> products_of(payer_kind kind);

}  // namespace intake::forms::insurance

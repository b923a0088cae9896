#pragma once
#include "forms/x12/envelope.hpp"
#include "forms/x12/parties.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

/// What a 271 says, row by row, as it says it. Views into the text that was read.
namespace intake::forms::x12 {

/// HSD: how much, how often.
struct delivery {
  std::uint32_t segment = 0;
  std::string_view quantity_qualifier;
  std::string_view quantity;
  std::string_view unit;
  std::string_view sample_modulus;
  std::string_view period;
  std::string_view periods;
  std::string_view pattern;
  std::string_view time_of_day;
};

/// III: what else narrows a benefit (place of service, injury).
struct information {
  std::uint32_t segment = 0;
  std::string_view qualifier;
  std::string_view code;
  std::string_view category;
  std::string_view text;
};

/// EB and everything in its loop.
struct benefit {
  std::uint32_t segment = 0;
  std::string_view code;  ///< EB01
  /// What else EB01 says, where separators stand in it: it should say one thing.
  std::vector<std::string_view> other_codes;
  std::string_view level;                  ///< EB02: IND, FAM …
  std::vector<std::string_view> services;  ///< EB03
  std::string_view insurance_type;         ///< EB04
  std::string_view plan;                   ///< EB05
  std::string_view period;                 ///< EB06
  std::string_view amount;                 ///< EB07 as it stands there
  /// Nothing where EB07 is absent or can't be read: never 0 for that.
  std::optional<std::int64_t> amount_cents;
  std::string_view fraction;            ///< EB08: ".4" is 40 %
  std::string_view quantity_qualifier;  ///< EB09
  std::string_view quantity;            ///< EB10
  std::string_view authorisation;       ///< EB11: Y needed, N not, U unknown
  std::string_view in_network;          ///< EB12 as said; empty: not stated
  std::string_view procedure;           ///< EB13 with its components
  std::string_view diagnosis_pointers;  ///< EB14
  std::vector<delivery> deliveries;
  std::vector<reference> references;
  std::vector<dated> dates;
  std::vector<rejection> rejections;
  std::vector<message> messages;
  std::vector<information> informations;
  std::vector<party> related;  ///< loop 2120
};

inline constexpr std::uint32_t nobody = 0xFFFFFFFF;

/// What the payer says of one person, or why it says nothing. Indices into the response's lists, so
/// that a batch does not repeat its payer for everyone; `nobody` where there is none.
struct answer {
  std::uint32_t source = nobody;
  std::uint32_t receiver = nobody;
  std::uint32_t subscriber = nobody;
  std::uint32_t dependent = nobody;
  /// The dependent's where there is one, else the subscriber's.
  std::vector<benefit> benefits;
};

/// One 271.
struct response {
  std::uint32_t segment = 0;
  std::string_view purpose;    ///< BHT02
  std::string_view reference;  ///< BHT03: ours, where the payer gives it back
  std::string_view date;
  std::string_view time;
  /// The text ended inside this transaction set: what is here may not be all.
  bool is_cut_off = false;
  std::vector<party> sources;
  std::vector<party> receivers;
  std::vector<person> subscribers;
  std::vector<person> dependents;
  std::vector<answer> answers;
};

/// The dependent where there is one, else the subscriber; null where the answer names no person.
person const* patient_of(response const&, answer const&) noexcept;

struct placed_rejection {
  std::string_view level;  ///< "source", "receiver", "subscriber", "dependent"
  rejection what;
};

struct placed_message {
  std::uint32_t benefit_segment = 0;  ///< of its EB; 0: it stands in none
  message what;
};

inline constexpr std::size_t level_messages_max = 50;

/// All the payer says in words, from the top down: what stands outside every benefit (of more than
/// `level_messages_max` the first), then what stands in each.
std::vector<placed_message> messages_of(response const&, answer const&);

inline constexpr std::size_t rejections_max = 50;

/// Rejections of the answer's levels from the top down, those inside a benefit not; of more than
/// `rejections_max` the first.
std::vector<placed_rejection> rejections_of(response const&, answer const&);

}  // namespace intake::forms::x12

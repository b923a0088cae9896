#pragma once
#include "certs/hash_chain.hpp"
#include "certs/keyring.hpp"
#include "forms/json_reader.hpp"
#include "service/summary.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace intake::service {

/// A patient as the clinic knows them before they have filled in anything.
struct expected_person {
  std::string family{};
  std::string given{};
  /// FHIR date; empty where the clinic does not know it.
  std::string birth_date{};
  std::string phone{};
  std::string mail{};
  /// An answer to `visit.kind`: chooses the packet.
  std::string visit_kind{};
  std::string reason{};
  /// BCP 47; empty where not known.
  std::string language{};

  bool operator==(expected_person const&) const = default;
};

/// The JSON text that is sealed. Longest texts are cut (names 200 bytes, the rest 500).
std::string write_person(expected_person const&);
/// Nothing for what this program did not write.
std::optional<expected_person> read_person(std::string_view text);
/// The same as a member of another document.
expected_person read_person(forms::json_value const& object);

/// Reads "Last, First" or "First Last".
expected_person person_of(std::string_view typed_name);

/// "Désir, Marie-Thérèse".
std::string name_of(expected_person const&);

/// What submissions of the same surname and birth date carry; nothing where one is not known.
std::optional<certs::hash256> person_token(certs::keyring const&, expected_person const&);

/// Whether the schedule speaks of somebody else now: both birth dates are known and differ, or both
/// names do. A name that was misspelt, or changed by marriage, is the same person's.
bool are_two_people(expected_person const& before, expected_person const& now);

/// The same surname and birth date, and given names that are not two: "Ana" may be "Ana María", not
/// "Eva".
bool may_be_same(expected_person const&, summary const&);

}  // namespace intake::service

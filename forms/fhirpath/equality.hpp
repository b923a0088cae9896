#pragma once
#include "forms/fhirpath/evaluator.hpp"

#include <compare>
#include <cstddef>
#include <optional>
#include <unordered_map>

namespace intake::forms::fhirpath {

/// FHIRPath's =, for one value and for collections. Nothing where it cannot be told: a date and its
/// month.
std::optional<bool> equal(evaluation&, value const&, value const&);
std::optional<bool> equal(evaluation&, collection const&, collection const&);
/// FHIRPath's ~: texts without case and space, numbers to the less precise, any order.
bool equivalent(evaluation&, value const&, value const&);
bool equivalent(evaluation&, collection const&, collection const&);

/// The order of two System values. Nothing where it cannot be told; `comparable` is false where
/// their types have no order.
struct value_order {
  bool comparable = true;
  std::optional<std::strong_ordering> order;
};
value_order compare(value const&, value const&);

/// Which values were seen already, by =.
class seen_values {
 public:
  explicit seen_values(evaluation& in) : in_{in} {}
  /// False where an equal one was there.
  bool insert(value const&);
  bool contains(value const&) const;

 private:
  bool contains(std::size_t hash, value const&) const;
  evaluation& in_;
  collection values_;
  std::unordered_multimap<std::size_t, std::size_t> places_;
};

/// Equal values have equal hashes.
std::size_t hash_of(evaluation&, value const&);

}  // namespace intake::forms::fhirpath

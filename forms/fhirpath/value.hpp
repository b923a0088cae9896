#pragma once
#include "forms/fhirpath/number.hpp"
#include "forms/fhirpath/quantity.hpp"
#include "forms/fhirpath/temporal.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace intake::forms {
struct item;
class questionnaire;
struct answers;
}  // namespace intake::forms

namespace intake::forms::fhirpath {

/// What a node is a view of.
enum class node_kind : std::uint8_t {
  json,
  response,
  occurrence,
  answer,
  coding,
  quantity,
  attachment,
  reference,
  reference_identifier,
  text,
  whole,
  flag,
  form,
  form_item,
  form_option
};

/// A response as an expression sees it; outlives the nodes.
struct response_view {
  questionnaire const* form = nullptr;
  answers const* all = nullptr;
};

/// An element of a resource where it lies: nothing is copied. Lives as long as what it views.
struct node {
  node_kind kind = node_kind::json;
  /// FHIR's name of its type.
  std::string_view type;
  void const* self = nullptr;
  /// The "_name" beside a JSON primitive.
  void const* beside = nullptr;
  response_view const* view = nullptr;
  /// The question whose answer it is part of, where that is known.
  item const* question = nullptr;
};

struct type_info {
  std::string_view space;
  std::string_view name;
};

/// One element of a collection: a node, or a value of the namespace System.
struct value {
  std::variant<node, bool, std::int32_t, number, std::string, temporal,
               std::shared_ptr<measure const>, type_info>
      data;

  template <class T>
  T const* as() const {
    return std::get_if<T>(&data);
  }
  node const* as_node() const { return as<node>(); }
  /// Null for all but System.Quantity.
  measure const* as_measure() const;
};

using collection = std::vector<value>;

collection one(value);

value measure_value(measure);
value text_value(std::string);

/// An Integer or a Decimal; nothing for others.
std::optional<number> number_of(value const&);
/// A quantity, or a number as one: 1 is 1 '1'.
std::optional<measure> measure_of(value const&);

/// The value that an element has: a primitive's, a FHIR Quantity's. A System value is its own;
/// nothing where there is none.
std::optional<value> system_value(value const&);
/// The same for an element alone.
std::optional<value> system_value(node const&);
/// The text of a string, or of a primitive element as its source wrote it; nothing for others.
std::optional<std::string_view> text_view_of(value const&);
/// Its type, with namespace.
type_info type_of(value const&);

}  // namespace intake::forms::fhirpath

#pragma once
#include "forms/fhirpath/value.hpp"
#include "forms/values.hpp"

#include <string_view>
#include <utility>
#include <vector>

namespace intake::forms {
class json_value;
struct answered_item;
}  // namespace intake::forms

namespace intake::forms::fhirpath {

node json_node(json_value const& resource);
/// The response of a view, shaped as a QuestionnaireResponse: what is stored of it, items in the
/// order of the document that they came from.
node response_node(response_view const&);
node occurrence_node(response_view const&, answered_item const&);
/// The form, as far as it is loaded: its extensions are not seen.
node form_node(response_view const&);
node form_item_node(response_view const&, item const&);

struct named_value {
  std::string_view name;
  value child;
};

/// Takes the children of a node that are wanted.
class child_sink {
 public:
  /// Those of one name; valueCoding is `value` too.
  child_sink(std::string_view wanted, collection& values) : wanted_{wanted}, values_{&values} {}
  /// All of them, with their names.
  explicit child_sink(std::vector<named_value>& named) : named_{&named} {}

  bool takes_all() const { return named_ != nullptr; }
  std::string_view wanted() const { return wanted_; }
  bool wants(std::string_view name) const { return takes_all() || wanted_ == name; }
  void add(std::string_view name, value child) {
    if (named_ != nullptr) {
      named_->push_back({name, std::move(child)});
    } else {
      values_->push_back(std::move(child));
    }
  }

 private:
  std::string_view wanted_;
  collection* values_ = nullptr;
  std::vector<named_value>* named_ = nullptr;
};

void give_children(node const&, child_sink&);
/// A System value has no children, but a type has its namespace and name.
void give_children(value const&, child_sink&);
std::vector<named_value> children_of(value const&);

/// An element with a value of its own, not only with extensions.
bool has_own_value(node const&);

// The sources of children, by kind of node.
void give_json_children(node const&, child_sink&);
void give_response_children(node const&, child_sink&);
void give_form_children(node const&, child_sink&);
void give_data_children(node const&, child_sink&);
/// An answer's value as `value` of its owner.
void give_value(node const& owner, answer_value const&, child_sink&);
/// A text of the form or the answers as an element; nothing where it is empty.
void give_text(node const& owner, std::string_view name, std::string_view type, std::string const&,
               child_sink&);

}  // namespace intake::forms::fhirpath

#include "forms/fhirpath/node.hpp"
#include "forms/fhirpath/types.hpp"
#include "forms/json_reader.hpp"

#include <algorithm>

namespace intake::forms::fhirpath {
namespace {

json_value const* companion_of(json_value const& object, std::string_view member) {
  auto const found = std::ranges::find_if(object, [&](json_value const& one) {
    return one.key().size() == member.size() + 1 && one.key()[0] == '_' &&
           one.key().substr(1) == member;
  });
  return found == object.end() ? nullptr : found;
}

bool is_object(json_value const* value) {
  return value != nullptr && value->is(json_kind::object);
}

/// One member, or one element of it, as children.
class member_giver {
 public:
  member_giver(node const& owner, child_sink& sink) : owner_{owner}, sink_{sink} {}

  void give(std::string_view name, std::string_view type, json_value const* value,
            json_value const* beside) {
    bool const many = (value != nullptr && value->is(json_kind::array)) ||
                      (value == nullptr && beside->is(json_kind::array));
    if (!many) {
      add(name, type, value, beside);
      return;
    }
    auto const elements = children(value);
    auto const beside_elements = children(beside);
    for (std::size_t i = 0; i < std::max(elements.size(), beside_elements.size()); ++i) {
      add(name, type, i < elements.size() ? &elements[i] : nullptr,
          i < beside_elements.size() ? &beside_elements[i] : nullptr);
    }
  }

 private:
  static std::span<json_value const> children(json_value const* value) {
    return value == nullptr ? std::span<json_value const>{} : value->children();
  }

  void add(std::string_view name, std::string_view type, json_value const* value,
           json_value const* beside) {
    if (value != nullptr && value->is(json_kind::null)) value = nullptr;
    if (!is_object(beside)) beside = nullptr;
    if (value == nullptr && beside == nullptr) return;
    if (type.empty()) type = value == nullptr ? "string" : type_of_element(name, *value);
    sink_.add(name, {node{node_kind::json, type, value, beside, owner_.view, owner_.question}});
  }

  node const& owner_;
  child_sink& sink_;
};

bool is_element(std::string_view member) {
  return member != "resourceType" && member != "fhir_comments";
}

/// The element a member is asked for as: exactly, or by the name without its type.
bool asks_for(child_sink const& sink, std::string_view member, bool choice) {
  if (member == sink.wanted()) return true;
  return choice && member.starts_with(sink.wanted()) &&
         element_of_member(member).name == sink.wanted();
}

void give_members(json_value const& object, node const& owner, child_sink& sink) {
  member_giver giver{owner, sink};
  bool const choice = !sink.takes_all() && is_choice(sink.wanted());
  for (auto const& one : object) {
    bool const alone = one.key().starts_with('_');
    auto const member = one.key().substr(alone ? 1 : 0);
    if (!is_element(member)) continue;
    if (!sink.takes_all() && !asks_for(sink, member, choice)) continue;
    if (alone && object.find(member) != nullptr) continue;
    auto const element = element_of_member(member);
    giver.give(element.name, element.type, alone ? nullptr : &one,
               alone ? &one : companion_of(object, member));
  }
}

}  // namespace

node json_node(json_value const& resource) {
  auto const type = resource.is(json_kind::object) ? resource.text_of("resourceType") : "";
  return {node_kind::json, type.empty() ? type_of_element("", resource) : type, &resource};
}

void give_json_children(node const& of, child_sink& sink) {
  auto const* value = static_cast<json_value const*>(of.self);
  if (is_object(value)) give_members(*value, of, sink);
  // A primitive's id and extensions.
  auto const* beside = static_cast<json_value const*>(of.beside);
  if (beside != nullptr) give_members(*beside, of, sink);
}

}  // namespace intake::forms::fhirpath

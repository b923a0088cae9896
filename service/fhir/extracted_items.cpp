#include "service/fhir/extracted_items.hpp"

#include <algorithm>
#include <string>

namespace intake::service::fhir {
namespace {

constexpr std::string_view definitions = "http://hl7.org/fhir/StructureDefinition/";

/// "http://hl7.org/fhir/StructureDefinition/Patient#Patient.name.given"
std::string definition_of(std::string_view path) {
  return std::string(definitions) + std::string(path.substr(0, path.find('.'))) + "#" +
         std::string(path);
}

template <class Wanted>
void collect(forms::questionnaire const& form, std::vector<forms::answered_item> const& items,
             Wanted const& wanted, std::vector<extracted_answer>& all) {
  for (auto const& each : items) {
    auto const& item = form.at(each.item);
    for (auto const& given : each.answers) {
      if (wanted(item)) all.push_back({&form, &item, &given.value});
      collect(form, given.items, wanted, all);
    }
    collect(form, each.items, wanted, all);
  }
}

template <class Wanted>
std::vector<extracted_answer> collect(packet_view const& packet, Wanted const& wanted) {
  std::vector<extracted_answer> all;
  auto const may_and_wanted = [&](forms::item const& item) {
    return packet.readable.has(item.audience) && wanted(item);
  };
  for (auto const& each : packet.forms) {
    collect(*each.form, each.response.answers.items, may_and_wanted, all);
  }
  return all;
}

}  // namespace

std::vector<extracted_answer> extract(packet_view const& packet, extracted_element const& element) {
  auto const definition = definition_of(element.path);
  bool const is_defined = std::ranges::any_of(packet.forms, [&](opened_form const& each) {
    return std::ranges::count(each.form->items(), definition, &forms::item::definition) > 0;
  });
  if (is_defined) {
    return collect(packet, [&](forms::item const& item) { return item.definition == definition; });
  }
  return collect(packet, [&](forms::item const& item) { return item.link_id == element.link_id; });
}

std::string first_text(std::vector<extracted_answer> const& answers) {
  return answers.empty() ? std::string() : forms::plain_text(*answers.front().value);
}

std::string first_code(std::vector<extracted_answer> const& answers) {
  if (answers.empty()) return {};
  auto const* chosen = std::get_if<forms::coding>(answers.front().value);
  return chosen != nullptr && !chosen->code.empty() ? chosen->code : first_text(answers);
}

}  // namespace intake::service::fhir

#include "tests/forms/fhirpath/support.hpp"

#include "forms/fhirpath/collection_json.hpp"
#include "forms/fhirpath/evaluator.hpp"
#include "forms/fhirpath/node.hpp"
#include "forms/json_reader.hpp"

namespace intake::forms::fhirpath::support {

std::string json_of(std::string_view expression, std::string_view resource) {
  auto const document = read_json(std::string{resource});
  if (!document) return sentence(document.error());
  auto const compiled = compile(expression);
  if (!compiled) return sentence(compiled.error());
  environment known;
  known.now = "2026-11-28T09:00:00-05:00";
  known.resource.push_back({json_node(document->root())});
  auto const found = evaluate(**compiled, known.resource, known);
  return found ? write_json(*found) : sentence(found.error());
}

}  // namespace intake::forms::fhirpath::support

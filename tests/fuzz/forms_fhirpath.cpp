#include "forms/fhirpath/collection_json.hpp"
#include "forms/fhirpath/evaluator.hpp"
#include "forms/fhirpath/node.hpp"
#include "forms/fhirpath/references.hpp"
#include "forms/json_reader.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

using namespace intake::forms;

namespace {

constexpr std::string_view patient =
    R"({"resourceType":"Patient","id":"p","active":true,"name":[{"use":"official","family":"Doe",
"given":["Ann","Bea"],"_given":[null,{"id":"x"}]},{"given":["Cy"]}],"birthDate":"1965-06-15",
"_birthDate":{"extension":[{"url":"u","valueDateTime":"1965-06-15T10:00:00Z"}]},
"multipleBirthInteger":2,"contact":[{"name":{"family":"Roe"},"telecom":[{"rank":1}]}],
"extension":[{"url":"w","valueQuantity":{"value":1.50,"system":"http://unitsofmeasure.org",
"code":"kg"}}]})";

/// An expression, and after a line that is "--" a resource of its own.
struct fuzz_input {
  std::string_view expression;
  std::string_view resource = patient;
};

fuzz_input split(std::string_view input) {
  constexpr std::string_view line = "\n--\n";
  auto const at = input.find(line);
  if (at == std::string_view::npos) return {input};
  return {input.substr(0, at), input.substr(at + line.size())};
}

}  // namespace

// Whatever an expression is, it is parsed or refused, ends within its limits, and what it gives is
// one JSON text.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  auto const input = split({reinterpret_cast<char const*>(data), size});
  auto const compiled = fhirpath::compile(input.expression);
  if (!compiled) return 0;
  static_cast<void>(fhirpath::references_of(**compiled));
  auto const document = read_json(std::string{input.resource});
  if (!document) return 0;
  fhirpath::environment known;
  known.now = "2026-11-28T09:00:00-05:00";
  known.resource.push_back({fhirpath::json_node(document->root())});
  auto const found = fhirpath::evaluate(**compiled, known.resource, known);
  // A long list of whole resources is no fault, but slow to write.
  if (!found || found->size() > 10'000) return 0;
  auto const text = fhirpath::write_json(*found);
  constexpr json_limits wide{.bytes_max = std::size_t{1} << 30, .depth_max = 64};
  if (!read_json(text, wide)) std::abort();
  return 0;
}

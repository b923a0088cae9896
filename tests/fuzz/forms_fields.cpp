#include "forms/canonical.hpp"
#include "forms/from_fields.hpp"
#include "forms/validation.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

using namespace intake::forms;

namespace {

constexpr std::string_view form_text =
    R"({"resourceType":"Questionnaire","url":"urn:f","status":"active","item":[
{"linkId":"a","text":"A","type":"integer"},{"linkId":"b","text":"B","type":"date"},
{"linkId":"c","text":"C","type":"open-choice","repeats":true,"answerOption":[{"valueString":"x"}],
 "item":[{"linkId":"d","text":"D","type":"time"}]},
{"linkId":"g","type":"group","repeats":true,"item":[{"linkId":"e","text":"E","type":"dateTime"},
 {"linkId":"f","text":"F","type":"quantity"},{"linkId":"h","text":"H","type":"attachment"}]}]})";

}  // namespace

// Lines "name=value": any of them become answers, problems or nothing.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  static auto const form = read_questionnaire(std::string{form_text}).value();
  std::string_view rest(reinterpret_cast<char const*>(data), size);
  std::vector<form_field> fields;
  while (!rest.empty()) {
    auto const line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    auto const split = std::min(line.find('='), line.size());
    fields.push_back({line.substr(0, split), line.substr(std::min(split + 1, line.size()))});
  }
  auto const page = from_fields(form, fields);
  static_cast<void>(validate(form, page.answers, {"2026-11-23", {}, {}}));
  static_cast<void>(to_fields(form, page.answers));
  static_cast<void>(write_canonical(form, page.answers, {}));
  return 0;
}

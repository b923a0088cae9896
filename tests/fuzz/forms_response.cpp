#include "forms/canonical.hpp"
#include "forms/enablement.hpp"
#include "forms/from_fields.hpp"
#include "forms/validation.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>

using namespace intake::forms;

namespace {

constexpr std::string_view form_text =
    R"({"resourceType":"Questionnaire","url":"urn:f","status":"active","item":[
{"linkId":"a","text":"A","type":"boolean"},
{"linkId":"b","text":"B","type":"decimal","enableWhen":[{"question":"a","operator":"=",
    "answerBoolean":true}]},
{"linkId":"c","text":"C","type":"choice","repeats":true,"answerOption":[
    {"valueCoding":{"system":"s","code":"x"}},{"valueInteger":3}],
 "item":[{"linkId":"d","text":"D","type":"text","maxLength":5}]},
{"linkId":"g","type":"group","repeats":true,"item":[{"linkId":"e","text":"E","type":"dateTime"},
 {"linkId":"f","text":"F","type":"quantity","required":true},{"linkId":"h","text":"H",
     "type":"attachment"},
 {"linkId":"i","text":"I","type":"reference"},{"linkId":"j","text":"J","type":"open-choice"},
 {"linkId":"k","text":"K","type":"integer"},{"linkId":"l","text":"L","type":"date"},
 {"linkId":"m","text":"M","type":"time"},{"linkId":"n","text":"N","type":"url"}]}]})";

void holds(bool property) {
  if (!property) std::abort();
}

std::string canonical_of(questionnaire const& form, response const& given) {
  return write_canonical(form, given.answers, given.envelope);
}

}  // namespace

// Whatever is sent, it is read, validated and written; and what had no problems is a fixed point.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  static auto const form = read_questionnaire(std::string{form_text}).value();
  auto const document = read_json(std::string(reinterpret_cast<char const*>(data), size));
  if (!document) return 0;
  auto const first = read_response(form, document->root(), origin_claims::believed);
  static_cast<void>(validate(form, first, {"2026-11-23", {}, item_order::lenient}));
  static_cast<void>(to_fields(form, without_disabled(form, first.answers)));
  auto const once = canonical_of(form, first);
  if (any_error(first.problems)) return 0;
  auto const again = read_json(once);
  holds(again.has_value());
  auto const second = read_response(form, again->root(), origin_claims::believed);
  holds(second.problems.empty() && canonical_of(form, second) == once);
  return 0;
}

#include "forms/canonical.hpp"
#include "forms/fhirpath/hooks.hpp"
#include "forms/json_reader.hpp"
#include "forms/response.hpp"
#include "forms/scoring.hpp"
#include "forms/validation.hpp"

#include <array>
#include <stdexcept>
#include <string>

#include <benchmark/benchmark.h>
#include <boost/json.hpp>
#include <fmt/format.h>

// What reading and validating a response costs beside boost::json::parse of the same text, and that
// it grows with the size alone; and what scores cost. Build: ninja forms_bench.
namespace {

using namespace intake::forms;

struct question_shape {
  char const* type;
  char const* more;
  char const* value;
};

constexpr std::array<question_shape, 8> shapes{{
    {"string", R"(,"required":true,"maxLength":80)",
     R"("valueString":"An answer of usual length")"},
    {"choice",
     R"(,"answerOption":[{"valueCoding":{"system":"urn:c","code":"0","display":"None"}},)"
     R"({"valueCoding":{"system":"urn:c","code":"1","display":"Some"}}])",
     R"("valueCoding":{"system":"urn:c","code":"1","display":"Some"})"},
    {"integer",
     R"(,"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/minValue","valueInteger":0},)"
     R"({"url":"http://hl7.org/fhir/StructureDefinition/maxValue","valueInteger":10}])",
     R"("valueInteger":3)"},
    {"boolean", "", R"("valueBoolean":true)"},
    {"date", "", R"("valueDate":"1965-06-15")"},
    {"text", R"(,"maxLength":2000)",
     R"("valueString":"Dull ache in the lower back, worse after sitting; better with heat.")"},
    {"decimal", "", R"("valueDecimal":77.50)"},
    {"string", R"(,"enableWhen":[{"question":"g0.3","operator":"=","answerBoolean":true}])",
     R"("valueString":"Only where it applies")"},
}};

constexpr int group_size = 16;

constexpr std::string_view calculated =
    R"j(,"extension":[{"url":"http://hl7.org/fhir/uv/sdc/StructureDefinition/)j"
    R"j(sdc-questionnaire-calculatedExpression","valueExpression":{"language":"text/fhirpath",)j"
    R"j("expression":"(%resource.item.where(linkId='g{}').item.answer.value.ofType(integer))j"
    R"j(.sum() / 2).round(1)"}}])j";

/// The items of a form, and one score for each of its groups, which a response leaves out.
std::string with_scores(std::string form, int groups) {
  std::string scores;
  for (int i = 0; i < groups; ++i) {
    auto extension = std::string{calculated};
    extension.replace(extension.find("{}"), 2, std::to_string(i));
    scores +=
        fmt::format(R"(,{{"linkId":"score{}","text":"Score","type":"decimal"{}}})", i, extension);
  }
  return form.replace(form.rfind("]}"), 0, scores);
}

/// A form of about `items` questions in groups of 16, or the response that answers them all.
std::string document(int items, bool response) {
  std::string groups;
  for (int begin = 0; begin < items; begin += group_size) {
    std::string inner;
    for (int i = begin; i < std::min(items, begin + group_size); ++i) {
      auto const& shape = shapes[static_cast<std::size_t>(i % 8)];
      auto const id = fmt::format("g{}.{}", begin / group_size, i - begin);
      auto const rest = response ? fmt::format(R"("answer":[{{{}}}])", shape.value)
                                 : fmt::format(R"("text":"Question {}","type":"{}"{})", i,
                                               shape.type, shape.more);
      inner += fmt::format(R"({}{{"linkId":"{}",{}}})", inner.empty() ? "" : ",", id, rest);
    }
    groups += fmt::format(R"({}{{"linkId":"g{}",{}"item":[{}]}})", groups.empty() ? "" : ",",
                          begin / group_size, response ? "" : R"("type":"group",)", inner);
  }
  return response
             ? fmt::format(R"({{"resourceType":"QuestionnaireResponse","questionnaire":"urn:f|1",)"
                           R"("status":"completed","authored":"2026-11-23","item":[{}]}})",
                           groups)
             : fmt::format(R"({{"resourceType":"Questionnaire","url":"urn:f","version":"1",)"
                           R"("status":"active","item":[{}]}})",
                           groups);
}

constexpr json_limits large{.bytes_max = std::size_t{16} << 20, .depth_max = 32};

struct bench_input {
  questionnaire form;
  std::string text;
};

bench_input input_of(benchmark::State const& state) {
  auto const items = static_cast<int>(state.range(0));
  auto const document_of_form = read_json(document(items, false), large);
  return {read_questionnaire(document_of_form.value()).value(), document(items, true)};
}

void count(benchmark::State& state, std::string const& text) {
  state.SetBytesProcessed(static_cast<std::int64_t>(text.size()) * state.iterations());
  state.counters["response_bytes"] = static_cast<double>(text.size());
}

void parse_with_boost(benchmark::State& state) {
  auto const input = input_of(state);
  for (auto _ : state) benchmark::DoNotOptimize(boost::json::parse(input.text));
  count(state, input.text);
}

void read_strictly(benchmark::State& state) {
  auto const input = input_of(state);
  for (auto _ : state) benchmark::DoNotOptimize(read_json(input.text, large));
  count(state, input.text);
}

void read_and_validate(benchmark::State& state) {
  auto const input = input_of(state);
  validation_context const context{"2026-11-23", response_status::completed, item_order::strict};
  for (auto _ : state) {
    auto const json = read_json(input.text, large);
    auto const given = read_response(input.form, json->root());
    auto const problems = validate(input.form, given, context);
    if (!problems.empty()) throw std::runtime_error("the bench's own response is not valid");
  }
  count(state, input.text);
}

void validate_and_score(benchmark::State& state) {
  auto const items = static_cast<int>(state.range(0));
  auto const groups = (items + group_size - 1) / group_size;
  auto const document_of_form = read_json(with_scores(document(items, false), groups), large);
  auto const form = read_questionnaire(document_of_form.value()).value();
  auto const text = document(items, true);
  auto const hooks = fhirpath::hooks_for({"2026-11-23T09:00:00-05:00", {}});
  validation_context context{"2026-11-23", response_status::completed, item_order::strict};
  context.expressions = &hooks;
  for (auto _ : state) {
    auto const json = read_json(text, large);
    auto given = read_response(form, json->root());
    auto computed = recompute(form, std::move(given.answers), hooks);
    given.answers = std::move(computed.answers);
    auto const problems = validate(form, given, context);
    if (!problems.empty() || answers_to(form, given.answers, "score0").size() != 1) {
      throw std::runtime_error("the bench's own response has no score");
    }
  }
  count(state, text);
}

void write_again(benchmark::State& state) {
  auto const input = input_of(state);
  auto const json = read_json(input.text, large);
  auto const given = read_response(input.form, json->root());
  for (auto _ : state) {
    benchmark::DoNotOptimize(write_canonical(input.form, given.answers, given.envelope));
  }
  count(state, input.text);
}

BENCHMARK(parse_with_boost)->Arg(80)->Arg(100)->Arg(1000)->Arg(10000);
BENCHMARK(read_strictly)->Arg(80)->Arg(10000);
BENCHMARK(read_and_validate)->Arg(80)->Arg(100)->Arg(1000)->Arg(10000);
BENCHMARK(validate_and_score)->Arg(80)->Arg(1000);
BENCHMARK(write_again)->Arg(80)->Arg(10000);

}  // namespace

BENCHMARK_MAIN();

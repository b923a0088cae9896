#include "forms/x12/reading_json.hpp"

#include <stdexcept>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

// What reading an answer costs, in processor time. Build: ninja x12_bench; best of 7:
// x12_bench --benchmark_repetitions=7 --benchmark_report_aggregates_only=false.
namespace {

using namespace intake::forms;

/// A 271 of that many segments in the shape that payers send: benefits with what belongs to them.
std::string response_of(std::size_t segments) {
  std::string body =
      "ST*271*0001*005010X279A1~BHT*0022*11*REQ0001*20261128*0958~HL*1**20*1~"
      "NM1*PR*2*EXAMPLE MUTUAL*****PI*EXM01~HL*2*1*21*1~"
      "NM1*1P*2*EXAMPLE PAIN CENTER*****XX*1234567893~HL*3*2*22*0~TRN*2*TRACE0001*9EXAMPLECL~"
      "NM1*IL*1*SAMPLE*SALLY****MI*EX0000017~N3*1 EXAMPLE ST~N4*SAMPLETOWN*FL*33602~"
      "DMG*D8*19700101*F~DTP*346*D8*20260101~EB*1**30**EXAMPLE PPO~";
  constexpr std::string_view cycle[] = {"EB*C*IND*30***23*1500*****Y~",
                                        "EB*C*IND*30***29*420.55*****Y~",
                                        "EB*B*IND*98***27*35*****Y~",
                                        "MSG*PRIMARY CARE VISIT~",
                                        "EB*1**1^33^47^48^50^86^98~",
                                        "DTP*348*D8*20260101~",
                                        "EB*A*IND*98*****.2****N~",
                                        "HSD*VS*35***23*1~",
                                        "EB*R**30~",
                                        "LS*2120~",
                                        "NM1*PRP*2*EXAMPLE SECOND~",
                                        "PER*IC**TE*8005550101~",
                                        "LE*2120~"};
  // ISA, GS, GE and IEA stand around ST to SE.
  std::size_t count = 14;
  for (std::size_t i = 0; count + 5 < segments; ++i, ++count) body += cycle[i % std::size(cycle)];
  return fmt::format(
      "ISA*00*          *00*          *ZZ*EXAMPLEHUB     *ZZ*EXAMPLECLINIC  *261128*0958*^*00501*"
      "000000001*0*T*:~GS*HB*EXAMPLEHUB*EXAMPLECLINIC*20261128*0958*1*X*005010X279A1~{}SE*{}*0001~"
      "GE*1*1~IEA*1*000000001~",
      body, count + 1);
}

void read_271(benchmark::State& state) {
  auto const text = response_of(static_cast<std::size_t>(state.range(0)));
  auto const first = x12::read_tolerant(text);
  bool const is_cut_in_a_list = first.found.deviations().size() > 1;
  if (first.file.segments.size() != static_cast<std::size_t>(state.range(0)) || is_cut_in_a_list) {
    throw std::runtime_error("the bench's own file is not what it should be");
  }
  for (auto _ : state) benchmark::DoNotOptimize(x12::read_tolerant(text));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}

void read_and_print_271(benchmark::State& state) {
  auto const text = response_of(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    auto const read = x12::read_tolerant(text);
    benchmark::DoNotOptimize(x12::to_json(read, {"0", "bench", 20261128}));
  }
}

BENCHMARK(read_271)->Arg(35)->Arg(350)->Arg(10'000)->Unit(benchmark::kMicrosecond);
BENCHMARK(read_and_print_271)->Arg(350)->Unit(benchmark::kMicrosecond);

}  // namespace

BENCHMARK_MAIN();

#include "forms/insurance/checker.hpp"
#include "forms/insurance/decision.hpp"
#include "forms/insurance/decision_json.hpp"

#include <map>
#include <stdexcept>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

// What a decision costs, and a check before activation. Build: ninja insurance_bench.
namespace {

using namespace intake::forms::insurance;

/// Invented payers, each with ten rows that differ in product, network and referral.
std::map<std::string, std::string> tables_of(int rows) {
  std::map<std::string, std::string> files;
  files["meta.csv"] = "key,value\npurpose,example\nlanguages,en\n";
  auto& payers = files["payers.csv"] = "payer,name,aliases,kind\n";
  auto& contracts = files["contracts.csv"] = "contract,payer,plan_name,product,network\n";
  auto& accept = files["accept.csv"] =
      "rule,band,payer,product,network,referral,outcome,patient_en,staff\n";
  auto& tests = files["tests.csv"] = "test,payer,plan_name,expect_outcome\n";
  struct shape {
    char const* product;
    char const* network;
    char const* referral;
    char const* outcome;
  };
  constexpr shape shapes[] = {{"ppo", "in", "any", "accept"},
                              {"epo", "in", "any", "accept"},
                              {"pos", "in", "any", "accept"},
                              {"indemnity", "in", "any", "accept"},
                              {"hmo", "in", "yes", "accept"},
                              {"hmo", "in", "no|unknown", "accept_with_conditions"},
                              {"unknown|other", "in", "any", "accept_with_conditions"},
                              {"hmo|epo", "out", "any", "not_accepted"},
                              {"!hmo|!epo", "out", "any", "review"},
                              {"any", "not_listed", "any", "review"}};
  for (int i = 0; i * 10 < rows; ++i) {
    payers += fmt::format("example_{0},Example Payer {0},Payer {0};P{0},commercial\n", i);
    contracts += fmt::format("K{0},example_{0},Example Plan {0},hmo,in\n", i);
    tests += fmt::format("T{0},example_{0},Example Plan {0},accept_with_conditions\n", i);
    for (int j = 0; j < 10; ++j) {
      accept += fmt::format(
          "A{:05}_{},2,example_{},{},{},{},{},A sentence of the usual length about "
          "this plan and what comes next.,A sentence for staff.\n",
          i, j, i, shapes[j].product, shapes[j].network, shapes[j].referral, shapes[j].outcome);
    }
  }
  accept += "Z999,9,any,any,any,any,review,We do not know this plan yet.,Check.\n";
  return files;
}

std::vector<named_text> texts_of(std::map<std::string, std::string> const& files) {
  std::vector<named_text> texts;
  for (auto const& [name, text] : files) texts.push_back({name, text});
  return texts;
}

rule_set set_of(int rows) {
  auto const files = tables_of(rows);
  auto reading = read_rule_set(texts_of(files));
  if (!reading.set) throw std::runtime_error("the bench's own tables do not read");
  return *reading.set;
}

visit_facts ordinary_visit() {
  visit_facts visit;
  visit.date_of_service = *read_iso_date("2026-11-23");
  visit.accident = accident_kind::none;
  visit.age_years = 44;
  return visit;
}

coverage_facts hmo_without_referral(int payer) {
  coverage_facts coverage;
  coverage.payer = fmt::format("example_{}", payer);
  coverage.plan_name = fmt::format("Example Plan {}", payer);
  return coverage;
}

void decision(benchmark::State& state) {
  auto const rows = static_cast<int>(state.range(0));
  auto const set = set_of(rows);
  auto const visit = ordinary_visit();
  auto const coverage = hmo_without_referral(rows / 20);
  if (decide(set, coverage, visit).near_misses.empty())
    throw std::runtime_error("not the bench's row");
  for (auto _ : state) benchmark::DoNotOptimize(decide(set, coverage, visit));
}

void visit_of_two(benchmark::State& state) {
  auto const set = set_of(static_cast<int>(state.range(0)));
  auto const visit = ordinary_visit();
  std::vector<coverage_facts> const both{hmo_without_referral(1), hmo_without_referral(2)};
  for (auto _ : state) benchmark::DoNotOptimize(decide_visit(set, both, visit));
}

void decision_as_json(benchmark::State& state) {
  auto const set = set_of(200);
  std::vector<coverage_facts> const one{hmo_without_referral(1)};
  auto const decided = decide_visit(set, one, ordinary_visit());
  for (auto _ : state) benchmark::DoNotOptimize(to_json(decided, std::string(64, 'a')));
}

void load_and_check(benchmark::State& state) {
  auto const files = tables_of(static_cast<int>(state.range(0)));
  auto const texts = texts_of(files);
  auto const today = *read_iso_date("2026-11-23");
  for (auto _ : state) {
    auto const report = check_rules(texts, today);
    if (!report.good()) throw std::runtime_error(to_text(report));
  }
}

BENCHMARK(decision)->Arg(200)->Arg(2000);
BENCHMARK(visit_of_two)->Arg(200);
BENCHMARK(decision_as_json);
BENCHMARK(load_and_check)->Arg(200)->Arg(2000)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();

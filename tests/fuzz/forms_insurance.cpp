#include "forms/insurance/checker.hpp"
#include "forms/insurance/decision_json.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

// A rule set uploaded by anybody: the bytes as every table in turn, beside a small good set.
namespace {

using namespace intake::forms::insurance;

constexpr named_text good_tables[] = {
    {"meta.csv", "key,value\npurpose,example\nlanguages,en\n"},
    {"payers.csv", "payer,name,kind\np,Plan P,commercial\n"},
    {"contracts.csv", "contract,payer,plan_name,network\nK1,p,Gold,in\n"},
    {"id_formats.csv", "id_format,pattern\nf,N{3}\n"},
    {"accept.csv",
     "rule,band,payer,outcome,patient_en\nA1,1,p,accept,Yes.\nZ9,9,any,review,Ask.\n"},
    {"require.csv", "require,type,label_en\nr,text,R\n"},
    {"cob.csv", "rule,order,first,second,says\nC1,1,commercial,medicare,first_pays\n"},
    {"tests.csv", "test,payer,expect_outcome\nT1,p,accept\n"},
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view const text(reinterpret_cast<char const*>(data), size);
  for (auto const& replaced : good_tables) {
    std::vector<named_text> files(std::begin(good_tables), std::end(good_tables));
    for (auto& file : files) {
      if (file.name == replaced.name) file.text = text;
    }
    auto const report = check_rules(files, *read_iso_date("2026-11-23"));
    if (to_json_lines(report, "fuzz").empty()) __builtin_trap();
    if (!report.set) continue;
    coverage_facts coverage;
    coverage.payer = "p";
    coverage.plan_name = "Gold";
    auto const decided = decide_visit(*report.set, std::vector{coverage}, {});
    if (read_stored_answer(to_json(decided, "fuzz")).has_error()) __builtin_trap();
  }
  return 0;
}

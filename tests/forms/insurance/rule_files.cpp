#include "tests/forms/insurance/rule_files.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace intake::forms::insurance::testing {

rule_files example_files() {
  rule_files files;
  for (auto const& entry :
       std::filesystem::directory_iterator(INTAKE_SOURCE "/forms/rules/example")) {
    std::ifstream in(entry.path(), std::ios::binary);
    files[entry.path().filename()] = {std::istreambuf_iterator<char>(in), {}};
  }
  return files;
}

rule_files small_files(std::string_view accept_rows) {
  return {{"meta.csv", "key,value\nname,small\npurpose,example\nlanguages,en\n"},
          {"payers.csv", "payer,name,aliases,kind\np,Plan P,,commercial\nq,Plan Q,,commercial\n"},
          {"accept.csv",
           fmt::format("rule,band,payer,product,network,accident,age,referral,days_since_accident,"
                       "outcome,patient_en\n{}Z999,9,any,any,any,any,any,any,any,review,Staff will "
                       "check.\n",
                       accept_rows)}};
}

rule_set_reading read(rule_files const& files) {
  std::vector<named_text> texts;
  for (auto const& [name, text] : files) texts.push_back({name, text});
  return read_rule_set(texts);
}

rule_set read_good(rule_files const& files) {
  auto reading = read(files);
  for (auto const& one : reading.problems) {
    if (one.level == severity::error) ADD_FAILURE() << place_of(one) << ": " << one.message;
  }
  if (!reading.set) throw std::runtime_error("the rule set does not read");
  return *reading.set;
}

std::string places(findings const& all, std::string_view code) {
  std::string result;
  for (auto const& one : all) {
    if (one.code != code) continue;
    if (!result.empty()) result += ' ';
    result += fmt::format("{}:{}:{}", one.file, one.row, one.column_name);
  }
  return result;
}

check_report check(rule_files const& files) {
  std::vector<named_text> texts;
  for (auto const& [name, text] : files) texts.push_back({name, text});
  return check_rules(texts, *read_iso_date("2026-11-23"));
}

rule_files with(std::string const& file, std::string_view from, std::string_view to) {
  auto files = example_files();
  auto& text = files.at(file);
  auto const at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  text.replace(at, from.size(), to);
  return files;
}

}  // namespace intake::forms::insurance::testing

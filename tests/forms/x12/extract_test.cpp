#include "forms/x12/extract.hpp"

#include "forms/x12/verdict.hpp"
#include "tests/forms/x12/sample_files.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace intake::forms::x12 {
namespace {

std::string interchange_of(std::string_view control, std::string_view groups) {
  return fmt::format(
      "ISA*00*          *00*          *ZZ*EXAMPLEHUB     *ZZ*EXAMPLECLINIC  *261128*0958*^*00501*"
      "{}*0*T*:~{}",
      control, groups);
}

std::string group_of(std::string_view control, std::string_view sets) {
  return fmt::format("GS*HB*EXAMPLEHUB*EXAMPLECLINIC*20261128*0958*{}*X*005010X279A1~{}", control,
                     sets);
}

std::string set_of(std::string_view control, std::string_view benefits) {
  return fmt::format("ST*271*{}*005010X279A1~BHT*0022*11*REQ0017*20261128*0958~{}{}", control,
                     samples::levels_271(), benefits);
}

std::string active(std::string_view control) {
  return set_of(control, "EB*1**30~");
}

struct extract_case {
  std::string_view name;
  std::string text;
  /// Of every set's only answer, in the order of the file.
  std::vector<std::string_view> statuses;
  std::vector<std::string_view> ends;
};

std::vector<extract_case> extract_cases() {
  return {
      {"both are whole",
       interchange_of("000000017", group_of("17", active("0001") + "SE*11*0001~" + active("0002") +
                                                      "SE*11*0002~GE*2*17~IEA*1*000000017~")),
       {"active", "active"},
       {"SE*11*0001~GE*2*17~IEA*1*000000017~", "SE*11*0002~GE*2*17~IEA*1*000000017~"}},
      {"cut off before another set",
       interchange_of("000000017", group_of("17", active("0001") + active("0002") +
                                                      "SE*11*0002~GE*2*17~IEA*1*000000017~")),
       {"unclear", "active"},
       {"EB*1**30~", "SE*11*0002~GE*2*17~IEA*1*000000017~"}},
      {"cut off before another group",
       interchange_of("000000017",
                      group_of("17", active("0001")) +
                          group_of("18", active("0002") + "SE*11*0002~GE*1*18~IEA*2*000000017~")),
       {"unclear", "active"},
       {"EB*1**30~", "SE*11*0002~GE*1*18~IEA*2*000000017~"}},
      {"cut off before another interchange",
       interchange_of("000000017", group_of("17", active("0001"))) +
           interchange_of("000000018",
                          group_of("18", active("0002") + "SE*11*0002~GE*1*18~IEA*1*000000018~")),
       {"unclear", "active"},
       {"EB*1**30~", "SE*11*0002~GE*1*18~IEA*1*000000018~"}},
      {"the last one is cut off",
       interchange_of("000000017", group_of("17", active("0001") + "SE*11*0001~" + active("0002"))),
       {"active", "unclear"},
       {"SE*11*0001~", "EB*1**30~"}},
      {"without SE, right before GE",
       interchange_of("000000017", group_of("17", active("0001") + "SE*11*0001~" + active("0002") +
                                                      "GE*2*17~IEA*1*000000017~")),
       {"active", "active"},
       {"SE*11*0001~GE*2*17~IEA*1*000000017~", "EB*1**30~GE*2*17~IEA*1*000000017~"}},
      {"whole, its group goes on without GE",
       interchange_of("000000017",
                      group_of("17", active("0001") + "SE*11*0001~") +
                          group_of("18", active("0002") + "SE*11*0002~GE*1*18~IEA*2*000000017~")),
       {"active", "active"},
       {"SE*11*0001~IEA*2*000000017~", "SE*11*0002~GE*1*18~IEA*2*000000017~"}},
  };
}

TEST(X12Extract, SaysOfOneAnswerWhatTheFileSays) {
  for (auto const& one : extract_cases()) {
    SCOPED_TRACE(one.name);
    auto const file = read_tolerant(one.text);
    ASSERT_EQ(file.sets.size(), one.statuses.size());
    for (std::size_t set = 0; set < file.sets.size(); ++set) {
      auto const& in_file = std::get<response>(file.sets[set].content);
      auto const text = extract_answer(file, set, 0);
      EXPECT_TRUE(text.ends_with(one.ends[set])) << text;
      auto const alone = read_tolerant(text);
      auto const& said = samples::only_response(alone);
      EXPECT_EQ(said.is_cut_off, in_file.is_cut_off);
      EXPECT_EQ(name_of(verdict_of(said, said.answers.at(0), 0).status), one.statuses[set]);
      EXPECT_EQ(name_of(verdict_of(in_file, in_file.answers.at(0), 0).status), one.statuses[set]);
      bool const is_error = !alone.found.errors().empty();
      EXPECT_EQ(is_error, one.statuses[set] == "unclear");
    }
  }
}

}  // namespace
}  // namespace intake::forms::x12

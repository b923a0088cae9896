// The alert rules of the operator's guide ask for metrics that there are.
#include "service/metrics.hpp"
#include "service/outgoing/counters.hpp"

#include <fstream>
#include <set>
#include <sstream>
#include <string_view>

#include <gtest/gtest.h>

namespace intake::service {
namespace {

std::set<std::string> names_in(std::string_view text) {
  std::set<std::string> found;
  for (auto at = text.find("intake_"); at != text.npos; at = text.find("intake_", at)) {
    auto const end = text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_", at);
    found.emplace(text.substr(at, end - at));
    at = end;
  }
  return found;
}

TEST(AlertRules, AskForMetricsThatThereAre) {
  std::ifstream file(INTAKE_SOURCE "/deploy/README.md");
  std::stringstream guide;
  guide << file.rdbuf();
  auto const text = guide.str();
  auto const begin = text.find("```yaml\ngroups:");
  ASSERT_NE(begin, text.npos);
  auto const rules = names_in(text.substr(begin, text.find("```\n", begin + 8) - begin));
  ASSERT_GE(rules.size(), 6U);
  event_log const log(-1, [] { return certs::utc_time{}; });
  rules_in_force const in_force(nullptr);
  outgoing::counters const handed;
  auto const there = names_in(write_metrics({}, {}, log, in_force, {.handed = &handed}));
  for (auto const& each : rules) EXPECT_TRUE(there.contains(each)) << each;
}

TEST(AlertRules, AreToldWhetherTheDatabaseIsUsableAsReadyzSays) {
  event_log const log(-1, [] { return certs::utc_time{}; });
  rules_in_force const in_force(nullptr);
  auto const says_usable = [&](bool usable) {
    auto const text = write_metrics({}, {}, log, in_force, {.database_usable = usable});
    return text.find("\nintake_database_usable 1\n") != text.npos;
  };
  EXPECT_FALSE(says_usable(false));
  EXPECT_TRUE(says_usable(true));
}

}  // namespace
}  // namespace intake::service

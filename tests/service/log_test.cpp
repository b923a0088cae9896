#include "service/log.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

namespace intake::service {
namespace {

certs::utc_time fixed() {
  return certs::utc_time{std::chrono::microseconds{1'795'403'106'123'456}};
}

std::string logged(log_name const& name) {
  int ends[2];
  EXPECT_EQ(::pipe(ends), 0);
  event_log const log(ends[1], fixed);
  log.write(log_level::warning, "tested",
            {{"name", name}, {"count", 3}, {"word", log_word("own")}});
  char text[512];
  auto const size = ::read(ends[0], text, sizeof text);
  ::close(ends[0]);
  ::close(ends[1]);
  return {text, static_cast<std::size_t>(size)};
}

TEST(Log, WritesOneObjectALine) {
  EXPECT_EQ(logged(log_name("a \"b\"\n\\")),
            "{\"time\":\"2026-11-23T03:05:06.123456Z\",\"level\":\"warning\",\"event\":\"tested\","
            "\"name\":\"a \\\"b\\\"\\u000a\\\\\",\"count\":3,\"word\":\"own\"}\n");
}

TEST(Log, CountsLinesThatCouldNotBeWritten) {
  event_log const log(-1, fixed);
  log.write(log_level::info, "nobody-hears-it");
  EXPECT_EQ(log.lost_lines(), 1U);
}

}  // namespace
}  // namespace intake::service

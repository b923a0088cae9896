#include "service/http/gate.hpp"
#include "tests/service/http/gate_support.hpp"

#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace intake::service {
namespace {

constexpr std::size_t body_max = 1000;

struct chunk_case {
  char const* name;
  std::string bytes;
  int status;  ///< 0: passes, -1: wants more
  std::string body;
};

std::vector<chunk_case> const chunk_cases{
    {"one chunk", "3\r\nabc\r\n0\r\n\r\n", 0, "abc"},
    {"two chunks", "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", 0, "abcde"},
    {"empty body", "0\r\n\r\n", 0, ""},
    {"capital digits and zeros before", "0A\r\n0123456789\r\n00\r\n\r\n", 0, "0123456789"},
    {"bytes that look like framing", "7\r\n\r\n0\r\n\r\n\r\n0\r\n\r\n", 0, "\r\n0\r\n\r\n"},
    {"not whole: size", "3", -1, ""},
    {"not whole: data", "3\r\nab", -1, ""},
    {"not whole: end", "0\r\n", -1, ""},
    {"extension", "3;a=b\r\nabc\r\n0\r\n\r\n", 400, ""},
    {"extension without name", "3;\r\nabc\r\n0\r\n\r\n", 400, ""},
    {"white space after the size", "3 \r\nabc\r\n0\r\n\r\n", 400, ""},
    {"white space before the size", " 3\r\nabc\r\n0\r\n\r\n", 400, ""},
    {"size with prefix", "0x3\r\nabc\r\n0\r\n\r\n", 400, ""},
    {"size with sign", "+3\r\nabc\r\n0\r\n\r\n", 400, ""},
    {"size empty", "\r\nabc\r\n0\r\n\r\n", 400, ""},
    {"size past 64 bits", "10000000000000003\r\nabc\r\n0\r\n\r\n", 400, ""},
    {"line feed alone after the size", "3\nabc\r\n0\r\n\r\n", 400, ""},
    {"carriage return without line feed", "3\rabc\r\n0\r\n\r\n", 400, ""},
    {"chunk longer than its size", "3\r\nabcXX0\r\n\r\n", 400, ""},
    {"line feed alone after the data", "3\r\nabc\n0\r\n\r\n", 400, ""},
    {"trailer", "3\r\nabc\r\n0\r\nX: y\r\n\r\n", 400, ""},
    {"line feed alone at the end", "0\r\n\n", 400, ""},
    {"body at the limit", "3E8\r\n" + std::string(1000, 'a') + "\r\n0\r\n\r\n", 0,
     std::string(1000, 'a')},
    {"chunk over the limit", "3E9\r\n", 413, ""},
    {"chunks over the limit together", "3E7\r\n" + std::string(999, 'a') + "\r\n2\r\n", 413, ""},
};

TEST(ChunkGate, GivesEachCaseItsStatusHoweverTheBytesAreCut) {
  for (auto const& each : chunk_cases) {
    auto const whole = read_chunks(each.bytes, each.bytes.size(), body_max);
    EXPECT_EQ(whole.status, each.status) << each.name;
    EXPECT_EQ(whole.body, each.body) << each.name;
    for (std::size_t step = 1; step < std::min<std::size_t>(20, each.bytes.size()); ++step) {
      EXPECT_EQ(read_chunks(each.bytes, step, body_max), whole) << each.name << " by " << step;
    }
  }
}

TEST(ChunkGate, LeavesTheNextRequestAlone) {
  std::string_view bytes = "1\r\na\r\n0\r\n\r\nGET / HTTP/1.1\r\n";
  std::string body;
  chunk_gate gate(body_max);
  EXPECT_EQ(gate.read(bytes, body), verdict::passed);
  EXPECT_EQ(bytes, "GET / HTTP/1.1\r\n");
}

TEST(ChunkGate, ReadsWhatWasWrittenInAnyChunks) {
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    std::string body;
    std::string wire;
    for (auto chunks = random() % 6; chunks > 0; --chunks) {
      std::string piece(1 + random() % 50, '\0');
      for (auto& c : piece) c = static_cast<char>(random());
      char size[9];
      std::snprintf(size, sizeof size, "%zx", piece.size());
      wire += std::string(size) + "\r\n" + piece + "\r\n";
      body += piece;
    }
    wire += "0\r\n\r\n";
    auto const out = read_chunks(wire, 1 + random() % wire.size(), body_max);
    ASSERT_EQ(out.status, 0);
    ASSERT_EQ(out.body, body);
    ASSERT_EQ(out.taken, wire.size());
  }
}

}  // namespace
}  // namespace intake::service

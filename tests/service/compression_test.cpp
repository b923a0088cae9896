#include "service/assets/compression.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <variant>

#include <gtest/gtest.h>
#include <zlib.h>

namespace intake::service {
namespace {

std::string inflated(std::string gzipped) {
  std::string out(1 << 20, '\0');
  z_stream stream{};
  constexpr int gzip_only = 15 + 16;
  EXPECT_EQ(inflateInit2(&stream, gzip_only), Z_OK);
  stream.next_in = reinterpret_cast<Bytef*>(gzipped.data());
  stream.avail_in = static_cast<uInt>(gzipped.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  inflateEnd(&stream);
  return out;
}

request asking(std::string const& encodings) {
  request asked;
  if (!encodings.empty()) asked.fields.push_back({"accept-encoding", encodings});
  return asked;
}

std::string const long_page = "<p>" + std::string(5000, 'x') + "</p>";

struct page_case {
  std::string name;
  std::string encodings;
  std::string type;
  std::string body;
  bool compressed;
};

class CompressedPage : public ::testing::TestWithParam<page_case> {};

TEST_P(CompressedPage, SaysTheSame) {
  auto const& given = GetParam();
  response page{.status = 200, .fields = {{"content-type", given.type}}, .body = given.body};
  auto const made = compressed_page(asking(given.encodings), std::move(page));
  auto const& body = std::get<std::string>(made.body);
  auto const encoded = std::ranges::count(made.fields, "content-encoding", &http_field::name);
  EXPECT_EQ(encoded, given.compressed ? 1 : 0);
  EXPECT_EQ(given.compressed ? inflated(body) : body, given.body);
}

page_case const cases[] = {
    {"LongPage", "gzip, br", "text/html; charset=utf-8", long_page, true},
    {"WhoeverTakesNothing", "", "text/html; charset=utf-8", long_page, false},
    {"WhoeverRefusesIt", "gzip;q=0, br", "text/html; charset=utf-8", long_page, false},
    {"ShortPage", "gzip", "text/html; charset=utf-8", "<p>x</p>", false},
    {"Copy", "gzip", "application/pdf", long_page, false},
};
INSTANTIATE_TEST_SUITE_P(All, CompressedPage, ::testing::ValuesIn(cases),
                         [](auto const& one) { return one.param.name; });

TEST(CompressedPage, TellsCachesWhatItDependsOn) {
  response page{.status = 200, .fields = {{"content-type", "text/html"}}, .body = long_page};
  auto const made = compressed_page(asking(""), std::move(page));
  EXPECT_EQ(std::ranges::count(made.fields, "vary", &http_field::name), 1);
}

}  // namespace
}  // namespace intake::service

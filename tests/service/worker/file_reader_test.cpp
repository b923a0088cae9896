#include "service/worker/file_reader.hpp"

#include "pdf/jpeg_size.hpp"
#include "service/limits.hpp"
#include "service/worker/jpeg_guard.hpp"
#include "service/worker/jpeg_reader.hpp"
#include "tests/support/sample_files.hpp"

#include <array>
#include <cstdlib>

#include <gtest/gtest.h>
#include <zlib.h>

namespace intake::service::worker {
namespace {

using namespace std::string_literals;
using intake::tests::blue;
using intake::tests::green;
using intake::tests::jpeg_file;
using intake::tests::plain_pdf;
using intake::tests::png_file;
using intake::tests::red;
using intake::tests::rgb;
using intake::tests::white;
using intake::tests::with_exif;
using intake::tests::with_segment;

std::string kept_jpeg(std::string const& file) {
  auto const read = read_file(file);
  EXPECT_TRUE(read) << static_cast<int>(read.error());
  if (!read) return {};
  EXPECT_EQ(read->kind, file_kind::jpeg);
  return read->bytes;
}

file_fault fault_of(std::string const& file) {
  auto const read = read_file(file);
  return read ? file_fault::none : read.error();
}

pixels seen(std::string const& jpeg) {
  auto read = read_jpeg(jpeg, picture_side_max);
  EXPECT_TRUE(read);
  return read ? std::move(read->picture) : pixels{};
}

/// JPEG keeps colours nearly.
testing::AssertionResult is_at(pixels const& picture, double x, double y, rgb const& colour) {
  auto const column = static_cast<std::size_t>(x * picture.width);
  auto const row = static_cast<std::size_t>(y * picture.height);
  auto const* at = picture.rgb.data() + (row * picture.width + column) * 3;
  for (std::size_t c = 0; c < 3; ++c) {
    if (std::abs(at[c] - colour[c]) > 12) {
      return testing::AssertionFailure()
             << "(" << +at[0] << ", " << +at[1] << ", " << +at[2] << ") at " << x << ", " << y;
    }
  }
  return testing::AssertionSuccess();
}

TEST(FileReader, KeepsAPictureByWhatItIsAndNotByItsName) {
  for (auto const& file : {jpeg_file(), png_file()}) {
    auto const picture = seen(kept_jpeg(file));
    EXPECT_EQ(picture.width, 160U);
    EXPECT_EQ(picture.height, 100U);
    EXPECT_TRUE(is_at(picture, 0.2, 0.2, red));
    EXPECT_TRUE(is_at(picture, 0.8, 0.2, green));
    EXPECT_TRUE(is_at(picture, 0.2, 0.8, blue));
    EXPECT_TRUE(is_at(picture, 0.8, 0.8, white));
  }
}

TEST(FileReader, KeepsNothingOfWhatStandsBesideThePicture) {
  auto file = with_exif(jpeg_file(), 1);
  file = with_segment(file, '\xFE', "secret comment");
  file = with_segment(file, '\xE2', "ICC_PROFILE\0\x01\x01 secret profile"s);
  file = with_segment(file, '\xED', "Photoshop 3.0 secret");
  file += "PK\x03\x04 secret archive <script>secret</script>";
  auto const kept = kept_jpeg(file);
  for (auto const* trace : {"secret", "Exif", "GPS!", "ICC", "Photoshop"}) {
    EXPECT_EQ(kept.find(trace), std::string::npos) << trace;
  }
  EXPECT_EQ(kept, kept_jpeg(jpeg_file())) << "the same pixels are the same bytes";
  EXPECT_EQ(kept.substr(kept.size() - 2), "\xFF\xD9");
}

TEST(FileReader, WritesBaselineJpeg) {
  auto const kept = kept_jpeg(png_file());
  EXPECT_NE(kept.find("\xFF\xC0"), std::string::npos) << "SOF0";
  EXPECT_EQ(kept.find("\xFF\xC2"), std::string::npos) << "SOF2 is progressive";
}

struct held_case {
  int orientation;
  bool swaps;
  /// Where the upper left and the upper right of what is stored are seen: x, y.
  std::array<double, 2> first, last;
};

// EXIF 3.0, tag 0x0112: which sides the 0th row and the 0th column are.
constexpr held_case held[] = {
    {1, false, {0.2, 0.2}, {0.8, 0.2}}, {2, false, {0.8, 0.2}, {0.2, 0.2}},
    {3, false, {0.8, 0.8}, {0.2, 0.8}}, {4, false, {0.2, 0.8}, {0.8, 0.8}},
    {5, true, {0.2, 0.2}, {0.2, 0.8}},  {6, true, {0.8, 0.2}, {0.8, 0.8}},
    {7, true, {0.8, 0.8}, {0.8, 0.2}},  {8, true, {0.2, 0.8}, {0.2, 0.2}},
};

TEST(FileReader, TurnsAPhotoAsTheCameraWasHeld) {
  for (auto const& each : held) {
    auto const picture = seen(kept_jpeg(with_exif(jpeg_file(), each.orientation)));
    EXPECT_EQ(picture.width, each.swaps ? 100U : 160U) << each.orientation;
    EXPECT_TRUE(is_at(picture, each.first[0], each.first[1], red)) << each.orientation;
    EXPECT_TRUE(is_at(picture, each.last[0], each.last[1], green)) << each.orientation;
  }
}

TEST(FileReader, AStrangeOrientationIsNone) {
  for (auto const* tiff : {"", "MM", "II*\0", "MM\0*\xFF\xFF\xFF\xFF"}) {
    auto const file = with_segment(jpeg_file(), '\xE1', "Exif\0\0"s + tiff);
    EXPECT_EQ(seen(kept_jpeg(file)).width, 160U);
  }
  EXPECT_EQ(seen(kept_jpeg(with_exif(jpeg_file(), 9))).width, 160U);
}

TEST(FileReader, MakesLargePicturesSmaller) {
  auto const photo = intake::tests::quarters(4000, 3001);
  for (auto const& file : {write_jpeg(photo, 80), png_file(photo)}) {
    auto const size = pdf::jpeg_size(kept_jpeg(file));
    ASSERT_TRUE(size);
    EXPECT_EQ(size->width, 2000U);
    EXPECT_NEAR(size->height, 1500, 1);
  }
  auto const narrow = seen(kept_jpeg(png_file(20000, 3)));
  EXPECT_EQ(narrow.width, 2000U);
  EXPECT_EQ(narrow.height, 1U);
  EXPECT_EQ(pdf::jpeg_size(kept_jpeg(jpeg_file(2000, 10)))->width, 2000U);
}

TEST(FileReader, WhatIsCutOffIsDamaged) {
  auto const pdf = plain_pdf();
  // Behind the place of its table nothing of a PDF can be lost.
  for (auto const& [file, end] : {std::pair{jpeg_file(48, 32), jpeg_file(48, 32).size()},
                                  {png_file(48, 32), png_file(48, 32).size()},
                                  {pdf, pdf.find("startxref")}}) {
    for (std::size_t length = 8; length < end; ++length) {
      EXPECT_EQ(fault_of(file.substr(0, length)), file_fault::damaged) << length;
    }
  }
}

TEST(FileReader, WhatIsBrokenInsideNeverBecomesAnotherPicture) {
  auto const png = png_file(64, 64);
  auto broken = png;
  broken[png.find("IDAT") + 9] ^= 0x55;
  EXPECT_EQ(fault_of(broken), file_fault::damaged);
  auto jpeg = jpeg_file(640, 400);
  jpeg.erase(jpeg.size() - 300, 250);
  EXPECT_EQ(fault_of(jpeg), file_fault::damaged) << "a piece of the scan is missing";
}

TEST(FileReader, TakesNoOtherKindOfFile) {
  for (auto const& file :
       {""s, "x"s, "\xFF\xD8"s, "<html><script>alert(1)</script></html>"s, "GIF89a\1\0\1\0"s,
        "\0\0\0\x18"
        "ftypheic"s,
        "RIFF\0\0\0\0WEBPVP8 "s, "<svg xmlns='x'/>"s, "PK\x03\x04"s, "MZ\x90"s, " \xFF\xD8\xFF"s,
        "\n%PDF-1.7"s, "#!/bin/sh"s}) {
    EXPECT_EQ(fault_of(file), file_fault::unknown_kind) << file;
  }
}

std::string with_size(std::string png, std::uint32_t width, std::uint32_t height) {
  for (std::size_t i = 0; i < 4; ++i) {
    png[16 + i] = static_cast<char>(width >> (24 - 8 * i));
    png[20 + i] = static_cast<char>(height >> (24 - 8 * i));
  }
  auto const crc = ::crc32(0, reinterpret_cast<unsigned char const*>(png.data()) + 12, 17);
  for (std::size_t i = 0; i < 4; ++i) png[29 + i] = static_cast<char>(crc >> (24 - 8 * i));
  return png;
}

TEST(FileReader, ABombIsRefusedBeforeItIsDecoded) {
  for (auto const& [width, height] :
       {std::pair{60'000U, 60'000U}, {999'999U, 999'999U}, {7'072U, 7'072U}, {1'000'000U, 51U}}) {
    EXPECT_EQ(fault_of(with_size(png_file(8, 8), width, height)), file_fault::too_large) << width;
  }
  auto jpeg = jpeg_file(48, 32);
  auto const frame = jpeg.find("\xFF\xC0") + 5;
  jpeg.replace(frame, 4, "\xF0\x00\xF0\x00"s);
  EXPECT_EQ(fault_of(jpeg), file_fault::too_large);
}

/// A grey picture whose coefficients come one by one, first without and then with their last bit.
std::string many_scans() {
  std::vector<jpeg_scan_info> scans{{1, {0}, 0, 0, 0, 0}};
  for (int bit : {1, 0}) {
    for (int k = 1; k < 64; ++k) scans.push_back({1, {0}, k, k, bit == 1 ? 0 : 1, bit});
  }
  jpeg_compress_struct state{};
  jpeg_error_mgr errors{};
  state.err = jpeg_std_error(&errors);
  jpeg_create_compress(&state);
  unsigned char* bytes = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&state, &bytes, &size);
  state.image_width = state.image_height = 16;
  state.input_components = 1;
  state.in_color_space = JCS_GRAYSCALE;
  jpeg_set_defaults(&state);
  state.scan_info = scans.data();
  state.num_scans = static_cast<int>(scans.size());
  jpeg_start_compress(&state, TRUE);
  std::array<JSAMPLE, 16> line{1, 200, 30, 44, 99, 180, 7, 255, 3, 90, 14, 250, 61, 9, 77, 128};
  for (JSAMPROW row = line.data(); state.next_scanline < 16;) jpeg_write_scanlines(&state, &row, 1);
  jpeg_finish_compress(&state);
  std::string file(reinterpret_cast<char*>(bytes), size);
  jpeg_destroy_compress(&state);
  std::free(bytes);
  return file;
}

TEST(FileReader, APictureOfManyScansIsRefused) {
  EXPECT_EQ(fault_of(many_scans()), file_fault::damaged);
}

TEST(FileReader, KeepsAPdfAsAPdf) {
  auto const read = read_file(plain_pdf());
  ASSERT_TRUE(read);
  EXPECT_EQ(read->kind, file_kind::pdf);
  EXPECT_TRUE(read->bytes.starts_with("%PDF-"));
}

TEST(FileReader, AnswersComeBackAsTheyWere) {
  auto const check = [](or_fault<clean_file> const& answer) {
    auto const back = read_answer(write_answer(answer));
    ASSERT_TRUE(back);
    ASSERT_EQ(back->has_value(), answer.has_value());
    if (answer) {
      EXPECT_EQ((*back)->kind, answer->kind);
      EXPECT_EQ((*back)->bytes, answer->bytes);
    } else {
      EXPECT_EQ(back->error(), answer.error());
    }
  };
  check(clean_file{file_kind::jpeg, "\0bytes\xFF"s});
  check(clean_file{file_kind::pdf, ""});
  for (auto const fault :
       {file_fault::unknown_kind, file_fault::damaged, file_fault::too_large, file_fault::locked}) {
    check(fault);
  }
  for (auto const& nonsense : {""s, "x"s, "uu"s, "\0"s}) EXPECT_FALSE(read_answer(nonsense));
}

}  // namespace
}  // namespace intake::service::worker

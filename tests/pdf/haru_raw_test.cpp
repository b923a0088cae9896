#include "pdf/haru_raw.hpp"

#include "pdf/deflate.hpp"
#include "tests/pdf/viewer.hpp"

#include <gtest/gtest.h>

namespace intake::pdf::haru {
namespace {

/// What haru_raw relies on below libharu's documented surface. A libharu that changes it fails here
/// first.
std::string made_file() {
  pdf_file file;
  deflater compress;
  auto* const resources = file.new_dict();
  auto* const page =
      file.add_page(612, 792, compress.deflate("0 0 1 rg 10 10 100 100 re f\n"), resources);
  auto* const top = file.add_bookmark(nullptr, u"\u00C9tage", page, 700);
  file.add_bookmark(top, u"Second", page, 300);
  file.set_text(file.info(), "Title", u"Nguy\u1EC5n");
  auto* const id = file.new_array();
  file.push_bytes(id, "0123456789abcdef");
  file.push_bytes(id, "0123456789abcdef");
  file.set(file.trailer(), "ID", id);
  return file.save();
}

TEST(HaruRaw, WritesVersion17) {
  EXPECT_EQ(made_file().substr(0, 8), "%PDF-1.7");
}

TEST(HaruRaw, KeepsDeflatedStreamsAsTheyAre) {
  deflater compress;
  auto const file = made_file();
  EXPECT_NE(file.find("/Filter /FlateDecode"), std::string::npos);
  EXPECT_NE(file.find(compress.deflate("0 0 1 rg 10 10 100 100 re f\n")), std::string::npos);
}

TEST(HaruRaw, WritesTheSameBytesAgain) {
  EXPECT_EQ(made_file(), made_file());
}

TEST(HaruRaw, IsCleanForQpdf) {
  INTAKE_NEEDS("qpdf");
  auto const seen = viewer::run(made_file(), {"qpdf", "--check", "{}"});
  EXPECT_EQ(seen.status, 0) << seen.out << seen.err;
}

TEST(HaruRaw, WritesUnicodeTitles) {
  INTAKE_NEEDS("pdfinfo");
  auto const seen = viewer::run(made_file(), {"pdfinfo", "{}"});
  EXPECT_NE(seen.out.find("Nguyễn"), std::string::npos) << seen.out;
}

TEST(HaruRaw, PaintsTheSharedContent) {
  INTAKE_NEEDS("pdftoppm");
  auto const page = viewer::page(made_file(), 1, 36);
  ASSERT_EQ(page.grey.size(), static_cast<std::size_t>(page.width * page.height));
  EXPECT_EQ(std::count(page.grey.begin(), page.grey.end(), '\xff') + static_cast<long>(50 * 50),
            static_cast<long>(page.grey.size()));
}

}  // namespace
}  // namespace intake::pdf::haru

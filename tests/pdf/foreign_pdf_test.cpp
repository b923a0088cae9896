#include "pdf/foreign_pdf.hpp"

#include "tests/pdf/viewer.hpp"
#include "tests/support/sample_pdf.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::pdf {
namespace {

using testing::HasSubstr;
using testing::Not;
using tests::pdf_file;
using tests::pdf_stream;
using tests::plain_pdf;

constexpr std::size_t pages_max = 3;

std::string rewritten(std::string const& file) {
  auto const made = rewrite_foreign(file, pages_max);
  EXPECT_TRUE(made) << static_cast<int>(made.error());
  return made ? *made : std::string();
}

foreign_fault fault_of(std::string const& file) {
  auto const made = rewrite_foreign(file, pages_max);
  return made ? foreign_fault::none : made.error();
}

/// A file that does all that a PDF can do, and says one sentence.
std::string busy_pdf() {
  return pdf_file(
      {"<< /Type /Catalog /Pages 2 0 R /OpenAction 6 0 R /AA << /WC 6 0 R >> /Metadata 12 0 R "
       "/Names << /JavaScript << /Names [(a) 6 0 R] >> /EmbeddedFiles << /Names [(f) 9 0 R] >> >> "
       "/AcroForm << /Fields [8 0 R] /XFA 12 0 R >> /Outlines << /First << /A 6 0 R >> >> >>",
       "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
       "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /AA << /O 6 0 R >> "
       "/Annots [7 0 R 8 0 R 11 0 R] /Metadata 12 0 R /PieceInfo << /X << /Private 12 0 R >> >> "
       "/Resources << /Font << /F 5 0 R /A 5 0 R /JS 5 0 R >> /XObject << /URI 13 0 R >> >> >>",
       pdf_stream("BT /F 24 Tf 72 700 Td (First) Tj /A 24 Tf 0 -40 Td (second) Tj "
                  "/JS 24 Tf 0 -40 Td (third) Tj ET /URI Do"),
       "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /AA 6 0 R >>",
       "<< /S /JavaScript /JS (app.alert\\(1\\)) >>",
       "<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /Launch /F (cmd.exe) >> >>",
       "<< /Type /Annot /Subtype /Widget /FT /Tx /T (field) /Rect [0 0 9 9] /AA << /K 6 0 R >> >>",
       "<< /Type /Filespec /F (virus.exe) /EF << /F 10 0 R >> >>",
       pdf_stream("MZ secret program", "/Type /EmbeddedFile"),
       "<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (http://evil) >> >>",
       pdf_stream("secret metadata", "/Type /Metadata /Subtype /XML"),
       pdf_stream("BT /F 24 Tf 72 500 Td (fourth) Tj ET",
                  "/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Metadata 12 0 R "
                  "/OPI << /F (http://evil) >> /Ref << /F (http://evil) /Page 0 >> "
                  "/Resources << /Font << /F 5 0 R >> >>")});
}

TEST(ForeignPdf, KeepsWhatItsPagesSay) {
  INTAKE_NEEDS("pdftotext");
  auto const text = viewer::text(rewritten(busy_pdf()));
  for (auto const* word : {"First", "second", "third", "fourth"}) {
    EXPECT_THAT(text, HasSubstr(word));
  }
}

TEST(ForeignPdf, KeepsNothingThatActs) {
  auto const made = rewritten(busy_pdf());
  for (auto const* trace :
       {"JavaScript", "app.alert", "OpenAction", "/AA",          "Launch",   "cmd.exe",
        "evil",       "AcroForm",  "Widget",     "EmbeddedFile", "Filespec", "virus",
        "MZ",         "Annots",    "XFA",        "secret",       "Metadata", "PieceInfo",
        "/Ref",       "/OPI",      "/Names",     "Outlines"}) {
    EXPECT_THAT(made, Not(HasSubstr(trace)));
  }
}

TEST(ForeignPdf, WritesAFileWithoutFault) {
  INTAKE_NEEDS("qpdf");
  auto const checked = viewer::run(rewritten(busy_pdf()), {"qpdf", "--check", "{}"});
  EXPECT_EQ(checked.status, 0) << checked.out << checked.err;
}

TEST(ForeignPdf, GivesTheSameBytesEachTime) {
  EXPECT_EQ(rewritten(busy_pdf()), rewritten(busy_pdf()));
  auto const once = rewritten(plain_pdf());
  EXPECT_EQ(rewritten(once), once) << "nothing is left to be taken out";
}

TEST(ForeignPdf, SaysWhyItTakesAFileNot) {
  auto const page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>";
  auto const pages = [&](int count) {
    std::vector<std::string> objects{"<< /Type /Catalog /Pages 2 0 R >>", ""};
    std::string kids;
    for (int i = 0; i < count; ++i) {
      objects.emplace_back(page);
      kids += std::to_string(i + 3) + " 0 R ";
    }
    objects[1] = "<< /Type /Pages /Kids [" + kids + "] /Count " + std::to_string(count) + " >>";
    return pdf_file(objects);
  };
  EXPECT_EQ(fault_of(pages(3)), foreign_fault::none);
  EXPECT_EQ(fault_of(pages(4)), foreign_fault::too_many_pages);
  EXPECT_EQ(fault_of(pages(0)), foreign_fault::damaged);
  EXPECT_EQ(fault_of(""), foreign_fault::damaged);
  EXPECT_EQ(fault_of("%PDF-1.7\n"), foreign_fault::damaged);
  auto astray = plain_pdf();
  astray.replace(astray.find("startxref") + 10, 2, "99");
  EXPECT_EQ(fault_of(astray), foreign_fault::damaged);
  auto endless =
      pdf_file({"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R] /Count 1 >>"});
  EXPECT_EQ(fault_of(endless), foreign_fault::damaged);
}

TEST(ForeignPdf, AFileWithAPasswordIsLocked) {
  INTAKE_NEEDS("qpdf");
  auto const sealed = [](std::string const& user) {
    return viewer::run(plain_pdf(), {"qpdf", "--encrypt", user, "owner", "256", "--", "{}", "-"})
        .out;
  };
  EXPECT_EQ(fault_of(sealed("secret")), foreign_fault::locked);
  EXPECT_EQ(fault_of(sealed("")), foreign_fault::none);
}

}  // namespace
}  // namespace intake::pdf

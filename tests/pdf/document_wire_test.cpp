#include "pdf/document_wire.hpp"

#include "tests/pdf/document_text.hpp"
#include "tests/pdf/packet_sample.hpp"
#include "tests/pdf/sample.hpp"

#include <gtest/gtest.h>

namespace intake::pdf {
namespace {

TEST(DocumentWire, CarriesAllThatIsDrawn) {
  for (auto const& copy :
       {sample::of_everything(), sample::packet().copy(copy_profile::clinical), document{}}) {
    auto const read = read_document(write_document(copy));
    EXPECT_EQ(write_document(read), write_document(copy));
    EXPECT_EQ(sample::document_text(read), sample::document_text(copy));
    EXPECT_EQ(render(read, sample::plain_faces()).bytes, render(copy, sample::plain_faces()).bytes);
  }
}

TEST(DocumentWire, CarriesACopyBack) {
  rendered const copy{std::string("%PDF\0", 5), 3, {"banner", "q[2]/name"}};
  auto const read = read_rendered(write_rendered(copy));
  EXPECT_EQ(read.bytes, copy.bytes);
  EXPECT_EQ(read.pages, copy.pages);
  EXPECT_EQ(read.defects, copy.defects);
}

TEST(DocumentWire, CarriesASectionThereAndBack) {
  auto const whole = sample::of_everything();
  document one = whole;
  one.sections = {read_section(write_section(whole.sections.front()))};
  EXPECT_EQ(write_document(one), write_document(whole));
  auto const drawn = read_drawn(write_drawn({4, {"q"}}));
  EXPECT_EQ(drawn.pages, 4U);
  EXPECT_EQ(drawn.defects, std::vector<std::string>{"q"});
}

TEST(DocumentWire, RefusesWhatWasNotWrittenSo) {
  auto const whole = write_document(sample::of_answer("Yes"));
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_THROW(read_document(whole.substr(0, size)), std::invalid_argument) << size;
  }
  EXPECT_THROW(read_document(whole + '\0'), std::invalid_argument);
  EXPECT_THROW(read_document(std::string(64, '\xFF')), std::invalid_argument);
}

}  // namespace
}  // namespace intake::pdf

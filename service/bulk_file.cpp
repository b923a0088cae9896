#include "service/bulk_file.hpp"

#include "service/zip/archive.hpp"

#include <fmt/format.h>

namespace intake::service {
namespace {

class merged_pdf final : public bulk_file {
 public:
  merged_pdf(renderer& drawer, std::size_t records) : drawer_(drawer), records_(records) {}

  added_piece add(bulk_piece piece) override {
    auto& section = piece.copy.sections.front();
    section.bookmark = std::move(piece.bookmark);
    if (drawing_ == nullptr) begin(piece.copy);
    return {drawing_->add(section).defects, {}};
  }

  std::string finish() override { return drawing_->finish(); }

 private:
  void begin(pdf::document const& first) {
    pdf::document head;
    head.about = first.about;
    head.about.title = fmt::format("{} submissions", records_);
    head.purpose = first.purpose;
    head.sides = pdf::printed_on::both;
    head.words = first.words;
    drawing_ = drawer_.begin(std::move(head));
  }

  renderer& drawer_;
  std::size_t records_;
  std::unique_ptr<long_drawing> drawing_;
};

class zipped_pdfs final : public bulk_file {
 public:
  explicit zipped_pdfs(renderer& drawer) : drawer_(drawer) {}

  added_piece add(bulk_piece piece) override {
    auto const made = piece.copy.about.created;
    auto drawn = drawer_.render(piece.copy);
    if (!drawn.defects.empty()) return {std::move(drawn.defects), {}};
    entries_.push_back(
        {fmt::format("{:03}-{}", entries_.size() + 1, piece.file_name), drawn.bytes, made});
    return {{}, std::move(drawn.bytes)};
  }

  std::string finish() override { return zip::write_archive(entries_); }

 private:
  renderer& drawer_;
  std::vector<zip::archive_entry> entries_;
};

}  // namespace

std::string_view file_ending(bulk_shape shape) {
  return shape == bulk_shape::zip ? ".zip" : ".pdf";
}

std::unique_ptr<bulk_file> begin_bulk_file(renderer& drawer, bulk_shape shape,
                                           std::size_t records) {
  if (shape == bulk_shape::zip) return std::make_unique<zipped_pdfs>(drawer);
  return std::make_unique<merged_pdf>(drawer, records);
}

}  // namespace intake::service

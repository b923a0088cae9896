#include "service/worker/file_reader.hpp"

#include "pdf/foreign_pdf.hpp"
#include "service/limits.hpp"
#include "service/worker/jpeg_reader.hpp"
#include "service/worker/jpeg_writer.hpp"
#include "service/worker/picture_shape.hpp"
#include "service/worker/png_reader.hpp"

#include <algorithm>

namespace intake::service::worker {
namespace {

using cleaned = or_fault<clean_file>;

cleaned kept(or_fault<oriented_pixels> read) {
  if (!read) return read.error();
  auto const picture =
      upright(shrink(std::move(read->picture), picture_side_max), read->orientation);
  return clean_file{file_kind::jpeg, write_jpeg(picture, picture_quality)};
}

cleaned read_any_jpeg(std::string_view bytes) {
  return kept(read_jpeg(bytes, picture_side_max));
}

cleaned read_any_png(std::string_view bytes) {
  return kept(read_png(bytes));
}

cleaned read_any_pdf(std::string_view bytes) {
  auto made = pdf::rewrite_foreign(bytes, paper_pages_max);
  if (made) return clean_file{file_kind::pdf, std::move(*made)};
  switch (made.error()) {
    case pdf::foreign_fault::locked:
      return file_fault::locked;
    case pdf::foreign_fault::too_many_pages:
      return file_fault::too_large;
    default:
      return file_fault::damaged;
  }
}

struct known_kind {
  std::string_view beginning;
  cleaned (*read)(std::string_view);
};

constexpr known_kind kinds[] = {
    {"\xFF\xD8\xFF", read_any_jpeg}, {"\x89PNG\r\n\x1A\n", read_any_png}, {"%PDF-", read_any_pdf}};

struct fault_letter {
  file_fault fault;
  char letter;
};

constexpr fault_letter fault_letters[] = {{file_fault::unknown_kind, 'u'},
                                          {file_fault::damaged, 'd'},
                                          {file_fault::too_large, 'l'},
                                          {file_fault::locked, 'p'}};

}  // namespace

cleaned read_file(std::string_view bytes) {
  auto const kind = std::ranges::find_if(
      kinds, [bytes](auto const& each) { return bytes.starts_with(each.beginning); });
  return kind == std::end(kinds) ? cleaned(file_fault::unknown_kind) : kind->read(bytes);
}

std::string write_answer(cleaned const& answer) {
  if (answer) return static_cast<char>(answer->kind) + answer->bytes;
  return {std::ranges::find(fault_letters, answer.error(), &fault_letter::fault)->letter};
}

std::optional<cleaned> read_answer(std::string text) {
  if (text.empty()) return std::nullopt;
  auto const letter = text.front();
  for (auto const kind : {file_kind::jpeg, file_kind::pdf}) {
    if (letter != static_cast<char>(kind)) continue;
    return std::optional<cleaned>(std::in_place, clean_file{kind, std::move(text.erase(0, 1))});
  }
  auto const fault = std::ranges::find(fault_letters, letter, &fault_letter::letter);
  if (fault == std::end(fault_letters) || text.size() != 1) return std::nullopt;
  return std::optional<cleaned>(std::in_place, fault->fault);
}

}  // namespace intake::service::worker

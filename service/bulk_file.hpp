#pragma once
#include "pdf/document.hpp"
#include "service/worker/renderer.hpp"

#include <memory>
#include <string>
#include <vector>

/// Copies of many records on their way into one file.
namespace intake::service {

enum class bulk_shape { merged_pdf, zip };

/// ".pdf", ".zip".
std::string_view file_ending(bulk_shape);

struct bulk_piece {
  pdf::document copy;
  /// Of the merged file.
  std::string bookmark;
  /// In the ZIP; it gets its place in the order before it.
  std::string file_name;
};

/// What became of one piece: what is not on its pages as it was given, and the bytes that can be
/// told again by their hash; empty where they have no file of their own.
struct added_piece {
  std::vector<std::string> defects;
  std::string bytes;
};

class bulk_file {
 public:
  virtual ~bulk_file() = default;
  /// Both throw render_failed.
  virtual added_piece add(bulk_piece) = 0;
  virtual std::string finish() = 0;
};

/// One PDF: every record begins on a new sheet, under a bookmark. Or one ZIP of PDFs, numbered in
/// their order. What is the same for all records is taken from the first one.
std::unique_ptr<bulk_file> begin_bulk_file(renderer&, bulk_shape, std::size_t records);

}  // namespace intake::service
